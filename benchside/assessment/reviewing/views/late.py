"""What was typed in a window that was too late: put into words, so that it can be copied."""

from collections.abc import Mapping

from benchside.assessment.content import judged
from benchside.assessment.models import Seat

OF_A_QUESTION = {"grade": "your judgement", "reason": "why", "private": "for the panel alone"}
OF_ALL = {
    "text": "In your words", "summary": "A summary for the panel", "due_on": "By when",
}  # fmt: skip


def as_typed(seat: Seat) -> dict[str, str]:
    """What is kept, as a form would send it."""
    return {
        f"{name}-{one.criterion}": getattr(one, name)
        for one in seat.judgements.all()
        for name in OF_A_QUESTION
    }


def not_kept(sent: Mapping[str, str], seat: Seat) -> list[tuple[str, str]]:
    """(what it is, words) of all that was sent and is not kept, in the order of the page."""
    kept = {**as_typed(seat), "summary": seat.summary}
    grades = {one.key: one.title for one in seat.submission.version.standard.review.grades}
    labels = OF_ALL | {
        f"{name}-{one.key}": f"{one.title}: {label}"
        for one in judged(seat.submission)
        for name, label in OF_A_QUESTION.items()
    }
    return [
        (label, grades.get(sent[name], sent[name]))
        for name, label in labels.items()
        if sent.get(name, "").strip() and sent[name] != kept.get(name, "")
    ]
