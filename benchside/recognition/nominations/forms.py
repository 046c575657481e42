"""Forms of nominations."""

from typing import Any

from django import forms
from django.utils.text import slugify

from benchside.core.forms import InPlainWords, PlainForm
from benchside.recognition.models import NominationRound

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NominateForm(PlainForm):
    category = forms.ChoiceField(label="Category", widget=forms.RadioSelect)
    name = forms.CharField(label="Their name", max_length=120)
    email = forms.EmailField(
        label="Their e-mail address",
        help_text="We write to them first. Nothing happens unless they say yes.",
    )
    why = forms.CharField(
        label="Why them?",
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="A few sentences. They read it. You write more once they have said yes.",
    )

    def __init__(self, *args: Any, categories: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].choices = list(categories.items())  # type: ignore[attr-defined]


class AgreeForm(PlainForm):
    name = forms.CharField(
        label="The name to use", max_length=120, help_text="As it should stand if you win."
    )
    is_me = forms.BooleanField()

    def __init__(self, *args: Any, is_me_as: str = "", **options: Any) -> None:
        """`is_me_as`: the nominee's name, where the letter went to another address than theirs."""
        super().__init__(*args, **options)
        self.fields["is_me"].label = f"I am {is_me_as}, and this is my other address"
        self.fields["is_me"].error_messages["required"] = (
            "Say that it is you. If it is not, leave the answer to whom the letter was for."
        )
        if not is_me_as:
            del self.fields["is_me"]


class RoundForm(InPlainWords, forms.ModelForm):
    class Meta:
        model = NominationRound
        fields = (
            "name", "standard", "about", "who", "opens_on", "closes_on", "shortlist_on",
            "announce_at",
        )  # fmt: skip
        widgets = {  # noqa: RUF012
            "about": forms.Textarea(attrs={"rows": 4}),
            "opens_on": DAY,
            "closes_on": DAY,
            "shortlist_on": DAY,
            "announce_at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
        }

    def __init__(self, *args: Any, standards: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["standard"] = forms.ChoiceField(
            label="What is asked and how it is judged", choices=standards
        )
        if self.instance.pk:
            del self.fields["standard"]

    @property
    def slug(self) -> str:
        return slugify(self.cleaned_data["name"])[:40].strip("-") or "round"
