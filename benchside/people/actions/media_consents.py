"""Saying yes to being shown, and taking it back.

The room that shows the thing calls these inside its own action, which has asked who may, and
hears of a withdrawal by the event, in case it was taken back somewhere else.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.core.permissions import anybody, holds_link, is_system, predicate
from benchside.core.registries import publish
from benchside.people.enums import ConsentBy, Covers
from benchside.people.events import MEDIA_CONSENT_WITHDRAWN
from benchside.people.models import MediaConsent

LINK = "consent"


@predicate("the person it is about")
def is_theirs(actor: Actor, consent: MediaConsent) -> bool:
    return actor.account is not None and consent.person_id == actor.account.person_id


can_give = anybody  # the room that asks for it has its own gate
can_take_back = is_theirs | holds_link(LINK) | is_system


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What somebody put their name to."""

    who: str
    signed_as: str
    words: str
    given_by: ConsentBy = ConsentBy.THEMSELVES
    person_id: UUID | None = None
    evidence: str = ""
    on_social: bool = False
    in_print: bool = False
    by_partners: bool = False
    until: date | None = None


def give_consent(*, actor: Actor, subject: str, covers: Covers, signed: Signed) -> MediaConsent:
    """Record a yes; one that stands to the same thing by the same person is replaced.

    Raises Refused when name, signature or words are missing.
    """
    if not (signed.who.strip() and signed.signed_as.strip() and signed.words.strip()):
        raise Refused("This consent is not signed.", "Type your name to say yes.")
    consent = MediaConsent(
        subject=subject,
        covers=covers,
        who=signed.who.strip()[:120],
        signed_as=signed.signed_as.strip()[:120],
        words=signed.words,
        given_by=signed.given_by,
        person_id=signed.person_id,
        evidence=signed.evidence[:300],
        on_social=signed.on_social,
        in_print=signed.in_print,
        by_partners=signed.by_partners,
        until=signed.until,
    )
    with acting("media_consent.give", actor=actor, subject=consent, may=can_give) as act:
        before = MediaConsent.objects.of(subject).filter(
            covers=covers, who=consent.who, given_by=consent.given_by
        )
        before.take_back()
        consent.save()
        act.note(subject=subject, covers=str(covers))
    return consent


def withdraw_consent(*, actor: Actor, consent: MediaConsent) -> None:
    """Take a yes back; whoever shows the thing hears of it. Taking back twice changes nothing."""
    with acting("media_consent.withdraw", actor=actor, subject=consent, may=can_take_back) as act:
        held = MediaConsent.objects.select_for_update().get(pk=consent.pk)
        if held.withdrawn_at is not None:
            return
        held.withdrawn_at = consent.withdrawn_at = timezone.now()
        held.save(update_fields=["withdrawn_at"])
        act.note(subject=held.subject, covers=held.covers)
        publish(MEDIA_CONSENT_WITHDRAWN.key, subject=held.subject, consent_id=held.pk)
