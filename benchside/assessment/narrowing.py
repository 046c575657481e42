"""What a thin room keeps from those who ratify: the work of another body under the same standard.

Whoever assigns for a standard runs all of it, and so does an administrator. Somebody who ratifies
alone reads what no thin room keeps from them, and is told of nothing else. What is somebody's own
is kept from all of them: they read it as its holder, without what others say of it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from benchside.accounts.models import User
from benchside.assessment import rules
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Contributor, Submission
from benchside.core.actions import Actor
from benchside.core.registries import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """`submissions(user)` and `awards(user)` are those that somebody who ratifies alone does not
    read; each a condition on its own model."""

    key: str
    submissions: Callable[[User], Q]
    awards: Callable[[User], Q]
    order: int = 0


narrowings: Registry[Narrowing] = Registry("what is kept from those who ratify")


def submissions_read_by(user: User) -> Q:
    """Of what was sent in, what their duties let somebody read."""
    every, mine = _keys(user, DutyKind.ASSIGN)
    kept = [one.submissions(user) for one in narrowings] if mine else []
    return _narrowed("version__key__in", every, mine, kept) & ~_own_submissions(user)


def awards_read_by(user: User) -> Q:
    """The awards that somebody keeps, or ratifies the moves of."""
    every, mine = _keys(user, DutyKind.KEEP)
    kept = [one.awards(user) for one in narrowings] if mine else []
    return _narrowed("version__key__in", every, mine, kept) & ~Q(technician__account=user)


def _own_submissions(user: User) -> Q:
    """`rules.is_their_own`, asked of many."""
    written = Contributor.objects.filter(user=user).values("submission")
    by = Q(created_by=user.person_id) | Q(submitted_by=user.person_id)
    return Q(technician__account=user) | Q(pk__in=written) | by


def _keys(user: User, whole: DutyKind) -> tuple[set[str], set[str]]:
    """The standards of which somebody reads all, and those they ratify for and no more."""
    actor = Actor.of(user)
    every = rules.standards_of(actor, whole)
    return every, rules.standards_of(actor, DutyKind.RATIFY) - every


def _narrowed(field: str, every: set[str], mine: set[str], kept: list[Q]) -> Q:
    found = Q(**{field: every})
    if mine:
        narrow = Q(**{field: mine})
        for one in kept:
            narrow &= ~one
        found |= narrow
    return found


def may_read(user: User, submission: Submission) -> bool:
    """Whether their duties let somebody read one that was sent in."""
    return Submission.objects.filter(submissions_read_by(user), pk=submission.pk).exists()
