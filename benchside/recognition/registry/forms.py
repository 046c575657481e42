"""Forms of a registrar's desk, and of a person's own entry."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from benchside.core.forms import InPlainWords, PlainForm
from benchside.core.open_forms import OpenForm
from benchside.organisations.models import Organisation
from benchside.recognition.models import EqualityAnswer
from benchside.recognition.registers.shapes import RegisterFile
from benchside.recognition.registry.actions.moves import BODY_CHANGED
from benchside.recognition.registry.life import LONGEST_BREAK_MONTHS, Step

DAY = "%Y-%m-%d"


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        error_messages={"required": "Give the day."},
        widget=forms.DateInput(attrs={"type": "date"}, format=DAY),
    )


def _words(
    label: str, most: int, *, rows: int = 5, required: bool = True, help_text: str = ""
) -> Any:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        error_messages={"required": "This is empty: write it first."},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _for_the_second() -> Any:
    """Nobody confirms what they are not told the grounds of."""
    return _words(
        "For the second person", 4000, help_text="Why it should be done. Only the desk reads it."
    )


def _limit_until(form: forms.Form, step: Step) -> None:
    """Say how long a break may be; ask for no end where there is none to set."""
    if not step.may_end:
        del form.fields["until"]
    elif step.target.stands:
        most = f"{LONGEST_BREAK_MONTHS // 12} years at most."
        form.fields["until"].help_text = f"{form.fields['until'].help_text} {most}"


class StepForm(PlainForm):
    """One change of an entry: its reason, its day, what is confirmed, and what is published."""

    reason = forms.ChoiceField(label="Why", error_messages={"required": "Choose the reason."})
    effective_on = _day("From which day", help_text="Today or earlier, not before its last change.")
    until = _day("Until which day", required=False, help_text="Leave it empty for no set end.")
    published = _words(
        "What everybody reads",
        1000,
        rows=3,
        required=False,
        help_text="Only where it is published. Leave out health, and the names of others.",
    )
    words = _for_the_second()

    def __init__(self, *args: Any, step: Step, publishes: bool = False, **options: Any) -> None:
        options.setdefault("initial", {"effective_on": timezone.localdate()})
        options["auto_id"] = f"{step.verb}_%s"  # several stand on one page
        super().__init__(*args, **options)
        self.step = step
        if step.move.reasons:
            reasons = [(one, one) for one in step.move.reasons]
            self.fields["reason"].choices = [("", "Choose one"), *reasons]  # type: ignore[attr-defined]
        else:
            del self.fields["reason"]
        if step.fee:  # it is done on the day the fee is settled
            del self.fields["effective_on"]
        _limit_until(self, step)
        if not publishes:
            del self.fields["published"]
        if not step.needs_two:
            del self.fields["words"]
        for number, one in enumerate(step.move.needs):
            self.fields[f"need_{number}"] = forms.BooleanField(
                label=one, error_messages={"required": "Tick it once it is so."}
            )

    def clean_effective_on(self) -> date:
        day: date = self.cleaned_data["effective_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come: give today or an earlier one.")
        return day

    @property
    def confirmed(self) -> list[str]:
        needs = enumerate(self.step.move.needs)
        return [one for number, one in needs if self.cleaned_data.get(f"need_{number}")]

    @property
    def given(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if self.step.fee:
            return {"reason": cleaned.get("reason", ""), "confirmed": self.confirmed}
        found = {
            "reason": cleaned.get("reason", ""),
            "effective_on": cleaned["effective_on"],
            "until": cleaned.get("until"),
            "confirmed": self.confirmed,
        }
        if self.step.needs_two:
            found |= {"words": cleaned["words"], "published": cleaned.get("published", "")}
        return found


class BodyForm(PlainForm):
    """Another body that somebody is registered through."""

    body = forms.ModelChoiceField(
        label="The other body",
        queryset=Organisation.objects.none(),
        empty_label="Choose one",
        error_messages={"required": "Choose the body."},
    )
    membership = forms.CharField(label="Their number there", max_length=40, required=False)
    reason = forms.ChoiceField(
        label="Why",
        choices=[(one, one) for one in BODY_CHANGED],
        initial=BODY_CHANGED[0],
        required=False,
    )
    on = _day("From which day", required=False, help_text="Today, unless you say otherwise.")

    def __init__(self, *args: Any, bodies: Iterable[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        pks = [one.pk for one in bodies]
        self.fields["body"].queryset = Organisation.objects.filter(pk__in=pks)  # type: ignore[attr-defined]


class AnswerForm(PlainForm):
    """Words to somebody: why not, what is missing."""

    answer = _words("What you tell them", 2000, rows=3, help_text="They read this.")


class AskForm(PlainForm):
    """What somebody asks for their own entry."""

    reason = forms.ChoiceField(label="Why", error_messages={"required": "Choose the reason."})
    begins = _day("From which day")
    until = _day("Until which day", required=False, help_text="As far as you know now.")
    words = _words(
        "What we should know",
        2000,
        rows=4,
        required=False,
        help_text="You need not say anything of your health.",
    )

    def __init__(self, *args: Any, step: Step, **options: Any) -> None:
        options.setdefault("initial", {"begins": timezone.localdate()})
        options["auto_id"] = f"{step.verb}_%s"
        super().__init__(*args, **options)
        if step.move.reasons:
            reasons = [(one, one) for one in step.move.reasons]
            self.fields["reason"].choices = [("", "Choose one"), *reasons]  # type: ignore[attr-defined]
        else:
            del self.fields["reason"]
        _limit_until(self, step)


class RenewForm(PlainForm):
    """What somebody confirms for another year."""

    details = forms.BooleanField(
        label="What the register says of me is right.",
        error_messages={"required": "Tick it if it is right. If it is not, tell us first."},
    )
    conduct = forms.BooleanField(
        label="I keep to the code of conduct, and nobody has found otherwise this year.",
        required=False,
    )
    conduct_words = _words(
        "Or tell us what happened",
        2000,
        rows=4,
        required=False,
        help_text="A conviction, a finding at work, a complaint that was upheld. We read it first.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("conduct") and not cleaned.get("conduct_words", "").strip():
            self.add_error("conduct", "Tick it, or tell us what happened.")
        return cleaned


class EqualityForm(InPlainWords, forms.ModelForm[EqualityAnswer]):
    class Meta:
        model = EqualityAnswer
        fields = ("sex", "age_band", "ethnicity", "disability")
        labels = {  # noqa: RUF012
            "sex": "What is your sex?",
            "age_band": "How old are you?",
            "ethnicity": "What is your ethnic group?",
            "disability": "Do you have a disability?",
        }
        widgets = dict.fromkeys(fields, forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.required = False
            field.choices = [one for one in field.choices if one[0]]  # type: ignore[attr-defined]


# --- conduct ------------------------------------------------------------------------------------
class ConcernForm(InPlainWords, OpenForm):
    """What anybody may say about somebody on a register."""

    purpose = "recognition.concern"

    said = forms.CharField(
        label="What happened?",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Say what was done, when and where, and how you know. Leave out names of pupils "
        "and patients.",
        error_messages={"required": "Write what happened, then send it."},
    )
    name = forms.CharField(
        label="Your name", max_length=120, required=False, help_text="You need not say it."
    )
    reply_to = forms.EmailField(
        label="Your e-mail address",
        required=False,
        help_text="Only if you want to hear when it is over.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class LookForm(PlainForm):
    told = _words(
        "What the person is told",
        4000,
        help_text="What it is about, so that they can answer. Not who wrote.",
    )


class WhyForm(PlainForm):
    why = _words("Why", 4000, rows=4)


class NoteForm(PlainForm):
    text = _words("Your note", 4000, rows=4, help_text="The person concerned never reads it.")


class InterimForm(PlainForm):
    words = _for_the_second()


class HearingForm(PlainForm):
    hearing_on = _day("The day it is heard", help_text="From today on, within two years.")


class DecisionForm(PlainForm):
    """What should be decided; a second person confirms it. No action is one of the choices, and
    none is chosen beforehand."""

    NO_ACTION = "no_action"  # no kind of a register's file has an underscore in it

    outcome = forms.ChoiceField(
        label="What should be decided",
        error_messages={"required": "Choose what should be decided."},
    )
    until = _day("Until which day", required=False, help_text="For a suspension for a time.")
    reasons = _words("The reasons", 4000, help_text="The person reads them.")
    published = _words(
        "What everybody reads",
        1000,
        rows=3,
        required=False,
        help_text="Stands on the public page for as long as the register’s file says. Leave it "
        "empty for health: that is never published.",
    )

    def __init__(self, *args: Any, register: RegisterFile, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(one.kind, one.title) for one in register.sanctions if not one.meanwhile]
        self.health = {one.kind for one in register.sanctions if one.is_health}
        first = [("", "Choose one"), (self.NO_ACTION, "No action")]
        self.fields["outcome"].choices = [*first, *kinds]  # type: ignore[attr-defined]

    def clean_outcome(self) -> str:
        """The kind of the register's file; empty for no action."""
        chosen: str = self.cleaned_data["outcome"]
        return "" if chosen == self.NO_ACTION else chosen

    def clean_published(self) -> str:
        words: str = self.cleaned_data["published"]
        if words and self.cleaned_data.get("outcome") in self.health:
            raise forms.ValidationError("Health is never published: leave this empty.")
        return words


class AppealForm(PlainForm):
    grounds = _words("What was wrong with the decision", 4000)


class HeardForm(PlainForm):
    upheld = forms.ChoiceField(
        label="The appeal is",
        choices=[("yes", "Upheld: the decision falls"), ("no", "Dismissed: the decision stands")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )
    words = _words("Why", 4000)


class OwnSideForm(PlainForm):
    answer = _words("Your side of it", 6000, rows=10, help_text="Those who decide read it.")
