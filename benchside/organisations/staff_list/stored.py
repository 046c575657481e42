"""People as plain JSON and back, so that a difference can wait for its yes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from benchside.organisations.staff_list.people import Person, Post

DATES = frozenset({"start", "end", "left"})


def person_as_json(person: Person) -> dict[str, Any]:
    """Empty things are left out."""
    said = {**_plain(person._asdict()), "posts": [_plain(one._asdict()) for one in person.posts]}
    return {name: value for name, value in said.items() if name not in {"sheet", "row"}}


def person_from_json(data: Mapping[str, Any]) -> Person:
    said = _values(Person._fields, data)
    said["posts"] = tuple(_post(one) for one in data["posts"])
    return Person(**said | {"sheet": "", "row": 0})


def _post(data: Mapping[str, Any]) -> Post:
    return Post(**_values(Post._fields, data))


def _plain(said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in said.items()
        if value is not None
    }


def _values(names: tuple[str, ...], data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in DATES and value else value
        for name in names
        for value in [data.get(name)]
    }
