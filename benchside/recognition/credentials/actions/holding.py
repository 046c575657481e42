"""Claimed, given back, and kept in step with the award that a credential speaks of."""

import logging
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from benchside.assessment.models import Award
from benchside.core.actions import SYSTEM, Actor, Refused, acting
from benchside.core.asking import asking_once, once
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
from benchside.recognition.models import Credential, CredentialClaim, SigningKey

logger = logging.getLogger(__name__)


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
    return keep_some_in_step(awards=[award.pk])[award.pk]


def keep_some_in_step(*, awards: Sequence[int]) -> dict[int, Credential | None]:
    """The same for many, by their ids, in one transaction; whoever listens is told once."""
    with transaction.atomic(), asking_once():
        held = list(_locked(awards))
        used = {one.award_id: one for one in _in_use(awards)}
        said = {award.pk: what_to_say(award) for award in held}
        stay = {award.pk for award in held if _is_right(used.get(award.pk), said[award.pk])}
        moved = [award for award in held if award.pk not in stay]
        _revoke_all([(used[one.pk], _why(used[one.pk], one, said[one.pk]))
                     for one in moved if one.pk in used])  # fmt: skip
        made = _make_all([(one, words) for one in moved if (words := said[one.pk]) is not None])
        for pk, new in made.items():
            if pk in used:
                Credential.objects.filter(pk=used[pk].pk).update(replaced_by=new)
        if moved:
            publish(CREDENTIALS_CHANGED.key, what="in-step")
    return {pk: used[pk] if pk in stay and pk in used else made.get(pk) for pk in awards}


def keep_each_in_step(*, awards: Sequence[int]) -> None:
    """The same, where one that cannot be put right must not keep the others waiting: it is logged,
    and looked at again the next time."""
    try:
        keep_some_in_step(awards=awards)
    except Exception:
        if len(awards) == 1:
            logger.exception("The credential of award %s cannot be put right", awards[0])
            return
        half = len(awards) // 2
        keep_each_in_step(awards=awards[:half])
        keep_each_in_step(awards=awards[half:])


def _locked(awards: Sequence[int]) -> QuerySet[Award]:
    """In order, so that two who want the same never wait for each other in a ring."""
    found = Award.objects.select_for_update(of=("self",)).filter(pk__in=awards).order_by("pk")
    related = found.select_related("organisation", "technician", "entry", "claim")
    return related.prefetch_related("version")  # its file is long, and the same for most


def _in_use(awards: Sequence[int]) -> QuerySet[Credential]:
    return Credential.objects.in_use().select_related("signed_with").filter(award__in=awards)


def _is_right(now: Credential | None, said: Said | None) -> bool:
    if now is None or said is None:
        return now is None and said is None
    return said == said_by(now) and not _is_unsafe(now)


def _is_unsafe(credential: Credential) -> bool:
    """Its own seal, or a word for it inside, may be a thief's."""
    key = credential.signed_with
    if key is not None and key.compromised_at is not None:
        return True
    return bool(credential.document) and any(m in credential.document for m in _given_up())


@once
def _given_up() -> list[str]:
    return [one.mark for one in SigningKey.objects.filter(compromised_at__isnull=False)]


def _why(credential: Credential, award: Award, said: Said | None) -> WhyRevoked:
    if _is_unsafe(credential):
        return WhyRevoked.KEY
    if said is not None:
        return WhyRevoked.REPLACED
    if award.technician is not None and award.technician.erased_at is not None:
        return WhyRevoked.ERASED
    return WhyRevoked.ENDED if is_wanted(award) else WhyRevoked.GIVEN_BACK


def _make_all(wanted: Sequence[tuple[Award, Said]]) -> dict[int, Credential]:
    """By award."""
    made = {
        award.pk: Credential(
            award=award,
            name=said.name,
            level=said.level,
            period_start=said.period_start,
            period_end=said.period_end,
            until=said.until,
        )
        for award, said in wanted
    }
    if made:
        lists.place_all(list(made.values()))
    for pk, one in made.items():
        with acting("credential.make", actor=SYSTEM, subject=one, may=rules.can_issue) as act:
            act.note(award=pk)
    return made


def revoke(*, credential: Credential, reason: WhyRevoked) -> None:
    """Set its bit, for ever. Afterwards: its list is signed anew, its page says so."""
    with transaction.atomic():
        _revoke_all([(credential, reason)])
        publish(CREDENTIALS_CHANGED.key, what=str(credential.key))


def _revoke_all(some: Sequence[tuple[Credential, WhyRevoked]]) -> None:
    for credential, reason in some:
        move(
            table=CREDENTIALS,
            subject=credential,
            verb="revoke",
            actor=SYSTEM,
            columns={"reason": reason},
            detail={"reason": str(reason)},
        )
    lists.note_changes(one for one, _ in some)
