"""What contests offer the rest of the house, registered at start-up."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from wagtail import hooks

from benchside.accounts.enums import Purpose
from benchside.accounts.offers import Offer, offers
from benchside.core import pictures
from benchside.core.actions import Actor
from benchside.core.models import Picture
from benchside.core.registries import (
    PagePurge,
    Plain,
    measures,
    page_purges,
    personal_data_exports,
)
from benchside.visibility.contests import actions, desk_menu, queries, rules, states, tasks
from benchside.visibility.contests.events import COMPETITION_CHANGED
from benchside.visibility.contests.exports import JUDGING
from benchside.visibility.contests.measures import MEASURES
from benchside.visibility.models import Judge

__all__ = ["register", "states", "tasks"]  # named, so that its tables and clock are known


def pages_of_competitions(payload: Mapping[str, Plain]) -> Iterable[str]:
    return ("/", "/teachers/", "/competitions/*", "/sitemap.xml")


def accepted(invitation_id: int, person_id: uuid.UUID) -> None:
    judge = Judge.objects.select_related("competition").get(invitation=invitation_id)
    holder = Actor.holding_link(scope=f"{rules.JUDGE_LINK}:{judge.pk}", person_id=person_id)
    actions.take_up(actor=holder, judge=judge)


def landing(invitation_id: int) -> str:
    judge = Judge.objects.select_related("competition").get(invitation=invitation_id)
    return reverse("visibility:assess_competition", args=[judge.competition.slug])


def may_see_entry(user: Any, picture: Picture) -> bool:
    """A judge sees the pictures that are before them, and no others."""
    judging = Judge.objects.active().filter(user=user, competition__entries__photo__picture=picture)
    return any(
        queries.entries_before(judge).filter(photo__picture=picture).exists()
        for judge in judging.select_related("competition")
    )


def register() -> None:
    offers.register(
        Offer(
            key=Purpose.JUDGE,
            accepted=accepted,
            landing=landing,
            letter="visibility/judge_invited",
        )
    )
    personal_data_exports.register(JUDGING)
    page_purges.register(
        PagePurge(
            key="visibility.competitions",
            event=COMPETITION_CHANGED.key,
            addresses=pages_of_competitions,
        )
    )
    page_purges.register(
        PagePurge(
            key="visibility.competition_pictures",
            event=pictures.WITHDRAWN.key,
            addresses=pages_of_competitions,
        )
    )
    for measure in MEASURES:
        measures.register(measure)
    pictures.viewers.append(may_see_entry)
    hooks.register("register_admin_urls", desk_menu.urls)
    hooks.register("register_admin_menu_item", desk_menu.item)
