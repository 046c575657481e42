"""The cards and figures of every version of the quiz: easy to read, fair, drawn, whole."""

import re
from collections import Counter
from pathlib import Path

import pytest

from benchside.careers import pictures
from benchside.careers.drawing import Spec, read_entries
from benchside.careers.models import Subject
from benchside.careers.quiz import codes
from benchside.careers.quiz.version import (
    FOLDER,
    INTERESTS,
    BrokenVersion,
    Card,
    Version,
    all_versions,
    current,
    read_version,
)
from benchside.core.reading import grade

HARDEST = 5.0
CARDS = [pytest.param(card, id=card.slug) for one in all_versions() for card in one.cards]
# A gender question by another door: who is asked must not matter.
GENDERED = re.compile(r"\b(he|she|his|her|him|boys?|girls?|man|men|woman|women|lads?)\b", re.I)


@pytest.fixture(params=all_versions(), ids=lambda one: one.name)
def version(request: pytest.FixtureRequest) -> Version:
    return request.param


@pytest.mark.parametrize("card", CARDS)
def test_a_card_is_easy_and_open_to_anybody(card: Card) -> None:
    asks = f"Would you like to {card.asks}"
    assert grade(asks) <= HARDEST
    assert asks.endswith("?")
    assert not GENDERED.search(asks)
    assert len(asks) <= 90
    assert not card.because.endswith(".")


@pytest.mark.parametrize("card", CARDS)
def test_a_card_is_drawn_and_told(card: Card) -> None:
    spec = Spec.of(card.drawing)
    assert pictures.composed(spec).count("<path") > 5
    assert 20 <= len(card.alt) <= 250
    assert grade(card.alt) <= 6.5


@pytest.mark.usefixtures("catalogue")
def test_cards_name_no_job(version: Version) -> None:
    from benchside.careers.models import Role

    titles = {role.title.lower() for role in Role.objects.all()}
    titles |= {name.lower() for role in Role.objects.all() for name in role.other_names}
    for card in version.cards:
        assert not [title for title in titles if f" {title} " in f" {card.asks} ".lower()]
        assert not re.search(r"technician|engineer|operator|assistant", card.asks)


def test_five_cards_a_type_over_all_twelve_sectors(version: Version) -> None:
    assert Counter(card.type for card in version.cards) == dict.fromkeys(INTERESTS, 5)
    near = Counter(sector for card in version.cards for sector in card.near)
    assert len(near) == 12
    assert min(near.values()) >= 2
    neighbours = zip(version.cards, version.cards[1:], strict=False)
    assert not [one.slug for one, other in neighbours if one.type == other.type]


def test_no_two_cards_share_a_drawing_or_a_reason(version: Version) -> None:
    assert len({card.because for card in version.cards}) == 30
    assert len({tuple(card.drawing["tools"]) for card in version.cards}) == 30


def test_no_drawing_gives_a_role_away(version: Version) -> None:
    """A card's picture is its own, not the picture of one of the roles it leads to."""
    roles = {(one["scene"], tuple(one["tools"])) for one in read_entries(pictures.ENTRIES).values()}
    cards = {(card.drawing["scene"], tuple(card.drawing["tools"])) for card in version.cards}
    assert not roles & cards


@pytest.mark.usefixtures("catalogue")
def test_subjects_and_tags_are_the_catalogues(version: Version) -> None:
    from benchside.careers.enums import Hands, Indoors, People, Place

    assert set(version.subjects) == set(Subject.objects.values_list("slug", flat=True))
    tags = {"hands": Hands, "indoors": Indoors, "people": People, "place": Place}
    for switch in version.switches:
        assert {o.value for o in switch.options} | {"both"} == set(tags[switch.name].values)


def test_every_answer_has_room_in_a_code(version: Version) -> None:
    assert codes.room_needed(version) <= codes.BASE**codes.BODY
    assert version.mark in codes.ALPHABET


def test_weights_are_the_designs(version: Version) -> None:
    assert version.weights == {"interests": 0.5, "subjects": 0.25, "tags": 0.25}
    assert [band.pips for band in version.bands] == [3, 2, 1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("interests = 0.50", "interests = 0.60", "add up to 1"),
        ('type = "realistic"', 'type = "artistic"', "realistic has 4 cards"),
        ('slug = "sick-river"', 'slug = "calm-dog"', "one slug"),
        ("spread = 0.365", "spread = 0", "spread of realistic"),
        ("at_least = 0.45", "at_least = 0.95", "best first"),
        ("both_counts = 0.5", "both_counts = 2", "both_counts"),
        ('name = "2026-1"', 'name = "2025-9"', "called 2026-1"),
        ("picks = 6", "pix = 6", "cannot be read"),
        ("[[cards]]", "[[cards", "cannot be read"),
    ],
)
def test_a_broken_version_names_the_fault(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (FOLDER / "2026-1.toml").read_text()
    assert old in text
    path = tmp_path / "2026-1.toml"
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(BrokenVersion, match=said):
        read_version(path)


def test_the_newest_is_asked() -> None:
    assert current() == max(all_versions(), key=lambda one: one.released)
