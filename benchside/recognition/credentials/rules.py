"""Who may, with credentials: a holder claims and gives back, a lead speaks for others' badges."""

from benchside.assessment.models import Award
from benchside.core.actions import Actor
from benchside.core.permissions import is_superuser, is_system, predicate
from benchside.organisations import roles
from benchside.organisations.models import Membership, Organisation


@predicate("whoever holds it")
def is_holder(actor: Actor, award: Award) -> bool:
    if actor.account is None or award.technician is None:
        return False
    return bool(award.technician.account_id == actor.account.pk)


@predicate("a lead or deputy of the organisation")
def leads(actor: Actor, organisation: Organisation) -> bool:
    if actor.account is None:
        return False
    held = Membership.objects.live().filter(organisation=organisation, user=actor.account.pk)
    return held.filter(role__in=roles.with_right(roles.CHANGE_DETAILS)).exists()


can_claim = is_holder
can_keep_keys = is_superuser | is_system
can_endorse = leads
can_issue = is_system
