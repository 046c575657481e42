"""Asking others to write a part, and talking beside the questions. Reviewers never see it."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import writing_rules as rules
from benchside.assessment.content import asked
from benchside.assessment.embargo import state_told
from benchside.assessment.limits import whole
from benchside.assessment.models import Comment, Contributor, Submission
from benchside.assessment.writing import letters
from benchside.core.actions import Actor, Refused, acting

MOST_PARTS = 300


def add_contributor(
    *,
    actor: Actor,
    submission: Submission,
    user: User,
    area: str = "",
    criterion: str = "",
    due_on: date | None = None,
) -> Contributor:
    """Ask somebody to write a part, by a day if one is given; asked again, the day is changed.

    Raises Denied; Refused for a part that is not there, and once it is closed. Afterwards: a
    letter to them.
    """
    _refuse_parts(submission, area, criterion)
    with acting("contributor.add", actor=actor, subject=submission, may=rules.can_lead) as act:
        if submission.contributors.count() >= MOST_PARTS:
            raise Refused(f"{MOST_PARTS} parts are given out already.", "Take one back first.")
        found, _ = Contributor.objects.update_or_create(
            submission=submission,
            user=user,
            area=area,
            criterion=criterion,
            defaults={"due_on": due_on, "reminded_at": None},
        )
        act.note(person=str(user.person_id), area=area, criterion=criterion)
        if actor.person_id != user.person_id:
            letters.asked_to_write(found, by=actor)
    return found


def _refuse_parts(submission: Submission, area: str, criterion: str) -> None:
    standard = submission.version.standard
    if area and area not in {one.key for one in standard.areas}:
        raise Refused("There is no such part.", "Choose one of the areas.")
    if criterion and criterion not in {one.key for one in asked(submission)}:
        raise Refused("There is no such question.", "Choose one of the questions.")
    if not submission.is_open:
        raise Refused(
            f"This is {state_told(submission).label.lower()}: nobody writes in it now.",
            "Wait until you are asked for more.",
        )


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
    reply_to: Comment | None = None,
) -> Comment:
    """Say something beside a criterion to those who write, or answer somebody who did.

    `mentions` are told by letter, as far as they may read the draft; so is who began the talk.
    Raises Denied; Refused for nothing or too much.
    """
    if not text.strip():
        raise Refused("There is nothing in it.", "Type your comment, then send it.")
    first = reply_to and (reply_to.reply_to or reply_to)
    with acting("comment.make", actor=actor, subject=submission, may=rules.can_read_draft):
        made = Comment.objects.create(
            submission=submission,
            author=actor.account if isinstance(actor.account, User) else None,
            text=whole(text, 2000, "The comment"),
            criterion=first.criterion if first else criterion,
            reply_to=first,
        )
        told = {one for one in mentions if _reads(one, submission)}
        made.mentions.set(told)
        if first and first.author and _reads(first.author, submission):
            told.add(first.author)
        letters.told_of_comment(made, told - {made.author}, by=actor)
    return made


def _reads(user: User, submission: Submission) -> bool:
    return user.is_active and rules.can_read_draft(Actor.of(user), submission)


def resolve_comment(*, actor: Actor, comment: Comment) -> None:
    """Mark it dealt with. Raises Denied."""
    may = rules.can_read_draft
    with acting("comment.resolve", actor=actor, subject=comment.submission, may=may):
        comment.resolved_at = timezone.now()
        comment.save(update_fields=["resolved_at"])
