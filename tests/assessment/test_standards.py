"""A standard's file is read whole or refused with every fault; versions are compared."""

import tomllib
from pathlib import Path

import pytest

from benchside.assessment.standards import BrokenStandard, Change, difference, parse, read
from benchside.assessment.standards.shapes import in_words

FILE = Path(__file__).parent / "made_up.toml"
WORDS = FILE.read_text()


def broken(old: str, new: str) -> str:
    assert old in WORDS
    with pytest.raises(BrokenStandard) as refused:
        parse("made_up.toml", WORDS.replace(old, new, 1).encode())
    return str(refused.value)


def changed(old: str, new: str) -> list[Change]:
    assert old in WORDS
    return difference(read(FILE), parse("made_up.toml", WORDS.replace(old, new, 1).encode()))


def test_everything_the_file_says_is_read() -> None:
    standard = read(FILE)
    said = tomllib.loads(WORDS)
    assert [one.key for one in standard.criteria] == ["clear", "mended", "thanked"]
    assert standard.criterion("mended").evidence.at_least == 1
    assert standard.award is not None
    assert len(standard.award.moves) == len(said["award"]["moves"])
    assert standard.model_dump(mode="json", exclude_unset=True)["review"]["seats"] == 2


def test_a_higher_level_asks_all_that_a_lower_one_asks() -> None:
    standard = read(FILE)
    assert [one.key for one in standard.asked_at("plain")] == ["clear", "mended"]
    assert [one.key for one in standard.asked_at("bright")] == ["clear", "mended", "thanked"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('key = "clear"', 'key = "mended"', "areas.criteria.key = mended: stands twice"),
        ('levels = ["bright"]', 'levels = ["gold"]', "thanked.levels = gold: is not a level"),
        ("at_least = 1", "at_least = 30", "mended.evidence.at_least = 30: must be 20 or fewer"),
        ("words = 50", "words = 0", "thanked: asks for nothing"),
        ('start = "held"', 'start = "given"', "award.start = given: is not one of award.states"),
        ('target = "withdrawn"', 'target = "gone"', "gone: is not one of award.states"),
        ('target = "withdrawn"', 'target = "lapsed"', "withdrawn: cannot be reached"),
        ("months = 36\n", "", "needs award.months"),
        ("seats = 2", "seats = 3", "needs review.seats = 2"),
        ("meets = true", "meets = false", "needs a grade that meets"),
        ('rule = "all"', 'rule = "most"', "must be between 1 and 3"),
        ('holder = "organisation"', 'holder = "cat"', "holder = cat: must be one of"),
        ("words = 100", 'words = "100"', "words"),
        ('title = "Plain"', 'titel = "Plain"', "titel = Plain: is not a field here"),
        ("valid_from", "adopt_by = 2025-01-01\nvalid_from", "must not be before valid_from"),
        ("[review]", "[review", "is not valid TOML"),
    ],
)
def test_a_fault_names_its_place_and_what_to_do(old: str, new: str, says: str) -> None:
    if says == "words":  # a number in quotes is read as the number it is
        assert parse("x", WORDS.replace(old, new, 1).encode()).criteria[0].words == 100
    else:
        assert says in broken(old, new)


def test_all_faults_are_told_at_once() -> None:
    words = WORDS.replace("at_least = 1", "at_least = 30").replace('["bright"]', '["gold"]')
    with pytest.raises(BrokenStandard) as refused:
        parse("made_up.toml", words.encode())
    assert len(refused.value.faults) == 2


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"x" * 600_000, b"[" * 5000])
def test_rubbish_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenStandard):
        parse("x.toml", data)


def test_a_difference_says_what_changed_and_nothing_else() -> None:
    assert changed('title = "It is clear"', 'title = "It is bare"') == [
        Change("changed", "criteria:clear.title", "It is clear", "It is bare")
    ]
    assert changed("months = 36", "months = 24") == [Change("changed", "award.months", 36, 24)]
    assert difference(read(FILE), read(FILE)) == []


def test_a_criterion_that_changes_its_area_has_moved_with_its_key() -> None:
    standard = read(FILE)
    bench, people = standard.areas
    moved = standard.model_copy(
        update={
            "areas": (
                bench.model_copy(update={"criteria": bench.criteria[:1]}),
                people.model_copy(update={"criteria": (*people.criteria, bench.criteria[1])}),
            )
        }
    )
    assert difference(standard, moved) == [Change("moved", "criteria:mended", "bench", "people")]


def test_what_is_new_and_what_is_gone_are_told_apart() -> None:
    found = changed('key = "thanked"', 'key = "heard"')
    assert Change("new", "criteria:heard", None, "They are thanked") in found
    assert Change("gone", "criteria:thanked", "They are thanked", None) in found


@pytest.mark.parametrize(
    ("verb", "words"),
    [("give-up", "Give up"), ("suspend-for-cpd", "Suspend for CPD"), ("award.renew", "Renew")],
)
def test_a_verb_is_read_as_words(verb: str, words: str) -> None:
    assert in_words(verb) == words
