"""Forms of entries: for employers, for the person, for the registrar."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from benchside.core.forms import InPlainWords, PlainForm
from benchside.core.imports.base import BadFile
from benchside.core.open_forms import OpenForm
from benchside.recognition.entries import bulk, queries
from benchside.recognition.entries.actions import RENAMED
from benchside.recognition.entries.bulk import Asked
from benchside.recognition.models import Entry

LARGEST_FILE = 2_000_000  # bytes
BOTH = (
    "You pasted a list and chose a file. Check one at a time: empty the box and choose the file "
    "again, or send the pasted list without it."
)
LONGEST_PASTE = 2_200_000  # letters: the largest file, as its answers' page sends it back


class CheckForm(InPlainWords, OpenForm):
    """Many people at once, pasted or as a file."""

    purpose = "register.check"

    people = forms.CharField(
        label="Paste them here",
        required=False,
        max_length=LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text="One person a row: number, name, or both, such as RT-000123, Ann Example.",
    )
    file = forms.FileField(
        label="Or choose a CSV file",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
        help_text=f"Up to {bulk.MOST:,} rows, in any order of columns.",
    )

    rows: list[Asked]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        file, text = cleaned.get("file"), cleaned.get("people") or ""
        where = "file" if file else "people"
        self.rows = []
        if where in self.errors or self.non_field_errors():
            return cleaned
        if file and text.strip():
            self.add_error("file", BOTH)
            return cleaned
        try:
            if file and file.size > LARGEST_FILE:
                raise BadFile("This file is too large.", "Leave out columns that are not needed.")
            begun = queries.prefixes()
            self.rows = bulk.read_file(file.read(), begun) if file else bulk.read(text, begun)
        except BadFile as problem:
            self.add_error(where, str(problem))
        return cleaned


class StatementForm(InPlainWords, OpenForm):
    """The button that gives a statement: nothing to fill in."""

    purpose = "register.statement"


class StatementCheckForm(InPlainWords, OpenForm):
    """A statement that somebody was given."""

    purpose = "register.statement-check"

    file = forms.FileField(
        label="The file you were given",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        help_text="The PDF itself. A scan or a photograph of it cannot be checked.",
        error_messages={"required": "Choose the PDF you were given."},
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("This file is too large to be one of our statements.")
        read: bytes = file.read()
        return read


# --- the person ---------------------------------------------------------------------------------
class ShownForm(PlainForm):
    area = forms.CharField(
        label="Roughly where you work",
        max_length=60,
        required=False,
        help_text="A town or a county. It tells two people of one name apart.",
    )
    shows_area = forms.BooleanField(label="Show it to everybody", required=False)
    employer = forms.CharField(label="Your employer", max_length=120, required=False)
    shows_employer = forms.BooleanField(label="Show my employer to everybody", required=False)
    former = forms.MultipleChoiceField(
        label="Former names to show",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Whoever looks you up by a former name finds you, also when it is not shown.",
    )

    def __init__(self, *args: Any, entry: Entry, **options: Any) -> None:
        former = list(entry.former_names.all())
        options.setdefault(
            "initial",
            {
                "area": entry.area,
                "shows_area": entry.shows_area,
                "employer": entry.employer,
                "shows_employer": entry.shows_employer,
                "former": [str(one.pk) for one in former if one.is_shown],
            },
        )
        super().__init__(*args, **options)
        self.fields["former"].choices = [(str(one.pk), one.name) for one in former]  # type: ignore[attr-defined]
        if not former:
            del self.fields["former"]

    @property
    def chosen(self) -> dict[str, Any]:
        """What the action takes."""
        kept = dict(self.cleaned_data)
        return kept | {"former_shown": [int(one) for one in kept.pop("former", [])]}


class AskHidingForm(PlainForm):
    verb, button = "hide", "Ask to be hidden"
    heading = "Is it dangerous for you to be found?"
    lead = (
        "A register is public, so there must be a reason, such as somebody who threatens you. "
        "The registrar decides."
    )

    words = forms.CharField(
        label="Why you should not be found",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Only those who keep the register read this. A sentence or two is enough.",
        error_messages={"required": "Say why, in a sentence or two."},
    )


class AskShowingForm(PlainForm):
    verb, button = "show", "Ask to be shown again"
    heading = "Do you want to be found again?"
    lead = "The registrar looks first at why you were hidden."

    words = forms.CharField(
        label="Is there something the registrar should know?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only those who keep the register read this.",
    )


# --- the registrar ------------------------------------------------------------------------------
class RenameForm(PlainForm):
    name = forms.CharField(
        label="Name on the register",
        max_length=120,
        error_messages={"required": "Write the name as it should stand on the register."},
    )
    forget = forms.BooleanField(
        label="Forget the former name",
        required=False,
        help_text="For a slip of the pen, or where the law asks for it. Otherwise it still finds "
        "them, and they choose whether it is shown.",
    )
    reason = forms.ChoiceField(
        label="Why", choices=[(one, one) for one in RENAMED], initial=RENAMED[0], required=False
    )
    on = forms.DateField(
        label="From which day",
        required=False,
        help_text="Today, unless you say otherwise.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Give the day as 2026-03-01."},
    )


class HideForm(PlainForm):
    basis = forms.CharField(
        label="On what basis",
        max_length=200,
        help_text="Such as: risk to their safety, shown by a police report. Never shown outside.",
        error_messages={"required": "Say on what basis it is hidden."},
    )


class AnswerHidingForm(PlainForm):
    """The answer to somebody who asks to be hidden, or shown again: that has no basis to give.
    `hides`: it is yes to hiding, which needs one."""

    optional_said_above = True  # the label says when the basis is needed

    answer = forms.CharField(
        label="What you tell them",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what you decided, and why."},
    )
    basis = forms.CharField(
        label="The basis: needed to hide the entry",
        max_length=200,
        help_text="Such as: risk to their safety, shown by a police report. Never shown outside.",
        error_messages={"required": "The basis is missing: say on what ground it is hidden."},
    )

    def __init__(self, *args: Any, hides: bool, wants_shown: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["basis"].required = hides
        if wants_shown:
            del self.fields["basis"]


class AsAtForm(PlainForm):
    """The register as at a day."""

    on = forms.DateField(
        label="As at which day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Give the day.", "invalid": "Give the day as 2026-03-01."},
    )
    kind = forms.ChoiceField(
        label="As", choices=[("csv", "CSV"), ("xlsx", "Excel workbook")], initial="csv"
    )

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come: give today or an earlier one.")
        return day
