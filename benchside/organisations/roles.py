"""What each role of a member may do, as one table."""

from benchside.core.registries import MembershipRole
from benchside.organisations.enums import MemberRole

SEE = "organisation.see"
SEE_PEOPLE = "organisation.see_people"
CHANGE_DETAILS = "organisation.change_details"
SHAPE_UNITS = "organisation.shape_units"
INVITE = "organisation.invite"
INVITE_LEAD = "organisation.invite_lead"
END_MEMBERSHIP = "organisation.end_membership"
END_LEAD = "organisation.end_lead"
HAND_OVER = "organisation.hand_over"
SEE_AUDIT = "organisation.see_audit"
SEE_STAFF = "organisation.see_staff"
SEE_EXACT = "organisation.see_exact_figures"
SEE_OWN_STAFF = "organisation.see_own_staff"
KEEP_STAFF = "organisation.keep_staff"
KEEP_EQUIPMENT = "organisation.keep_equipment"
KEEP_UNIT_EQUIPMENT = "organisation.keep_unit_equipment"
TELL_STORIES = "organisation.tell_stories"
LEAD_CHARTER = "organisation.lead_charter"
KEEP_PLAN = "organisation.keep_plan"
STEER = "organisation.steer"
SIGN = "organisation.sign"
APPLY_FOR_MARKS = "organisation.apply_for_marks"
SPEAK = "organisation.speak_for_badges"

_MEMBER = {SEE, SEE_PEOPLE}
_DEPUTY = _MEMBER | {
    CHANGE_DETAILS,
    SHAPE_UNITS,
    INVITE,
    END_MEMBERSHIP,
    SEE_AUDIT,
    SEE_STAFF,
    SEE_OWN_STAFF,
    KEEP_STAFF,
    KEEP_EQUIPMENT,
    TELL_STORIES,
    LEAD_CHARTER,
    KEEP_PLAN,
    SPEAK,
}
_RIGHTS: dict[MemberRole, set[str]] = {
    MemberRole.LEAD: _DEPUTY | {INVITE_LEAD, END_LEAD, HAND_OVER},
    MemberRole.DEPUTY: _DEPUTY,
    MemberRole.HR_STEWARD: _MEMBER
    | {SHAPE_UNITS, SEE_STAFF, SEE_OWN_STAFF, KEEP_STAFF, SEE_AUDIT, SEE_EXACT},
    MemberRole.CHAMPION: _MEMBER | {KEEP_UNIT_EQUIPMENT, TELL_STORIES},
    MemberRole.MANAGER: _MEMBER | {SEE_OWN_STAFF, APPLY_FOR_MARKS},
    MemberRole.STEERING: _MEMBER | {STEER},
    MemberRole.SIGNER: _MEMBER | {STEER, SIGN, APPLY_FOR_MARKS},
    MemberRole.EDITOR: _MEMBER | {CHANGE_DETAILS, KEEP_EQUIPMENT, TELL_STORIES},
}

ROLES = [
    MembershipRole(key=role.value, title=role.label, may=frozenset(_RIGHTS[role]), order=order)
    for order, role in enumerate(MemberRole)
]


def with_right(right: str) -> list[str]:
    """The roles that hold a right."""
    return [role.key for role in ROLES if right in role.may]
