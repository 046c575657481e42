"""The draw of an audit: its sizes, who is in it for certain, and that a second program which shares
nothing with ours draws the same."""

import hashlib
import math
import runpy
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchside.recognition.cpd import sampling
from benchside.recognition.cpd.sampling import Member

SCRIPT = Path(__file__).resolve().parents[3] / "docs" / "audit_sample.py"
INDEPENDENT = runpy.run_path(str(SCRIPT))["sample"]
STRATA = ["A body · by experience", "A body · standard", "Ein Körper", "z"]
members = st.lists(
    st.builds(
        Member,
        number=st.integers(1, 999_999).map("RT-{:06d}".format),
        stratum=st.sampled_from(STRATA),
        is_certain=st.booleans() | st.just(value=False),
    ),
    unique_by=lambda one: one.number,
    max_size=60,
)
percents = st.decimals(Decimal("0.01"), Decimal(100), places=2)
seeds = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)


def again(people: list[Member], seed: str, percent: Decimal, *, each: bool) -> list[str]:
    """By the script that stands in the documents."""
    return list(INDEPENDENT(sampling.canonical(people), seed, str(percent), each))


@given(people=members, seed=seeds, percent=percents, each=st.booleans())
def test_another_program_draws_the_same(
    people: list[Member], seed: str, percent: Decimal, each: bool
) -> None:
    drawn = sampling.draw(people, seed=seed, percent=percent, each_stratum=each)
    assert [one.number for one in drawn] == again(people, seed, percent, each=each)


@given(people=members, percent=percents, each=st.booleans())
def test_it_is_as_large_as_said_and_takes_who_is_certain(
    people: list[Member], percent: Decimal, each: bool
) -> None:
    drawn = sampling.draw(people, seed="s", percent=percent, each_stratum=each)
    said = sampling.sizes(people, percent, each_stratum=each)
    by_chance = [one for one in people if not one.is_certain]
    wanted = math.ceil(percent * len(by_chance) / 100)
    assert len(drawn) == said.total == len(set(drawn))
    assert set(drawn) >= {one for one in people if one.is_certain}
    if each:
        assert wanted <= said.drawn <= wanted + len(STRATA)
        assert {one.stratum for one in drawn} >= {one.stratum for one in by_chance}
    else:
        assert said.drawn == wanted
    for there, taken in said.by_stratum.values():
        exact = wanted * there / Decimal(len(by_chance))
        assert taken <= there
        assert abs(taken - exact) < 1 or (each and taken == 1)
    assert sampling.draw(people[::-1], seed="s", percent=percent, each_stratum=each) == drawn


@given(people=members)
def test_a_population_is_written_one_way_and_read_back(people: list[Member]) -> None:
    text = sampling.canonical(people)
    assert sorted(sampling.parse(text)) == sorted(people)
    assert sampling.canonical(list(reversed(people))) == text
    assert sampling.digest(text) == hashlib.sha256(text).hexdigest()


def test_the_order_is_that_of_hmac_as_the_rfc_has_it() -> None:
    """RFC 4231, test case 2."""
    assert sampling.rank("Jefe", "what do ya want for nothing?") == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def test_the_script_says_the_same_from_a_shell(tmp_path: Path) -> None:
    """400 entries at 2.5 %, as the rule says: ten, and one who was silent last year."""
    people = [Member(f"RT-{number:06d}", STRATA[number % 3]) for number in range(1, 401)]
    people.append(Member("RT-000999", STRATA[0], is_certain=True))
    file = tmp_path / "population.tsv"
    file.write_bytes(sampling.canonical(people))
    said = subprocess.run(
        [sys.executable, str(SCRIPT), str(file), "a seed", "2.5", "each"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    drawn = sampling.draw(people, seed="a seed", percent=Decimal("2.5"), each_stratum=True)
    assert said[0].endswith(sampling.digest(file.read_bytes()))
    assert said[1:] == [one.number for one in drawn]
    assert len(drawn) == 11


def test_chance_is_even() -> None:
    """20 of 200, 500 times: everybody is drawn 50 times, give or take what chance does (5 sigma of
    a binomial with n = 500 and p = 0.1 is 33.5)."""
    people = [Member(f"RT-{number:06d}") for number in range(200)]
    times = dict.fromkeys((one.number for one in people), 0)
    for number in range(500):
        for one in sampling.draw(people, seed=f"seed {number}", percent=Decimal(10)):
            times[one.number] += 1
    assert min(times.values()) > 50 - 33.5
    assert max(times.values()) < 50 + 33.5


@pytest.mark.parametrize("percent", ["0", "-1", "100.01"])
def test_no_share_of_nothing_or_more_than_all(percent: str) -> None:
    with pytest.raises(ValueError, match="no percentage"):
        sampling.sizes([Member("RT-000001")], Decimal(percent))


def test_what_cannot_be_written_down_is_refused() -> None:
    for number, stratum in (("", "a"), ("RT\t1", "a"), ("RT-1", "a\nb")):
        with pytest.raises(ValueError, match="cannot be written"):
            Member(number, stratum)
    with pytest.raises(ValueError, match="twice"):
        sampling.canonical([Member("RT-1", "a"), Member("RT-1", "b")])
    with pytest.raises(ValueError, match="not a population"):
        sampling.parse(b"RT-2\ta\t0\nRT-1\ta\t0\n")
    with pytest.raises(ValueError, match="Without a seed"):
        sampling.draw([Member("RT-1")], seed="", percent=Decimal(5))


def test_a_seed_of_our_own_is_never_the_same() -> None:
    assert len({sampling.new_seed() for _ in range(50)}) == 50
    assert len(sampling.new_seed()) == 64
