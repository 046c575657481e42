"""A submission as plain values: what is frozen when somebody signs, and how complete it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from benchside.assessment.annexes import annexes_of, content_of_annexes
from benchside.assessment.models import Evidence, Figure, Statement, Submission
from benchside.assessment.standards import Area, Criterion
from benchside.assessment.words import count_words

SUPPORTERS = "Supporters"


def content_of(submission: Submission) -> dict[str, Any]:
    """All that a signature stands for, in the order of the standard.

    People and files stand in it by opaque ids and digests; a file that is changed changes it.
    """
    standard = submission.version.standard
    said = {one.criterion: one for one in submission.statements.all()}
    return {
        "submission": submission.key,
        "standard": {
            "key": standard.key,
            "version": standard.version,
            "digest": submission.version.digest,
        },
        "level": submission.level,
        "route": submission.route,
        "statements": [
            {"criterion": one.key, **_said(said.get(one.key))} for one in asked(submission)
        ],
        "evidence": [_shown(one) for one in submission.evidence.prefetch_related("serves")],
        "figures": [_cited(one) for one in submission.figures.all()],
        "annexes": content_of_annexes(submission),
    }


def _cited(one: Figure) -> dict[str, Any]:
    return {
        "criterion": one.criterion,
        "measure": one.measure,
        "title": one.title,
        "unit": one.unit,
        "value": one.value,
        "people": one.people,
        "on": one.observed_on,
        "own_value": one.own_value,
        "own_reason": one.own_reason,
    }


def _said(statement: Statement | None) -> dict[str, str]:
    return {
        "text": statement.text if statement else "",
        "choice": statement.choice if statement else "",
    }


def _shown(one: Evidence) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "title": one.title,
        "url": one.url,
        "file": one.file_digest,
        "file_name": one.file_name,
        "record": f"{one.record_kind}:{one.record_id}" if one.record_kind else "",
        "serves": [
            {"criterion": each.criterion, "how": each.how}
            for each in sorted(one.serves.all(), key=lambda each: each.criterion)
        ],
    }


def asked(submission: Submission) -> tuple[Criterion, ...]:
    """What is written for at the level and on the route asked for."""
    return submission.version.standard.asked_at(submission.level or None, submission.route)


def spoken_of(submission: Submission) -> tuple[Area, ...]:
    """The areas a supporter speaks of."""
    return submission.version.standard.spoken_of(submission.route)


def judged(submission: Submission) -> tuple[Criterion, ...]:
    """What reviewers judge at the level and on the route asked for."""
    return submission.version.standard.judged_at(submission.level or None, submission.route)


@dataclass(frozen=True, slots=True)
class Gap:
    """What one criterion, or with no criterion an annex, still lacks, in words for whoever
    writes."""

    criterion: str
    title: str
    lacks: str


@dataclass(frozen=True, slots=True)
class Completeness:
    done: int
    total: int
    gaps: tuple[Gap, ...]

    @property
    def is_whole(self) -> bool:
        return not self.gaps

    @property
    def to_mend(self) -> tuple[Gap, ...]:
        """What the answers themselves lack, whatever is missing beside them."""
        return tuple(one for one in self.gaps if one.criterion)


def completeness(submission: Submission) -> Completeness:
    """How many of the criteria that must be met are answered, and what the others lack.

    Too many words is a gap of any criterion, also of one that need not be answered.
    """
    said = {one.criterion: one for one in submission.statements.all()}
    criteria = asked(submission)
    served = pieces_by_criterion(submission, criteria)
    shown_as = submission.version.standard.words.evidence
    gaps = tuple(
        Gap(one.key, one.title, lacks)
        for one in criteria
        for lacks in _lacks(one, said.get(one.key), served.get(one.key, 0), shown_as)
    )
    behind = {gap.criterion for gap in gaps}
    needed = [one for one in criteria if one.required]
    beside = tuple(
        Gap("", annex.title, lacks)
        for annex in annexes_of(submission)
        for lacks in annex.gaps(submission)
    )
    beside += tuple(Gap("", SUPPORTERS, lacks) for lacks in _unsupported(submission))
    done = sum(one.key not in behind for one in needed)
    return Completeness(done, len(needed), gaps + beside)


def pieces_by_criterion(submission: Submission, criteria: Iterable[Criterion]) -> dict[str, int]:
    """How many pieces of evidence serve each criterion, counting the kinds that it takes."""
    kinds = {one.key: one.evidence.kinds for one in criteria}
    found: dict[str, int] = {}
    for one in submission.evidence.prefetch_related("serves"):
        for each in one.serves.all():
            taken = kinds.get(each.criterion, ())
            if not taken or one.kind in taken:
                found[each.criterion] = found.get(each.criterion, 0) + 1
    return found


def _unsupported(submission: Submission) -> Iterable[str]:
    wanted = submission.version.standard.supporters_on(submission.route)
    if not wanted:
        return
    given = submission.supporters.filter(answered_at__isnull=False).count()
    if given < wanted:
        yield f"{given} of {wanted} {'has' if given == 1 else 'have'} answered"


def _lacks(
    one: Criterion, statement: Statement | None, pieces: int, shown_as: str
) -> Iterable[str]:
    text = statement.text if statement else ""
    choice = statement.choice if statement else ""
    words = count_words(text)
    if one.words and words > one.words:
        over = words - one.words
        yield f"{over} word{'s' if over > 1 else ''} too many: {words} of {one.words}"
    if pieces > one.evidence.at_most:
        yield f"{_pieces(pieces, shown_as)}: no more than {one.evidence.at_most}"
    if not one.required:
        return
    if one.options and choice not in one.options:
        yield "choose one of the answers"
    if one.words and not words:
        yield "no words yet"
    if pieces < one.evidence.at_least:
        yield _pieces(one.evidence.at_least - pieces, shown_as, more=" more")


def _pieces(count: int, shown_as: str, more: str = "") -> str:
    """So many pieces of evidence, or in the words of the standard: "things you show: 2 more"."""
    if shown_as != "evidence":
        return f"{shown_as}: {count}{more}"
    return f"{count}{more} piece{'s' if count > 1 else ''} of evidence"
