"""Who may, with credentials: a holder claims and gives back, a lead or deputy speaks for others'
badges, and nothing of it is shown before whoever it is about has said yes."""

from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Award, Duty
from benchside.core.actions import Actor
from benchside.core.permissions import is_superuser, is_system, predicate
from benchside.organisations import roles
from benchside.organisations.models import Membership
from benchside.organisations.rules import member_with
from benchside.recognition.models import Endorsement


@predicate("whoever holds it")
def is_holder(actor: Actor, award: Award) -> bool:
    if actor.account is None or award.technician is None:
        return False
    return bool(award.technician.account_id == actor.account.pk)


leads = member_with(roles.SPEAK, "a lead or deputy of the organisation")


@predicate("it is said of a badge, not of one credential")
def is_of_a_badge(actor: Actor, said: Endorsement) -> bool:
    return said.credential_id is None


@predicate("whoever keeps the standard of the badge")
def keeps_it(actor: Actor, said: Endorsement) -> bool:
    if actor.account is None:
        return False
    standard = said.credential.award.version.key if said.credential else said.standard
    held = Duty.objects.filter(user_id=actor.account.pk, kind=DutyKind.KEEP, standard=standard)
    return held.exists()


@predicate("whoever holds the credential")
def holds_it(actor: Actor, said: Endorsement) -> bool:
    """Of an organisation's own, its lead or deputy."""
    if said.credential is None:
        return False
    award = said.credential.award
    return is_holder(actor, award) if award.organisation_id is None else leads(actor, award)


@predicate("a member of whoever says it")
def says_it(actor: Actor, said: Endorsement) -> bool:
    if actor.account is None:
        return False
    held = Membership.objects.live().filter(user_id=actor.account.pk)
    return held.filter(organisation=said.organisation_id).exists()


can_claim = is_holder
can_keep_keys = is_superuser | is_system
can_endorse = leads
can_answer = ((keeps_it | is_superuser) & is_of_a_badge & ~says_it) | holds_it | is_system
can_take_back = leads | keeps_it | holds_it | is_superuser
can_issue = is_system
