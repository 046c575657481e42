"""Forms of the equipment register."""

from collections.abc import Iterable
from typing import Any

from django import forms

from benchside.accounts.forms import InOurWords
from benchside.careers.models import KitTerm
from benchside.core.picture_form import PictureFormField
from benchside.organisations import queries as organisation_queries
from benchside.organisations.enums import Access, RunLevel, Service, ThingKind
from benchside.organisations.equipment import queries, table
from benchside.organisations.models import Equipment, Organisation, Unit
from benchside.organisations.models.equipment import FIRST_YEAR, LAST_YEAR
from benchside.people.models import Technician

KINDS = [(ThingKind.EQUIPMENT, "A piece of equipment"), (ThingKind.FACILITY, "A facility")]


class PlainText(forms.CharField):
    """As a file would give it back."""

    def to_python(self, value: Any) -> str:
        return table.plain(super().to_python(value) or "")


def _line(column: str, label: str, hint: str = "", *, required: bool = False) -> PlainText:
    return PlainText(
        label=label, help_text=hint, max_length=table.LONGEST[column], required=required
    )


def _year(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )


class UnitChoice(forms.ModelChoiceField):
    """The tree, set in."""

    names: dict[int, str]

    def label_from_instance(self, obj: Any) -> str:
        return self.names.get(obj.pk, obj.name)


class ItemForm(InOurWords):
    """An item, whole. `units` limits a champion to theirs; None: all of the organisation."""

    name = _line("Name", "Name", "What you call it, such as X-ray diffractometer.", required=True)
    kind = forms.ChoiceField(label="What it is", choices=KINDS, required=True)
    description = PlainText(
        label="Description",
        help_text="What it does, in words for somebody who has never seen it.",
        max_length=table.LONGEST["Description"],
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    kit = forms.ModelChoiceField(
        label="Word of our kit list",
        help_text="So that it is found with others of its kind.",
        queryset=KitTerm.objects.order_by("name"),
        to_field_name="slug",
        required=False,
        empty_label="None fits",
    )
    technique = _line("Technique", "Technique", "Such as microscopy or additive manufacture.")
    manufacturer = _line("Manufacturer", "Made by")
    model = _line("Model", "Model")
    internal_id = _line("ID", "Your own number", "An asset number, say. Left out, it is given one.")
    unit = UnitChoice(label="Unit it belongs to", queryset=Unit.objects.none(), required=False)
    part_of = forms.ModelChoiceField(
        label="Part of the facility", queryset=Equipment.objects.none(), required=False,
        empty_label="None",
    )  # fmt: skip
    site = _line("Site Location", "Site", "Such as North campus.")
    building = _line("Building", "Building and room")
    access = forms.ChoiceField(
        label="Who may use it",
        choices=[("", Access.UNKNOWN.label), *Access.choices[1:]],
        required=False,
    )
    service = forms.ChoiceField(
        label="How it is used",
        choices=[("", Service.UNKNOWN.label), *Service.choices[1:]],
        required=False,
    )
    contact_name = _line("Contact Name", "Team to ask", "A team, such as X-ray facility.")
    contact_email = forms.EmailField(
        label="The team’s address",
        help_text="Everybody sees it if the item is public: no person’s own address.",
        required=False,
    )
    contact = forms.ModelChoiceField(
        label="Technician to ask",
        help_text="Outside, named only as far as they choose themselves.",
        queryset=Technician.objects.none(),
        required=False,
        empty_label="Nobody",
    )
    web_address = forms.URLField(
        label="Page about it", required=False, max_length=200, assume_scheme="https"
    )
    acquired_year = _year("Bought in the year")
    funding = _line("Funding", "Paid for by", "A grant and its number, say.")
    is_public = forms.BooleanField(
        label="Show it in the public register",
        help_text="Everybody then finds it: what it is, where, and how to get access.",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        units: Iterable[int] | None = None,
        item: Equipment | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        lines = organisation_queries.unit_lines(organisation)
        open_units = Unit.objects.open().filter(organisation=organisation)
        unit = self.fields["unit"]
        assert isinstance(unit, UnitChoice)
        if units is not None:
            wanted = set(units)
            lines = [line for line in lines if line.id in wanted]
            unit.required, unit.empty_label = True, None
        unit.names = {line.id: line.indented for line in lines}
        unit.queryset = open_units.filter(pk__in=[line.id for line in lines])
        unit.widget.choices = [
            *([] if units is not None else [("", "The whole organisation")]),
            *((line.id, line.indented) for line in lines),
        ]
        facilities = queries.facilities(organisation)
        self._choose("part_of", facilities.exclude(pk=item.pk) if item else facilities)
        self._choose("contact", queries.staff_of(organisation))

    def _choose(self, name: str, found: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = found

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("kind") == ThingKind.FACILITY and said.get("part_of"):
            self.add_error("part_of", "A facility is not part of another. Choose “None”.")
        return said


class PhotoForm(InOurWords):
    file = PictureFormField(label="Photograph")
    description = forms.CharField(
        label="What it shows",
        help_text="Read out to people who cannot see it. No person in the picture, please.",
        max_length=255,
    )


class RunnerForm(InOurWords):
    technician = forms.ModelChoiceField(
        label="Who", queryset=Technician.objects.none(), empty_label="Choose somebody"
    )
    level = forms.ChoiceField(label="What they do", choices=RunLevel.choices)
    since = _year("Since the year")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["technician"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queries.staff_of(organisation)


class EquipmentFile(InOurWords):
    file = forms.FileField(
        label="The file",
        help_text="A CSV or an Excel workbook (.xlsx), with the columns of equipment.data.ac.uk.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
        error_messages={
            "required": "Choose a file.",
            "empty": "This file is empty. Choose the file that holds your equipment.",
        },
    )
