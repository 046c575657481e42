"""Advice on a submission, for whoever writes it and whoever signs it."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from benchside.assessment import annexes
from benchside.assessment.advice import Advice, Answer, Piece, advise, unsaid
from benchside.assessment.content import asked
from benchside.assessment.enums import Holder
from benchside.assessment.models import Evidence, Submission
from benchside.assessment.standards import Criterion

# That a text is short, its writer sees; it is no reason to stop before signing.
FACED = ("not-personal", "same-words", "how-unsaid", "old")


def advice_on(submission: Submission, typed: Mapping[str, str] | None = None) -> list[Advice]:
    """The hints on what stands there, `typed` instead of it where given. Nothing for what an
    organisation writes: it rightly says we."""
    if submission.holder != Holder.PERSON:
        return []
    said = {one.criterion: one.text for one in submission.statements.all()} | dict(typed or {})
    questions = asked(submission)
    answers = [
        Answer(one.key, one.title, said.get(one.key, ""), one.words)
        for one in questions
        if one.words
    ]
    pieces = [_piece(one, questions) for one in submission.evidence.prefetch_related("serves")]
    return [*advise(answers, timezone.localdate()), *unsaid(pieces)]


def _piece(evidence: Evidence, questions: Sequence[Criterion]) -> Piece:
    """In the order of the questions, and without those that its route no longer asks."""
    how = {one.criterion: one.how for one in evidence.serves.all()}
    return Piece(evidence.title, {one.key: how[one.key] for one in questions if one.key in how})


def concerns_of(submission: Submission) -> list[str]:
    """What whoever signs must face: of the annexes, and of what is written."""
    titles = {one.key: one.title for one in asked(submission)}
    found = annexes.concerns_of(submission)
    return found + [
        f"{titles[one.key]}: {one.text}" for one in advice_on(submission) if one.kind in FACED
    ]
