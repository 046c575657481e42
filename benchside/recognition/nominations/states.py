"""The life of a nomination."""

from benchside.assessment.enums import SubmissionState
from benchside.core.states import Need, StateTable, Transition, state_tables
from benchside.recognition.enums import NominationState
from benchside.recognition.models import Nomination
from benchside.recognition.nominations.rules import (
    by_the_clock,
    can_answer,
    can_run,
    can_take_back,
)

JUDGED = (
    SubmissionState.REVIEWED, SubmissionState.RECOMMENDED, SubmissionState.APPROVED,
)  # fmt: skip


def is_judged(nomination: Nomination) -> bool:
    return nomination.submission is not None and nomination.submission.state in JUDGED


def has_won(nomination: Nomination) -> bool:
    return (
        nomination.submission is not None
        and nomination.submission.state == SubmissionState.APPROVED
    )


NOMINATIONS = state_tables.register(
    StateTable(
        "nomination",
        title="A nomination",
        states=NominationState,
        start=NominationState.ASKED,
        rows=[
            Transition(
                source="asked", verb="agree", target="agreed", may=can_answer, at="answered_at"
            ),
            Transition(
                source="asked", verb="say-no", target="declined", may=can_answer, at="answered_at"
            ),
            *(
                Transition(
                    source=state, verb="lapse", target="lapsed", may=by_the_clock, at="closed_at"
                )
                for state in ("asked", "beside")
            ),
            Transition(source="beside", verb="come-forward", target="asked", may=by_the_clock),
            *(
                Transition(
                    source=state,
                    verb="take-back",
                    target="withdrawn",
                    may=can_take_back,
                    at="closed_at",
                )
                for state in ("asked", "beside", "agreed", "shortlisted")
            ),
            Transition(
                source="agreed",
                verb="shortlist",
                target="shortlisted",
                may=can_run,
                at="shortlisted_at",
                needs=(Need("its judges to be done", is_judged, "Wait for them, or ask others."),),
            ),
            Transition(source="shortlisted", verb="unlist", target="agreed", may=can_run),
            Transition(
                source="shortlisted",
                verb="win",
                target="won",
                may=by_the_clock,
                needs=(Need("a yes that is ratified", has_won),),
                at="closed_at",
            ),
            *(
                Transition(
                    source=state,
                    verb="not-choose",
                    target="not-chosen",
                    may=by_the_clock,
                    at="closed_at",
                )
                for state in ("agreed", "shortlisted")
            ),
        ],
    )
)
