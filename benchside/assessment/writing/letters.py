"""Letters to those who write. None holds what was written."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from benchside.accounts.models import User
from benchside.assessment.models import Comment, Contributor, Submission
from benchside.core import mail
from benchside.core.actions import Actor


def asked_to_write(part: Contributor, *, by: Actor) -> None:
    """To whoever was asked to write a part."""
    _send("asked_to_write", part.user, part.submission, by, **_part(part))


def reminded(part: Contributor) -> None:
    """Once, some days before their part is due."""
    _send("part_is_due", part.user, part.submission, None, **_part(part))


def told_of_comment(comment: Comment, users: Iterable[User | None], *, by: Actor) -> None:
    """One letter each to those who are named in a comment or answered by it."""
    where = ""
    link = address("assessment:form", comment.submission)
    if comment.criterion:
        where = comment.submission.version.standard.criterion(comment.criterion).title
        link = address("assessment:question", comment.submission, comment.criterion)
    for user in users:
        if user is not None:
            _send("comment", user, comment.submission, by, part=where, link=f"{link}#talk")


def _part(part: Contributor) -> dict[str, object]:
    standard = part.submission.version.standard
    link = address("assessment:form", part.submission)
    if part.criterion:
        link = address("assessment:question", part.submission, part.criterion)
    return {"part": part_in_words(part), "due_on": part.due_on, "link": link, "all": standard.title}


def part_in_words(part: Contributor) -> str:
    """The title of the one question or area; empty where it is the whole."""
    standard = part.submission.version.standard
    if part.criterion:
        return standard.criterion(part.criterion).title
    return next((area.title for area in standard.areas if area.key == part.area), "")


def address(name: str, submission: Submission, *more: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=[submission.key, *more])}"


def _send(name: str, user: User, submission: Submission, by: Actor | None, **more: object) -> None:
    if not user.is_active:
        return
    standard = submission.version.standard
    who = by.account if by else None
    context = {
        "name": user.get_short_name(),
        "by": who.get_full_name() if isinstance(who, User) else "",
        "standard": standard.title,
        "holder": str(submission.organisation or submission.technician),
        "words": standard.words.model_dump(),
        **more,
    }
    mail.send(f"assessment/{name}", user.email, context)
