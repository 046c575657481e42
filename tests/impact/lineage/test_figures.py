"""The four figures, worked out by hand."""

import pytest

from benchside.impact.lineage.figures import Fate, Share, figures_of

# Ten made-up actions of a plan: four completed; three of those last. Of five that struggled, four
# have their word: one extended, one narrowed, one continued, one stopped.
TEN = [
    Fate("embedded", "blue"),
    Fate("complete", "blue", "continued", "in-progress"),
    Fate("complete", "blue", "extended", "complete"),
    Fate("complete", "blue"),
    Fate("in-progress", "red", "extended", "agreed"),
    Fate("in-progress", "amber", "narrowed", "agreed"),
    Fate("in-progress", "amber", "continued", "agreed"),
    Fate("agreed", "red", "stopped"),
    Fate("in-progress", "red"),
    Fate("in-progress", "green", "revised", "agreed"),
]


def test_ten_actions_by_hand() -> None:
    found = figures_of(TEN)
    assert found.completed == Share(4, 10)
    assert found.sustained == Share(3, 4)
    assert found.adaptability == Share(2, 4)
    assert found.resilience == Share(3, 4)
    assert (found.completed.percent, found.sustained.percent) == (40, 75)


def test_of_nothing_there_is_no_share() -> None:
    found = figures_of([])
    assert [one.percent for one in (found.completed, found.sustained, found.resilience)] == [
        None
    ] * 3


@pytest.mark.parametrize(
    ("fate", "lasts"),
    [
        (Fate("embedded"), True),
        (Fate("embedded", carried="stopped"), True),
        (Fate("complete"), False),
        (Fate("complete", carried="continued", next_state="proposed"), True),
        (Fate("complete", carried="continued", next_state="stopped"), False),
        (Fate("complete", carried="stopped"), False),
        (Fate("in-progress", carried="continued", next_state="complete"), False),
    ],
)
def test_what_lasts(fate: Fate, lasts: bool) -> None:
    assert fate.is_sustained is lasts


def test_what_was_completed_late_did_not_struggle() -> None:
    assert not Fate("complete", "amber", "continued").struggled
    assert Fate("agreed", "amber").struggled
