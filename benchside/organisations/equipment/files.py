"""Equipment as a table: written for a spreadsheet, read from one, brought in as a difference."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django.conf import settings

from benchside.careers.models import KitTerm
from benchside.core.actions import Actor
from benchside.core.imports import BadFile, Importer, Problem, Row, Values, importers
from benchside.core.imports.base import BATCH
from benchside.organisations.actions.equipment import follow_photo, tell
from benchside.organisations.enums import Access, Service
from benchside.organisations.equipment import queries, rules, table
from benchside.organisations.models import Equipment, Organisation, Unit
from benchside.organisations.staff_list.problems import Unreadable
from benchside.organisations.staff_list.sheets import open_book
from benchside.people.showing import Shown

HEADER = (*table.UNIQUIP, *table.OURS)
MOST_ROWS = 20_000
ACCESS = {value: str(label) for value, label in Access.choices if value}
SERVICE = {value: str(label) for value, label in Service.choices if value}


# --- written -------------------------------------------------------------------------------------
def rows_of(
    items: Iterable[Equipment],
    units: Mapping[int, str] | None = None,
    people: Mapping[int, Shown] | None = None,
) -> Iterator[list[object]]:
    """The rows under HEADER. `units` are labels by key, where those of one organisation are
    wanted; `people` the technicians to ask, as everybody may see them, by item."""
    for one in items:
        cells = cells_of(one, units, (people or {}).get(one.pk))
        yield [cells.get(column, "") for column in HEADER]


def cells_of(
    one: Equipment, units: Mapping[int, str] | None = None, person: Shown | None = None
) -> dict[str, object]:
    cells = {column: getattr(one, name) for column, name in table.FIELDS.items()}
    unit = one.unit
    cells |= {
        "ID": one.internal_id,
        "Related Facility ID": one.part_of.internal_id if one.part_of else "",
        "Department": (units or {}).get(unit.pk, unit.name) if unit else "",
        "Service Level": SERVICE.get(one.service, ""),
        "Access": ACCESS.get(one.access, ""),
        "Kit": one.kit.name if one.kit else "",
        "Public": table.YES if one.is_public else table.NO,
    }
    if person:
        cells |= {
            "Secondary Contact Name": person.name,
            "Secondary Contact Email": person.contact_email,
            "Secondary Contact URL": person.contact_url,
        }
    if one.is_public and not one.web_address:
        cells["Contact URL"] = f"{settings.BASE_URL}{one.get_absolute_url()}"
    return cells


# --- brought in ----------------------------------------------------------------------------------
class EquipmentImporter(Importer):
    """Of one organisation. The registered one has none: it applies and takes back."""

    key = "organisations.equipment"
    title = "Equipment"
    removes: ClassVar[bool] = False  # a file may be a part of what there is

    def __init__(self, organisation: Organisation | None = None) -> None:
        self.organisation = organisation

    def allows(self, actor: Actor, scope: str) -> bool:
        return rules.can_keep_all(actor, Organisation(pk=int(scope)))

    def parse(self, data: bytes) -> Iterable[Row]:
        assert self.organisation is not None
        words, closed = _words(self.organisation), _in_closed_units(self.organisation)
        spelt = {one.casefold(): one for one in self._ids(self.organisation.pk)}
        rows: list[Row] = []
        for number, cells in _lines(data):
            code = table.plain(cells.get("ID", ""))
            key = spelt.setdefault(code.casefold(), code)
            values, faults = table.read_row(cells, _with_unit(words, closed.get(key)))
            problems = [Problem(number, one.column, one.value, one.remedy) for one in faults]
            rows.append(Row(number, key, values, tuple(problems)))
        return _with_facilities(rows, self._facilities(self.organisation.pk), spelt)

    def current(self, scope: str, *, lock: bool = False) -> dict[str, Values]:
        organisation = Organisation(pk=int(scope))
        found = Equipment.objects.filter(organisation=organisation)
        if lock:
            Organisation.objects.select_for_update().get(pk=organisation.pk)
            found = found.select_for_update(of=("self",))
        labels = queries.unit_labels(organisation)
        kept = found.order_by().select_related("kit", "part_of", "unit")
        return {one.internal_id: _kept(one, labels) for one in kept}

    def create(self, scope: str, records: Mapping[str, Values]) -> None:
        known = _Known(int(scope))
        made = [
            Equipment(organisation_id=int(scope), internal_id=key, **known.columns(values))
            for key, values in records.items()
        ]
        Equipment.objects.bulk_create(made, batch_size=BATCH)
        self._join(int(scope), records)

    def update(self, scope: str, records: Mapping[str, Values]) -> None:
        known = _Known(int(scope))
        found = Equipment.objects.filter(organisation=int(scope), internal_id__in=list(records))
        for one in found:
            for name, value in known.columns(records[one.internal_id]).items():
                setattr(one, name, value)
            one.save()
        self._join(int(scope), records)

    def remove(self, scope: str, keys: Sequence[str]) -> None:
        gone = list(Equipment.objects.filter(organisation=int(scope), internal_id__in=list(keys)))
        Equipment.objects.filter(pk__in=[one.pk for one in gone]).delete()
        tell(*gone)

    def write(
        self,
        scope: str,
        *,
        removed: Mapping[str, Values],
        changed: Mapping[str, Values],
        added: Mapping[str, Values],
    ) -> None:
        """Added first: what is changed may name a facility of the same file."""
        if added:
            self.create(scope, added)
        if changed:
            self.update(scope, changed)
        if removed:
            self.remove(scope, list(removed))

    def _join(self, organisation: int, records: Mapping[str, Values]) -> None:
        """Items to their facilities, once all are there; then the search hears of them."""
        ids = dict(
            Equipment.objects.filter(organisation=organisation).values_list("internal_id", "pk")
        )
        some = list(
            Equipment.objects.filter(pk__in=[ids[key] for key in records]).select_related(
                "photo", "organisation"
            )
        )
        for one in some:
            said = records[one.internal_id]
            if "part_of" in said:
                one.part_of_id = ids.get(said["part_of"] or "")
        Equipment.objects.bulk_update(some, ["part_of"], batch_size=BATCH)
        for one in some:
            follow_photo(one)
        tell(*some)

    @staticmethod
    def _ids(organisation: int) -> list[str]:
        found = Equipment.objects.filter(organisation=organisation)
        return list(found.values_list("internal_id", flat=True))

    @staticmethod
    def _facilities(organisation: int) -> set[str]:
        found = Equipment.objects.filter(organisation=organisation, kind="facility")
        return set(found.values_list("internal_id", flat=True))


def _kept(one: Equipment, labels: Mapping[int, str]) -> Values:
    """As a row would say it."""
    values = {name: getattr(one, name) for name in table.FIELDS.values()}
    return values | {
        "part_of": one.part_of.internal_id if one.part_of else "",
        "unit": labels.get(one.unit_id or 0, one.unit.name) if one.unit else "",
        "kit": one.kit.slug if one.kit else "",
    }


class _Known:
    """Labels back to keys, for writing."""

    def __init__(self, organisation: int) -> None:
        labels = queries.unit_labels(Organisation(pk=organisation))
        closed = Unit.objects.filter(organisation=organisation).exclude(closed_on=None)
        self.units = dict(closed.values_list("name", "pk"))  # to put one back
        self.units |= {label: pk for pk, label in labels.items()}
        self.kit = dict(KitTerm.objects.values_list("slug", "pk"))

    def columns(self, values: Values) -> dict[str, Any]:
        """What is given, as columns; facilities are joined afterwards. None is as good as empty:
        taking an addition back says so of every field."""
        named = {name: value for name, value in values.items() if name != "part_of"}
        if "unit" in named:
            named["unit_id"] = self.units.get(named.pop("unit") or "")
        if "kit" in named:
            named["kit_id"] = self.kit.get(named.pop("kit") or "")
        return named


def _in_closed_units(organisation: Organisation) -> dict[str, str]:
    """By own number, the unit of what stands in one that is closed: it may go on saying so."""
    found = organisation.equipment.exclude(unit__closed_on=None).order_by()
    return dict(found.values_list("internal_id", "unit__name"))


def _with_unit(words: table.Words, name: str | None) -> table.Words:
    if name is None:
        return words
    return replace(words, units={table.folded(name): name, **words.units})


def _words(organisation: Organisation) -> table.Words:
    fold = table.folded
    units = {fold(label): label for label in queries.unit_labels(organisation).values()}
    kit: dict[str, str] = {}
    for slug, name in KitTerm.objects.values_list("slug", "name"):
        kit |= {fold(name): slug, fold(slug): slug}
    return table.Words(
        units=units,
        kit=kit,
        access={fold(word): value for value, label in ACCESS.items() for word in (value, label)},
        service={fold(word): value for value, label in SERVICE.items() for word in (value, label)},
    )


def _lines(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Row number and cells by column, of the first sheet that has the header. Raises BadFile."""
    if not data.strip():
        raise BadFile("This file is empty.", "Choose the file that holds your equipment.")
    try:
        book = open_book(data)
    except Unreadable as error:
        raise BadFile(error.message, error.remedy) from error
    known = {column.casefold(): column for column in (*HEADER, *table.HERE_ONLY)}
    for sheet in book.sheets:
        for place, row in enumerate(sheet.rows):
            header = [known.get(_text(cell).strip().casefold(), "") for cell in row]
            if "ID" in header and "Name" in header:
                yield from _under(header, sheet.rows, place)
                return
    raise BadFile(
        "No row of this file names the columns ID and Name.",
        "Name them as in our template: the first row says which column is which.",
    )


def _under(
    header: list[str], rows: Sequence[Sequence[Any]], place: int
) -> Iterator[tuple[int, dict[str, str]]]:
    named = [column for column in header if column]
    if twice := next((column for column in named if named.count(column) > 1), None):
        raise BadFile(f"The column {twice} is there twice.", "Leave one of them out.")
    if len(rows) - place > MOST_ROWS:
        raise BadFile(f"This file has more than {MOST_ROWS:,} rows.", "Split it.")
    for number, row in enumerate(rows[place + 1 :], start=place + 2):
        cells = [_text(cell) for cell in row]
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * len(header)]
            yield (
                number,
                {column: cell for column, cell in zip(header, padded, strict=False) if column},
            )


def _text(cell: Any) -> str:
    """A workbook's cell as it looks: 12 for 12.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _with_facilities(rows: list[Row], there: set[str], spelt: Mapping[str, str]) -> Iterator[Row]:
    """Each facility named must be there, or in the file; named as it is spelt there."""
    said = {row.key: row.values.get("kind") for row in rows}
    facilities = {key for key in there if said.get(key) != "equipment"}
    facilities |= {key for key, kind in said.items() if kind == "facility"}
    for row in rows:
        named = row.values.get("part_of", "")
        key = spelt.get(named.casefold(), named)
        if named and key not in facilities:
            remedy = "No facility has this number. Add it to the file, or empty this cell."
            problem = Problem(row.number, "Related Facility ID", named, remedy)
            yield Row(row.number, row.key, row.values, (*row.problems, problem))
        elif named:
            yield Row(row.number, row.key, {**row.values, "part_of": key}, row.problems)
        else:
            yield row


EQUIPMENT_FILE = importers.register(EquipmentImporter())
