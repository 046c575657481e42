"""A record comes to the person it is about: by a link, by a proven address, or new."""

from django.db import transaction
from django.utils import timezone

from benchside.accounts import actions as accounts
from benchside.accounts.enums import Purpose
from benchside.accounts.models import User
from benchside.core.actions import SYSTEM, Actor, Refused, acting
from benchside.core.permissions import is_signed_in
from benchside.core.registries import publish
from benchside.people import joining, queries, rules
from benchside.people.events import PROFILE_CHANGED
from benchside.people.models import ClaimInvitation, Profile, Technician

TAKEN = ("Somebody has claimed this record already.", "Was it not you? Tell the lead.")


SAID_NO = (
    "They have said no, and are not asked again.",
    "They can still claim it: by signing in with that address.",
)


def offer_record(
    *,
    actor: Actor,
    sender: User,
    technician: Technician,
    known_at: str = "",
    about: str = "",
    offer: str = "",
) -> ClaimInvitation:
    """Send the letter by which somebody claims their record; the caller has asked who may. A room
    above may make it a kind of its own (`accounts.offers`): `about` and `offer` are its words.

    Raises Refused without an address, once it is claimed, while another letter or a code on paper
    is open, and to whoever has said no: unless it was because the letter came to somebody else.
    """
    with acting("record.offer", actor=actor, subject=technician, may=rules.can_offer):
        found = _unclaimed(technician)
        if not found.work_email:
            raise Refused("No work address is known.", "Add one to the staff list.")
        if queries.open_claim(found):
            raise Refused("A letter or a code on paper is open.", "Take that one back first.")
        said = _offer(found, known_at)
        if about:
            said |= {"about": about, "offer": offer[:300]}
        invitation = accounts.invite(actor=SYSTEM, sender=sender, email=found.work_email, **said)
        return ClaimInvitation.objects.create(invitation=invitation, technician=found)


def offer_on_paper(*, actor: Actor, sender: User, technician: Technician, known_at: str) -> str:
    """The code of a sheet of paper by which somebody claims their record; it is told this once.
    One printed before works no longer. The caller has asked who may.

    Raises Refused as `offer_record` does; a letter that is open must be taken back first.
    """
    with acting("record.print", actor=actor, subject=technician, may=rules.can_offer):
        found = _unclaimed(technician)
        waiting = queries.open_claim(found)
        if waiting and waiting.invitation.is_on_paper:
            return accounts.reprint_invitation(
                actor=SYSTEM, sender=sender, invitation=waiting.invitation
            )
        if waiting:
            raise Refused("A letter is on its way to them.", "Take it back first.")
        invitation, code = accounts.invite_on_paper(
            actor=SYSTEM, sender=sender, **_offer(found, known_at)
        )
        ClaimInvitation.objects.create(invitation=invitation, technician=found)
        return code


def _unclaimed(technician: Technician) -> Technician:
    """Locked, so that of two who offer it at once the second sees what the first sent."""
    found = Technician.objects.select_for_update().get(pk=technician.pk)
    if found.is_claimed or found.erased_at:
        raise Refused(*TAKEN)
    if queries.said_no(found):
        raise Refused(*SAID_NO)
    return found


def _offer(technician: Technician, known_at: str) -> dict[str, str]:
    return {
        "purpose": Purpose.CLAIM,
        "about": str(technician.person_id),
        "offer": f"your own record as a technician at {known_at}"[:300],
    }


def take_up_record(*, actor: Actor, asked: ClaimInvitation) -> None:
    """Give a record to whoever holds the link of its letter. Raises Denied, Refused."""
    with acting("record.claim", actor=actor, subject=asked, may=rules.can_claim) as act:
        technician = _give(asked.technician_id, _holder(actor))
        act.about(technician)


def note_refusal(invitation_id: int, answer: str) -> None:
    """Keep why somebody said no to the letter. Called inside that transaction."""
    ClaimInvitation.objects.filter(invitation=invitation_id).update(answer=answer)


def claim_by_address(*, actor: Actor, user: User, technician: Technician) -> Technician:
    """Claim a record whose address is proven to be one's own. Raises Denied, Refused."""
    with acting("record.claim", actor=actor, subject=technician, may=rules.can_claim) as act:
        technician = _give(technician.pk, user)
        act.about(technician)
    return technician


def begin_record(*, actor: Actor, user: User) -> Technician:
    """A record of one's own, without any employer. Gives the one there is to whoever has one."""
    with acting("record.begin", actor=actor, subject=None, may=is_signed_in) as act:
        User.objects.select_for_update().get(pk=user.pk)
        technician = Technician.objects.filter(account=user).first()
        if technician is None:
            technician = Technician.objects.create(
                name=user.get_full_name()[:120], account=user, claimed_at=timezone.now()
            )
        Profile.objects.get_or_create(technician=technician)
        act.about(technician)
    return technician


def _holder(actor: Actor) -> User:
    """The account of whoever holds a link."""
    return User.objects.get(person_id=str(actor.person_id))


def _give(technician_id: int, user: User) -> Technician:
    """Locked, so that of two who claim at once the second is told."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        found = Technician.objects.select_for_update().get(pk=technician_id)
        if found.erased_at or (found.is_claimed and found.account_id != user.pk):
            raise Refused(*TAKEN)
        mine = Technician.objects.filter(account=user).exclude(pk=found.pk).first()
        if mine is not None:
            joining.join(mine, found)
            found = mine
        elif not found.is_claimed:
            found.account, found.claimed_at = user, timezone.now()
            found.save(update_fields=["account", "claimed_at"])
        profile, _ = Profile.objects.get_or_create(technician=found)
        publish(PROFILE_CHANGED.key, technician_id=found.pk, public_id=profile.public_id)
    return found
