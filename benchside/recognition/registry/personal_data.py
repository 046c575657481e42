"""What a registrar's desk keeps of people, and why."""

from collections.abc import Mapping

from benchside.core.personal_data import Basis, Erasure, Personal, declare

WHILE_ON_IT = "While the person is on the register, and six years after."
CASE = (
    "While the concern is open and what came of it stands, and six years after; of somebody who "
    "has all erased, what was decided while it is public or bars them from coming back, no more."
)
DESK = "The person; those who keep the register, and ratify for the body."
CASE_DESK = "Those who keep the register, and ratify for the body; nobody else."


def _who() -> Personal:
    return Personal(
        "Being able to say who did what.", Basis.LEGITIMATE_INTERESTS, WHILE_ON_IT, Erasure.KEPT
    )


def _said(purpose: str, kept: str = WHILE_ON_IT) -> Personal:
    return Personal(purpose, Basis.LEGITIMATE_INTERESTS, kept, Erasure.BLANKED)


def _own(purpose: str) -> Mapping[str, Personal]:
    fields = ("sex", "age_band", "ethnicity", "disability")
    kept = "Until the person takes it back, else six years after the decision."
    return {name: Personal(purpose, Basis.CONSENT, kept, Erasure.DELETED) for name in fields}


declare(
    "recognition.ProposedMove",
    seen_by=CASE_DESK,
    personal={
        "words": _said("Letting a second person judge a change by themselves."),
        "published": _said("Saying publicly what was decided."),
        "answer": _said("Telling whoever proposed a change why it is not done."),
        "proposed_by": _who(),
        "closed_by": _who(),
    },
    not_personal="""
    entry verb reason confirmed effective_on until sanction case state proposed_at closed_at
    """,
)
declare(
    "recognition.EntryRequest",
    seen_by=DESK,
    personal={
        "words": _said("Deciding what somebody asks for."),
        "reason": _said("Deciding what somebody asks for."),
        "answer": _said("Telling somebody what was decided."),
        "closed_by": _who(),
    },
    not_personal="entry verb begins until state confirmed fee asked_at closed_at",
)
declare("recognition.Spell", not_personal="entry state begins until reminded_at ended_on")
declare(
    "recognition.Sanction",
    seen_by="Everybody until its day is over; health only those who keep the register.",
    personal={
        "words": _said("Letting the public know what was decided about somebody’s conduct.", CASE),
        "is_health": _said("Keeping what concerns health from everybody.", CASE),
    },
    not_personal="entry kind title begins until publish_until case ended_on overturned_at made_at",
)
declare(
    "recognition.YearlyRenewal",
    seen_by=DESK,
    personal={"conduct_words": _said("Knowing what happened before renewing an entry.")},
    not_personal="entry period_end fee details_at conduct_at conduct_seen_at renewed_at made_at",
)
declare("recognition.RenewalLetter", not_personal="entry period_end days is_employer sent_at")
declare(
    "recognition.EqualityAnswer",
    seen_by="Nobody; it is counted, and small counts are hidden.",
    personal=_own("Seeing whether decisions are fair to all."),
    not_personal="application",
)
declare(
    "recognition.ConductCase",
    seen_by=CASE_DESK,
    personal={
        "said": _said("Looking into what somebody did.", CASE),
        "name": _said("Asking whoever wrote.", CASE),
        "reply_to": _said("Telling whoever wrote that it is over.", CASE),
        "told": _said("Letting the person concerned answer.", CASE),
        "answer": _said("Hearing both sides.", CASE),
    },
    not_personal="entry state told_at answered_at hearing_on made_at moved_at closed_at",
)
declare(
    "recognition.CaseNote",
    seen_by=CASE_DESK,
    personal={"text": _said("Working on a concern together.", CASE), "made_by": _who()},
    not_personal="case made_at",
)
declare(
    "recognition.CaseDecision",
    seen_by="The person concerned once it is confirmed; those who keep the register, and ratify.",
    personal={
        "reasons": _said("Saying why.", CASE),
        "published": _said("Saying publicly what was decided.", CASE),
        "appeal": _said("Looking at a decision again.", CASE),
        "heard": _said("Saying what came of an appeal.", CASE),
        "proposed_by": _who(),
        "confirmed_by": _who(),
        "heard_by": _who(),
    },
    not_personal="""
    case outcome until proposed_at confirmed_at sent_back_at appeal_by appealed_at heard_at
    """,
)
