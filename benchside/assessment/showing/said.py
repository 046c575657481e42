"""What was said to a holder: given out with what is theirs, and forgotten with it."""

from typing import Any

from benchside.assessment.embargo import is_kept_back
from benchside.assessment.enums import DecisionOutcome
from benchside.assessment.models import Appeal, Decision, Judgement, Submission
from benchside.assessment.panels import shortfalls_of

FORGOTTEN = "Forgotten"


def to_holder(one: Submission) -> dict[str, Any]:
    """All that they may read on its pages: nothing that is not ratified or released yet, or kept
    back until its hour, nor what reviewers wrote for each other."""
    decisions = one.decisions.none() if is_kept_back(one) else one.decisions.all()
    decisions = decisions.filter(ratified_at__isnull=False).prefetch_related("appeals")
    return {
        "sent_back": [{"on": _day(said.made_at), "words": said.text} for said in one.returns.all()],
        "more_asked_for": [
            {"on": _day(said.asked_at), "words": said.text, "about": said.titles}
            for said in one.requests.all()
        ],
        "feedback": [
            {"kind": said.get_kind_display(), "words": said.text, "you_answered": said.response}
            for said in one.feedback.filter(released_at__isnull=False)
        ],
        "decisions": [_decided(one, each) for each in decisions],
    }


def _decided(one: Submission, decision: Decision) -> dict[str, Any]:
    is_no = decision.outcome == DecisionOutcome.DECLINE and decision.overturned_at is None
    return {
        "decided": decision.get_outcome_display(),
        "on": _day(decision.ratified_at),
        "reasons": decision.reasons,
        "conditions": decision.conditions,
        "not_met": {each.title: why for each, why in shortfalls_of(one)} if is_no else {},
        "appeals": [
            {"on": _day(each.made_at), "you_said": each.grounds, "answer": each.answer}
            for each in decision.appeals.all()
        ],
    }


def _day(moment: Any) -> str:
    return moment.date().isoformat() if moment else ""


def forget(one: Submission) -> None:
    """Every word of reviewers and of those who decide, and the holder's own to them. How it was
    judged, decided and heard stays, without a word."""
    one.feedback.all().delete()
    one.requests.update(text="")
    one.returns.update(text="")
    one.seats.update(summary="")
    Judgement.objects.filter(seat__submission=one).update(reason="", private="")
    Appeal.objects.filter(decision__submission=one).update(grounds="", answer="")
    one.decisions.update(reasons="")
    one.decisions.exclude(conditions="").update(conditions=FORGOTTEN)  # that there were some
