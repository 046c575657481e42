"""Technicians on pages of other rooms (beside a role, in the site's search, a photograph), and
equipment on theirs."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from benchside.core.models import Picture
from benchside.core.registries import Context, SearchHit
from benchside.organisations.models import Equipment
from benchside.people.enums import Audience
from benchside.people.models import Profile
from benchside.visibility import finding
from benchside.visibility.cards import cards
from benchside.visibility.choosing import Selection, clean
from benchside.visibility.circles import EVERYONE, employments, in_circle, people

BESIDE_A_ROLE = 4
BESIDE_PEOPLE = 6


@dataclass(frozen=True, slots=True)
class Beside:
    """The first few of `total` items, and where all of them stand."""

    items: Sequence[Equipment]
    total: int
    url: str


def equipment_of(kit_id: int) -> Beside | None:
    """What places show of this kind of kit, for the page of those who run it; None without any."""
    found = Equipment.objects.public().filter(kit=kit_id).select_related("organisation", "kit")
    items = list(found[:BESIDE_PEOPLE])
    if not items or not (kit := items[0].kit):
        return None
    total = len(items) if len(items) < BESIDE_PEOPLE else found.count()
    return Beside(items, total, f"{reverse('equipment:register')}?kit={kit.slug}")


def who_does(role_slug: str, viewer_id: uuid.UUID | None) -> Context | None:
    """A few who say in public that their job is nearest to this role; None when nobody does.

    The page is the same for everybody, so it never matters who is looking.
    """
    doing = Q(profile__role__slug=role_slug, profile__role__live=True)
    saying = people(EVERYONE).filter(EVERYONE.may_see("role"), doing)
    shown = cards(EVERYONE, saying[: BESIDE_A_ROLE + 1])
    if not shown:
        return None
    return {
        "cards": shown[:BESIDE_A_ROLE],
        "more": len(shown) > BESIDE_A_ROLE,
        "url": reverse("visibility:by_role", args=[role_slug]),
    }


def find(words: str, limit: int) -> Sequence[SearchHit]:
    """For the search of the site: read from what people show now, from no index."""
    if not (query := clean(words)):
        return []
    chosen = finding.look_up(EVERYONE, Selection(query=query))
    return [
        SearchHit(title=card.person.name, url=card.url, kind="technician", summary=card.line)
        for card in cards(EVERYONE, finding.found(chosen)[:limit])
    ]


def may_see_photo(user: Any, picture: Picture) -> bool:
    """Whether a photograph that is not public is shown to this person's own organisation."""
    profile = Profile.objects.filter(photo=picture, is_shown=True).first()
    if profile is None or min(profile.photo_to, profile.name_to) < Audience.ORGANISATION:
        return False
    here = employments(EVERYONE).filter(technician=profile.technician_id)
    return any(in_circle(user, one.organisation) for one in here.select_related("organisation"))
