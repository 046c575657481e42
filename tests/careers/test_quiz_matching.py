"""The sum: by hand where it can be done by hand, and what must hold for any answers."""

import math
import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchside.careers.quiz.answers import Answers, Reading
from benchside.careers.quiz.matching import Matcher, RoleProfile, interest_code, standardised
from benchside.careers.quiz.version import INTERESTS, Norm, current
from tests.careers.test_quiz_codes import answers

ASKED = current()
SECTORS = [f"sector-{letter}" for letter in "abcdefgh"]
TAGS = {"hands": "hands", "indoors": "both", "people": "quiet", "place": "travel"}


def some_roles(count: int = 40, seed: int = 7) -> list[RoleProfile]:
    dice = random.Random(seed)
    return [
        RoleProfile(
            slug=f"role-{number}",
            sector=dice.choice(SECTORS),
            interests=tuple(dice.uniform(1, 7) for _ in INTERESTS),
            subjects=frozenset(dice.sample(list(ASKED.subjects), dice.randrange(5))),
            tags={
                one.name: dice.choice([*(o.value for o in one.options), "both"])
                for one in ASKED.switches
            },
        )
        for number in range(count)
    ]


ROLES = some_roles()
MATCHER = Matcher(ROLES, ASKED)


def yes_to(*kinds: str) -> dict[str, int]:
    return {card.slug: 2 if card.type in kinds else 0 for card in ASKED.cards}


def pearson(one: list[float], other: list[float]) -> float:
    """As in any textbook, with nothing prepared beforehand."""
    mean, mean_too = sum(one) / len(one), sum(other) / len(other)
    above = sum((a - mean) * (b - mean_too) for a, b in zip(one, other, strict=True))
    below = math.sqrt(sum((a - mean) ** 2 for a in one) * sum((b - mean_too) ** 2 for b in other))
    return above / below


def fit_by_hand(role: RoleProfile, roles: list[RoleProfile], given_: Answers) -> float:
    """The domain's recipe, line by line: 0.50 Pearson + 0.25 cosine + 0.25 tag share."""
    user, of_role = [], []
    for place, name in enumerate(INTERESTS):
        norm = ASKED.norms[name]
        said = [given_.cards[c.slug] for c in ASKED.cards if c.type == name]
        user.append((sum(said) / len(said) - norm.mean) / norm.spread)
        column = [one.interests[place] for one in roles]
        mean = sum(column) / len(column)
        spread = math.sqrt(sum((v - mean) ** 2 for v in column) / len(column))
        of_role.append((role.interests[place] - mean) / spread)
    both = set(given_.subjects) & role.subjects
    below = math.sqrt(len(given_.subjects) * len(role.subjects))
    cosine = len(both) / below if below else 0
    agreed = [
        {value: 1.0, "both": 0.5}.get(role.tags[name], 0.0)
        for name, value in given_.switches.items()
    ]
    share = sum(agreed) / len(agreed)
    return 0.50 * pearson(user, of_role) + 0.25 * cosine + 0.25 * share


def test_the_fit_is_the_recipes() -> None:
    dice = random.Random(3)
    given_ = Answers(
        ASKED.name,
        {card.slug: dice.randrange(3) for card in ASKED.cards},
        ("physics", "music"),
        {"hands": "screen", "people": "quiet", "place": "travel"},
    )
    shown = MATCHER.match(given_).picks
    by_slug = {role.slug: role for role in ROLES}
    for pick in shown:
        assert pick.fit == pytest.approx(fit_by_hand(by_slug[pick.slug], ROLES, given_), abs=1e-8)
    everybody = sorted((fit_by_hand(role, ROLES, given_) for role in ROLES), reverse=True)
    assert shown[0].fit == pytest.approx(everybody[0], abs=1e-8)


def test_standardised_values_have_mean_0_and_deviation_1() -> None:
    for column in zip(*standardised(ROLES), strict=True):
        assert sum(column) == pytest.approx(0, abs=1e-9)
        assert sum(value**2 for value in column) / len(column) == pytest.approx(1)


@settings(max_examples=150)
@given(answers)
def test_whatever_is_answered(given_: Answers) -> None:
    result = MATCHER.match(given_)
    shown = [*result.picks, *result.others]
    assert len(result.picks) == 6
    assert len(result.others) == 2
    assert len({pick.slug for pick in shown}) == 8
    sectors = Counter(pick.sector for pick in result.picks)
    assert max(sectors.values()) <= (1 if given_.say_nothing else 2)
    assert not sectors.keys() & {other.sector for other in result.others}
    assert len({other.sector for other in result.others}) == 2
    fits = [pick.fit for pick in result.picks]
    assert fits == sorted(fits, reverse=True)
    assert all(-1 <= fit <= 1 for fit in fits)


@settings(max_examples=100)
@given(answers, st.randoms(use_true_random=False))
def test_order_of_roles_and_of_cards_changes_nothing(given_: Answers, dice: random.Random) -> None:
    roles, cards = ROLES[:], list(ASKED.cards)
    said, subjects = list(given_.cards.items()), list(given_.subjects)
    for pile in (roles, cards, said, subjects):
        dice.shuffle(pile)
    shuffled = Matcher(roles, replace(ASKED, cards=tuple(cards)))
    other = replace(given_, cards=dict(said), subjects=tuple(subjects))
    one, two = MATCHER.match(given_), shuffled.match(other)
    assert (one.picks, one.others) == (two.picks, two.others)


@settings(max_examples=100)
@given(answers)
def test_reasons_are_answers_the_reader_gave(given_: Answers) -> None:
    by_slug = {role.slug: role for role in ROLES}
    for pick in MATCHER.match(given_).picks:
        role = by_slug[pick.slug]
        assert len(pick.reasons) <= 3
        for reason in pick.reasons:
            if reason.kind == "card":
                assert given_.cards[reason.slug] == 2
            elif reason.kind == "subject":
                assert reason.slug in given_.subjects
                assert reason.slug in role.subjects
            else:
                assert reason.slug in given_.switches.values()
                assert reason.slug in role.tags.values()


def test_the_reasons_are_those_that_counted_most() -> None:
    """Taking a reason's answer back costs more than taking back a yes that is none."""
    given_ = Answers(ASKED.name, yes_to("realistic", "conventional"))
    pick = MATCHER.match(given_).picks[0]
    told = {reason.slug for reason in pick.reasons}
    role = next(role for role in ROLES if role.slug == pick.slug)

    def without(slug: str) -> float:
        fewer = replace(given_, cards={**given_.cards, slug: 1})
        return MATCHER._fits(Reading(fewer, ASKED))[ROLES.index(role)]

    costs = {slug: pick.fit - without(slug) for slug, value in given_.cards.items() if value == 2}
    others = [cost for slug, cost in costs.items() if slug not in told]
    assert min(costs[slug] for slug in told) >= max(others) - 1e-9


@pytest.mark.parametrize("value", [0, 1, 2])
def test_a_flat_profile_falls_back_to_subjects_and_switches(value: int) -> None:
    cards = {card.slug: value for card in ASKED.cards}
    flat = Answers(ASKED.name, cards, ("music",), {"hands": "hands"})
    bare = Answers(ASKED.name, {}, ("music",), {"hands": "hands"})
    assert flat.is_flat
    by_fit = {pick.slug: pick.fit for pick in MATCHER.match(bare).picks}
    for pick in MATCHER.match(flat).picks:
        role = next(role for role in ROLES if role.slug == pick.slug)
        cosine = ("music" in role.subjects) / math.sqrt(len(role.subjects) or 1)
        share = {"hands": 1.0, "both": 0.5, "screen": 0.0}[role.tags["hands"]]
        assert pick.fit == pytest.approx(0.5 * cosine + 0.5 * share, abs=1e-8)
        assert not [reason for reason in pick.reasons if reason.kind == "card"]
    assert sorted(by_fit.values()) == sorted(pick.fit for pick in MATCHER.match(flat).picks)


@pytest.mark.parametrize("cards", [{}, {card.slug: 2 for card in ASKED.cards}])
def test_with_nothing_to_go_by_a_varied_six(cards: dict[str, int]) -> None:
    result = MATCHER.match(Answers(ASKED.name, cards))
    assert len({pick.sector for pick in result.picks}) == 6
    assert not [reason for pick in result.picks for reason in pick.reasons]
    assert {pick.band.pips for pick in result.picks} == {1}
    assert result.picks == MATCHER.match(Answers(ASKED.name, cards)).picks


def test_equals_take_turns() -> None:
    """Twenty roles alike in everything: different readers see different ones first."""
    alike = [
        replace(ROLES[0], slug=f"twin-{number}", sector=SECTORS[number % 8]) for number in range(24)
    ]
    matcher = Matcher(alike, ASKED)
    firsts = set()
    for slug in ASKED.by_slug:
        given_ = Answers(ASKED.name, {**yes_to("social"), slug: 1})
        firsts.add(matcher.match(given_).picks[0].slug)
    assert len(firsts) > 8


def test_a_missing_type_counts_as_its_norm() -> None:
    cards = {
        slug: v for slug, v in yes_to("artistic").items() if ASKED.by_slug[slug].type != "social"
    }
    reading = Reading(Answers(ASKED.name, cards), ASKED)
    assert reading.standard[INTERESTS.index("social")] == 0
    assert max(reading.direction) == reading.direction[INTERESTS.index("artistic")]
    assert sum(reading.direction) == pytest.approx(0)
    assert math.hypot(*reading.direction) == pytest.approx(1)


def test_norms_are_what_answers_are_held_against() -> None:
    high = replace(ASKED, norms={**ASKED.norms, "artistic": Norm(2.0, 0.3)})
    given_ = Answers(ASKED.name, {**yes_to("artistic", "social"), "mend-controller": 1})
    artistic = INTERESTS.index("artistic")
    assert Reading(given_, high).standard[artistic] == 0
    assert Reading(given_, ASKED).standard[artistic] > 1


def test_more_of_an_interest_brings_more_of_it_nearer() -> None:
    found = MATCHER.match(Answers(ASKED.name, yes_to("artistic"))).picks
    by_slug = {role.slug: role for role in ROLES}
    mean = sum(by_slug[pick.slug].interests[2] for pick in found) / 6
    assert mean > sum(role.interests[2] for role in ROLES) / len(ROLES) + 1


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_roles_are_no_trouble(count: int) -> None:
    roles = [replace(role, sector=SECTORS[0]) for role in ROLES[:count]]
    if not roles:
        return
    result = Matcher(roles, ASKED).match(Answers(ASKED.name, yes_to("social"), ("maths",)))
    assert len(result.picks) == min(count, 2)
    assert result.others == ()


def test_a_role_without_subjects_or_interests_of_its_own_is_no_trouble() -> None:
    plain = RoleProfile("plain", "sector-a", (3.0,) * 6, frozenset(), TAGS)
    result = Matcher([plain, replace(plain, slug="other")], ASKED).match(
        Answers(ASKED.name, yes_to("social"), ("maths",), {"place": "travel"})
    )
    assert [pick.fit for pick in result.picks] == [0.25, 0.25]


def test_the_code_of_interests() -> None:
    assert interest_code((5, 3, 1, 1, 2, 6)) == ("conventional", "realistic", "investigative")
    assert interest_code((4, 4, 1, 4, 1, 1)) == ("realistic", "investigative", "social")
