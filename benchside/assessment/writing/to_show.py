"""What is judged and not asked for by itself: which answers show it, and what nothing shows yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from benchside.assessment.content import judged
from benchside.assessment.models import Submission
from benchside.assessment.standards import Criterion


@dataclass(frozen=True, slots=True)
class ToShow:
    """Something that is judged, the questions whose answers show it, and whether one of them is
    written."""

    criterion: Criterion
    questions: Sequence[Criterion]
    is_shown: bool


def to_show(submission: Submission, written: Collection[str] | None = None) -> list[ToShow]:
    """All that is judged by what other questions show, in the order of the standard; `written`
    are the keys of the answers that say something, looked up unless given."""
    standard = submission.version.standard
    way = submission.level or None, submission.route
    wanted = [
        (one, found)
        for one in judged(submission)
        if (found := standard.shown_by(one.key, *way)) and not one.asked
    ]
    if not wanted:
        return []
    if written is None:
        written = set(submission.statements.exclude(text="").values_list("criterion", flat=True))
    return [ToShow(one, found, any(each.key in written for each in found)) for one, found in wanted]
