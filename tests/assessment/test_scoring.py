"""What judgements come to, worked out by hand on the made-up mark."""

from pathlib import Path

import pytest

from benchside.assessment.scoring import disagree, outcome, settled
from benchside.assessment.standards import read

MARK = read(Path(__file__).parent / "made_up.toml")
MOST = MARK.model_copy(
    update={
        "decision": MARK.decision.model_copy(
            update={"rule": "most", "most": 2, "always": ("people",)}
        )
    }
)


def judged(clear: str = "met", mended: str = "met", thanked: str = "met") -> dict[str, str]:
    return {"clear": clear, "mended": mended, "thanked": thanked}


def test_all_met_is_the_highest_level() -> None:
    found = outcome(MARK, judged(), level="bright")
    assert (found.level, found.recommended, found.unmet) == ("bright", True, ())


def test_what_is_missing_only_above_leaves_the_lower_level() -> None:
    found = outcome(MARK, judged(thanked="partly"), level="bright")
    assert (found.level, found.recommended, found.unmet) == ("plain", False, ("thanked",))
    assert outcome(MARK, judged(thanked="not-met"), level="plain").recommended


def test_a_higher_level_is_never_reached_without_the_lower() -> None:
    assert outcome(MARK, judged(clear="partly"), level="bright").level is None


def test_nothing_is_recommended_while_something_is_open() -> None:
    found = outcome(MARK, {"clear": "met"}, level="plain")
    assert (found.open, found.recommended) == (("mended",), False)


def test_most_with_an_area_that_must_be_whole() -> None:
    assert outcome(MOST, judged(mended="partly"), level="bright").recommended
    assert not outcome(MOST, judged(thanked="partly"), level="bright").recommended
    assert not outcome(MOST, judged("partly", "partly"), level="bright").recommended


def test_grades_and_levels_that_are_not_there_are_refused() -> None:
    with pytest.raises(KeyError):
        outcome(MARK, judged(clear="excellent"), level="plain")
    with pytest.raises(KeyError):
        outcome(MARK, judged(), level="gold")


def test_partly_and_not_met_is_no_disagreement() -> None:
    assert disagree(MARK, judged(clear="partly"), judged(clear="not-met")) == ()
    assert disagree(MARK, judged(), judged(clear="not-met", thanked="partly")) == (
        "clear",
        "thanked",
    )


def test_two_of_three_settle_it() -> None:
    first, second = judged(), judged(clear="not-met", thanked="partly")
    third = judged(clear="partly")
    assert settled(first, second, third, MARK) == {
        "clear": "partly",  # not met, by second and third: in the third's words
        "mended": "met",
        "thanked": "met",
    }
