"""Forms of charters in the workspace."""

from typing import Any

from django import forms

from benchside.core.forms import SheetRenderer, say_what_to_do
from benchside.impact.enums import Area, Part
from benchside.impact.models import Plan


class SheetForm(forms.Form):
    default_renderer = SheetRenderer

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say_what_to_do(self)


class BeginForm(SheetForm):
    part = forms.ChoiceField(
        label="What will you be?",
        choices=[
            (Part.SIGNATORY, "A signatory: we employ technicians, and will report on what we do"),
            (Part.SUPPORTER, "A supporter: we stand behind it, and may publish a plan"),
        ],
        widget=forms.RadioSelect,
        initial=Part.SIGNATORY,
    )


class DetailsForm(SheetForm):
    head_name = forms.CharField(
        label="Name of the head",
        max_length=120,
        help_text="Your vice-chancellor, chief executive or headteacher. Everybody will read it.",
    )
    head_post = forms.CharField(label="Their post", max_length=120)
    contact_name = forms.CharField(
        label="Whom to write to",
        max_length=120,
        help_text="The charter asks for a named contact. Name and address are public.",
    )
    contact_email = forms.EmailField(label="Their e-mail address")


class HeadForm(SheetForm):
    typed = forms.CharField(
        label="Name of the head",
        max_length=120,
        help_text="Type it as it stands above. It counts as the signature.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ContactForm(SheetForm):
    contact_name = forms.CharField(label="Whom to write to", max_length=120)
    contact_email = forms.EmailField(label="Their e-mail address")


class ExtensionForm(SheetForm):
    why = forms.CharField(
        label="Why do you need more time?",
        max_length=300,
        help_text="One sentence. The charter's officers read it.",
    )


class ResponseForm(SheetForm):
    text = forms.CharField(
        label="What will you do about it?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ActionForm(SheetForm):
    title = forms.CharField(label="The action, in one line", max_length=300)
    areas = forms.MultipleChoiceField(
        label="Areas", choices=Area.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    plan = forms.ModelChoiceField(label="Plan", queryset=Plan.objects.none(), empty_label=None)

    def __init__(self, *args: Any, plans: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
