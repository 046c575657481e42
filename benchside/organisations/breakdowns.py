"""Counts of technicians as the page of measures shows them: through the policy, or exact.

What readers see of a census was worked out when it was taken (`staff/releasing.py`); here it is
only put in order. Two things that are counted are never crossed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from benchside.organisations.models import StaffSnapshot

DIMENSIONS = {
    "unit": "Unit",
    "family": "Job family",
    "grade": "Grade",
    "terms": "Contract",
    "mode": "Full or part time",
    "age_band": "Age",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "disability": "Disability",
    "record": "Record",
    "profile": "Profile",
}
HIDDEN = "Hidden to protect people"
# What people have done with their record: lists of a release, told as figures over time too.
RECORD, CLAIMED, PROFILE, PUBLIC = "record", "claimed", "profile", "seen by everyone"


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure over the censuses shown: `points` are (day, count), oldest first, without those
    that are hidden; `value` is how the newest reads."""

    title: str
    value: str
    of: str
    points: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """People by one thing: a row a value, a column a census, the chosen census last in `rows`."""

    title: str
    columns: tuple[date, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]
    totals: tuple[int | None, ...]

    @property
    def bars(self) -> list[tuple[str, int, str]]:
        """The last column as bars; numbers that are hidden have none."""
        return [(label, cells[-1], "") for label, cells in self.rows if cells[-1] is not None]

    @property
    def hidden(self) -> list[str]:
        return [label for label, cells in self.rows if cells[-1] is None]


def word(value: str) -> str:
    """A value as it stands in a table: "open-ended" begins with a capital, "Grade 5" has one."""
    return value[:1].upper() + value[1:]


def headlines(censuses: Sequence[StaffSnapshot]) -> list[Headline]:
    """Of censuses that are shown, oldest first; at least one."""
    newest = censuses[-1].shown or {}
    of = f"to the nearest 5, on {censuses[-1].day:%-d %B %Y}"
    out_of = f"of about {newest['people']}, {of}" if newest.get("people") is not None else of
    found = [_headline("Technicians identified", of, censuses, lambda one: one["people"])]
    if RECORD in newest["lists"]:
        found.append(_headline("Records claimed", out_of, censuses, _cell(RECORD, CLAIMED)))
    if PROFILE in newest["lists"]:
        found.append(_headline("Seen by everyone", out_of, censuses, _cell(PROFILE, PUBLIC)))
    if len(censuses) > 1:
        since = f"since {censuses[-2].day:%-d %B %Y}, to the nearest 5"
        found.append(_headline("Joined the list", since, censuses[1:], lambda one: one["joined"]))
        found.append(_headline("Left the list", since, censuses[1:], lambda one: one["left"]))
    return found


def _cell(name: str, label: str) -> Any:
    return lambda one: one["lists"].get(name, {}).get(label)


def _headline(title: str, of: str, censuses: Sequence[StaffSnapshot], take: Any) -> Headline:
    values = [(one.day, take(one.shown)) for one in censuses]
    newest = values[-1][1]
    return Headline(
        title=title,
        value=HIDDEN if newest is None else f"{newest:,}",
        of=of,
        points=tuple((f"{day:%b %Y}", value) for day, value in values if value is not None),
    )


def breakdown(censuses: Sequence[StaffSnapshot], name: str) -> Breakdown:
    """What is shown by one thing, over the censuses given, oldest first."""
    lists = [(one.shown or {})["lists"].get(name, {}) for one in censuses]
    totals = tuple((one.shown or {})["people"] for one in censuses)
    return _breakdown(name, [one.day for one in censuses], lists, totals)


def exact(snapshot: StaffSnapshot) -> list[Breakdown]:
    """All that was counted, as it is. For an HR steward who said why, inside the workspace."""
    return [
        _breakdown(name, [snapshot.day], [snapshot.counts[name]], (snapshot.people,))
        for name in DIMENSIONS
        if name in snapshot.counts
    ]


def _breakdown(
    name: str,
    days: Sequence[date],
    lists: Sequence[Mapping[str, int | None]],
    totals: tuple[int | None, ...],
) -> Breakdown:
    labels = sorted({label for cells in lists for label in cells}, key=_order)
    rows = tuple((word(label), tuple(cells.get(label, 0) for cells in lists)) for label in labels)
    return Breakdown(DIMENSIONS[name], tuple(days), rows, totals)


def _order(label: str) -> tuple[bool, str]:
    """By name, with what is not known at the end."""
    return label.casefold() == "not known", label.casefold()


def file_rows(censuses: Sequence[StaffSnapshot]) -> list[tuple[str, str, str, object]]:
    """Everything that is shown, a number a row: day, what, which, count or why there is none."""
    rows: list[tuple[str, str, str, object]] = []
    for place, one in enumerate(censuses):
        shown, day = one.shown or {}, one.day.isoformat()
        rows.append((day, "Technicians identified", "", _told(shown["people"])))
        if place:
            rows.append(
                (day, "Joined the list since the census before", "", _told(shown["joined"]))
            )
            rows.append((day, "Left the list since the census before", "", _told(shown["left"])))
        for name, cells in shown["lists"].items():
            title = DIMENSIONS.get(name, word(name))
            rows += [(day, title, word(label), _told(cells[label])) for label in sorted(cells)]
    return rows


def _told(value: int | None) -> object:
    return HIDDEN if value is None else value
