"""An organisation would speak for a badge or for one credential: asked, answered, taken back."""

from uuid import UUID

from django.db import IntegrityError, transaction

from benchside.assessment.limits import whole
from benchside.assessment.models import StandardVersion
from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.core.registries import publish
from benchside.core.states import move
from benchside.organisations.models import Organisation
from benchside.recognition.credentials import badging, queries, rules
from benchside.recognition.credentials.designs import badge_version
from benchside.recognition.credentials.states import ENDORSEMENTS
from benchside.recognition.enums import CredentialState, WhyDeclined
from benchside.recognition.events import CREDENTIALS_CHANGED
from benchside.recognition.models import Credential, Endorsement, Licence

MOST_WORDS = 600  # letters


def endorse(
    *,
    actor: Actor,
    organisation: Organisation,
    words: str,
    standard: str = "",
    credential: Credential | None = None,
) -> Endorsement:
    """Ask to speak for a badge (`standard`) or for one credential. Nobody reads it, and nothing is
    signed, until whoever keeps or holds it says yes.

    Raises Denied; Refused for one's own, for what does not stand, twice, or soon after a no.
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
                "Your organisation speaks for it, or has asked to.",
                "Take that back to say it anew.",
            ) from None
        act.note(endorsement=made.pk)
    return made


def _person(actor: Actor) -> UUID:
    """Who says it: always somebody signed in, or `may` would have said no."""
    if actor.person_id is None:
        raise Denied("credential.endorse")
    return actor.person_id


def _refuse(organisation: Organisation, standard: str, credential: Credential | None) -> None:
    if credential is None:
        version = badge_version(standard)
        if version is None:
            raise Refused("There is no such badge.", "Choose one of the list.")
        is_own = _is_of(organisation, version)
    else:
        if credential.state != CredentialState.LIVE:
            raise Refused("That credential is no longer valid.", "Ask its holder for the newer.")
        award = credential.award
        is_own = organisation.pk == award.organisation_id or _is_of(organisation, award.version)
    if is_own:
        raise Refused("It is your own.", "Somebody else has to speak for it.")
    said_no = queries.declined_of_late(organisation).filter(
        credential=credential, standard="" if credential else standard
    )
    if said_no.exists():
        raise Refused("They said no to it.", f"Ask again after {queries.AGAIN.days} days.")


def _is_of(organisation: Organisation, version: StandardVersion) -> bool:
    """Whoever gives the badge: its keeper by name, or a body that brings people to it."""
    licensed = Licence.objects.filter(body=organisation, register__standard=version.key)
    keeper = badging.keeper_of(version)
    return organisation.name.casefold() == keeper.casefold() or licensed.exists()


@transaction.atomic
def accept_words(*, actor: Actor, endorsement: Endorsement) -> None:
    """Say yes: it is shown from now on, and part of what is signed.

    Raises Denied; Refused when it was answered or taken back, or the credential counts no more.
    """
    move(table=ENDORSEMENTS, subject=endorsement, verb="accept", actor=actor)
    publish(CREDENTIALS_CHANGED.key, what=str(endorsement.key))


def decline_words(*, actor: Actor, endorsement: Endorsement, reason: str) -> None:
    """Say no, with a reason of the list. Afterwards: a letter to the leads of whoever wrote it.

    Raises Denied; Refused without a reason, and when it was answered or taken back.
    """
    if reason not in WhyDeclined.values:
        raise Refused("There is no reason.", "Choose one of the list.")
    move(
        table=ENDORSEMENTS,
        subject=endorsement,
        verb="decline",
        actor=actor,
        columns={"reason": reason},
        detail={"reason": reason},
    )


@transaction.atomic
def take_back(*, actor: Actor, endorsement: Endorsement) -> None:
    """Say it no more, or let it be said no more: not on our pages, and in nothing that is signed
    from now on. Copies signed before carry it for ever; whoever checks one here reads that it was
    taken back.

    Raises Denied; Refused when it was taken back already.
    """
    move(table=ENDORSEMENTS, subject=endorsement, verb="take-back", actor=actor)
    here = endorsement.organisation
    if rules.can_endorse(actor, here):  # in the history of their organisation
        with acting(
            "credential.unendorse", actor=actor, subject=here, may=rules.can_endorse
        ) as act:
            act.note(endorsement=endorsement.pk)
    publish(CREDENTIALS_CHANGED.key, what=str(endorsement.key))
