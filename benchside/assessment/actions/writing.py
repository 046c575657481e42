"""Beginning a submission and writing in it: nothing anybody typed is lost."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from benchside.assessment import writing_rules as rules
from benchside.assessment.embargo import state_told
from benchside.assessment.enums import Holder
from benchside.assessment.figures import prefill
from benchside.assessment.models import (
    StandardVersion,
    Statement,
    StatementVersion,
    Submission,
)
from benchside.assessment.signatures import lapse_signatures
from benchside.assessment.standards import Standard
from benchside.assessment.words import merge
from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.organisations.models import Organisation
from benchside.people.models import Technician

LONGEST = 60_000  # letters of one text: ten thousand words, and no more than a browser can bear


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands after a save: the number to send with the next one, and what clashed.

    `typed` is the number under which the typed words alone are kept: whoever typed on meanwhile
    sends that one. `is_own`: what was merged with is their own, from another window.
    """

    number: int
    text: str
    choice: str
    merged: bool = False
    clashes: tuple[tuple[str, str], ...] = ()
    typed: int = 0
    is_own: bool = False


def begin_submission(
    *,
    actor: Actor,
    version: StandardVersion,
    organisation: Organisation | None = None,
    technician: Technician | None = None,
    level: str = "",
    route: str = "",
    purpose: str = "",
    round_key: str = "",
) -> Submission:
    """Begin a submission under a version; it stays with that version whatever comes later.

    Raises Denied; Refused when the version is not in use or the holder is of another kind.
    """
    submission = Submission(
        version=version,
        holder=Holder.PERSON if technician else Holder.ORGANISATION,
        organisation=organisation,
        technician=technician,
        level=level,
        route=route,
        purpose=purpose,
        round=round_key,
        created_by=actor.person_id,
    )
    if version.state != "published":
        raise Refused(f"{version} is not in use.", "Choose the version that is.")
    if submission.holder != version.holder:
        raise Refused(f"{version} is held by {version.get_holder_display().lower()}.")
    if level and level not in {one.key for one in version.standard.levels}:
        raise Refused("There is no such level.", "Choose one of the levels of the standard.")
    _refuse_route(version.standard, route)
    with acting("submission.begin", actor=actor, subject=submission, may=rules.can_lead):
        submission.save()
        Statement.objects.bulk_create(
            Statement(submission=submission, criterion=one.key)
            for one in version.standard.criteria
            if one.asked
        )
        prefill(submission)
    return submission


def _refuse_route(standard: Standard, route: str) -> None:
    known = {one.key for one in standard.routes}
    if route not in known and (route or known):
        raise Refused("There is no such route.", "Choose one of the routes of the standard.")


def save_statement(
    *,
    actor: Actor,
    submission: Submission,
    criterion: str,
    text: str,
    choice: str = "",
    based_on: int,
) -> Saved:
    """Write what somebody typed for a criterion, on top of the version `based_on` they had.

    Has somebody else saved meanwhile, both edits are brought together; where they touch the same
    sentence both stand and the answer names them. Signatures lapse when anything changed.
    Raises Denied, Refused (closed, no such criterion or answer, longer than can be kept); then
    nothing is written.
    """
    text = text.replace("\r\n", "\n")
    _refuse_endless(text)
    with transaction.atomic():
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        _refuse_closed(held)
        if not rules.may_write(actor, held, criterion):
            raise Denied("statement.save")
        statement = held.statements.select_for_update().filter(criterion=criterion).first()
        if statement is None:
            raise Refused("There is no such question in this standard.", "Reload the page.")
        if choice and choice not in held.version.standard.criterion(criterion).options:
            raise Refused("This is not one of the answers.", "Choose one of those shown.")
        saved = _brought_together(statement, text, choice, based_on)
        is_own = saved.merged and _saved_by(statement, based_on) == {actor.person_id}
        typed = based_on if saved.merged else statement.number
        if (saved.text, saved.choice) != (statement.text, statement.choice):
            typed = _keep(statement, text, choice, saved, actor.person_id)
            lapse_signatures(held)
        return replace(saved, number=statement.number, typed=typed, is_own=is_own)


def _refuse_endless(text: str) -> None:
    if over := max(0, len(text) - LONGEST):
        raise Refused(
            f"This text is {over:,} letters longer than can be kept here.",
            f"Keep it under {LONGEST:,} letters. What you typed is still on your screen.",
        )


def _saved_by(statement: Statement, based_on: int) -> set[UUID | None]:
    """Who saved since a version. Where it is words that were merged, that begins with what they
    were merged with, which stands before them; what came of it, just after, has their moment."""
    found = list(statement.versions.filter(number__gte=based_on - 1).order_by("number"))
    moments = {one.number: one.saved_at for one in found}
    was_merged = moments.get(based_on) == moments.get(based_on + 1)
    return {one.saved_by for one in found if was_merged or one.number > based_on}


def _brought_together(statement: Statement, text: str, choice: str, based_on: int) -> Saved:
    if based_on == statement.number:
        return Saved(based_on, text, choice)
    base = statement.versions.filter(number=based_on).first()
    joined = merge(base.text if base else "", text, statement.text)
    chosen = statement.choice if base and choice == base.choice else choice or statement.choice
    return Saved(statement.number, joined.text, chosen, merged=True, clashes=joined.clashes)


def _keep(
    statement: Statement, typed: str, choice: str, saved: Saved, person_id: UUID | None
) -> int:
    """The typed words first, where they were merged, so that they can be had back alone. Returns
    the number of the typed words."""
    now = timezone.now()
    texts = [(typed, choice)] if saved.merged else []
    first = statement.number + 1
    for each_text, each_choice in [*texts, (saved.text, saved.choice)]:
        statement.number += 1
        StatementVersion.objects.create(
            statement=statement,
            number=statement.number,
            text=each_text,
            choice=each_choice,
            saved_at=now,
            saved_by=person_id,
        )
    statement.text, statement.choice = saved.text, saved.choice
    statement.changed_at, statement.changed_by = now, person_id
    statement.save()
    return first


def _refuse_closed(submission: Submission) -> None:
    if not submission.is_open:
        raise Refused(
            f"This is {state_told(submission).label.lower()}: its words can no longer change.",
            "What you typed is still on your screen: copy it if you need it.",
        )
