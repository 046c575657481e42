"""The table of a case walked whole: every state by every verb, against a table written by hand from
the domain document (selected, notified, submitted, accepted or asked again, failed; silence, the
committee, suspension, removal), and who may do it."""

import pytest

from benchside.recognition.cpd.enums import CaseState, RunState
from benchside.recognition.cpd.states import CASES, RUNS

# From each state the verbs that lead on, and where to. Whatever is not here cannot be done.
BY_HAND = {
    "selected": {"notify": "notified", "close": "closed"},
    "notified": {
        "submit": "submitted",
        "ask-for-time": "time-asked",
        "fall-silent": "silent",
        "close": "closed",
    },
    "time-asked": {
        "submit": "submitted",
        "give-time": "deferred",
        "refuse-time": "notified",
        "refuse-time-again": "resubmit",
        "fall-silent": "silent",
        "close": "closed",
    },
    "deferred": {"submit": "submitted", "fall-silent": "silent", "close": "closed"},
    "submitted": {
        "accept": "accepted",
        "ask-again": "resubmit",
        "doubt": "doubted",
        "close": "closed",
    },
    "resubmit": {
        "submit": "submitted",
        "ask-for-time": "time-asked",
        "fall-silent": "silent",
        "close": "closed",
    },
    "doubted": {
        "accept": "accepted",
        "ask-again": "resubmit",
        "fail": "failed",
        "close": "closed",
    },
    "failed": {"refer": "committee", "close": "closed"},
    "silent": {"submit": "submitted", "refer": "committee", "close": "closed"},
    "committee": {
        "submit": "submitted",
        "give-last-chance": "deferred",
        "suspend": "suspended",
        "close": "closed",
    },
    "suspended": {"submit": "submitted", "remove": "removed"},
    "accepted": {},
    "removed": {},
    "closed": {},
}
WHO = {
    "notify": "Benchside itself",
    "fall-silent": "Benchside itself",
    "submit": "the person it is about",
    "ask-for-time": "the person it is about",
    "suspend": "ratifies",
    "remove": "ratifies",
    "give-last-chance": "ratifies",
    "fail": "another than the first reader",
}


def test_the_table_is_the_one_written_by_hand() -> None:
    assert set(BY_HAND) == set(CaseState.values)
    verbs = {row.verb for row in CASES.rows}
    for state in CaseState.values:
        for verb in verbs:
            rows = [row for row in CASES.rows if (row.source, row.verb) == (state, verb)]
            assert [row.target for row in rows] == list(filter(None, [BY_HAND[state].get(verb)])), (
                f"{state} {verb}"
            )


def test_each_verb_is_for_whom_it_should_be() -> None:
    for row in CASES.rows:
        assert WHO.get(row.verb, "") in str(row.may), row.verb
        # Nobody decides on a case they have a conflict with.
        if row.verb in {"accept", "ask-again", "doubt", "fail", "suspend", "remove", "give-time"}:
            assert "without a conflict" in str(row.may)


@pytest.mark.parametrize("state", [one for one in CaseState.values if BY_HAND[one]])
def test_from_every_open_state_there_is_a_way_to_an_end(state: str) -> None:
    seen, new = set(), {state}
    while new:
        seen |= new
        new = {to for one in new for to in BY_HAND[one].values()} - seen
    assert seen & {"accepted", "removed", "closed"}


def test_a_run_goes_forward_only() -> None:
    assert {(row.source, row.verb, row.target) for row in RUNS.rows} == {
        (RunState.FROZEN, "draw", RunState.DRAWN),
        (RunState.FROZEN, "abandon", RunState.ABANDONED),
        (RunState.DRAWN, "announce", RunState.ANNOUNCED),
    }
