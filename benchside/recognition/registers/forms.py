"""Forms of registers: for whoever applies, for registrars, at the desk."""

from typing import Any

from django import forms
from django.utils import timezone

from benchside.core.forms import PlainForm
from benchside.organisations.enums import Kind, OrganisationState
from benchside.organisations.models import Organisation
from benchside.recognition.enums import InterviewOutcome, LicenceScope
from benchside.recognition.registers.actions.details import CORRECTED


class BodyChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


def _day(label: str, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class DetailsForm(PlainForm):
    """Through whom, and under which name."""

    name = forms.CharField(
        label="Your legal name",
        max_length=120,
        help_text="As in your passport. It stands on the register, once you are on it.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Give your name as it stands in your passport."},
    )
    body = BodyChoice(
        label="Professional body",
        queryset=Organisation.objects.none(),
        empty_label="Choose one",
        help_text="You belong to it while you are on the register, and it says the last yes.",
        error_messages={"required": "Choose the body you apply through."},
    )
    membership = forms.CharField(
        label="Your membership number there",
        max_length=40,
        required=False,
        help_text="Leave it empty if you are not a member yet.",
    )

    def __init__(self, *args: Any, bodies: list[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        found = Organisation.objects.filter(pk__in=[one.pk for one in bodies]).order_by("name")
        self.fields["body"].queryset = found  # type: ignore[attr-defined]
        if len(bodies) == 1:
            self.fields["body"].initial = bodies[0].pk
        for key in ("name", "membership"):  # what is too long is refused, not cut by the browser
            self.fields[key].widget.attrs.pop("maxlength")


class AdjustmentsForm(PlainForm):
    words = forms.CharField(
        label="What would make the interview fair for you",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Such as more time, a break, an interpreter, questions in writing. "
        "Only those who arrange it read this; it is deleted once the interview is written down.",
    )


# --- registrars ---------------------------------------------------------------------------------
class InvoiceForm(PlainForm):
    reference = forms.CharField(label="Reference of the invoice", max_length=60)
    payer = forms.CharField(
        label="Who pays, if not the applicant",
        max_length=120,
        required=False,
        help_text="Such as their employer. With a payer, seats may be given before it is paid.",
    )
    due_on = _day("To be paid by", required=False, help_text="From today on, as the invoice says.")


class PaidForm(PlainForm):
    on = _day("The day the money came", initial=timezone.localdate)


class WaiveForm(PlainForm):
    why = forms.CharField(label="Why it is not asked for", max_length=200)


class InterviewForm(PlainForm):
    held_at = forms.DateTimeField(
        label="When",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    place = forms.CharField(label="Where: an address, or a link", max_length=200)


class OutcomeForm(PlainForm):
    outcome = forms.ChoiceField(
        label="What came of it", choices=InterviewOutcome.choices, widget=forms.RadioSelect
    )
    notes = forms.CharField(
        label="What was asked and what was said",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Those who decide read this. The applicant may ask for it.",
    )


class UnmetForm(PlainForm):
    why = forms.CharField(
        label="Why they are not met",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The applicant reads this. It ends the application; they may apply again.",
    )


class CorrectForm(DetailsForm):
    """The same, put right by a registrar, who says why."""

    name = forms.CharField(
        label="Legal name", max_length=120, help_text="As it will stand on the register."
    )
    body = BodyChoice(
        label="Professional body",
        queryset=Organisation.objects.none(),
        empty_label=None,
        help_text="It says the last yes. Once it is decided, the body stays.",
    )
    membership = forms.CharField(label="Membership number there", max_length=40, required=False)
    why = forms.ChoiceField(
        label="Why",
        choices=[("", "Choose one"), *((one, one) for one in CORRECTED)],
        error_messages={"required": "Choose why you change it."},
    )


# --- the desk -----------------------------------------------------------------------------------
class FileForm(PlainForm):
    """The text of a register's file, or the file itself."""

    use_required_attribute = False
    file = forms.FileField(
        label="A file",
        required=False,
        help_text="TOML, in UTF-8. It stands in the box below once you have looked at it.",
        widget=forms.ClearableFileInput(attrs={"accept": ".toml"}),
    )
    text = forms.CharField(
        label="Its text",
        required=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false"}),
    )


class LicenceForm(PlainForm):
    """That a body may bring people onto a register."""

    body = BodyChoice(
        label="Professional body",
        queryset=Organisation.objects.none(),
        empty_label="Choose one",
        error_messages={"required": "Choose the body."},
    )
    scope = forms.ChoiceField(label="Licence", choices=LicenceScope.choices)
    starts_on = _day("From", initial=timezone.localdate)
    ends_on = _day("Until", required=False, help_text="Leave it empty if it has no end.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        bodies = Organisation.objects.filter(kind=Kind.BODY, state=OrganisationState.APPROVED)
        self.fields["body"].queryset = bodies.order_by("name")  # type: ignore[attr-defined]


class EndForm(PlainForm):
    ends_on = _day("Last day", initial=timezone.localdate)
