"""The tables of states of competitions, entries and judges."""

from django.utils import timezone

from benchside.core.states import Need, StateTable, Transition, state_tables
from benchside.visibility.contests import rules
from benchside.visibility.contests.enums import CompetitionState, EntryState, JudgeState
from benchside.visibility.enums import PhotoState
from benchside.visibility.models import Competition, Entry, Judge

FEWEST_JUDGES = 2


def _is_complete(one: Competition) -> bool:
    return one.categories.exists() and one.age_groups.exists() and one.terms.exists()


def _closes_later(one: Competition) -> bool:
    return one.closes_at > timezone.now()


def _has_closed(one: Competition) -> bool:
    return one.closes_at <= timezone.now()


def _has_shortlist(one: Competition) -> bool:
    return one.entries.shortlisted().exists()


def _can_be_judged(one: Competition) -> bool:
    return one.criteria.exists() and one.judges.active().count() >= FEWEST_JUDGES


def _all_have_submitted(one: Competition) -> bool:
    states = set(one.judges.active().values_list("state", flat=True))
    return states == {JudgeState.SUBMITTED}


def _has_winner(one: Competition) -> bool:
    return one.prizes.filter(entry__state=EntryState.SHORTLISTED).exists()


def _has_results_minute(one: Competition) -> bool:
    return one.results_at is not None


COMPLETE = Need(
    "a category, an age group and terms", _is_complete, "Add what is missing on its page first."
)
CLOSES_LATER = Need("a closing time that is still to come", _closes_later, "Change when it closes.")
CLOSED = Need(
    "the closing time to be past", _has_closed, "Wait until it has closed: entries may still come."
)
SHORTLIST = Need("at least one entry on the shortlist", _has_shortlist, "Choose the shortlist.")
PANEL = Need(
    "something to look for, and two judges who said yes",
    _can_be_judged,
    "Add criteria, and invite judges.",
)
HANDED_IN = Need(
    "every judge to have handed in",
    _all_have_submitted,
    "Ask those who have not, or stand them down.",
)
WINNER = Need("a winner", _has_winner, "Give at least one prize.")
MINUTE = Need(
    "the minute from which winners are told", _has_results_minute, "Set it in the details."
)

C, E, J = CompetitionState, EntryState, JudgeState

COMPETITION = state_tables.register(
    StateTable(
        "competition",
        title="Competition",
        states=CompetitionState,
        start=C.DRAFT,
        rows=[
            Transition(
                source=C.DRAFT,
                verb="publish",
                target=C.PUBLISHED,
                may=rules.can_run,
                needs=(COMPLETE, CLOSES_LATER),
                at="published_at",
            ),
            Transition(
                source=C.PUBLISHED,
                verb="shortlist",
                target=C.SHORTLISTING,
                may=rules.can_run,
                needs=(CLOSED,),
            ),
            Transition(
                source=C.SHORTLISTING,
                verb="judge",
                target=C.JUDGING,
                may=rules.can_run,
                needs=(SHORTLIST, PANEL),
            ),
            Transition(
                source=C.JUDGING,
                verb="meet",
                target=C.MEETING,
                may=rules.can_run,
                needs=(HANDED_IN,),
            ),
            Transition(source=C.MEETING, verb="judge_more", target=C.JUDGING, may=rules.can_run),
            Transition(
                source=C.MEETING,
                verb="decide",
                target=C.DECIDED,
                may=rules.can_run,
                needs=(WINNER, MINUTE),
                at="decided_at",
            ),
            *(
                Transition(
                    source=state,
                    verb="cancel",
                    target=C.CANCELLED,
                    may=rules.can_run,
                    at="cancelled_at",
                )
                for state in (C.DRAFT, C.PUBLISHED, C.SHORTLISTING, C.JUDGING, C.MEETING)
            ),
        ],
    )
)


def _is_shortlisting(entry: Entry) -> bool:
    return entry.competition.state == CompetitionState.SHORTLISTING


def _picture_is_approved(entry: Entry) -> bool:
    return entry.photo is not None and entry.photo.state == PhotoState.APPROVED


def _is_undecided(entry: Entry) -> bool:
    return entry.competition.state != CompetitionState.DECIDED


SHORTLISTING = Need(
    "its competition to be shortlisted now", _is_shortlisting, "Begin the shortlist first."
)
APPROVED = Need(
    "its picture to be approved", _picture_is_approved, "Look at it in the queue of photographs."
)
UNDECIDED = Need("its competition to be undecided", _is_undecided, "The winners stand.")

ENTRY = state_tables.register(
    StateTable(
        "entry",
        title="Entry to a competition",
        states=EntryState,
        start=E.RECEIVED,
        rows=[
            *(
                Transition(
                    source=state,
                    verb="shortlist",
                    target=E.SHORTLISTED,
                    may=rules.can_run,
                    needs=(SHORTLISTING, APPROVED),
                )
                for state in (E.RECEIVED, E.PASSED)
            ),
            *(
                Transition(
                    source=state,
                    verb="pass_over",
                    target=E.PASSED,
                    may=rules.can_run,
                    needs=(SHORTLISTING,),
                )
                for state in (E.RECEIVED, E.SHORTLISTED)
            ),
            *(
                Transition(
                    source=state,
                    verb="disqualify",
                    target=E.DISQUALIFIED,
                    may=rules.can_run,
                    needs=(UNDECIDED,),
                )
                for state in (E.RECEIVED, E.SHORTLISTED, E.PASSED)
            ),
            *(
                Transition(
                    source=state,
                    verb="withdraw",
                    target=E.WITHDRAWN,
                    may=rules.can_withdraw_entry,
                    at="withdrawn_at",
                )
                for state in (E.RECEIVED, E.SHORTLISTED, E.PASSED)
            ),
        ],
    )
)


def _is_judging(judge: Judge) -> bool:
    return judge.competition.state == CompetitionState.JUDGING


def _is_before_meeting(judge: Judge) -> bool:
    return judge.competition.state not in (CompetitionState.MEETING, CompetitionState.DECIDED)


NOW_JUDGING = Need("its competition to be with the judges", _is_judging, "Wait until it is.")
NOT_MET = Need("a competition that is not yet at the meeting", _is_before_meeting)

JUDGE = state_tables.register(
    StateTable(
        "judge",
        title="Judge of a competition",
        states=JudgeState,
        start=J.INVITED,
        rows=[
            Transition(
                source=J.INVITED, verb="accept", target=J.ACCEPTED, may=rules.can_take_up_judging
            ),
            *(
                Transition(
                    source=state,
                    verb="declare",
                    target=J.DECLARED,
                    may=rules.can_judge,
                    at="declared_at",
                )
                for state in (J.ACCEPTED, J.DECLARED)
            ),
            Transition(
                source=J.DECLARED,
                verb="submit",
                target=J.SUBMITTED,
                may=rules.can_judge,
                needs=(NOW_JUDGING,),
                at="submitted_at",
            ),
            Transition(
                source=J.SUBMITTED,
                verb="give_back",
                target=J.DECLARED,
                may=rules.can_run,
                needs=(NOW_JUDGING,),
            ),
            *(
                Transition(
                    source=state,
                    verb="stand_down",
                    target=J.STOOD_DOWN,
                    may=rules.can_run,
                    needs=(NOT_MET,),
                )
                for state in (J.INVITED, J.ACCEPTED, J.DECLARED, J.SUBMITTED)
            ),
        ],
    )
)
