"""Advice on a submission, for whoever writes it and whoever signs it."""

from collections.abc import Mapping

from django.utils import timezone

from benchside.assessment import annexes
from benchside.assessment.advice import Advice, Answer, advise
from benchside.assessment.content import asked
from benchside.assessment.enums import Holder
from benchside.assessment.models import Submission

# That a text is short, its writer sees; it is no reason to stop before signing.
FACED = ("not-personal", "same-words", "old")


def advice_on(submission: Submission, typed: Mapping[str, str] | None = None) -> list[Advice]:
    """The hints on what stands there, `typed` instead of it where given. Nothing for what an
    organisation writes: it rightly says we."""
    if submission.holder != Holder.PERSON:
        return []
    said = {one.criterion: one.text for one in submission.statements.all()} | dict(typed or {})
    answers = [
        Answer(one.key, one.title, said.get(one.key, ""), one.words)
        for one in asked(submission)
        if one.words
    ]
    return advise(answers, timezone.localdate())


def concerns_of(submission: Submission) -> list[str]:
    """What whoever signs must face: of the annexes, and of what is written."""
    titles = {one.key: one.title for one in asked(submission)}
    found = annexes.concerns_of(submission)
    return found + [
        f"{titles[one.key]}: {one.text}" for one in advice_on(submission) if one.kind in FACED
    ]
