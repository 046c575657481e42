"""What can be done with a class: open it, hand in to it, close it, throw it away."""

import secrets
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from benchside.careers.classes import queries
from benchside.careers.classes.codes import new_code
from benchside.careers.classes.tickets import hashed
from benchside.careers.enums import ClassState, TallyKind
from benchside.careers.models import ClassTally, HandIn, QuizClass, Role
from benchside.careers.rules import can_forget_class, can_open_class
from benchside.careers.states import QUIZ_CLASS
from benchside.core.actions import Actor, Refused, acting
from benchside.core.states import move

SECRET_BYTES = 24
TRIES = 5  # a code is taken about once in five million


class HandedInBefore(Refused):
    """This very page has been counted."""


class ClassIsClosed(Refused):
    """The totals are out, so nobody can be added."""


class ClassIsFull(Refused):
    """More hand-ins than the class can have pupils."""


class ClassIsGone(Refused):
    """It was yesterday's, or its teacher threw it away."""


def open_class(
    *, actor: Actor, title: str, years: Sequence[str], pupils: int, minutes: int
) -> tuple[QuizClass, str]:
    """Begin a class. Gives the secret of the teacher's link too, which is kept nowhere else."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with acting("quiz_class.open", actor=actor, subject=None, may=can_open_class) as act:
        quiz_class = _with_a_free_code(
            secret_hash=hashed(secret),
            title=title,
            years=list(years),
            pupils=pupils,
            minutes=minutes,
        )
        act.about(quiz_class)
    return quiz_class, secret


def _with_a_free_code(**fields: Any) -> QuizClass:
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return QuizClass.objects.create(code=new_code(), **fields)
        except IntegrityError:  # taken
            continue
    raise Refused("No class could be opened just now.", "Please try once more.")


def hand_in(*, quiz_class: QuizClass, page: str, roles: Sequence[Role]) -> None:
    """Count one pupil's result, once a page. `page` is the random number of the quiz page.

    The one change of state without an actor and without an audit event, and on purpose: an
    event a pupil would tell when each of them finished, and would outlive the class. The row of
    the class is changed first and so holds the others back: counters of one class move one
    after the other, on every database, and a class that is closing waits or is waited for.

    Raises HandedInBefore, ClassIsClosed, ClassIsFull, ClassIsGone; then nothing has changed.
    """
    with transaction.atomic():
        takes_more = QuizClass.objects.current().filter(
            pk=quiz_class.pk, state=ClassState.OPEN, handed_in__lt=quiz_class.most_hand_ins
        )
        if not takes_more.update(handed_in=F("handed_in") + 1):
            raise _why_not(quiz_class, page)
        _once(quiz_class, page)
        _count(quiz_class, TallyKind.SECTOR, sorted({role.sector.slug for role in roles}))
        _count(quiz_class, TallyKind.ROLE, [role.slug for role in roles])


def _once(quiz_class: QuizClass, page: str) -> None:
    try:
        with transaction.atomic():
            HandIn.objects.create(quiz_class=quiz_class, page_hash=hashed(page))
    except IntegrityError as error:
        raise _handed_in_before() from error


def _count(quiz_class: QuizClass, kind: TallyKind, slugs: Sequence[str]) -> None:
    new = [ClassTally(quiz_class=quiz_class, kind=kind, slug=slug) for slug in slugs]
    ClassTally.objects.bulk_create(new, ignore_conflicts=True)
    rows = ClassTally.objects.filter(quiz_class=quiz_class, kind=kind, slug__in=slugs)
    rows.update(pupils=F("pupils") + 1)


def _why_not(quiz_class: QuizClass, page: str) -> Refused:
    now = QuizClass.objects.current().filter(pk=quiz_class.pk).first()
    if now is None:
        return ClassIsGone("This class is over.", "Classes last until the end of the next day.")
    if now.hand_ins.filter(page_hash=hashed(page)).exists():
        return _handed_in_before()
    if not now.is_open:
        return ClassIsClosed(
            "Your teacher has closed the class.",
            "If you handed in before, you are counted. If not, tell your teacher.",
        )
    return ClassIsFull(
        "This class has as many results as it has pupils.",
        "If you handed in before, you are counted. If not, tell your teacher.",
    )


def _handed_in_before() -> HandedInBefore:
    return HandedInBefore(
        "These roles are handed in already.",
        "They count once. Did someone use this device before you? Then start from the class code.",
    )


def close_class(*, actor: Actor, quiz_class: QuizClass) -> None:
    """End it: work out the totals as they may be shown, once, and delete what they came from.

    Raises NoSuchMove or Overtaken when it is closed already, Denied, NeedsMore.
    """
    with transaction.atomic():
        # Hand-ins under way are let finish first; those that come later find it closed.
        counted = QuizClass.objects.select_for_update().filter(pk=quiz_class.pk).first()
        totals = queries.totals_of(counted or quiz_class)
        move(
            table=QUIZ_CLASS,
            subject=quiz_class,
            verb="close",
            actor=actor,
            columns={"totals": totals, "handed_in": 0},
        )
        quiz_class.tallies.all().delete()
        quiz_class.hand_ins.all().delete()


def forget_class(*, actor: Actor, quiz_class: QuizClass) -> None:
    """Delete a class with all that belongs to it. The audit keeps that there was one, by number."""
    with acting("quiz_class.forget", actor=actor, subject=quiz_class, may=can_forget_class) as act:
        number = quiz_class.pk
        quiz_class.delete()
        quiz_class.pk = number
        act.about(quiz_class)
