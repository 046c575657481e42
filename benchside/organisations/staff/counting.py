"""A list counted on a census date."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from benchside.organisations.models import (
    Employment,
    Organisation,
    StaffListSettings,
    StaffSnapshot,
)
from benchside.organisations.staff import kept as keeping
from benchside.organisations.staff import releasing
from benchside.organisations.staff_list import Person
from benchside.people.queries import public_profiles

UNKNOWN = "not known"
OF_PERSON = ("age_band", "sex", "ethnicity", "disability")
OF_MAIN_POST = ("unit", "grade", "family", "terms", "mode")


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


def count_records(people: int, claimed: int, public: int) -> dict[str, dict[str, int]]:
    """The same for what people have done with their own record."""
    return {
        "record": {"claimed": claimed, "not claimed yet": people - claimed},
        "profile": {"seen by everyone": public, "not seen by everyone": people - public},
    }


def public_among(organisation: Organisation) -> int:
    """How many of those on the list show themselves to everyone."""
    current = Employment.objects.current().filter(organisation=organisation)
    return public_profiles().filter(technician__in=current.values("technician")).count()


@transaction.atomic
def take_snapshot(organisation: Organisation, day: date) -> StaffSnapshot:
    """Count who is on the list now, as of a day; the same day again takes its place.

    A census that is shown is left as it is. Others are shown from now on where they may be.
    """
    keeping.settings_of(organisation)
    StaffListSettings.objects.select_for_update().get(organisation=organisation)
    there = organisation.staff_snapshots.filter(day=day).first()
    if there is not None and there.shown is not None:
        return there
    kept = keeping.kept(organisation)
    people = kept.people
    joined, left = _moves(organisation, day, len(people))
    values: dict[str, Any] = {
        "definition": keeping.definition_of(organisation)[1],
        "people": len(people),
        "fte": sum((Decimal(str(one.fte)) for one in people if one.fte is not None), Decimal(0)),
        "counts": count(people)
        | count_records(len(people), len(kept.theirs), public_among(organisation)),
        "joined": joined,
        "left": left,
        "taken_at": timezone.now(),
    }
    taken, _ = StaffSnapshot.objects.update_or_create(
        organisation=organisation, day=day, defaults=values
    )
    if not organisation.staff_snapshots.filter(day__gt=day).exists():
        Employment.objects.current().filter(organisation=organisation).update(counted_on=day)
        if releasing.is_census(day):
            releasing.show(taken)
    return taken


def _moves(organisation: Organisation, day: date, people: int) -> tuple[int, int]:
    """How many joined and left since the snapshot before: by who stands in both lists.

    Nothing for the first, and for one of a day before another that was taken already.
    """
    newest = organisation.staff_snapshots.order_by("-day").first()
    if newest is None or newest.day > day:
        return 0, 0
    stayed = (
        Employment.objects.current()
        .filter(organisation=organisation, counted_on=newest.day)
        .count()
    )
    joined, left = people - stayed, newest.people - stayed
    if newest.day == day:  # taken again: on top of what had changed by the first time
        return newest.joined + joined, newest.left + left
    return joined, left
