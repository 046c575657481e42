"""The real lists: schools of the Department for Education, UK providers by UKPRN, ROR.

Each file is the authority on its list; nobody edits a known place by hand.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from django.db.models import QuerySet

from benchside.core.imports import Line, ModelImporter, Problem, Row, Values, importers, read_csv
from benchside.core.imports.base import BATCH
from benchside.core.imports.tables import decoded
from benchside.organisations import rules
from benchside.organisations.enums import Kind, Nation, PlaceList
from benchside.organisations.live_places import RUNS_OF
from benchside.organisations.models import KnownPlace

NATIONS = {nation.label: nation.value for nation in Nation}
LONGEST = {
    name: getattr(KnownPlace._meta.get_field(name), "max_length", 0)
    for name in (
        "name",
        "other_names",
        "detail",
        "town",
        "region",
        "constituency",
        "website",
        "area",
        "phase",
    )
}
CODES = {
    PlaceList.SCHOOLS: (re.compile(r"\d{6}"), "A URN has six digits."),
    PlaceList.UNIVERSITIES: (re.compile(r"\d{8}"), "A UKPRN has eight digits."),
    PlaceList.RESEARCH: (re.compile(r"0[a-z0-9]{8}"), "A ROR ends in nine letters and digits."),
}
NOT_SAID = {"easting": None, "northing": None, "is_open": True}
MOST_METRES = 1_300_000  # no place in Great Britain lies farther north or east
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}")


class PlaceImporter(ModelImporter):
    """One of the lists. `headings` are the file's own words for number and name: of each shape
    the list is published in, the one whose number a line has."""

    model = KnownPlace
    key_field = "code"
    keeps_edits = False
    may = rules.can_import_places
    fields: ClassVar[tuple[str, ...]] = (
        "name", "other_names", "kind", "detail", "town", "region", "constituency", "postcode",
        "nation", "website", "ukprn", "area", "phase", "easting", "northing", "is_open",
    )  # fmt: skip
    source: PlaceList
    headings: ClassVar[tuple[tuple[str, str], ...]]

    def queryset(self, scope: str) -> QuerySet[KnownPlace]:
        return KnownPlace.objects.filter(source=self.source)

    def create(self, scope: str, records: Mapping[str, Values]) -> None:
        made = [KnownPlace(source=self.source, code=code, **said) for code, said in records.items()]
        KnownPlace.objects.bulk_create(made, batch_size=BATCH)

    def parse(self, data: bytes) -> Iterable[Row]:
        for line in self.lines(data):
            values = {**dict.fromkeys(self.fields, ""), **NOT_SAID, **self.values(line)}
            code = self.code(line)
            yield Row(line.number, code, values, (*line.problems, *self.faults(line, code, values)))

    def lines(self, data: bytes) -> Iterator[Line]:
        raise NotImplementedError

    def values(self, line: Line) -> Values:
        raise NotImplementedError

    def code(self, line: Line) -> str:
        return line.cells[self.headings_of(line)[0]]

    def headings_of(self, line: Line) -> tuple[str, str]:
        return next(pair for pair in self.headings if pair[0] in line.cells)

    def faults(self, line: Line, code: str, values: Values) -> Iterator[Problem]:
        pattern, remedy = CODES[self.source]
        number, name = self.headings_of(line)
        if not pattern.fullmatch(code):
            yield Problem(line.number, number, line.cells[number], remedy)
        if not values["name"]:
            yield Problem(line.number, name, "", "Every place has a name: fill it in.")
        for field, most in LONGEST.items():
            if len(values[field]) > (most or 0):
                heading = name if field == "name" else field
                yield Problem(line.number, heading, values[field], f"At most {most} letters.")


class Schools(PlaceImporter):
    """England's schools, as the register "Get information about schools" writes them or as the
    Department's tables of results do; which of the two is seen by the header."""

    key = f"{RUNS_OF}schools"
    title = "Schools (URN)"
    removes = True
    source = PlaceList.SCHOOLS
    headings = (("URN", "EstablishmentName"), ("urn", "school_name"))
    GIAS = ("URN", "EstablishmentName")
    GIAS_TOO = (
        "Town", "Postcode", "TypeOfEstablishment (name)", "EstablishmentStatus (name)",
        "LA (name)", "GOR (name)", "UKPRN", "SchoolWebsite", "ParliamentaryConstituency (name)",
        "PhaseOfEducation (name)", "Easting", "Northing",
    )  # fmt: skip
    TABLES = ("urn", "school_name", "la_name")
    TABLES_TOO = ("school_type", "parliamentary_constituency")

    def lines(self, data: bytes) -> Iterator[Line]:
        header = decoded(data).split("\n", 1)[0].casefold()
        if "school_name" in header:
            return read_csv(data, required=self.TABLES, optional=self.TABLES_TOO)
        return read_csv(data, required=self.GIAS, optional=self.GIAS_TOO)

    def values(self, line: Line) -> Values:
        cells = line.cells
        common = {"kind": Kind.SCHOOL.value, "nation": Nation.ENGLAND.value}
        if "school_name" in cells:
            return common | {
                "name": cells["school_name"],
                "detail": cells["school_type"],
                "constituency": cells["parliamentary_constituency"],
                "region": cells["la_name"],
            }
        region = cells["GOR (name)"]
        return common | {
            "name": cells["EstablishmentName"],
            "detail": cells["TypeOfEstablishment (name)"],
            "town": cells["Town"],
            "region": cells["LA (name)"] or region,
            "constituency": cells["ParliamentaryConstituency (name)"],
            "postcode": postcode(cells["Postcode"]),
            "nation": Nation.WALES.value if "Wales" in region else Nation.ENGLAND.value,
            "website": cells["SchoolWebsite"],
            "ukprn": ukprn(cells["UKPRN"]),
            "area": "" if "Wales" in region else region,
            "phase": said(cells["PhaseOfEducation (name)"]),
            **grid(cells["Easting"], cells["Northing"]),
            "is_open": not cells["EstablishmentStatus (name)"].startswith("Closed"),
        }


class Universities(PlaceImporter):
    """Providers of higher education. Lines without a UKPRN name no provider and are left out."""

    key = f"{RUNS_OF}universities"
    title = "Higher education (UKPRN)"
    removes = True
    source = PlaceList.UNIVERSITIES
    headings = (("ukprn", "name"),)

    def lines(self, data: bytes) -> Iterator[Line]:
        too = ("postcode", "suggestion_synonyms", "match_synonyms", "closed")
        found = read_csv(data, required=("name", "ukprn"), optional=too)
        return (line for line in found if line.cells["ukprn"])

    def values(self, line: Line) -> Values:
        cells = line.cells
        return {
            "name": cells["name"],
            "other_names": several(cells["suggestion_synonyms"], cells["match_synonyms"]),
            "kind": Kind.UNIVERSITY.value,
            "postcode": postcode(cells["postcode"]),
            "nation": Nation.ENGLAND.value,
            "ukprn": ukprn(cells["ukprn"]),
            "is_open": not cells["closed"],
        }


class Research(PlaceImporter):
    """Organisations of the Research Organization Registry. The file may be a part of it."""

    key = f"{RUNS_OF}research"
    title = "Research organisations (ROR)"
    source = PlaceList.RESEARCH
    headings = (("ror_id", "name"),)
    KINDS = (
        ("education", Kind.UNIVERSITY),
        ("facility", Kind.INSTITUTE),
        ("archive", Kind.INSTITUTE),
        ("company", Kind.EMPLOYER),
        ("healthcare", Kind.EMPLOYER),
        ("government", Kind.EMPLOYER),
    )

    def lines(self, data: bytes) -> Iterator[Line]:
        too = ("types", "status", "city", "region", "website", "aliases_acronyms")
        return read_csv(data, required=("ror_id", "name"), optional=too)

    def code(self, line: Line) -> str:
        return line.cells["ror_id"].rsplit("/", 1)[-1]

    def values(self, line: Line) -> Values:
        cells = line.cells
        kinds = [kind for word, kind in self.KINDS if word in cells["types"]]
        return {
            "name": cells["name"],
            "other_names": several(cells["aliases_acronyms"]),
            "kind": (kinds or [Kind.PARTNER])[0].value,
            "detail": cells["types"].replace(" | ", ", "),
            "town": cells["city"],
            "region": cells["region"],
            "nation": NATIONS.get(cells["region"], Nation.ENGLAND.value),
            "website": cells["website"],
            "is_open": cells["status"] in {"", "active"},
        }


def several(*cells: str) -> str:
    """Names with bars between, each once, as many as there is room for."""
    names = [name.strip() for cell in cells for name in cell.split("|")]
    kept = ""
    for name in dict.fromkeys(filter(None, names)):
        longer = f"{kept} | {name}" if kept else name
        if len(longer) <= (LONGEST["other_names"] or 0):
            kept = longer
    return kept


def postcode(text: str) -> str:
    """As the Post Office writes it; empty for what is none."""
    plain = " ".join(text.upper().split())
    if not POSTCODE.fullmatch(plain):
        return ""
    return plain if " " in plain else f"{plain[:-3]} {plain[-3:]}"


def ukprn(text: str) -> str:
    return text if re.fullmatch(r"\d{8}", text) else ""


def said(text: str) -> str:
    """What a list says of a thing, empty where it says that it does not apply."""
    return "" if text.casefold() == "not applicable" else text


def grid(easting: str, northing: str) -> dict[str, int | None]:
    """Metres on the national grid; both or neither, and no 0, which stands for "not known"."""
    both = [int(text) for text in (easting, northing) if re.fullmatch(r"\d{1,7}", text)]
    known = len(both) == 2 and all(0 < metres < MOST_METRES for metres in both)
    return dict(zip(("easting", "northing"), both, strict=True)) if known else {}


IMPORTERS = {one.source: importers.register(one) for one in (Schools(), Universities(), Research())}
