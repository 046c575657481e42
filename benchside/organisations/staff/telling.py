"""A difference told to the person who judges it: how many, who, what of them, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from benchside.core.models import TaskProgress
from benchside.organisations.enums import StaffRunState
from benchside.organisations.models import Employment, StaffFile, StaffRun, StagedPerson
from benchside.organisations.staff import columns, staging
from benchside.organisations.staff_list import Kind, open_book
from benchside.organisations.staff_list.fields import FIELDS
from benchside.organisations.staff_list.stored import DATES

PEOPLE = {
    "joined": (Kind.JOINED, "Join"),
    "left": (Kind.LEFT, "Leave"),
    "moved": (Kind.MOVED, "Move"),
    "changed": (Kind.CHANGED, "Change"),
    "uncounted": (Kind.UNCOUNTED, "No longer count"),
}
LABELS = {"contract": "Contract", "unit_above": "Faculty or college", "post": "Post"}
# Of these the page says only that they change: they are for counts and shown of nobody.
FOR_COUNTS = frozenset({"age_band", "sex", "ethnicity", "disability"})


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of change, or of what wants looking at."""

    key: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Told:
    """One person's line. `fields` are (what, before, after); `why` is a sentence or empty."""

    name: str
    number: str
    title: str
    unit: str
    fields: tuple[tuple[str, str, str], ...]
    why: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """One cell that cannot be used: where it stands, what is in it, what to do."""

    sheet: str
    row: int
    column: str
    value: str
    remedy: str


def parts(run: StaffRun) -> list[Part]:
    counts = run.counts
    people = [Part(key, title, counts.get(str(kind), 0)) for key, (kind, title) in PEOPLE.items()]
    return [
        *people,
        Part("titles", "Titles to decide", len(run.waiting)),
        Part("bad", "Rows to correct", counts.get("bad", 0)),
    ]


def summary(run: StaffRun) -> str:
    """What a list changed, in a few words."""
    said = [
        f"{one.count:,} {one.title.lower()}"
        for one in parts(run)
        if one.count and one.key in PEOPLE
    ]
    return ", ".join(said) or "nothing changes"


def watched(run: StaffRun) -> TaskProgress | None:
    """The work under way, while it is."""
    if run.state != StaffRunState.APPLYING:
        return None
    return TaskProgress.objects.select_related("result").filter(key=f"staff-run-{run.pk}").first()


def rows(run: StaffRun, show: str) -> Any:
    """What a page of one part is cut from; `told` makes lines of it."""
    if show in PEOPLE:
        return run.staged.filter(kind=PEOPLE[show][0]).order_by("place")
    return run.waiting if show == "titles" else run.problems


def told(run: StaffRun, show: str, some: Iterable[Any]) -> list[Any]:
    if show in PEOPLE:
        people = list(some)
        names = _names_of_managers(run, people)
        return [_person(one, names) for one in people]
    if show == "bad":
        return _with_values(run, list(some))
    return list(some)


def _names_of_managers(run: StaffRun, some: Iterable[StagedPerson]) -> dict[str, str]:
    """By key. A manager is on the list, or comes to it with this one."""
    keys = {
        post["manager"]
        for one in some
        for side in (one.before, one.after)
        for post in (side or {}).get("posts", [])
        if post.get("manager")
    }
    coming = run.staged.filter(key__in=keys, kind=Kind.JOINED).values_list("key", "after__name")
    there = Employment.objects.filter(organisation=run.organisation_id, key__in=keys)
    return dict(coming) | dict(there.values_list("key", "technician__name"))


def _person(one: StagedPerson, names: Mapping[str, str]) -> Told:
    after, before = one.after or {}, one.before or {}
    said = {**before, **{key: value for key, value in after.items() if value is not None}}
    post: Mapping[str, Any] = next(iter(after.get("posts") or before.get("posts") or []), {})
    return Told(
        name=said.get("name", ""),
        number=said.get("number", ""),
        title=post.get("title", ""),
        unit=post.get("unit", ""),
        fields=tuple(_field(name, of, before, after, names) for name, of in one.fields),
        why=one.why,
    )


def _field(
    name: str,
    of: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    names: Mapping[str, str],
) -> Any:
    label = LABELS.get(name) or (FIELDS[name].label if name in FIELDS else name)
    if name in FOR_COUNTS:
        return (label, "", "is said differently")
    if name == "post":
        ended = {one["title"] for one in before["posts"]} - {one["title"] for one in after["posts"]}
        begun = {one["title"] for one in after["posts"]} - {one["title"] for one in before["posts"]}
        return (label, ", ".join(sorted(ended)), ", ".join(sorted(begun)))
    if not of:
        return (label, _said(name, before.get(name)), _said(name, after.get(name)))
    new: Mapping[str, Any] = next((post for post in after["posts"] if post["title"] == of), {})
    old = _twin(new, before["posts"])
    said = old.get(name), new.get(name)
    if name == "manager":
        return (label, *(names.get(key, "somebody") if key else "" for key in said))
    return (label, *(_said(name, value) for value in said))


def _twin(new: Mapping[str, Any], posts: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """What a post was before: by contract, else by title, else the only one."""
    for name in ("contract", "title"):
        found = [one for one in posts if new.get(name) and one.get(name) == new.get(name)]
        if len(found) == 1:
            return found[0]
    return posts[0] if posts else {}


def _said(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if name in DATES:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    if name == "fte":
        return f"{value:g}"
    return str(value)


def _with_values(run: StaffRun, some: list[dict[str, Any]]) -> list[BadRow]:
    """What stands in the cells is never stored: it is looked up in the file while that is here."""
    file = StaffFile.objects.filter(run=run).first()
    values = _values(file) if file else {}
    return [
        BadRow(**one, value=values.get((one["sheet"], one["row"], one["column"]), ""))
        for one in some
    ]


def _values(file: StaffFile) -> dict[tuple[str, int, str], str]:
    book = open_book(columns.data_of(file))
    layouts = staging.layouts_of(file.organisation, book, columns.answers_of(file))
    staff = staging.read_staff(file.organisation, book, layouts, file.as_of)
    return {(one.sheet, one.row, one.column): one.value for one in staff.problems}
