"""How far a self-assessment has come, step by step. No Django here."""

from dataclasses import dataclass
from datetime import date

WRITING, RETURNED = "draft", "returned"
SENT = ("submitted", "in-review", "more-asked", "reviewed", "recommended", "approved", "declined")
REVIEWED = ("reviewed", "recommended", "approved", "declined")
GONE = ("withdrawn", "expired")
STEPS = (
    ("writing", "Write it"),
    ("steering", "Steering group agrees"),
    ("executive", "Executive signs"),
    ("sent", "Send it in"),
    ("review", "Review"),
    ("feedback", "Feedback"),
    ("response", "Response"),
    ("published", "Plan is public"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one stage. `state` is the engine's word, empty before it is begun; `signed`
    the signatures that stand; `to_answer` how many recommendations have no response yet."""

    state: str = ""
    signed: frozenset[str] = frozenset()
    is_released: bool = False
    to_answer: int = 0
    is_public: bool = False
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """`is_now` marks the first one that is not done."""

    key: str
    title: str
    is_done: bool
    is_now: bool = False


def steps(facts: Facts) -> list[Step]:
    done = _done(facts)
    found = [Step(key, title, key in done) for key, title in STEPS]
    now = next((at for at, one in enumerate(found) if not one.is_done), None)
    return [Step(one.key, one.title, one.is_done, is_now=at == now) for at, one in enumerate(found)]


def _done(facts: Facts) -> set[str]:
    if facts.is_closed:
        return {key for key, _ in STEPS}
    is_sent = facts.state in SENT
    done = {"published"} if facts.is_public else set()
    if is_sent or (facts.state and facts.signed):
        done.add("writing")
    done |= {key for key in ("steering", "executive") if is_sent or key in facts.signed}
    if is_sent:
        done.add("sent")
    if facts.state in REVIEWED or facts.is_released:
        done.add("review")
    if facts.is_released:
        done.add("feedback")
        if not facts.to_answer:
            done.add("response")
    return done


def phase(facts: Facts, due: date, today: date) -> str:
    """One word for lists: closed, answered, feedback, in-review, sent, late, writing, due."""
    if facts.is_closed:
        return "closed"
    if facts.state in SENT:
        if facts.is_released:
            return "feedback" if facts.to_answer else "answered"
        return "sent" if facts.state == "submitted" else "in-review"
    if due < today:
        return "late"
    return "writing" if facts.state in (WRITING, RETURNED) else "due"


PHASES = {
    "due": "Not begun",
    "writing": "Being written",
    "late": "Late",
    "sent": "Sent in",
    "in-review": "In review",
    "feedback": "Feedback to answer",
    "answered": "Answered",
    "closed": "Done",
}
