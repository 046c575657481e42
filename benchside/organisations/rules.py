"""Who may, in an organisation. A subject is the organisation, or something that names it."""

from typing import Any

from benchside.core.actions import Actor
from benchside.core.permissions import (
    Predicate,
    has_perm,
    holds_link,
    is_signed_in,
    is_system,
    predicate,
)
from benchside.organisations import roles
from benchside.organisations.enums import OrganisationState
from benchside.organisations.models import Membership, Organisation


def _organisation_id(subject: Any) -> int | None:
    if subject is None:
        return None
    found = subject.pk if isinstance(subject, Organisation) else subject.organisation_id
    return int(found)


def member_with(right: str, name: str) -> Predicate:
    """A member of an open organisation whose role holds the right."""

    def ask(actor: Actor, subject: Any) -> bool:
        organisation = _organisation_id(subject)
        if actor.account is None or organisation is None:
            return False
        return (
            Membership.objects.live()
            .filter(
                user_id=actor.account.pk,
                organisation_id=organisation,
                organisation__state=OrganisationState.APPROVED,
                role__in=roles.with_right(right),
            )
            .exists()
        )

    return Predicate(name, ask)


@predicate("whoever holds the role")
def is_holder(actor: Actor, subject: Any) -> bool:
    return actor.account is not None and subject.user_id == actor.account.pk


@predicate("whoever applied")
def is_applicant(actor: Actor, subject: Any) -> bool:
    return actor.person_id is not None and actor.person_id == subject.applied_by


can_apply = is_signed_in
can_decide: Predicate = has_perm(
    "organisations.decide_organisation", "somebody who approves organisations"
)
can_import_places = has_perm("organisations.import_places", "somebody who brings in lists")
can_import_places |= is_system

can_see = member_with(roles.SEE, "a member")
can_change_details = member_with(roles.CHANGE_DETAILS, "a lead, deputy or editor")
can_shape_units = member_with(roles.SHAPE_UNITS, "a lead, deputy or HR steward")
can_invite = member_with(roles.INVITE, "a lead or deputy")
can_invite_lead = member_with(roles.INVITE_LEAD, "a lead")
can_end_membership = member_with(roles.END_MEMBERSHIP, "a lead or deputy") | is_holder
can_end_lead = member_with(roles.END_LEAD, "a lead")
can_hand_over = member_with(roles.HAND_OVER, "a lead")
can_see_audit = member_with(roles.SEE_AUDIT, "a lead, deputy or HR steward")
# A platform that lost touch with all leads of an organisation hands it over for them.
can_hand_over |= can_decide
can_take_up_role = holds_link("role")
can_close = can_decide
