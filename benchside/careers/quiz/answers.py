"""What a reader said, and what it comes to. Plain values; no Django here."""

import hashlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from benchside.careers.quiz.version import INTERESTS, Version


@dataclass(frozen=True, slots=True)
class Answers:
    """What a reader said. Whatever was skipped or left open is not in it.

    `cards` is 2 (yes), 1 (not sure) or 0 (no) by slug, `subjects` slugs, `switches` values by
    name; all of the version named.
    """

    version: str
    cards: Mapping[str, int] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    switches: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.cards or self.subjects or self.switches)

    @property
    def is_flat(self) -> bool:
        """Whether the cards say nothing: none is answered, or all the same."""
        return len(set(self.cards.values())) < 2

    @property
    def say_nothing(self) -> bool:
        """Nothing to choose roles by: any six will do, and a varied six does best."""
        return self.is_flat and not (self.subjects or self.switches)


class Reading:
    """Answers held against the norms and weights of their version.

    weights    of the parts the reader spoke about, adding up to 1 (or all 0); see version.PARTS
    pulls      by how much each card moves the mean answer of its type, in spreads of the norm
    direction  the six interests as a vector of length 1 whose parts add up to 0; all zero where
               the cards say nothing; a type without an answer counts as its norm
    each       what one subject shared adds, before it is divided by the root of the role's own
    key        the same number for the same answers, in whatever order they were given
    """

    def __init__(self, answers: Answers, version: Version) -> None:
        self.answers, self.version = answers, version
        self.weights = self._weights()
        self.each = self.weights["subjects"] / math.sqrt(len(answers.subjects) or 1)
        self.types = {slug: version.by_slug[slug].type for slug in answers.cards}

    def _weights(self) -> dict[str, float]:
        spoken = {
            "interests": not self.answers.is_flat,
            "subjects": bool(self.answers.subjects),
            "tags": bool(self.answers.switches),
        }
        heard = {name: self.version.weights[name] * said for name, said in spoken.items()}
        whole = math.fsum(heard.values()) or 1.0
        return {name: weight / whole for name, weight in heard.items()}

    @cached_property
    def pulls(self) -> dict[str, float]:
        counts, norms = Counter(self.types.values()), self.version.norms
        return {
            slug: (value - norms[kind].mean) / (counts[kind] * norms[kind].spread)
            for slug, value in self.answers.cards.items()
            for kind in [self.types[slug]]
        }

    @cached_property
    def standard(self) -> tuple[float, ...]:
        """The mean answer of each type, in spreads from its norm."""
        if self.answers.is_flat:
            return (0.0,) * len(INTERESTS)
        found: dict[str, list[float]] = {name: [] for name in INTERESTS}
        for slug, pull in self.pulls.items():
            found[self.types[slug]].append(pull)
        return tuple(math.fsum(pulls) for pulls in found.values())

    @cached_property
    def direction(self) -> tuple[float, ...]:
        return direction(self.standard)

    @cached_property
    def key(self) -> int:
        said = [*sorted(self.answers.cards.items()), *sorted(self.answers.subjects)]
        return key(repr((said, sorted(self.answers.switches.items()))))


def direction(values: Sequence[float]) -> tuple[float, ...]:
    """Centred and of length 1: the product of two is their correlation. Zero if all are equal."""
    middle = centred(values)
    length = math.hypot(*middle)
    return tuple(value / length for value in middle) if length > 1e-9 else (0.0,) * len(values)


def centred(values: Sequence[float]) -> list[float]:
    mean = math.fsum(values) / len(values)
    return [value - mean for value in values]


@lru_cache(maxsize=100_000)
def key(word: str) -> int:
    """64 bits of a word, the same on every machine: puts equals in an order nobody chose."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())
