"""A lead leaves: everything they owned goes to somebody else, in one act."""

from benchside.accounts.models import User
from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import belongings
from benchside.organisations import rules
from benchside.organisations.actions.members import end, lock, start
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Membership, Organisation
from benchside.organisations.models.members import MembershipQuerySet


def hand_over(
    *, actor: Actor, organisation: Organisation, giver: User, taker: User
) -> dict[str, int]:
    """Give all that `giver` owns in an organisation to `taker`, who becomes a lead.

    All roles of the giver end today; what every room says belongs to a lead moves with them;
    what is over stays under the giver's name. Returns how many of each belonging moved.
    Raises Refused unless the giver is a lead and the taker another member of the organisation.
    """
    with acting(
        "organisation.hand_over", actor=actor, subject=organisation, may=rules.can_hand_over
    ) as act:
        lock(organisation.pk)
        held = list(_live(organisation, giver))
        if MemberRole.LEAD not in {one.role for one in held}:
            raise Refused(f"{giver.get_full_name()} is not a lead here any more.")
        if giver == taker or not taker.is_active or not _live(organisation, taker).exists():
            raise Refused(
                "This person cannot take over: they are not a member here.",
                "Invite them first, then hand over.",
            )
        start(organisation.pk, taker, MemberRole.LEAD)
        moved = {
            one.key: one.move(organisation.pk, giver.person_id, taker.person_id)
            for one in belongings
        }
        end(held)
        act.note(giver=str(giver.person_id), taker=str(taker.person_id), moved=moved)
    return moved


def _live(organisation: Organisation, user: User) -> MembershipQuerySet:
    return Membership.objects.live().filter(organisation=organisation, user=user)
