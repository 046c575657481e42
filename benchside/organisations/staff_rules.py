"""Who may bring in a staff list and say who counts as a technician."""

from typing import Any

from benchside.core.actions import Actor
from benchside.core.permissions import predicate
from benchside.organisations.enums import MemberRole, OrganisationState
from benchside.organisations.models import Membership, Organisation

STEWARDS = (MemberRole.HR_STEWARD,)
KEEPERS = (MemberRole.LEAD, MemberRole.HR_STEWARD)


@predicate("a lead or HR steward")
def can_keep_list(actor: Actor, subject: Any) -> bool:
    """`subject` is the organisation, or something that names it."""
    return _holds(actor, subject, KEEPERS)


@predicate("an HR steward")
def can_see_exact_figures(actor: Actor, subject: Any) -> bool:
    return _holds(actor, subject, STEWARDS)


def _holds(actor: Actor, subject: Any, roles: tuple[MemberRole, ...]) -> bool:
    organisation = subject.pk if isinstance(subject, Organisation) else subject.organisation_id
    if actor.account is None:
        return False
    return (
        Membership.objects.live()
        .filter(user_id=actor.account.pk, organisation_id=organisation, role__in=roles)
        .filter(organisation__state=OrganisationState.APPROVED)
        .exists()
    )
