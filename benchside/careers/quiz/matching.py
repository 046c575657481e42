"""Which roles fit a set of answers, and why. Plain values in and out; no Django, no database.

A fit is the weighted sum of three parts, each at most 1:

- interests: Pearson's correlation between the reader's six interests, held against fixed norms,
  and the role's, standardised over all roles. Raw values make nearly all technicians alike.
- subjects: the cosine between the subjects picked and those of the role.
- tags: the share of the switches set that the role agrees with; one that is both agrees in part.

A part the reader said nothing about counts for nobody. Weights, norms and bands are data: see
`version.py`. Neither the order of roles nor of cards has a part in the result.
"""

import hashlib
import heapq
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from benchside.careers.quiz.version import INTERESTS, Band, Version

BOTH = "both"  # a role's tag that is neither end of a switch
YES = 2
REASONS = 3
OF_A_KIND = 2
FIRST_LOOK = 64  # roles put in order at first; all, if those are too few
SAME = 9  # digits: fits that differ by less are the same
SPREAD = 0x9E3779B97F4A7C15  # odd; scatters the order of equals
MASK = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class RoleProfile:
    """What a role is matched by: six interests from 1 to 7, slugs, and a value for each switch."""

    slug: str
    sector: str
    interests: tuple[float, ...]
    subjects: frozenset[str]
    tags: Mapping[str, str]


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


@dataclass(frozen=True, slots=True)
class Reason:
    """An answer that counted: `kind` is card, subject or switch, `words` follow "You liked"."""

    kind: str
    slug: str
    words: str


@dataclass(frozen=True, slots=True)
class Pick:
    """A role to show. `reasons` are the answers that counted most, and may be none."""

    slug: str
    sector: str
    fit: float
    band: Band
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """`picks` fit best; `others` are worth a look and from sectors the picks have not."""

    version: str
    answers: Answers
    picks: tuple[Pick, ...]
    others: tuple[Pick, ...]


# What an answer added, negative; whether it is far from the role's sector; scatter; the answer.
Counted = tuple[float, bool, int, Reason]
# 6 directions, subjects as bits, 1 / root of their number, index of the tags
Row = tuple[float, float, float, float, float, float, int, float, int]


class Matcher:
    """All roles, ready to be asked. The same roles and answers give the same result."""

    def __init__(self, profiles: Iterable[RoleProfile], version: Version) -> None:
        self.version = version
        self.profiles = tuple(profiles)
        self._bits = {slug: 1 << place for place, slug in enumerate(sorted(version.subjects))}
        self._keys = [_key(profile.slug) for profile in self.profiles]
        self._kinds: list[tuple[str, ...]] = []  # each combination of tags once
        self._rows = self._prepare()

    def match(self, answers: Answers) -> Result:
        """Six picks and two others, fewer only where there are not so many roles or sectors."""
        fits = self._fits(answers)
        most = self.version.of_a_sector if not answers.say_nothing else 1
        chosen = self._chosen(fits, _key_of(answers), most)
        return Result(
            self.version.name,
            answers,
            tuple(self._pick(place, fits[place], answers) for place in chosen[0]),
            tuple(self._pick(place, fits[place], answers) for place in chosen[1]),
        )

    def direction(self, answers: Answers) -> tuple[float, ...]:
        """The reader's interests as a vector of length 1 whose parts add up to 0.

        All zero where the cards say nothing. A type without an answer counts as its norm.
        """
        return direction(self._standard(answers))

    def _standard(self, answers: Answers) -> list[float]:
        """The mean answer of each type, held against its norm."""
        if answers.is_flat:
            return [0.0] * len(INTERESTS)
        pulls = self._pulls(answers)
        return [
            math.fsum(pull for slug, pull in pulls.items() if self._type(slug) == name)
            for name in INTERESTS
        ]

    def _pulls(self, answers: Answers) -> dict[str, float]:
        """By how much each card moves the mean of its type, in spreads of the norm."""
        counts = Counter(self._type(slug) for slug in answers.cards)
        norms = {slug: self.version.norms[self._type(slug)] for slug in answers.cards}
        return {
            slug: (value - norms[slug].mean) / (counts[self._type(slug)] * norms[slug].spread)
            for slug, value in answers.cards.items()
        }

    def _type(self, card: str) -> str:
        return self.version.by_slug[card].type

    # --- the sum --------------------------------------------------------------------------------
    def _prepare(self) -> list[Row]:
        kinds: dict[tuple[str, ...], int] = {}
        rows: list[Row] = []
        for profile, standard in zip(self.profiles, standardised(self.profiles), strict=True):
            bits = sum(self._bits.get(slug, 0) for slug in profile.subjects)
            root = 1 / math.sqrt(len(profile.subjects)) if profile.subjects else 0.0
            kind = tuple(profile.tags[switch.name] for switch in self.version.switches)
            a, b, c, d, e, f = direction(standard)
            rows.append((a, b, c, d, e, f, bits, root, kinds.setdefault(kind, len(kinds))))
        self._kinds = list(kinds)
        return rows

    def _fits(self, answers: Answers) -> list[float]:
        """One a role, in the order of `profiles`: at most 1, whatever was left open."""
        parts = self._parts(answers)
        a, b, c, d, e, f = (parts["interests"] * part for part in self.direction(answers))
        picked = sum(self._bits.get(slug, 0) for slug in answers.subjects)
        each = parts["subjects"] / math.sqrt(len(answers.subjects) or 1)
        shares = [parts["tags"] * self._share(kind, answers.switches) for kind in self._kinds]
        return [
            a * r + b * i + c * t + d * s + e * n + f * v
            + each * root * (bits & picked).bit_count()
            + shares[kind]
            for r, i, t, s, n, v, bits, root, kind in self._rows
        ]  # fmt: skip

    def _parts(self, answers: Answers) -> dict[str, float]:
        """The weights of what the reader spoke about, adding up to 1."""
        spoken = {
            "interests": not answers.is_flat,
            "subjects": bool(answers.subjects),
            "tags": bool(answers.switches),
        }
        heard = {name: self.version.weights[name] * said for name, said in spoken.items()}
        whole = math.fsum(heard.values()) or 1.0
        return {name: weight / whole for name, weight in heard.items()}

    def _share(self, kind: Sequence[str], switches: Mapping[str, str]) -> float:
        if not switches:
            return 0.0
        tags = {one.name: tag for one, tag in zip(self.version.switches, kind, strict=True)}
        agreed = [
            1.0 if tags[name] == value else self.version.both_counts if tags[name] == BOTH else 0.0
            for name, value in switches.items()
        ]
        return math.fsum(agreed) / len(agreed)

    # --- the choice -----------------------------------------------------------------------------
    def _chosen(self, fits: Sequence[float], reader: int, most: int) -> tuple[list[int], list[int]]:
        """Places of picks and others. A few are put in order first, then all if need be."""
        for count in (FIRST_LOOK, len(fits)):
            picks: list[int] = []
            others: list[int] = []
            taken: Counter[str] = Counter()
            elsewhere: dict[str, int] = {}
            for place in self._best(fits, count, reader):
                sector = self.profiles[place].sector
                if len(picks) < self.version.picks and taken[sector] < most:
                    picks.append(place)
                    taken[sector] += 1
                else:
                    elsewhere.setdefault(sector, place)
            others = [place for sector, place in elsewhere.items() if not taken[sector]]
            if len(picks) == self.version.picks and len(others) >= self.version.others:
                break
        return picks, others[: self.version.others]

    def _best(self, fits: Sequence[float], count: int, reader: int) -> Iterator[int]:
        """Places of the best fits and all equal to the last of them, best first.

        Of equals, the order is scattered by who asks, so that no role always comes last.
        """
        if count < len(fits):
            last = heapq.nlargest(count, fits)[-1] - 10**-SAME
            places = [place for place, fit in enumerate(fits) if fit >= last]
        else:
            places = list(range(len(fits)))
        keys = self._keys
        ranked = [
            (-round(fits[place], SAME), (keys[place] ^ reader) * SPREAD & MASK, place)
            for place in places
        ]
        ranked.sort()
        return (place for _, _, place in ranked)

    def _pick(self, place: int, fit: float, answers: Answers) -> Pick:
        profile = self.profiles[place]
        fit = round(fit, SAME)
        band = self.version.bands[-1] if answers.say_nothing else self.version.band_of(fit)
        return Pick(profile.slug, profile.sector, fit, band, tuple(self._reasons(place, answers)))

    # --- why ------------------------------------------------------------------------------------
    def _reasons(self, place: int, answers: Answers) -> tuple[Reason, ...]:
        """The answers that added most to the fit, at most two of a kind."""
        counted = [
            *self._cards_counted(place, answers),
            *self._subjects_counted(place, answers),
            *self._switches_counted(place, answers),
        ]
        counted.sort(key=lambda one: one[:3])
        kinds: Counter[str] = Counter()
        reasons = []
        for *_, reason in counted:
            if kinds[reason.kind] < OF_A_KIND and len(reasons) < REASONS:
                kinds[reason.kind] += 1
                reasons.append(reason)
        return tuple(reasons)

    def _cards_counted(self, place: int, answers: Answers) -> Iterator[Counted]:
        """Every yes that added to the fit. Of equals, those close to the role's sector first."""
        role = dict(zip(INTERESTS, self._rows[place], strict=False))
        pulls = self._pulls(answers)
        length = math.hypot(*_centred(self._standard(answers))) or 1.0
        weight = self._parts(answers)["interests"] / length
        for slug, value in answers.cards.items():
            card = self.version.by_slug[slug]
            added = round(weight * role[card.type] * pulls[slug], SAME)
            if value == YES and added > 0:
                is_far = self.profiles[place].sector not in card.near
                reason = Reason("card", slug, card.because)
                yield -added, is_far, self._keys[place] ^ _key(slug), reason

    def _subjects_counted(self, place: int, answers: Answers) -> Iterator[Counted]:
        weight = self._parts(answers)["subjects"]
        for slug in answers.subjects:
            if slug in self.profiles[place].subjects:
                added = weight * self._rows[place][7] / math.sqrt(len(answers.subjects))
                reason = Reason("subject", slug, self.version.subjects[slug])
                yield -round(added, SAME), False, _key(slug), reason

    def _switches_counted(self, place: int, answers: Answers) -> Iterator[Counted]:
        weight = self._parts(answers)["tags"]
        for name, value in answers.switches.items():
            if self.profiles[place].tags[name] == value:
                added = weight / len(answers.switches)
                words = self.version.by_switch[name].option(value).because
                yield -round(added, SAME), False, _key(name), Reason("switch", value, words)


def interest_code(interests: Sequence[float], most: int = 3) -> tuple[str, ...]:
    """The strongest interests, strongest first; of equals the earlier in INTERESTS."""
    order = sorted(range(len(INTERESTS)), key=lambda place: (-interests[place], place))
    return tuple(INTERESTS[place] for place in order[:most])


def standardised(profiles: Sequence[RoleProfile]) -> list[tuple[float, ...]]:
    """Interests with mean 0 and standard deviation 1 over these roles, type by type."""
    columns = list(zip(*(profile.interests for profile in profiles), strict=True))
    means = [math.fsum(column) / len(column) for column in columns]
    spreads = [
        math.sqrt(math.fsum((value - mean) ** 2 for value in column) / len(column)) or 1.0
        for column, mean in zip(columns, means, strict=True)
    ]
    return [
        tuple(
            (value - mean) / spread
            for value, mean, spread in zip(profile.interests, means, spreads, strict=True)
        )
        for profile in profiles
    ]


def direction(values: Sequence[float]) -> tuple[float, ...]:
    """Centred and of length 1: the product of two is their correlation. Zero if all are equal."""
    centred = _centred(values)
    length = math.hypot(*centred)
    return tuple(value / length for value in centred) if length > 1e-9 else (0.0,) * len(values)


def _centred(values: Sequence[float]) -> list[float]:
    mean = math.fsum(values) / len(values)
    return [value - mean for value in values]


def _key(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())


def _key_of(answers: Answers) -> int:
    """The same for the same answers, in whatever order they were given."""
    said = [*sorted(answers.cards.items()), *sorted(answers.subjects)]
    return _key(repr((said, sorted(answers.switches.items()))))
