"""Who may say something of a plan, and who answers."""

from typing import Any

from benchside.core.actions import Actor
from benchside.core.permissions import predicate
from benchside.organisations import roles
from benchside.organisations.enums import OrganisationState
from benchside.organisations.models import Employment
from benchside.organisations.rules import member_with


def _organisation_id(subject: Any) -> int | None:
    return None if subject is None else int(subject.organisation_id)


@predicate("a technician who works there")
def works_there(actor: Actor, subject: Any) -> bool:
    """On the staff list today, with a record they have claimed."""
    organisation = _organisation_id(subject)
    if actor.account is None or organisation is None:
        return False
    return (
        Employment.objects.current()
        .filter(
            organisation=organisation,
            organisation__state=OrganisationState.APPROVED,
            technician__account=actor.account.pk,
        )
        .exists()
    )


@predicate("whoever made it")
def is_maker(actor: Actor, subject: Any) -> bool:
    if actor.account is None or subject.technician is None:
        return False
    return bool(subject.technician.account_id == actor.account.pk)


can_say = works_there
can_take_back = is_maker
can_answer = member_with(roles.KEEP_PLAN, "a lead or deputy")
