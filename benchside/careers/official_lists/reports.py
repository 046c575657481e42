"""A previewed list for a person: what is new, what changed, what would close, what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchside.careers.enums import RouteStatus
from benchside.careers.models import Role, Route
from benchside.careers.official_lists.importers import ROUTE_LISTS
from benchside.core.models import ImportRun

MOST_PROBLEMS = 40
# They change with every list: that a route was checked again is no news.
STAMPS = ("as_of", "source")


NAMES = {
    "job_titles": "jobs it names",
    "months": "length in months",
    "url": "official page",
    "valid_from": "first start",
    "valid_to": "last start",
}


def said(value: Any) -> str:
    """A value as a person reads it; "" for none."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


@dataclass(frozen=True, slots=True)
class Change:
    """`name` is the route's title, or its key; `fields` are (name, before, after) in words."""

    key: str
    name: str
    fields: tuple[tuple[str, str, str], ...]
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    added: list[Change]
    changed: list[Change]
    closing: list[Change]
    checked: int  # told again as they are, with a newer day

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.closing or self.checked)


def report_on(run: ImportRun) -> Report:
    """What a run of a list of routes would do, the closing ones with the live roles they open."""
    report = Report([], [], [], 0)
    checked = 0
    there = _routes(run)
    for one in run.difference:
        fields = tuple(
            (NAMES.get(name, name), said(field["before"]), said(field["after"]))
            for name, field in one["fields"].items()
            if name not in STAMPS
        )
        route = there.get(one["key"])
        title = one["fields"].get("title", {}).get("after")
        name = title or (route.title if route else one["key"])
        if one["kind"] == "added":
            report.added.append(Change(one["key"], name, fields))
        elif one["kind"] == "changed" and _closes(one):
            roles = tuple(role for role in route.roles.all() if role.live) if route else ()
            report.closing.append(Change(one["key"], name, fields, roles))
        elif one["kind"] == "changed" and fields:
            report.changed.append(Change(one["key"], name, fields))
        elif one["kind"] == "changed":
            checked += 1
    report.closing.sort(key=lambda change: (not change.roles, change.name))
    return Report(report.added, report.changed, report.closing, checked)


def _closes(change: dict[str, Any]) -> bool:
    """Whether readers would lose it: it was open, and is no longer."""
    field = change["fields"].get("status")
    return field is not None and field["before"] == RouteStatus.OPEN


def _routes(run: ImportRun) -> dict[str, Route]:
    importer = next((one() for one in ROUTE_LISTS.values() if one.key == run.importer), None)
    if importer is None:
        return {}
    routes = importer.queryset().prefetch_related("roles")
    return {importer.key_of_route(route): route for route in routes}


def lines_of(run: ImportRun) -> Iterator[str]:
    """For a terminal."""
    report = report_on(run)
    for change in report.closing:
        named = ", ".join(role.title for role in change.roles)
        yield f"closes: {change.key} {change.name}{f' (opens {named})' if named else ''}"
    for change in report.changed:
        yield f"changes: {change.key} {change.name}"
        for name, before, after in change.fields:
            yield f"  {name}: {before or '(nothing)'} -> {after or '(nothing)'}"
    for change in report.added:
        yield f"new: {change.key} {change.name}"
    yield (
        f"{len(report.added)} new, {len(report.changed)} changed, {len(report.closing)} to close, "
        f"{report.checked} checked again, {run.count('unchanged')} as they were"
    )


def problem_lines(run: ImportRun) -> Iterator[str]:
    yield f"{len(run.problems)} mistakes in {run.filename}; nothing was changed."
    for one in run.problems[:MOST_PROBLEMS]:
        yield f"  row {one['row']}, {one['column']}: {one['value']!r} {one['remedy']}"
    if len(run.problems) > MOST_PROBLEMS:
        yield f"  and {len(run.problems) - MOST_PROBLEMS} more"
