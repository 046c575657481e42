"""What nominations hold about a person, and how they are forgotten: on asking, and a year after."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from benchside.accounts.exports import NOBODY
from benchside.accounts.models import User
from benchside.accounts.queries import verified_addresses
from benchside.assessment.models import Submission
from benchside.assessment.showing.forgetting import forget, let_go
from benchside.core.actions import Actor
from benchside.core.registries import publish
from benchside.recognition.enums import NominationState
from benchside.recognition.events import ROUND_CHANGED
from benchside.recognition.models import Nomination
from benchside.recognition.nominations import actions, links, queries

KEPT = timedelta(days=365)  # after the winners' hour


def _of_nominee(user: User) -> QuerySet[Nomination]:
    """Theirs by their record; before they said yes, by an address that is proven to be theirs."""
    theirs = Q(technician__account=user)
    for address in {user.email, *verified_addresses(user)}:
        theirs |= Q(technician__isnull=True, email__iexact=address)
    return Nomination.objects.filter(theirs).select_related("round", "submission", "technician")


def _by_nominator(user: User) -> QuerySet[Nomination]:
    return Nomination.objects.filter(nominator=user).select_related("round", "submission")


def export(person_id: UUID) -> dict[str, Any]:
    user = User.objects.filter(person_id=person_id).first()
    if user is None:
        return {}
    found = {
        "you_are_nominated": [_told(one) for one in _of_nominee(user)],
        "you_nominated": [_told(one) for one in _by_nominator(user)],
    }
    return found if any(found.values()) else {}


def _told(one: Nomination) -> dict[str, Any]:
    return {
        "award": one.round.name,
        "category": one.category,
        "name": one.name,
        "e-mail": one.email,
        "why": one.why,
        "state": str(queries.standing_told(one).label),
        "asked": one.asked_at.isoformat(),
        "answered": one.answered_at.isoformat() if one.answered_at else None,
    }


def erase(person_id: UUID) -> None:
    """What runs is taken back: a nominee is no longer judged, and nobody is left to write what a
    nominator had not sent in. Then both are blanked, a winner's name too."""
    user = User.objects.filter(person_id=person_id).first()
    if user is None or user.erased_at:
        return
    theirs = _of_nominee(user)
    for one in theirs.filter(state__in=actions.RUNNING):
        # Before their yes, the link that was sent to them is what makes them the nominee.
        actor = Actor.of(user) if one.technician else links.holder_of(one)
        actions.take_back(actor=actor, nomination=one)
    made = _by_nominator(user)
    for one in made.filter(state__in=actions.RUNNING):
        if one.submission is None or one.submission.is_open:
            actions.take_back(actor=Actor.of(user), nomination=one)
    of_nominee = list(theirs.values_list("pk", flat=True))
    made.update(nominator=None, why="")
    _blank(of_nominee, name="", technician=None, why="")


def forget_old() -> None:
    """Of rounds whose winners' hour is a year ago: what is over loses both people, and all that was
    written and judged of it. A winner keeps the name, and the record it belongs to, as they agreed;
    their submission stays as what their award was decided on, without a word in it."""
    over = Nomination.objects.filter(round__announce_at__lte=timezone.now() - KEPT)
    over = over.exclude(state__in=actions.RUNNING)
    is_won = Q(state=NominationState.WON)
    old = over.exclude(email__endswith=f"@{NOBODY}")
    with transaction.atomic():
        # Of whoever was erased the judges' part is left: it goes with the others'.
        for one in list(Submission.objects.filter(nomination__in=over.exclude(is_won))):
            let_go(one)
        for one in list(Submission.objects.filter(nomination__in=old.filter(is_won))):
            forget(one)
        lost = list(old.exclude(is_won).values_list("pk", flat=True))
        won = list(old.filter(is_won).values_list("pk", flat=True))
        _blank(lost, name="", technician=None, why="", nominator=None)
        _blank(won, why="", nominator=None)


def _blank(which: Iterable[int], **columns: Any) -> None:
    """An address of nobody's, each another: that one is nominated once is a rule of the table."""
    found = Nomination.objects.filter(pk__in=list(which))
    rounds = set(found.values_list("round__slug", flat=True))
    kind = Nomination._meta.get_field("name")
    nobody = Concat(Cast(F("pk"), kind), Value(f"@{NOBODY}"))
    found.update(email=nobody, **columns)
    for slug in sorted(rounds):
        publish(ROUND_CHANGED.key, round=slug)
