"""A list counted on a census date."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from benchside.organisations.models import Organisation, StaffSnapshot
from benchside.organisations.staff import kept as keeping
from benchside.organisations.staff_list import Person

UNKNOWN = "not known"
# The census of the Higher Education Statistics Agency is on 1 December; its year ends on 31 July.
CENSUS_DAYS = ((12, 1), (7, 31))
OF_PERSON = ("age_band", "sex", "ethnicity", "disability")
OF_MAIN_POST = ("unit", "grade", "family", "terms", "mode")


def is_census(day: date) -> bool:
    return (day.month, day.day) in CENSUS_DAYS


def count(people: list[Person]) -> dict[str, dict[str, int]]:
    """People by value, for each thing that is counted. Everybody counts once in each."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*OF_PERSON, *OF_MAIN_POST)}
    for one in people:
        for name in OF_PERSON:
            counts[name][getattr(one, name) or UNKNOWN] += 1
        main = one.posts[0] if one.posts else None
        for name in OF_MAIN_POST:
            counts[name][getattr(main, name, None) or UNKNOWN] += 1
    return {name: dict(sorted(counted.items())) for name, counted in counts.items()}


def take_snapshot(organisation: Organisation, day: date) -> StaffSnapshot:
    """Count who is on the list now, as of a day; the same day again takes its place."""
    people = keeping.kept(organisation).people
    values: dict[str, Any] = {
        "definition": keeping.definition_of(organisation)[1],
        "people": len(people),
        "fte": sum((Decimal(str(one.fte)) for one in people if one.fte is not None), Decimal(0)),
        "counts": count(people),
    }
    return StaffSnapshot.objects.update_or_create(
        organisation=organisation, day=day, defaults=values
    )[0]
