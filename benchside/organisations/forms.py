"""The forms of organisations: few fields each, and what was typed stays."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from benchside.accounts.forms import ONE_LINE, InOurWords
from benchside.accounts.models import User
from benchside.organisations.enums import Kind, MemberRole, Nation
from benchside.organisations.models import Organisation, StaffSnapshot
from benchside.organisations.queries import UnitLine

NO_UNIT = "none"
SHORTEST_REASON = 10


def line_field(label: str, *, most: int, hint: str = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=required,
        validators=[ONE_LINE],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def website_field() -> forms.URLField:
    return forms.URLField(
        label="Website",
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"invalid": "Type an address such as www.example.ac.uk."},
    )


def _unit_or_none(value: str) -> int | None:
    return None if value == NO_UNIT else int(value)


class UnitChoice(forms.TypedChoiceField):
    """A unit of one organisation, shown as its tree; None for the first choice, none of them."""

    def __init__(self, lines: Iterable[UnitLine], nothing: str, **options: Any) -> None:
        tree = [(line.id, line.indented) for line in lines]
        super().__init__(
            choices=[(NO_UNIT, nothing), *tree], coerce=_unit_or_none, initial=NO_UNIT, **options
        )


# --- applying -------------------------------------------------------------------------------
class AboutYou(InOurWords):
    """For a place of the real lists: all else is known."""

    job = line_field(
        "What do you do there?", most=120, hint="For example, lab technician or head of science."
    )
    is_mine = forms.BooleanField(
        label="I work there, and may speak for it",
        error_messages={"required": "Tick this if you work there. If not, ask somebody who does."},
    )


class Typed(AboutYou):
    """For a place that no list knows."""

    kind = forms.ChoiceField(label="What is it?", choices=Kind.choices, widget=forms.RadioSelect)
    name = line_field("Its full name", most=160)
    town = line_field("Town", most=80)
    nation = forms.ChoiceField(label="Nation", choices=Nation.choices)
    website = website_field()
    field_order = ("kind", "name", "town", "nation", "website", "job", "is_mine")


# --- the workspace --------------------------------------------------------------------------
class Details(forms.ModelForm):
    website = website_field()

    class Meta:
        model = Organisation
        fields = ("name", "town", "region", "nation", "website")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "town", "region"):
            self.fields[name].validators.append(ONE_LINE)
        self.fields["name"].help_text = "The address of your pages stays as it is."


class Invite(InOurWords):
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Type an address such as name@example.ac.uk."},
    )
    role = forms.ChoiceField(label="As")

    def __init__(
        self, *args: Any, roles: list[MemberRole], lines: list[UnitLine], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.fields["unit"] = UnitChoice(
            lines,
            "The whole organisation",
            label="Of which unit",
            help_text="Only for unit champions and managers.",
        )


class NewUnit(InOurWords):
    name = line_field("Name", most=120)

    def __init__(self, *args: Any, lines: list[UnitLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["above"] = UnitChoice(lines, "Nothing: it stands on top", label="Part of")


class RenameUnit(InOurWords):
    name = line_field("Name", most=120)


class MoveUnit(InOurWords):
    def __init__(self, *args: Any, lines: list[UnitLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["above"] = UnitChoice(lines, "Nothing: it stands on top", label="Part of")


class HandOver(InOurWords):
    def __init__(self, *args: Any, givers: list[User], takers: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["giver"] = _person("Who leaves", givers)
        self.fields["taker"] = _person("Who takes over", takers)
        self.fields["sure"] = forms.BooleanField(
            label="Everything moves today, and their roles here end",
            error_messages={"required": "Tick this when you are sure."},
        )


def _person(label: str, people: list[User]) -> forms.TypedChoiceField:
    choices = [("", "Choose"), *((one.pk, one.get_full_name()) for one in people)]
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=int, error_messages={"required": "Choose somebody."}
    )


# --- the desk -------------------------------------------------------------------------------
class Decline(forms.Form):
    answer = forms.CharField(
        label="Why not",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write why: it goes to whoever asked, as you write it."},
    )


class ListFile(forms.Form):
    source = forms.ChoiceField(label="Which list")
    file = forms.FileField(label="File", widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))

    def __init__(self, *args: Any, lists: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = lists  # type: ignore[attr-defined]


# --- figures --------------------------------------------------------------------------------
class ExactFigures(InOurWords):
    """Which day, and why: the reason stays in the history, so it may name nobody."""

    snapshot = forms.ModelChoiceField(
        StaffSnapshot.objects.none(), label="Figures of which day?", empty_label=None
    )
    reason = line_field(
        "Why do you need them?",
        most=200,
        hint="This is kept with your name and the time. Leads can read it. Name no person.",
    )

    def __init__(self, snapshots: QuerySet[StaffSnapshot], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["snapshot"]
        choice.queryset = snapshots  # type: ignore[attr-defined]
        choice.label_from_instance = _day  # type: ignore[attr-defined]

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason) < SHORTEST_REASON:
            raise forms.ValidationError("Say a little more: what will you use them for?")
        if "@" in reason:
            raise forms.ValidationError("Leave addresses out: this stays for good.")
        return reason


def _day(snapshot: StaffSnapshot) -> str:
    return f"{snapshot.day:%-d %B %Y}"
