"""Forms of one person on the list. What is typed is read as a cell of a file would be."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from benchside.accounts.forms import ONE_LINE, InOurWords
from benchside.organisations.actions.by_hand import LEAVING
from benchside.organisations.forms import UnitChoice, line_field
from benchside.organisations.models import Employment, Organisation
from benchside.organisations.queries import UnitLine
from benchside.organisations.staff_forms import DATE
from benchside.organisations.staff_list.codes import Terms
from benchside.organisations.staff_list.fields import Kind
from benchside.organisations.staff_list.values import READERS, Context, Unknown, Wrong

NOT_SAID = ("", "Not known")
BAD_DAY = {"invalid": "Give a day such as 01/08/2026."}
TERMS = [NOT_SAID, *((str(one), str(one).capitalize()) for one in Terms if one != Terms.ATYPICAL)]


def _read_as(kind: Kind, typed: str) -> Any:
    """The value, or "" for nothing. Raises ValidationError with the remedy a file would give."""
    value = READERS[kind](typed, Context(timezone.localdate()))
    if isinstance(value, Wrong):
        raise forms.ValidationError(value.remedy)
    if isinstance(value, Unknown):
        raise forms.ValidationError("We do not know this word.")
    return "" if value is None else value


def _cleaning(name: str, kind: Kind) -> Callable[["OnePerson"], Any]:
    return lambda form: _read_as(kind, form.cleaned_data[name])


def _day(label: str, hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=hint, required=False, widget=DATE, error_messages=BAD_DAY
    )


class OnePerson(InOurWords):
    """A person and one post of theirs. Those who claimed their record keep name and address."""

    name = line_field("Name", most=120)
    work_email = line_field(
        "Work e-mail", most=254, required=False, hint="It is where they get the link to claim it."
    )
    staff_number = line_field(
        "Staff number", most=40, required=False, hint="By it the next list knows the person again."
    )
    title = line_field("Job title", most=160)
    grade = line_field("Grade", most=40, required=False)
    family = line_field("Job family", most=80, required=False)
    soc2020 = line_field("SOC 2020 code", most=4, required=False, hint="Four digits, such as 3111.")
    fte = line_field("Part of full time", most=8, required=False, hint="1, 0.6 or 60%.")
    terms = forms.ChoiceField(label="Terms", choices=TERMS, required=False)
    started_on = _day("In this post since")
    contract_end = _day("Fixed term until")
    manager = line_field(
        "Answers to",
        most=254,
        required=False,
        hint="The staff number or work e-mail of somebody on the list.",
    )
    field_order = (
        "name", "work_email", "staff_number", "title", "unit", "grade", "family", "soc2020", "fte",
        "terms", "started_on", "contract_end", "manager",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        lines: list[UnitLine],
        is_claimed: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.fields["unit"] = UnitChoice(lines, "Not known", label="Unit", required=False)
        self.order_fields(self.field_order)
        if is_claimed:
            for name in ("name", "work_email"):
                self.fields[name].disabled = True
                self.fields[name].help_text = "Theirs to change: they have claimed this record."

    clean_work_email = _cleaning("work_email", Kind.EMAIL)
    clean_staff_number = _cleaning("staff_number", Kind.NUMBER)
    clean_soc2020 = _cleaning("soc2020", Kind.SOC)

    def clean_fte(self) -> Decimal | None:
        value = _read_as(Kind.FTE, self.cleaned_data["fte"])
        return None if value == "" else Decimal(str(value))

    def clean_manager(self) -> Employment | None:
        typed = self.cleaned_data["manager"].strip()
        if not typed:
            return None
        current = Employment.objects.current().filter(organisation=self.organisation)
        by_number = current.filter(staff_number=_read_as(Kind.NUMBER, typed))
        by_mail = current.filter(technician__work_email__iexact=typed)
        found = [*by_number[:2]] or [*by_mail[:2]]
        if len(found) != 1:
            raise forms.ValidationError(
                "Several people have this address: give the staff number."
                if found
                else "Nobody on the list has this number or address. Correct it, or leave it empty."
            )
        return found[0]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        start, end = said.get("started_on"), said.get("contract_end")
        if start and end and end < start:
            self.add_error("contract_end", "This is before the post began.")
        return said


class Left(InOurWords):
    left_on = forms.DateField(
        label="Last day",
        widget=DATE,
        initial=timezone.localdate,
        error_messages=BAD_DAY,
    )
    reason = forms.ChoiceField(
        label="Why",
        choices=[NOT_SAID, *((one, one.capitalize()) for one in LEAVING)],
        required=False,
        help_text="Kept for counts of many only.",
    )


class AskToBeCounted(InOurWords):
    title = line_field("Your job title", most=160)
    unit_name = line_field(
        "Your unit", most=120, required=False, hint="Department, school or workshop."
    )
    staff_number = line_field(
        "Staff number", most=40, required=False, hint="If you know it: it makes the answer quicker."
    )
    reason = forms.CharField(
        label="What do you do?",
        help_text="One or two sentences. The people who keep the list read them.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write a sentence about your work."},
    )

    def clean_staff_number(self) -> str:
        return str(_read_as(Kind.NUMBER, self.cleaned_data["staff_number"]))


class Answer(forms.Form):
    """A word with a no."""

    answer = forms.CharField(max_length=300, required=False, validators=[ONE_LINE], strip=True)
