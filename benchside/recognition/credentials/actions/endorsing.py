"""An organisation speaks for a badge or for one credential, and takes it back."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.assessment.limits import whole
from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.core.registries import publish
from benchside.organisations.models import Organisation
from benchside.recognition.credentials import rules
from benchside.recognition.credentials.designs import badge_version
from benchside.recognition.enums import CredentialState
from benchside.recognition.events import CREDENTIALS_CHANGED
from benchside.recognition.models import Credential, Endorsement

MOST_WORDS = 600  # letters


def endorse(
    *,
    actor: Actor,
    organisation: Organisation,
    words: str,
    standard: str = "",
    credential: Credential | None = None,
) -> Endorsement:
    """Speak for a badge (`standard`) or for one credential; shown at once, and part of what is
    signed from now on.

    Raises Denied; Refused for one's own, for what does not stand, or twice.
    """
    words = whole(words, MOST_WORDS, "What you say")
    if not words:
        raise Refused("Say why you speak for it.", "One or two sentences are enough.")
    with acting(
        "credential.endorse", actor=actor, subject=organisation, may=rules.can_endorse
    ) as act:
        _refuse(organisation, standard, credential)
        try:
            with transaction.atomic():
                made = Endorsement.objects.create(
                    organisation=organisation,
                    standard="" if credential else standard,
                    credential=credential,
                    words=words,
                    made_by=_person(actor),
                )
        except IntegrityError:
            raise Refused(
                "Your organisation speaks for it already.", "Take that back to say it anew."
            ) from None
        act.note(endorsement=made.pk)
        publish(CREDENTIALS_CHANGED.key, what=str(made.key))
    return made


def _person(actor: Actor) -> UUID:
    """Who says it: always somebody signed in, or `may` would have said no."""
    if actor.person_id is None:
        raise Denied("credential.endorse")
    return actor.person_id


def _refuse(organisation: Organisation, standard: str, credential: Credential | None) -> None:
    if credential is None:
        if badge_version(standard) is None:
            raise Refused("There is no such badge.", "Choose one of the list.")
        return
    if credential.state != CredentialState.LIVE:
        raise Refused("That credential is no longer valid.", "Ask its holder for the newer one.")
    if credential.award.organisation_id == organisation.pk:
        raise Refused("It is your own.", "Somebody else has to speak for it.")


def take_back(*, actor: Actor, endorsement: Endorsement) -> None:
    """Speak for it no more: not on our pages, and in nothing that is signed from now on. Copies
    signed before carry it for ever; whoever checks one here reads that it was taken back.

    Raises Denied; Refused when it was taken back already.
    """
    with acting(
        "credential.unendorse",
        actor=actor,
        subject=endorsement.organisation,
        may=rules.can_endorse,
    ) as act:
        held = Endorsement.objects.filter(pk=endorsement.pk, taken_back_at__isnull=True)
        if not held.update(taken_back_at=timezone.now()):
            raise Refused("It was taken back already.")
        act.note(endorsement=endorsement.pk)
        publish(CREDENTIALS_CHANGED.key, what=str(endorsement.key))
