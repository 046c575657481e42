"""Who is asked to show their CPD: a sample that anybody can draw again. No Django here.

1. The population is written down: a line for each entry, `number TAB stratum TAB certain`, where
   certain is 1 for whoever is in the sample whatever is drawn, else 0. Lines are sorted by their
   bytes in UTF-8 and each ends with a line feed. The SHA-256 of that file is published before
   there is a seed.
2. The size: of those who are not certain, the percentage, rounded up.
3. Each stratum gets the whole part of its exact share of the size; where every stratum is to be
   seen, at least one. Places that are left go one by one to the strata with the largest fraction
   left over, ties by name. A stratum that has its least already has none left over.
4. Within a stratum, numbers are put in the order of HMAC-SHA-256 with the seed as key and the
   number as message, both in UTF-8, as hexadecimal; the first so many are the sample.

`docs/audit_sample.py` does the same again, in code that shares nothing with this.
"""

import hashlib
import hmac
import math
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

ALL = "all"  # the one stratum of a sample that is not divided
SEPARATORS = ("\t", "\n", "\r")


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """One entry of the population. `is_certain`: in every sample."""

    number: str
    stratum: str = ALL
    is_certain: bool = False

    def __post_init__(self) -> None:
        if not self.number or any(one in self.number + self.stratum for one in SEPARATORS):
            raise ValueError(f"{self.number!r} in {self.stratum!r} cannot be written as a line.")

    @property
    def line(self) -> str:
        return f"{self.number}\t{self.stratum}\t{int(self.is_certain)}\n"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many a draw takes: of the population, for certain, and by stratum by chance."""

    population: int
    certain: int
    by_stratum: Mapping[str, tuple[int, int]]  # stratum: (how many there are, how many are drawn)

    @property
    def drawn(self) -> int:
        return sum(taken for _, taken in self.by_stratum.values())

    @property
    def total(self) -> int:
        return self.certain + self.drawn


def canonical(members: Iterable[Member]) -> bytes:
    """The population as the bytes whose digest is published.

    Raises ValueError when a number is there twice.
    """
    lines = sorted((one.line for one in members), key=lambda line: line.encode())
    numbers = [line.split("\t", 1)[0] for line in lines]
    if len(set(numbers)) < len(numbers):
        raise ValueError("A number is in the population twice.")
    return "".join(lines).encode()


def parse(text: bytes) -> list[Member]:
    """The other way round. Raises ValueError for what `canonical` would not write."""
    rows = [line.split("\t") for line in text.decode().splitlines()]
    members = [Member(number, stratum, mark == "1") for number, stratum, mark in rows]
    if canonical(members) != text:
        raise ValueError("This is not a population as it is written down.")
    return members


def digest(population: bytes) -> str:
    return hashlib.sha256(population).hexdigest()


def new_seed() -> str:
    """256 bits nobody can foresee, as hexadecimal."""
    return secrets.token_hex(32)


def sizes(members: Sequence[Member], percent: Decimal, *, each_stratum: bool = False) -> Sizes:
    """How many would be drawn, which no seed changes. Raises ValueError for a share that is
    nothing or more than all."""
    if not 0 < percent <= 100:
        raise ValueError(f"{percent} is no percentage to draw.")
    certain = sum(one.is_certain for one in members)
    counts = Counter(one.stratum for one in members if not one.is_certain)
    wanted = math.ceil(Fraction(percent) * counts.total() / 100)
    given = _shared_out(counts, wanted, least=1 if each_stratum else 0)
    by_stratum = {name: (counts[name], given[name]) for name in sorted(counts)}
    return Sizes(len(members), certain, by_stratum)


def _shared_out(counts: Mapping[str, int], places: int, *, least: int) -> dict[str, int]:
    """Places by the largest remainder, each stratum its least; never more than there are."""
    total = sum(counts.values())
    exact = {name: Fraction(places * size, total) for name, size in counts.items()}
    given = {name: max(least, math.floor(share)) for name, share in exact.items()}
    left = max(0, places - sum(given.values()))
    order = sorted(counts, key=lambda name: (given[name] - exact[name], name.encode()))
    for name in order[:left]:
        given[name] += 1
    return given


def rank(seed: str, number: str) -> str:
    """Where the seed puts a number among others: hexadecimal, smallest first."""
    return hmac.new(seed.encode(), number.encode(), hashlib.sha256).hexdigest()


def draw(
    members: Sequence[Member], *, seed: str, percent: Decimal, each_stratum: bool = False
) -> list[Member]:
    """The sample, sorted by number: the same for the same population and seed, whatever order the
    population comes in. Raises ValueError without a seed, and as `sizes`."""
    if not seed:
        raise ValueError("Without a seed nothing can be drawn.")
    taken = sizes(members, percent, each_stratum=each_stratum).by_stratum
    sample = [one for one in members if one.is_certain]
    for stratum, (_, how_many) in taken.items():
        others = (one for one in members if one.stratum == stratum and not one.is_certain)
        sample += sorted(others, key=lambda one: rank(seed, one.number))[:how_many]
    return sorted(sample)
