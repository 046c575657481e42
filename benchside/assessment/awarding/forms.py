"""Forms of awards."""

from typing import Any

from django import forms
from django.utils import timezone

from benchside.assessment.standards import AwardMove
from benchside.core.forms import InPlainWords, PlainForm
from benchside.core.open_forms import OpenForm


class ChallengeForm(InPlainWords, OpenForm):
    """What anybody may say against an award."""

    purpose = "assessment.challenge"

    text = forms.CharField(
        label="What is not right?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Say what you know, and how. Leave out names of pupils.",
        error_messages={"required": "Write what is not right, then send it."},
    )
    reply_to = forms.EmailField(
        label="Your e-mail address",
        required=False,
        help_text="Only if you would like an answer. We use it for nothing else.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class MoveForm(PlainForm):
    """One change of an award: the reason its file asks for, from which day, and what is to be so
    first."""

    reason = forms.ChoiceField(label="Why", error_messages={"required": "Choose the reason."})
    effective_on = forms.DateField(
        label="From which day",
        help_text="Today or earlier, not before its last change.",
        error_messages={"required": "Give the day from which it is so."},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, step: AwardMove, **options: Any) -> None:
        options.setdefault("initial", {"effective_on": timezone.localdate()})
        options["auto_id"] = f"{step.verb}_%s"  # several stand on one page
        super().__init__(*args, **options)
        if step.reasons:
            reasons = [(one, one) for one in step.reasons]
            self.fields["reason"].choices = [("", "Choose one"), *reasons]  # type: ignore[attr-defined]
        else:
            del self.fields["reason"]
        for place, words in enumerate(step.needs):
            self.fields[f"need-{place}"] = forms.BooleanField(
                label=words, error_messages={"required": "Tick this once it is so."}
            )

    def confirmed(self) -> list[str]:
        """What was ticked, in the words of the file."""
        return [
            str(field.label)
            for name, field in self.fields.items()
            if name.startswith("need-") and self.cleaned_data.get(name)
        ]

    def clean_effective_on(self) -> Any:
        day = self.cleaned_data["effective_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come: give today or an earlier one.")
        return day


class AnswerForm(PlainForm):
    answer = forms.CharField(
        label="What you found",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Whoever wrote reads this, if they gave an address.",
        error_messages={"required": "Write what you found, then send it."},
    )


class StandardForm(PlainForm):
    """The text of a standard's file, typed or brought in as a file."""

    file = forms.FileField(
        label="A file",
        required=False,
        help_text="A TOML file of 512 KB at most. Its text then stands in the box below.",
    )
    text = forms.CharField(
        label="The file’s text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false"}),
    )
