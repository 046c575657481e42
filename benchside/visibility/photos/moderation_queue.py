"""Whose turn it is: each moderator gets photographs nobody else has, oldest first, for a while.

One they have before them is theirs until they decide or the time is over; so nobody waits for
somebody who closed the lid. The next one is theirs too, so that it can be fetched meanwhile.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from benchside.visibility.enums import PhotoState
from benchside.visibility.models import Photo

LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Among:
    """Which part of the queue somebody goes through: of one school, of one campaign, or all."""

    school: str = ""
    campaign: str = ""

    def of(self, photos: QuerySet[Photo]) -> QuerySet[Photo]:
        if self.school:
            photos = photos.filter(
                Q(school__iexact=self.school) | Q(school="", pledge__school__iexact=self.school)
            )
        if self.campaign:
            photos = photos.filter(campaign__slug=self.campaign)
        return photos


def for_me(person_id: UUID, among: Among = Among()) -> QuerySet[Photo]:
    """What this moderator may decide and nobody else has, in turn. A second yes is not theirs to
    give where the first was."""
    free = Q(held_until__isnull=True) | Q(held_until__lte=timezone.now()) | Q(held_by=person_id)
    own_yes = Q(state=PhotoState.ONCE_APPROVED, first_approved_by=person_id)
    return among.of(Photo.objects.to_look_at().filter(free).exclude(own_yes)).order_by(
        "look_after", "pk"
    )


def take_turn(
    person_id: UUID,
    among: Among = Among(),
    *,
    count: int = 2,
) -> list[Photo]:
    """The first photographs for this moderator, held for them from now; fewer near the end."""
    with transaction.atomic():
        locked = for_me(person_id, among).select_for_update(of=("self",), skip_locked=True)
        ids = list(locked.values_list("pk", flat=True)[:count])
        hold(person_id, *ids)
    found = Photo.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def hold(person_id: UUID, *ids: int) -> None:
    """Count the time of these anew, as far as nobody else has them."""
    now = timezone.now()
    free = Q(held_until__isnull=True) | Q(held_until__lte=now) | Q(held_by=person_id)
    Photo.objects.to_look_at().filter(free, pk__in=ids).update(
        held_by=person_id, held_until=now + LEASE
    )


def let_go(person_id: UUID) -> None:
    """Somebody stops: what they held is free at once."""
    Photo.objects.filter(held_by=person_id).update(held_by=None, held_until=None)
