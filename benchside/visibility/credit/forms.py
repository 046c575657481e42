"""What is typed about an output and somebody's part in it; the lead author's answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone

from benchside.accounts.forms import ONE_LINE, InOurWords
from benchside.careers.models import KitTerm
from benchside.organisations.models import Equipment
from benchside.visibility.credit import doi as dois
from benchside.visibility.credit.enums import OutputKind, OutputSource, StandsAs
from benchside.visibility.credit.parts import OutputWords, Part
from benchside.visibility.credit.records import (
    FIRST_YEAR,
    LONGEST_NAME,
    LONGEST_TITLE,
    LONGEST_VENUE,
    Record,
)
from benchside.visibility.credit.taxonomy import ROLES
from benchside.visibility.models import Contribution, Output

SALT = "benchside.visibility.credit.record"
NO_DOI = (
    "This is no DOI. It begins with 10., then a number and a slash: 10.1234/abc. Copy it from "
    "the paper’s first page, or leave it out."
)
LINKS = ("http:", "https:", "www.", "://", "@")


def no_links(text: str) -> None:
    """These words go into a letter to somebody who has not asked for it."""
    if any(mark in text.casefold() for mark in LINKS):
        raise forms.ValidationError("Leave out web and mail addresses: words only.")


class Find(InOurWords):
    """The first step: by its DOI, or without."""

    doi = forms.CharField(
        label="Its DOI",
        max_length=600,
        help_text="For example 10.1234/abc, or the address it stands in.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": "Paste the DOI, or go on without one."},
    )

    def clean_doi(self) -> str:
        return _doi(self.cleaned_data["doi"])


class OutputForm(InOurWords):
    """The words about an output, typed by hand."""

    title = forms.CharField(
        label="Title", max_length=LONGEST_TITLE, validators=[ONE_LINE, no_links]
    )
    kind = forms.ChoiceField(label="What it is", choices=OutputKind.choices)
    year = forms.IntegerField(label="Year it came out", required=False, min_value=FIRST_YEAR)
    venue = forms.CharField(
        label="Where it came out",
        required=False,
        max_length=LONGEST_VENUE,
        help_text="The journal, the conference, the museum.",
        validators=[ONE_LINE, no_links],
    )
    doi = forms.CharField(
        label="DOI",
        required=False,
        max_length=600,
        help_text="If it has one. For example 10.1234/abc.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def clean_doi(self) -> str:
        typed = self.cleaned_data["doi"]
        return _doi(typed) if typed else ""

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year is not None and year > timezone.localdate().year + 2:
            raise forms.ValidationError("That is too far ahead. Give the year it comes out.")
        return year

    @property
    def output_words(self) -> OutputWords:
        return OutputWords(**self.cleaned_data)

    @staticmethod
    def initial_of(output: Output) -> dict[str, Any]:
        return {name: getattr(output, name) for name in ("title", "kind", "year", "venue", "doi")}


class PartForm(InOurWords):
    """Somebody's own part. Kit and equipment are those they can choose from."""

    roles = forms.MultipleChoiceField(
        label="What did you do?",
        choices=[(role.code, role.name) for role in ROLES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one role."},
    )
    note = forms.CharField(
        label="In your own words",
        required=False,
        max_length=300,
        help_text="One or two sentences. For example: I built the cell and ran the samples.",
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[ONE_LINE, no_links],
    )
    stands_as = forms.ChoiceField(
        label="How does it name you?", choices=StandsAs.choices, widget=forms.RadioSelect
    )
    equipment = forms.ModelMultipleChoiceField(
        label="Equipment you used for it",
        queryset=Equipment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kit = forms.ModelMultipleChoiceField(
        label="Kit you used for it",
        queryset=KitTerm.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, kit: Sequence[KitTerm], equipment: Sequence[Equipment], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name, found in (("kit", kit), ("equipment", equipment)):
            field: Any = self.fields[name]
            field.queryset = field.queryset.model.objects.filter(pk__in=[one.pk for one in found])
            if not found:
                del self.fields[name]
        self.ticked = {str(code) for code in self["roles"].value() or []}

    def clean_note(self) -> str:
        return " ".join(self.cleaned_data["note"].split())

    @property
    def part(self) -> Part:
        said = self.cleaned_data
        return Part(
            roles=said["roles"],
            note=said["note"],
            stands_as=said["stands_as"],
            kit=said.get("kit", ()),
            equipment=said.get("equipment", ()),
        )

    @property
    def role_lines(self) -> list[tuple[str, Any, bool]]:
        """Id, role and whether it is ticked: drawn by the page, each with what it means."""
        return [(f"role-{role.code}", role, role.code in self.ticked) for role in ROLES]

    @staticmethod
    def initial_of(contribution: Contribution) -> dict[str, Any]:
        return {
            "roles": [role.code for role in contribution.credit_roles],
            "note": contribution.note,
            "stands_as": contribution.stands_as,
            "kit": [one.pk for one in contribution.kit.all()],
            "equipment": [one.pk for one in contribution.equipment.all()],
        }


class AskForm(InOurWords):
    """Whom to ask."""

    author_name = forms.CharField(
        label="Lead author’s name", max_length=LONGEST_NAME, validators=[ONE_LINE, no_links]
    )
    author_email = forms.EmailField(
        label="Their e-mail address",
        max_length=254,
        help_text="Used for this one question, and deleted as soon as they have answered.",
        error_messages={"invalid": "This is no e-mail address. Write one like name@example.ac.uk."},
    )


class ConfirmForm(InOurWords):
    name = forms.CharField(
        label="Your name, as it may stand beside this",
        max_length=LONGEST_NAME,
        validators=[ONE_LINE, no_links],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class DisputeForm(InOurWords):
    reason = forms.CharField(
        label="What is not right?",
        max_length=500,
        help_text="Only the technician reads this. For example: you were not part of this study.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say in a few words what is not right."},
    )


def _doi(typed: str) -> str:
    found = dois.normal(typed)
    if found is None:
        raise forms.ValidationError(NO_DOI)
    return found


# --- a registry's record, carried by the form ----------------------------------------------------
def sealed(record: Record, doi: str) -> str:
    """A record as a hidden field holds it until the form is sent: nobody can change its words."""
    said = [doi, record.source, record.title, record.kind, record.year, record.venue]
    return signing.dumps(said, salt=SALT, compress=True)


def opened(text: str) -> OutputWords | None:
    """What was sealed within a day; None for anything else."""
    try:
        doi, source, title, kind, year, venue = signing.loads(text, salt=SALT, max_age=86_400)
    except (signing.BadSignature, ValueError):
        return None
    return OutputWords(
        doi=doi, source=OutputSource(source), title=title, kind=kind or OutputKind.OTHER,
        year=year, venue=venue,
    )  # fmt: skip


def words_of(output: Output) -> OutputWords:
    return OutputWords(
        doi=output.doi, source=output.source, title=output.title, kind=output.kind,
        year=output.year, venue=output.venue,
    )  # fmt: skip


def sealed_words(output: Output) -> str:
    """The words of an output that is known here, as a hidden field holds them."""
    said = [output.doi, output.source, output.title, output.kind, output.year, output.venue]
    return signing.dumps(said, salt=SALT, compress=True)
