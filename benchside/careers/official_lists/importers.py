"""Brings official lists in: routes are added, changed and retired; job codes are replaced.

A route that a whole, newer list no longer has is retired and never deleted: people hold its
address. What somebody checked later than the day of the list stays as it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.text import slugify

from benchside.careers import rules
from benchside.careers.enums import APPRENTICESHIPS, Nation, RouteKind, RouteStatus
from benchside.careers.events import routes_changed
from benchside.careers.models import Route, SocTitle, Source
from benchside.careers.official_lists import routes as lists
from benchside.careers.official_lists.soc import words_of
from benchside.core.imports import (
    BadFile,
    Importer,
    Line,
    ModelImporter,
    Problem,
    Row,
    Values,
    decoded,
    header_of,
    read_csv,
)
from benchside.core.imports.base import BATCH, batches
from benchside.core.imports.tables import lacking

DATES = ("as_of", "valid_from", "valid_to")
FACTS = (
    *("kind", "title", "reference", "level", "months", "topic", "job_titles", "status", "url"),
    *("source", *DATES),
)
# The index fills the codes of a title that only points to another one with closing braces.
UNIT_GROUP = re.compile(r"\d{4}")
SUB_UNIT_GROUP = re.compile(r"\d{4}/\d{2}")
NOT_IN_FILE = 0  # the row of what a list no longer has
OFFICIAL = "https://skillsengland.education.gov.uk/apprenticeships/{}"


class RouteListImporter(Importer):
    """A list of one family of routes in England, as of a day and from a source.

    What is given at making it matters to reading a file alone: applying and undoing a run needs
    none of it. The list is the authority for its facts; our own words (`entry`) are in none.
    """

    keeps_edits = False
    may = rules.can_import_lists
    needs: ClassVar[tuple[str, ...]]
    kinds: ClassVar[tuple[str, ...]]

    def __init__(
        self, *, as_of: date | None = None, source: str = "", is_whole: bool = True
    ) -> None:
        self.as_of = as_of or timezone.localdate()
        self.source = source
        self.is_whole = is_whole

    # --- what a family of routes says ------------------------------------------------------------
    def key_of(self, values: Values) -> str:
        raise NotImplementedError

    def facts(self, values: Values) -> Values:
        """What follows from a line besides what it says."""
        raise NotImplementedError

    def slug_of(self, key: str, values: Values) -> str:
        raise NotImplementedError

    # --- reading -------------------------------------------------------------------------------
    def parse(self, data: bytes) -> Iterable[Row]:
        there = self.current("")
        rows = [self._row(found, there) for found in lists.newest(self._lines(data))]
        if not rows:
            raise BadFile("This list is empty.", "Choose a file with at least one route.")
        yield from rows
        if self.is_whole and not any(row.problems for row in rows):
            yield from self._gone({row.key for row in rows}, there)

    def _lines(self, data: bytes) -> Iterator[lists.Found]:
        if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
            try:
                records = lists.from_json(decoded(data))
            except lists.NotAList as error:
                raise BadFile(f"This is no list: {error}.", "Give CSV, or a JSON list.") from error
            for number, record in enumerate(records, 1):
                yield lists.read_line(number, record, needs=self.needs)
            return
        columns = [one for one in header_of(data) if lists.is_known(one)]
        given = lists.named(dict.fromkeys(columns, ""))
        if missing := [name for name in self.needs if name not in given]:
            raise lacking(missing, self.needs)
        for line in read_csv(data, required=list(dict.fromkeys(columns))):
            found = lists.read_line(line.number, line.cells, needs=self.needs)
            extra = (lists.Fault(one.column, one.value, one.remedy) for one in line.problems)
            yield replace(found, faults=(*found.faults, *extra))

    def _row(self, found: lists.Found, there: Mapping[str, Values]) -> Row:
        problems = tuple(
            Problem(found.number, one.column, one.value, one.remedy) for one in found.faults
        )
        if problems:
            return Row(found.number, "", {}, problems)
        key = self.key_of(found.values)
        now = there.get(key)
        if now is not None and lists.is_newer(now["as_of"], self.as_of):
            return Row(found.number, key, now)
        values = {name: value for name, value in found.values.items() if name in FACTS}
        values |= self.facts(found.values)
        if now is not None and now["title"].casefold() == values["title"].casefold():
            values["title"] = now["title"]  # capitals are no fact
        return Row(found.number, key, values | self._stamp())

    def _stamp(self) -> Values:
        return {"source": self.source, "as_of": self.as_of.isoformat()}

    def _gone(self, seen: set[str], there: Mapping[str, Values]) -> Iterator[Row]:
        for key, now in there.items():
            is_open = now["status"] != RouteStatus.RETIRED
            if key not in seen and is_open and not lists.is_newer(now["as_of"], self.as_of):
                retired = {"status": str(RouteStatus.RETIRED)} | self._stamp()
                yield Row(NOT_IN_FILE, key, retired)

    # --- what is there -------------------------------------------------------------------------
    def queryset(self) -> "models.QuerySet[Route]":
        return Route.objects.filter(kind__in=self.kinds, nation=Nation.ENGLAND)

    def current(self, scope: str, *, lock: bool = False) -> dict[str, Values]:
        rows = self.queryset().select_related("source").order_by()
        if lock:
            rows = rows.select_for_update()
        found = {}
        for route in rows:
            values = {name: getattr(route, name) for name in FACTS if name != "source"}
            values |= {name: values[name] and values[name].isoformat() for name in DATES}
            found[self.key_of_route(route)] = values | {"source": route.source.slug}
        return found

    def key_of_route(self, route: Route) -> str:
        raise NotImplementedError

    # --- writing -------------------------------------------------------------------------------
    def create(self, scope: str, records: Mapping[str, Values]) -> None:
        sources = _sources()
        made = [
            Route(
                slug=self.slug_of(key, values),
                nation=Nation.ENGLAND,
                **{"kind": self.kinds[0]} | _columns(values, sources),
            )
            for key, values in records.items()
        ]
        Route.objects.bulk_create(made, batch_size=BATCH)
        routes_changed(route.pk for route in made)

    def update(self, scope: str, records: Mapping[str, Values]) -> None:
        sources, now = _sources(), timezone.now()
        rows = [
            (route, records[self.key_of_route(route)])
            for route in self.queryset()
            if self.key_of_route(route) in records
        ]
        for route, values in rows:
            for name, value in _columns(values, sources).items():
                setattr(route, name, value)
            route.updated_at = now
        names = {"source" if name == "source" else name for _, values in rows for name in values}
        Route.objects.bulk_update([route for route, _ in rows], [*names, "updated_at"], BATCH)
        routes_changed(route.pk for route, _ in rows)

    def remove(self, scope: str, keys: Sequence[str]) -> None:
        """Only what a run had added, when it is undone; what a role names since stays in its way.

        Raises ProtectedError.
        """
        gone = [route.pk for route in self.queryset() if self.key_of_route(route) in set(keys)]
        for some in batches([str(pk) for pk in gone]):
            Route.objects.filter(pk__in=some).delete()
        routes_changed(gone)


class ApprenticeshipImporter(RouteListImporter):
    key = "careers.apprenticeships"
    title = "The apprenticeship list"
    needs = ("reference", "title")
    kinds = tuple(str(kind) for kind in APPRENTICESHIPS)

    def key_of(self, values: Values) -> str:
        return str(values["reference"])

    def key_of_route(self, route: Route) -> str:
        return route.reference

    def queryset(self) -> "models.QuerySet[Route]":
        return super().queryset().exclude(reference="")

    def facts(self, values: Values) -> Values:
        kind = values.get("type") or ""
        if not kind and "level" in values:
            kind = str(RouteKind.of_apprenticeship(values["level"]))
        url = values.get("url") or OFFICIAL.format(slugify(values["reference"]))
        return {"url": url} | ({"kind": kind} if kind else {})

    def slug_of(self, key: str, values: Values) -> str:
        return f"{slugify(values['title'])[:100].strip('-')}-{slugify(key.replace('/', '-'))}"


class CourseImporter(RouteListImporter):
    """Courses, which have no reference that holds: their title is what they are known by."""

    needs = ("title",)
    level: ClassVar[int | None] = None
    months: ClassVar[int | None] = None

    def key_of(self, values: Values) -> str:
        return f"{self.kinds[0]}-{slugify(values['title'])}"[:120]

    def key_of_route(self, route: Route) -> str:
        return route.slug

    def facts(self, values: Values) -> Values:
        same = {"level": self.level, "months": self.months}
        known = {name: value for name, value in same.items() if value is not None}
        return {"kind": self.kinds[0], "reference": ""} | {
            name: value for name, value in known.items() if name not in values
        }

    def slug_of(self, key: str, values: Values) -> str:
        return key


class TLevelImporter(CourseImporter):
    key = "careers.t_levels"
    title = "The T Level list"
    kinds = (str(RouteKind.T_LEVEL),)
    level, months = 3, 24  # of every T Level


class VLevelImporter(CourseImporter):
    key = "careers.v_levels"
    title = "The V Level list"
    kinds = (str(RouteKind.V_LEVEL),)


class HtqImporter(CourseImporter):
    key = "careers.htqs"
    title = "The list of higher technical qualifications"
    kinds = (str(RouteKind.HTQ),)


class SocImporter(ModelImporter):
    """The ONS coding index of SOC 2020: a whole edition at a time takes the place of the last."""

    key = "careers.soc"
    title = "The SOC 2020 coding index"
    removes = True
    keeps_edits = False
    may = rules.can_import_lists
    model = SocTitle
    key_field = "key"
    fields = (
        *("title", "words", "additional", "industry", "see", "soc2020", "extension", "isco08"),
    )
    required = ("unique_id", "index_occupation", "soc_2020", "soc_2020_ext")
    optional = ("additional", "industry", "see", "isco_08")

    def parse(self, data: bytes) -> Iterable[Row]:
        lines = read_csv(data, required=self.required, optional=self.optional)
        return (_soc_row(line) for line in lines)


ROUTE_LISTS: dict[str, type[RouteListImporter]] = {
    "apprenticeships": ApprenticeshipImporter,
    "t-levels": TLevelImporter,
    "v-levels": VLevelImporter,
    "htqs": HtqImporter,
}


def _sources() -> dict[str, int]:
    return dict(Source.objects.values_list("slug", "pk"))


def _columns(values: Values, sources: Mapping[str, int]) -> Values:
    """As the columns take them. A value is None where undoing finds nothing was there before."""
    found = dict(values)
    found |= {name: date.fromisoformat(found[name]) for name in DATES if found.get(name)}
    if "source" in found:
        found["source_id"] = sources[found.pop("source")]
    return found


def _soc_row(line: Line) -> Row:
    cells = {name: "" if cell.strip("}/") == "" else cell for name, cell in line.cells.items()}
    problems = list(line.problems)
    for column, code, example in (
        ("soc_2020", UNIT_GROUP, "3111"),
        ("soc_2020_ext", SUB_UNIT_GROUP, "3111/99"),
    ):
        if not code.fullmatch(cells[column]) and not (cells[column] == "" and cells["see"]):
            remedy = f"is no code: write it as in {example}"
            problems.append(Problem(line.number, column, line.cells[column], remedy))
    for column in ("unique_id", "index_occupation"):
        if not cells[column]:
            problems.append(Problem(line.number, column, "", "is missing: fill it in"))
    values = {
        "title": cells["index_occupation"][:120],
        "words": words_of(cells["index_occupation"]),
        "additional": cells["additional"][:120],
        "industry": cells["industry"][:120],
        "see": cells["see"][:120],
        "soc2020": cells["soc_2020"],
        "extension": cells["soc_2020_ext"],
        "isco08": cells["isco_08"][:4],
    }
    return Row(line.number, cells["unique_id"], values, tuple(problems))
