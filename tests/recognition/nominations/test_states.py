"""A nomination walked whole: every state by every verb by everybody, against a table by hand
from what a prize promises: nothing before a yes, back at any time, winners by the clock alone."""

import pytest

from benchside.core.actions import SYSTEM, Actor, Denied
from benchside.core.states import NeedsMore, NoSuchMove, move
from benchside.recognition.enums import NominationState
from benchside.recognition.models import Nomination
from benchside.recognition.nominations import links
from benchside.recognition.nominations.states import NOMINATIONS
from tests.factories.nominations import a_round, agreed, an_officer, nominated, sent_in
from tests.factories.people import person

pytestmark = pytest.mark.django_db

EITHER = "nominator nominee link"
# From each state: the verb, where it leads, and who may. Whatever is not here cannot be done.
BY_HAND = {
    "asked": {
        "agree": ("agreed", "link nominee"),
        "say-no": ("declined", "link nominee"),
        "lapse": ("lapsed", "clock"),
        "take-back": ("withdrawn", EITHER),
    },
    "beside": {
        "come-forward": ("asked", "clock"),
        "lapse": ("lapsed", "clock"),
        "take-back": ("withdrawn", EITHER),
    },
    "agreed": {
        "shortlist": ("shortlisted", "officer"),
        "take-back": ("withdrawn", EITHER),
        "not-choose": ("not-chosen", "clock"),
    },
    "shortlisted": {
        "unlist": ("agreed", "officer"),
        "take-back": ("withdrawn", EITHER),
        "win": ("won", "clock"),
        "not-choose": ("not-chosen", "clock"),
    },
    "declined": {},
    "lapsed": {},
    "withdrawn": {},
    "won": {},
    "not-chosen": {},
}
VERBS = sorted({verb for verbs in BY_HAND.values() for verb in verbs})


def test_the_table_is_the_one_written_by_hand() -> None:
    assert set(BY_HAND) == set(NominationState.values)
    assert NOMINATIONS.start == "asked"
    written = {
        (state, verb, to) for state, verbs in BY_HAND.items() for verb, (to, _) in verbs.items()
    }
    assert {(row.source, row.verb, row.target) for row in NOMINATIONS.rows} == written


@pytest.fixture
def one() -> Nomination:
    """Judged, and its yes ratified: nothing is missing for any verb."""
    made = nominated(a_round(), person("lena@work.example"))
    agreed(made)
    submission = sent_in(made)
    type(submission).objects.update(state="approved")
    return Nomination.objects.get(pk=made.pk)


def everybody(one: Nomination) -> dict[str, Actor]:
    assert one.nominator is not None
    assert one.technician is not None
    other = nominated(one.round, one.nominator, email="otto@work.example")
    return {
        "nominator": Actor.of(one.nominator),
        "nominee": Actor.of(one.technician.account),
        "link": links.holder_of(one),
        "another link": links.holder_of(other),
        "officer": Actor.of(an_officer()),
        "clock": SYSTEM,
        "anybody": Actor.of(person("anybody@work.example")),
    }


@pytest.mark.parametrize("state", BY_HAND)
def test_every_verb_by_everybody(one: Nomination, state: str) -> None:
    actors = everybody(one)
    for verb in VERBS:
        target, may = BY_HAND[state].get(verb, (None, ""))
        for who, actor in actors.items():
            Nomination.objects.filter(pk=one.pk).update(state=state)
            held = Nomination.objects.get(pk=one.pk)
            wanted = target if who in may.split() else state
            try:
                move(table=NOMINATIONS, subject=held, verb=verb, actor=actor)
            except NoSuchMove:
                assert target is None, (verb, who)
            except Denied:
                assert target is not None, (verb, who)
            now = Nomination.objects.get(pk=one.pk).state
            assert now == wanted, (verb, who)


@pytest.mark.parametrize(
    ("state", "verb", "missing"),
    [("agreed", "shortlist", "submitted"), ("shortlisted", "win", "recommended")],
)
def test_what_a_verb_needs(one: Nomination, state: str, verb: str, missing: str) -> None:
    assert one.submission is not None
    type(one.submission).objects.update(state=missing)
    Nomination.objects.filter(pk=one.pk).update(state=state)
    held, actors = Nomination.objects.get(pk=one.pk), everybody(one)
    with pytest.raises(NeedsMore):
        move(table=NOMINATIONS, subject=held, verb=verb, actor=actors[BY_HAND[state][verb][1]])
