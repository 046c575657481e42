"""Claimed, given back, and kept in step with the award that a credential speaks of."""

from django.db import transaction
from django.utils import timezone

from benchside.assessment.models import Award
from benchside.core.actions import SYSTEM, Actor, Refused, acting
from benchside.core.registries import publish
from benchside.core.states import move
from benchside.recognition.credentials import lists, rules
from benchside.recognition.credentials.saying import (
    Said,
    is_offered,
    is_wanted,
    said_by,
    what_to_say,
)
from benchside.recognition.credentials.states import CREDENTIALS
from benchside.recognition.enums import WhyRevoked
from benchside.recognition.events import CREDENTIALS_CHANGED
from benchside.recognition.models import Credential, CredentialClaim


def claim(*, actor: Actor, award: Award) -> Credential:
    """A person wants what they hold as a credential. Afterwards: it is signed in the background.

    Asked for again, it is the one that is there. Raises Denied; Refused while the award does not
    stand, or gives no badge.
    """
    with acting("credential.claim", actor=actor, subject=award, may=rules.can_claim):
        if not is_offered(award):
            raise Refused("There is no badge of this now.", "You can have one while it stands.")
        CredentialClaim.objects.update_or_create(
            award=award, defaults={"claimed_at": timezone.now(), "given_back_at": None}
        )
        made = keep_in_step(award=award)
    if made is None:
        raise Refused("There is no name to put on it.", "Ask the registrar to look at your entry.")
    return made


def give_back(*, actor: Actor, award: Award) -> None:
    """A person wants no credential of it any more. Afterwards: what was issued is revoked.

    Raises Denied; Refused when there is none.
    """
    with acting("credential.give-back", actor=actor, subject=award, may=rules.can_claim):
        held = CredentialClaim.objects.filter(award=award, given_back_at__isnull=True)
        if not held.update(given_back_at=timezone.now()):
            raise Refused("You have no badge of this.", "There is nothing to give back.")
        keep_in_step(award=award)


def keep_in_step(*, award: Award) -> Credential | None:
    """Make the credential that an award should have now, revoke the one it should not have.

    Done twice it does no more than once. One that was signed with a compromised key is replaced
    even if it says the right thing. Returns the one in use afterwards. Side effects: places on a
    status list; whoever listens is told, so that what is new, and lists that changed, are signed
    soon.
    """
    with transaction.atomic():
        held = Award.objects.select_for_update().get(pk=award.pk)
        in_use = Credential.objects.in_use().select_related("signed_with")
        now = in_use.filter(award=held).first()
        said = what_to_say(held)
        if now is not None and said == said_by(now) and not _is_unsafe(now):
            return now
        if now is not None:
            revoke(credential=now, reason=_why(now, held, said))
        if said is None:
            return None
        made = _make(held, said)
        if now is not None:
            Credential.objects.filter(pk=now.pk).update(replaced_by=made)
    return made


def _is_unsafe(credential: Credential) -> bool:
    key = credential.signed_with
    return key is not None and key.compromised_at is not None


def _why(credential: Credential, award: Award, said: Said | None) -> WhyRevoked:
    if _is_unsafe(credential):
        return WhyRevoked.KEY
    if said is not None:
        return WhyRevoked.REPLACED
    if award.technician is not None and award.technician.erased_at is not None:
        return WhyRevoked.ERASED
    return WhyRevoked.ENDED if is_wanted(award) else WhyRevoked.GIVEN_BACK


def _make(award: Award, said: Said) -> Credential:
    made = Credential(
        award=award,
        name=said.name,
        level=said.level,
        period_start=said.period_start,
        period_end=said.period_end,
    )
    with acting("credential.make", actor=SYSTEM, subject=None, may=rules.can_issue) as act:
        act.about(lists.place(made))
        act.note(award=award.pk)
    publish(CREDENTIALS_CHANGED.key, what=str(made.key))
    return made


def revoke(*, credential: Credential, reason: WhyRevoked) -> None:
    """Set its bit, for ever. Afterwards: its list is signed anew, its page says so."""
    move(
        table=CREDENTIALS,
        subject=credential,
        verb="revoke",
        actor=SYSTEM,
        columns={"reason": reason},
        detail={"reason": str(reason)},
    )
    lists.note_change(credential)
    publish(CREDENTIALS_CHANGED.key, what=str(credential.key))
