"""Beginning a submission and writing in it: nothing anybody typed is lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import writing_rules as rules
from benchside.assessment.enums import Holder
from benchside.assessment.limits import whole
from benchside.assessment.models import (
    Comment,
    Contributor,
    StandardVersion,
    Statement,
    StatementVersion,
    Submission,
)
from benchside.assessment.signatures import lapse_signatures
from benchside.assessment.words import merge
from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.organisations.models import Organisation
from benchside.people.models import Technician


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands after a save: the number to send with the next one, and what clashed."""

    number: int
    text: str
    choice: str
    merged: bool = False
    clashes: tuple[tuple[str, str], ...] = ()


def begin_submission(
    *,
    actor: Actor,
    version: StandardVersion,
    organisation: Organisation | None = None,
    technician: Technician | None = None,
    level: str = "",
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
    with acting("submission.begin", actor=actor, subject=submission, may=rules.can_lead):
        submission.save()
        Statement.objects.bulk_create(
            Statement(submission=submission, criterion=one.key) for one in version.standard.criteria
        )
    return submission


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
    Raises Denied, Refused (closed, no such criterion); then nothing is written.
    """
    with transaction.atomic():
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        _refuse_closed(held)
        if not rules.may_write(actor, held, criterion):
            raise Denied("statement.save")
        statement = held.statements.select_for_update().filter(criterion=criterion).first()
        if statement is None:
            raise Refused("There is no such question in this standard.", "Reload the page.")
        saved = _brought_together(statement, text, choice, based_on)
        if (saved.text, saved.choice) != (statement.text, statement.choice):
            _keep(statement, text, choice, saved, actor.person_id)
            lapse_signatures(held)
        return Saved(statement.number, saved.text, saved.choice, saved.merged, saved.clashes)


def _brought_together(statement: Statement, text: str, choice: str, based_on: int) -> Saved:
    if based_on == statement.number:
        return Saved(based_on, text, choice)
    base = statement.versions.filter(number=based_on).first()
    joined = merge(base.text if base else "", text, statement.text)
    chosen = statement.choice if base and choice == base.choice else choice or statement.choice
    return Saved(statement.number, joined.text, chosen, merged=True, clashes=joined.clashes)


def _keep(
    statement: Statement, typed: str, choice: str, saved: Saved, person_id: UUID | None
) -> None:
    """The typed words first, where they were merged, so that they can be had back alone."""
    texts = [(typed, choice)] if saved.merged else []
    for each_text, each_choice in [*texts, (saved.text, saved.choice)]:
        statement.number += 1
        StatementVersion.objects.create(
            statement=statement,
            number=statement.number,
            text=each_text,
            choice=each_choice,
            saved_by=person_id,
        )
    statement.text, statement.choice = saved.text, saved.choice
    statement.changed_at, statement.changed_by = timezone.now(), person_id
    statement.save()


def _refuse_closed(submission: Submission) -> None:
    if not submission.is_open:
        raise Refused(
            f"This is {submission.get_state_display().lower()}: its words can no longer change.",
            "What you typed is still on your screen: copy it if you need it.",
        )


def add_contributor(
    *, actor: Actor, submission: Submission, user: User, area: str = "", criterion: str = ""
) -> Contributor:
    """Ask somebody to write a part. Raises Denied; Refused for a part that is not there."""
    standard = submission.version.standard
    if area and area not in {one.key for one in standard.areas}:
        raise Refused("There is no such part.", "Choose one of the areas.")
    if criterion and criterion not in {one.key for one in standard.criteria}:
        raise Refused("There is no such question.", "Choose one of the questions.")
    with acting("contributor.add", actor=actor, subject=submission, may=rules.can_lead) as act:
        found, _ = Contributor.objects.get_or_create(
            submission=submission, user=user, area=area, criterion=criterion
        )
        act.note(person=str(user.person_id), area=area, criterion=criterion)
    return found


def remove_contributor(*, actor: Actor, contributor: Contributor) -> None:
    """Take somebody's part from them; what they wrote stays. Raises Denied."""
    submission = contributor.submission
    with acting("contributor.remove", actor=actor, subject=submission, may=rules.can_lead) as act:
        act.note(person=str(contributor.user.person_id))
        contributor.delete()


def comment(
    *,
    actor: Actor,
    submission: Submission,
    text: str,
    criterion: str = "",
    mentions: Iterable[User] = (),
) -> Comment:
    """Say something beside a criterion to those who write; `mentions` are users to be told."""
    if not text.strip():
        raise Refused("There is nothing in it.", "Type your comment, then send it.")
    with acting("comment.make", actor=actor, subject=submission, may=rules.can_read_draft):
        made = Comment.objects.create(
            submission=submission,
            author=actor.account if isinstance(actor.account, User) else None,
            text=whole(text, 2000, "The comment"),
            criterion=criterion,
        )
        made.mentions.set(one for one in mentions if _reads(one, submission))
    return made


def _reads(user: User, submission: Submission) -> bool:
    return rules.can_read_draft(Actor.of(user), submission)


def resolve_comment(*, actor: Actor, comment: Comment) -> None:
    """Mark it dealt with. Raises Denied."""
    may = rules.can_read_draft
    with acting("comment.resolve", actor=actor, subject=comment.submission, may=may):
        comment.resolved_at = timezone.now()
        comment.save(update_fields=["resolved_at"])
