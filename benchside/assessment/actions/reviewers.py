"""The records of those who review, and what they declare."""

from collections.abc import Collection
from datetime import date

from benchside.accounts.models import User
from benchside.assessment import rules
from benchside.assessment.limits import whole
from benchside.assessment.models import Interest, Partnership, Reviewer
from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.core.permissions import is_signed_in
from benchside.organisations.models import Organisation

MOST = 50


def keep_reviewer(
    *,
    actor: Actor,
    user: User,
    standards: Collection[str],
    trained_on: date | None,
    refresh_by: date | None,
    most: int,
    is_active: bool = True,
) -> Reviewer:
    """Say what somebody is trained on and how much they take. An officer says so for their own
    standards; what others said of theirs stays. Raises Denied, Refused."""
    own = rules.standards_of(actor)
    if not own:
        raise Denied("reviewer.keep")
    if not 1 <= most <= MOST:
        raise Refused(f"“{most}” is no number of reviews at once.", f"Give one from 1 to {MOST}.")
    if trained_on and refresh_by and refresh_by < trained_on:
        raise Refused("It is refreshed before it was given.", "Look at the two days again.")
    with acting("reviewer.keep", actor=actor, subject=None, may=rules.is_officer) as act:
        held = Reviewer.objects.select_for_update().filter(user=user).first() or Reviewer(user=user)
        held.standards = sorted((set(held.standards) - own) | (set(standards) & own))
        held.trained_on, held.refresh_by = trained_on, refresh_by
        held.most, held.is_active = most, is_active
        held.save()
        act.about(held)
        act.note(standards=held.standards, most=most, active=is_active)
    return held


def declare_interest(*, actor: Actor, organisation: Organisation, what: str = "") -> Interest:
    """Say that one has an interest in all that an organisation sends in; said twice, it stands
    once. Raises Denied."""
    if not isinstance(actor.account, User):
        raise Denied("interest.declare")
    with acting("interest.declare", actor=actor, subject=None, may=is_signed_in) as act:
        made, _ = Interest.objects.update_or_create(
            user=actor.account,
            organisation=organisation,
            submission=None,
            defaults={"what": whole(what, 300, "The interest")},
        )
        act.about(made)
    return made


def end_interest(*, actor: Actor, interest: Interest) -> None:
    """Say that it is over. One in a single submission stays: it was said of that one. Raises
    Denied, Refused."""
    with acting("interest.end", actor=actor, subject=interest, may=rules.declared_it):
        if interest.organisation_id is None:
            raise Refused("This was said of one submission, and stays.", "Ask an officer.")
        Interest.objects.filter(pk=interest.pk).delete()


def declare_partnership(*, actor: Actor, one: Organisation, other: Organisation) -> Partnership:
    """Say that two organisations work together, so that neither reviews the other. Raises Denied,
    Refused."""
    if one == other:
        raise Refused("These are the same organisation.", "Choose two.")
    first, second = sorted((one, other), key=lambda each: each.pk)
    with acting("partnership.declare", actor=actor, subject=None, may=rules.is_officer) as act:
        made, _ = Partnership.objects.get_or_create(one=first, other=second)
        act.about(made)
    return made


def end_partnership(*, actor: Actor, partnership: Partnership) -> None:
    """Say that it is over. Raises Denied."""
    with acting("partnership.end", actor=actor, subject=partnership, may=rules.is_officer):
        Partnership.objects.filter(pk=partnership.pk).delete()
