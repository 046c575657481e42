"""What the keepers of a list ask of it: who stands twice, who is missing, when it was counted."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from benchside.organisations.enums import UNDO_DAYS, RequestState
from benchside.organisations.models import (
    CountMeIn,
    Employment,
    Merger,
    NotTheSame,
    Organisation,
    StaffSnapshot,
)
from benchside.organisations.staff import kept
from benchside.organisations.staff_list import Person
from benchside.organisations.staff_list.duplicates import likely_pairs


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two of the list who may be one, and why. Ids are of their employments."""

    first_id: int
    second_id: int
    first: Person
    second: Person
    why: tuple[str, ...]


def pairs(organisation: Organisation) -> list[LikelyPair]:
    """The likeliest first, without those somebody has told apart. Three queries."""
    there = kept.kept(organisation)
    people = {one.key: one for one in there.people}
    apart = set(NotTheSame.objects.filter(organisation=organisation).values_list("first", "second"))
    found = []
    for pair in likely_pairs(there.people):
        first, second = there.employments[pair.first], there.employments[pair.second]
        if tuple(sorted((first, second))) not in apart:
            found.append(
                LikelyPair(first, second, people[pair.first], people[pair.second], pair.why)
            )
    return found


def claimed_among(ids: set[int]) -> set[int]:
    """Of these employments, those whose person signs in."""
    found = Employment.objects.filter(pk__in=ids, technician__account__isnull=False)
    return set(found.values_list("pk", flat=True))


def mergers(organisation: Organisation) -> QuerySet[Merger]:
    """Those that can still be undone, latest first."""
    since = timezone.now() - timedelta(days=UNDO_DAYS)
    return (
        organisation.mergers.filter(undone_at=None, merged_at__gte=since, kept__is_listed=True)
        .exclude(old={})
        .select_related("kept__technician", "absorbed__technician")
    )


def requests_to_count(organisation: Organisation) -> QuerySet[CountMeIn]:
    """Those that wait, the oldest first."""
    waiting = organisation.requests_to_count.filter(state=RequestState.WAITING)
    return waiting.select_related("user")


def snapshots(organisation: Organisation) -> QuerySet[StaffSnapshot]:
    return organisation.staff_snapshots.select_related("definition").order_by("-day")
