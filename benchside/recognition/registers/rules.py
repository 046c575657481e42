"""Who may, with registers: the engine's duties say who checks, assigns and keeps; a right of the
desk who sets registers up."""

from django.db.models import Q

from benchside.assessment import rules as engine
from benchside.assessment import writing_rules as writing
from benchside.assessment.models import Award, Submission
from benchside.core.actions import Actor
from benchside.core.permissions import has_perm, is_system, predicate
from benchside.organisations.models import Membership
from benchside.recognition.models import Fee, RegisterApplication

can_set_up = has_perm("recognition.run_registers", "somebody who sets up registers") | is_system


def _under(fee: Fee) -> Submission | Award:
    """What of the engine a fee belongs to."""
    if fee.application is not None:
        return fee.application.submission
    if fee.entry is None:
        raise LookupError(f"{fee} belongs to nothing.")
    return fee.entry.award


@predicate("whoever applies")
def applies(actor: Actor, application: RegisterApplication) -> bool:
    return writing.is_holder(actor, application.submission)


@predicate("a registrar, who assigns")
def can_check(actor: Actor, application: RegisterApplication) -> bool:
    return engine.can_assign(actor, application.submission)


@predicate("a registrar, who keeps entries")
def can_admit(actor: Actor, application: RegisterApplication) -> bool:
    return engine.can_keep_awards(actor, application.submission)


@predicate("a registrar, who keeps entries")
def keeps_fees(actor: Actor, fee: Fee) -> bool:
    return engine.can_keep_awards(actor, _under(fee))


@predicate("whoever owes it")
def owes(actor: Actor, fee: Fee) -> bool:
    holder = _under(fee).technician
    return (
        actor.account is not None and holder is not None and (holder.account_id == actor.account.pk)
    )


can_keep_fees = keeps_fees & ~owes  # nobody says of their own that it is paid


def speaks_for_its_body(actor: Actor, application: RegisterApplication) -> bool:
    """A live member of the professional body that the application goes through."""
    if actor.account is None:
        return False
    here = Q(user_id=actor.account.pk, organisation_id=application.body_id)
    return Membership.objects.live().filter(here).exists()


can_run = can_check | can_admit
