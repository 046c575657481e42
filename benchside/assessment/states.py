"""The engine's tables of states. Those of an award come from its standard's file."""

from benchside.assessment.enums import SeatState, SubmissionState, VersionState
from benchside.assessment.events import SUBMISSION_MOVED
from benchside.assessment.models import Submission
from benchside.assessment.rules import can_assign, can_keep_standards, can_ratify, sits_here
from benchside.assessment.writing_rules import can_lead
from benchside.core.permissions import Predicate, is_system
from benchside.core.registries import publish
from benchside.core.states import Follow, StateTable, Transition, state_tables

VERSIONS = state_tables.register(
    StateTable(
        "standard",
        title="A version of a standard",
        states=VersionState,
        start=VersionState.DRAFT,
        rows=[
            Transition(
                source="draft",
                verb="publish",
                target="published",
                may=can_keep_standards,
                at="published_at",
            ),
            Transition(source="published", verb="retire", target="retired", may=can_keep_standards),
        ],
    )
)


def tell(submission: Submission) -> None:
    """Say that it moved, to whoever listens."""
    publish(
        SUBMISSION_MOVED.key,
        submission=submission.key,
        standard=submission.version.key,
        purpose=submission.purpose,
        state=submission.state,
        organisation_id=submission.organisation_id,
    )


TOLD = Follow("rooms that listen are told", tell)


def _row(
    source: str, verb: str, target: str, may: Predicate, *, at: str = "", by: str = ""
) -> Transition:
    return Transition(
        source=source, verb=verb, target=target, may=may, at=at, by=by, follows=(TOLD,)
    )


SENT = {"at": "submitted_at", "by": "submitted_by"}
CLOSED = {"at": "closed_at"}
can_go_on = can_assign | is_system  # a review that comes in moves it by itself
OPEN_STATES = (
    "draft", "submitted", "returned", "in-review", "more-asked", "reviewed", "recommended",
)  # fmt: skip

SUBMISSIONS = state_tables.register(
    StateTable(
        "submission",
        title="A submission",
        states=SubmissionState,
        start=SubmissionState.DRAFT,
        rows=[
            _row("draft", "submit", "submitted", can_lead, **SENT),
            _row("returned", "submit", "submitted", can_lead, **SENT),
            _row("submitted", "return", "returned", can_assign),
            _row("submitted", "assign", "in-review", can_assign),
            _row("in-review", "ask-for-more", "more-asked", can_go_on),
            _row("more-asked", "answer", "in-review", can_lead),
            _row("more-asked", "go-on", "in-review", can_assign),
            _row("in-review", "complete", "reviewed", can_go_on),
            _row("reviewed", "reopen", "in-review", can_assign),
            _row("reviewed", "recommend", "recommended", can_assign),
            _row("recommended", "approve", "approved", can_ratify, **CLOSED),
            _row("recommended", "decline", "declined", can_ratify, **CLOSED),
            _row("recommended", "send-back", "reviewed", can_ratify),
            _row("declined", "appeal", "appealed", can_lead),
            _row("appealed", "uphold", "in-review", can_ratify),
            _row("appealed", "dismiss", "declined", can_ratify, **CLOSED),
            *(_row(state, "withdraw", "withdrawn", can_lead, **CLOSED) for state in OPEN_STATES),
            *(
                _row(state, "expire", "expired", is_system, **CLOSED)
                for state in ("draft", "returned", "more-asked")
            ),
        ],
    )
)

SEATS = state_tables.register(
    StateTable(
        "seat",
        title="A reviewer's seat",
        states=SeatState,
        start=SeatState.INVITED,
        rows=[
            Transition(
                source="invited", verb="accept", target="accepted", may=sits_here, at="accepted_at"
            ),
            Transition(
                source="invited", verb="decline", target="declined", may=sits_here, at="ended_at"
            ),
            Transition(
                source="accepted", verb="decline", target="declined", may=sits_here, at="ended_at"
            ),
            Transition(
                source="accepted",
                verb="submit",
                target="submitted",
                may=sits_here,
                at="submitted_at",
            ),
            Transition(source="submitted", verb="reopen", target="accepted", may=can_assign),
            *(
                Transition(
                    source=state,
                    verb="stand-down",
                    target="stood-down",
                    may=can_go_on,
                    at="ended_at",
                )
                for state in ("invited", "accepted", "submitted")
            ),
        ],
    )
)
