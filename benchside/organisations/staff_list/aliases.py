"""People of a file who were found to be one: read as one, whatever numbers the file gives them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from benchside.organisations.staff_list.people import FAR, Person, Post
from benchside.organisations.staff_list.reading import StaffList

OWN = ("number", "email", "name", "age_band", "sex", "ethnicity", "disability")


def join_aliases(staff: StaffList, aliases: Mapping[str, str]) -> StaffList:
    """The same list with everybody under the key they are known by: `aliases` are key to key.

    Somebody who is there under one number and has left under another is there. Bad rows of an
    alias are the person's. The same whatever the order of the file.
    """
    if not aliases:
        return staff
    people = _joined(staff.people, aliases)
    here = {one.key for one in people}
    leavers = [one for one in _joined(staff.leavers, aliases) if one.key not in here]
    problems = [one._replace(who=aliases.get(one.who, one.who)) for one in staff.problems]
    return replace(staff, people=people, leavers=leavers, problems=problems)


def _joined(people: list[Person], aliases: Mapping[str, str]) -> list[Person]:
    found: dict[str, Person] = {}
    # Whoever bears the key itself comes first: what they say of themselves stands.
    for one in sorted(people, key=lambda one: (one.key in aliases, one.key)):
        key = aliases.get(one.key, one.key)
        named = one._replace(key=key)
        found[key] = _one(found[key], named) if key in found else named
    return sorted(found.values(), key=lambda one: one.key)


def _one(first: Person, other: Person) -> Person:
    blanks = {name: getattr(other, name) for name in OWN if getattr(first, name) is None}
    posts = list(first.posts)
    posts += [post for post in other.posts if not any(is_twin(post, mine) for mine in posts)]
    posts.sort(key=_main_first)
    later = max(first, other, key=lambda one: one.left or date.min)
    gone = {name: getattr(later, name) for name in ("left", "reason", "destination")}
    return first._replace(posts=tuple(posts), **blanks, **gone)


def is_twin(one: Post, other: Post) -> bool:
    """Whether two posts are one contract told twice."""
    if one.contract and one.contract == other.contract:
        return True
    return (one.title, one.unit, one.start, one.fte) == (
        other.title,
        other.unit,
        other.start,
        other.fte,
    )


def _main_first(one: Post) -> tuple[object, ...]:
    rest = (one.contract, one.title, one.unit, one.grade)
    return (-(one.fte or 0), one.start or FAR, *(text or "" for text in rest))
