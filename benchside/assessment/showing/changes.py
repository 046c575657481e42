"""What differs between two frozen contents, in words: why a signature lapsed. No Django here."""

from collections.abc import Iterator, Mapping
from typing import Any

from benchside.assessment.standards import Standard


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], standard: Standard
) -> list[str]:
    """One line a thing that changed, in the order of the document."""
    return list(_differences(before, after, standard))


def _differences(
    before: Mapping[str, Any], after: Mapping[str, Any], standard: Standard
) -> Iterator[str]:
    titles = {one.key: one.title for one in standard.criteria}
    if before["level"] != after["level"]:
        yield "The level was changed."
    if before.get("route", "") != after.get("route", ""):
        yield "The route was changed."
    was = {one["criterion"]: one for one in before["statements"]}
    for one in after["statements"]:
        if was.get(one["criterion"]) != one:
            yield f"“{titles.get(one['criterion'], one['criterion'])}” was changed."
    yield from _pieces(before["evidence"], after["evidence"])
    for key in _changed_figures(before["figures"], after["figures"]):
        yield f"A figure of “{titles.get(key, key)}” was changed."
    old = {one["annex"]: one for one in before["annexes"]}
    for one in after["annexes"]:
        if old.get(one["annex"]) != one:
            yield f"{one['title']} was changed."


def _pieces(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[str]:
    was = {_place(one): one for one in before}
    now = {_place(one): one for one in after}
    for place, one in now.items():
        if place not in was:
            yield f"“{one['title']}” was added."
        elif was[place] != one:
            yield f"“{one['title']}” was changed."
    for place, one in was.items():
        if place not in now:
            yield f"“{one['title']}” was taken out."


def _place(one: Mapping[str, Any]) -> tuple[str, ...]:
    return one["kind"], one["file"] or one["url"] or one["record"]


def _changed_figures(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[str]:
    was = {(one["criterion"], one["measure"]): one for one in before}
    now = {(one["criterion"], one["measure"]): one for one in after}
    changed = [key for key in {**was, **now} if was.get(key) != now.get(key)]
    return list(dict.fromkeys(criterion for criterion, _ in changed))
