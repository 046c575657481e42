"""Who may, in the engine. A thin room adds who may write for an organisation."""

from benchside.assessment.models import Seat
from benchside.core.actions import Actor
from benchside.core.permissions import has_perm, is_superuser, is_system, predicate

can_keep_standards = has_perm("assessment.keep_standards", "a keeper of standards") | is_system
can_assign = has_perm("assessment.assign_reviews", "an officer who assigns reviews")
can_ratify = has_perm("assessment.ratify_decisions", "somebody who ratifies decisions")
can_keep_awards = has_perm("assessment.keep_awards", "a keeper of awards") | is_system
can_verify = can_keep_awards | is_superuser


@predicate("the reviewer whose seat it is")
def sits_here(actor: Actor, seat: Seat) -> bool:
    return actor.account is not None and seat.user_id == actor.account.pk
