"""What the result page says of the answers as a whole. Plain values in, sentences out."""

from collections import Counter

from benchside.careers.quiz.matching import Answers, Reason, Result
from benchside.careers.wording import counted, inside, listed

FEW = 10  # cards; below this, answering more helps
TOLD = 3
ORDER = ("card", "subject", "switch")


def summary(answers: Answers) -> str:
    """An honest sentence where the answers say little; "" where they say enough."""
    if answers.is_empty:
        return (
            "You have not told us anything yet, so here are six roles that differ."
            " Answer a few cards and they will change."
        )
    if not answers.is_flat:
        return _few(len(answers.cards))
    cards = (
        "You gave each card the same answer, so the cards cannot tell one role from the next."
        if answers.cards
        else "You skipped the cards."
    )
    if answers.say_nothing:
        return f"{cards} Here are six roles that differ. Change a few answers and see them move."
    return f"{cards} We went by {_rest(answers)} alone."


def _few(answered: int) -> str:
    if answered >= FEW:
        return ""
    return f"You answered {counted(answered, 'card')}. Answer some more and the list gets better."


def _rest(answers: Answers) -> str:
    said = ["your subjects"] * bool(answers.subjects) + ["your choices"] * bool(answers.switches)
    return listed(said)


def liked(result: Result) -> str:
    """ "You like planting trees, maths and being outdoors.", or "" if nothing stands out."""
    counts = Counter(reason for pick in result.picks for reason in pick.reasons)
    best = sorted(counts, key=lambda one: (-counts[one], one.kind, one.slug))
    first = {reason.kind: reason for reason in reversed(best)}
    told = dict.fromkeys([*(first[kind] for kind in ORDER if kind in first), *best])
    return f"You like {listed([words(reason) for reason in list(told)[:TOLD]])}." if told else ""


def words(reason: Reason) -> str:
    """As it stands inside a sentence."""
    return inside(reason.words) if reason.kind == "subject" else reason.words
