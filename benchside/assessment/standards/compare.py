"""What changed from one version of a standard to the next, for people to read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from benchside.assessment.standards.shapes import Standard

RULES = ("title", "about", "owner", "source", "valid_from", "adopt_by", "holder", "annexes")


@dataclass(frozen=True, slots=True)
class Change:
    """`place` is "<part>:<key>", with ".<field>" behind it where one field changed."""

    kind: Literal["new", "gone", "changed", "moved"]
    place: str
    before: Any = None
    after: Any = None


def difference(before: Standard | None, after: Standard) -> list[Change]:
    """The changes in the order of the newer version, what is gone last.

    A criterion is known by its key: with the same key in another area it has moved, and whatever
    was written for it stays with it.
    """
    if before is None:
        return [Change("new", f"standard:{after.key}", None, after.version)]
    found = [
        Change("changed", name, getattr(before, name), getattr(after, name))
        for name in RULES
        if getattr(before, name) != getattr(after, name)
    ]
    for part in ("levels", "routes", "areas", "sign_offs"):
        found += _keyed(part, getattr(before, part), getattr(after, part), {"criteria"})
    found += _keyed("criteria", before.criteria, after.criteria, set())
    found += _moved(before, after)
    for part in ("words", "supporters", "drafts", "review", "decision", "award"):
        old, new = getattr(before, part), getattr(after, part)
        if old != new:
            found += _fields(part, _plain(old), _plain(new))
    return found


def _plain(shape: Any) -> dict[str, Any]:
    return shape.model_dump() if shape is not None else {}


def _keyed(part: str, old: Any, new: Any, without: set[str]) -> Iterator[Change]:
    was = {one.key: one for one in old}
    now = {one.key: one for one in new}
    for key, one in now.items():
        if key not in was:
            yield Change("new", f"{part}:{key}", None, one.title)
        else:
            first = was[key].model_dump(exclude=without)
            yield from _fields(f"{part}:{key}", first, one.model_dump(exclude=without))
    for key, one in was.items():
        if key not in now:
            yield Change("gone", f"{part}:{key}", one.title, None)


def _fields(place: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    for name in {**old, **new}:  # in the order of the file
        if old.get(name) != new.get(name):
            yield Change("changed", f"{place}.{name}", old.get(name), new.get(name))


def _moved(before: Standard, after: Standard) -> Iterator[Change]:
    was = {one.key: area.key for area in before.areas for one in area.criteria}
    for area in after.areas:
        for one in area.criteria:
            if was.get(one.key, area.key) != area.key:
                yield Change("moved", f"criteria:{one.key}", was[one.key], area.key)
