"""The nearest word, and none where nothing is near."""

import pytest

from benchside.core.search.spell import Speller, distance, sound

WORDS = """
    laboratory electrician veterinary mechanic chemistry science engineer technician physics
    photography hospital computer animal turbine weather aircraft pharmacy psychology robots
    games tester aeroplane ambulance welding machine garage museum climb baker nurse scissors
    bread theatre medicine radio plumber guitar knife wrench
"""
KNOWN = dict.fromkeys(WORDS.split(), 3)


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(KNOWN)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("labratory", "laboratory"),
        ("laboritory", "laboratory"),
        ("labaratory", "laboratory"),
        ("electrishan", "electrician"),
        ("elektrician", "electrician"),
        ("vetinary", "veterinary"),
        ("vetrinary", "veterinary"),
        ("mecanic", "mechanic"),
        ("mechanick", "mechanic"),
        ("kemistry", "chemistry"),
        ("sience", "science"),
        ("enginere", "engineer"),
        ("tecnician", "technician"),
        ("technition", "technician"),
        ("fizzics", "physics"),
        ("fotography", "photography"),
        ("hospitle", "hospital"),
        ("computor", "computer"),
        ("aminal", "animal"),
        ("turbin", "turbine"),
        ("farmacy", "pharmacy"),
        ("sycology", "psychology"),
        ("robbots", "robots"),
        ("airoplane", "aeroplane"),
        ("ambulence", "ambulance"),
        ("weldding", "welding"),
        ("mashine", "machine"),
        ("garrage", "garage"),
        ("musium", "museum"),
        ("clime", "climb"),
        ("theater", "theatre"),
        ("medisin", "medicine"),
        ("plummer", "plumber"),
        ("gitar", "guitar"),
        ("nife", "knife"),
        ("rench", "wrench"),
    ],
)
def test_what_a_child_writes_is_recognised(speller: Speller, typed: str, meant: str) -> None:
    assert speller.nearest(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["dinosaur", "asdfghjkl", "xyz", "zzzzzzzz", "astronaut", "12345", "", "a", "日本語学校"],
)
def test_what_is_near_nothing_stays_as_it_is(speller: Speller, typed: str) -> None:
    assert speller.nearest(typed) is None


def test_of_two_equally_near_the_commoner_is_meant() -> None:
    assert Speller({"carding": 1, "carting": 50}).nearest("carming") == "carting"


def test_two_words_written_as_one_are_parted(speller: Speller) -> None:
    assert speller.parted("gamestester") == ("games", "tester")
    assert speller.parted("gamestesterer") is None


@pytest.mark.parametrize(
    ("one", "other"), [("kemist", "chemist"), ("electrishan", "electrician"), ("fone", "phone")]
)
def test_words_that_sound_alike_have_one_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_distance_is_none_for_the_same_word_and_endless_beyond_the_most() -> None:
    assert distance("lathe", "lathe", 2.0) == 0
    assert distance("lathe", "lahte", 2.0) == pytest.approx(0.8)  # two letters changed places
    assert distance("lathe", "submarine", 2.0) == float("inf")
