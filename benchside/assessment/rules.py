"""Who may, in the engine: rights are given standard by standard. A thin room adds who may write
for an organisation. Whatever duties somebody has, none of them is for what is their own."""

from django.db import models

from benchside.assessment.enums import DutyKind
from benchside.assessment.models import (
    Appeal,
    Award,
    Challenge,
    Contributor,
    Decision,
    Duty,
    EvidenceRequest,
    Feedback,
    Return,
    Seat,
    StandardVersion,
    Submission,
)
from benchside.assessment.standards import AwardMove
from benchside.core.actions import Actor
from benchside.core.asking import once
from benchside.core.permissions import Predicate, has_perm, is_superuser, is_system, predicate


def standard_of(subject: models.Model | None) -> str:
    """The key of the standard a record belongs to; none for what belongs to no standard."""
    if isinstance(subject, StandardVersion):
        return subject.key
    about = _about(subject)
    return about.version.key if about is not None else ""


def _about(subject: models.Model | None) -> Submission | Award | None:
    """The submission or the award that a record is of."""
    match subject:
        case Submission() | Award():
            return subject
        case Seat() | Decision() | Feedback() | EvidenceRequest() | Return():
            return subject.submission
        case Appeal():
            return subject.decision.submission
        case Challenge():
            return subject.award
    return None


def _has_duty(kind: DutyKind, name: str) -> Predicate:
    """Somebody with this duty for the standard that the subject belongs to; a superuser has all."""

    def ask(actor: Actor, subject: models.Model | None) -> bool:
        key = standard_of(subject)
        if actor.account is None or not key:
            return False
        return Duty.objects.filter(user_id=actor.account.pk, standard=key, kind=kind).exists()

    return Predicate(name, ask) | is_superuser


@predicate("whoever it is about, or wrote it")
def is_their_own(actor: Actor, subject: models.Model | None) -> bool:
    """The person; of an organisation's, whoever began it, sent it in or was asked to write a part.
    Other members of that organisation have a conflict, which is asked where somebody decides."""
    about = _about(subject)
    if actor.account is None or about is None:
        return False
    if about.technician is not None and about.technician.account_id == actor.account.pk:
        return True
    if isinstance(about, Award):
        return False
    if actor.person_id is not None and actor.person_id in (about.created_by, about.submitted_by):
        return True
    return Contributor.objects.filter(submission=about, user_id=actor.account.pk).exists()


can_keep_standards = has_perm("assessment.keep_standards", "a keeper of standards") | is_system
can_give_duties = can_keep_standards
can_assign = _has_duty(DutyKind.ASSIGN, "an officer of the standard") & ~is_their_own
can_ratify = _has_duty(DutyKind.RATIFY, "somebody who ratifies for the standard") & ~is_their_own
_keeps = _has_duty(DutyKind.KEEP, "a keeper of the standard’s awards")
can_keep_awards = (_keeps & ~is_their_own) | is_system
can_move_awards = can_keep_awards | can_ratify
can_verify = can_keep_awards
can_decide = can_assign | can_ratify  # who may read what reviewers handed in


# Who may make a move of an award, by the right its standard's file gives it.
_MOVERS = {"system": is_system, "keep": can_keep_awards, "ratify": can_ratify | is_system}


def may_move(actor: Actor, award: Award, step: AwardMove) -> bool:
    return _MOVERS[step.right](actor, award)


def standards_of(actor: Actor, *kinds: DutyKind) -> set[str]:
    """The keys of the standards somebody has one of these duties for, to assign unless said; all
    there are for a superuser."""
    if actor.account is None:
        return set()
    if actor.account.is_superuser:
        return set(StandardVersion.objects.order_by().values_list("key", flat=True).distinct())
    held = _duties(actor.account.pk)
    return {standard for standard, kind in held if kind in (kinds or (DutyKind.ASSIGN,))}


@once
def _duties(account: int) -> frozenset[tuple[str, str]]:
    """Standards and kinds of all duties somebody has."""
    found = Duty.objects.filter(user_id=account).order_by()
    return frozenset(found.values_list("standard", "kind"))


@predicate("an officer of any standard")
def is_officer(actor: Actor, _: models.Model | None) -> bool:
    return bool(standards_of(actor)) or is_superuser(actor)


@predicate("the reviewer whose seat it is")
def sits_here(actor: Actor, seat: Seat) -> bool:
    return actor.account is not None and seat.user_id == actor.account.pk


@predicate("whoever declared it")
def declared_it(actor: Actor, interest: models.Model) -> bool:
    return actor.account is not None and getattr(interest, "user_id", None) == actor.account.pk
