"""Why a role is shown: the answers that added most to its fit. Plain values; no Django here."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchside.careers.quiz.answers import Reading, centred, key
from benchside.careers.quiz.version import INTERESTS

if TYPE_CHECKING:
    from benchside.careers.quiz.matching import RoleProfile

YES = 2
MOST = 3
OF_A_KIND = {"card": 2, "subject": 1, "switch": 1}  # or three roles would have one reason
SAME = 9  # digits: what differs by less is the same


@dataclass(frozen=True, slots=True)
class Reason:
    """An answer that counted: `kind` is card, subject or switch, `words` follow "You like"."""

    kind: str
    slug: str
    words: str


# What the answer added, negative; whether it is far from the role's sector; scatter; the answer.
Counted = tuple[float, bool, int, Reason]


def reasons(
    reading: Reading, profile: "RoleProfile", direction: tuple[float, ...]
) -> tuple[Reason, ...]:
    """Those that added most, at most three. Of equals, the nearest to home."""
    counted = [
        *_cards(reading, profile, direction),
        *_subjects(reading, profile),
        *_switches(reading, profile),
    ]
    counted.sort(key=lambda one: one[:3])
    kinds: Counter[str] = Counter()
    found: list[Reason] = []
    for *_, reason in counted:
        if kinds[reason.kind] < OF_A_KIND[reason.kind] and len(found) < MOST:
            kinds[reason.kind] += 1
            found.append(reason)
    return tuple(found)


def _cards(
    reading: Reading, profile: "RoleProfile", direction: tuple[float, ...]
) -> Iterator[Counted]:
    """Every yes that raised the correlation. The parts of all cards together make it up."""
    role = dict(zip(INTERESTS, direction, strict=True))
    length = math.hypot(*centred(reading.standard)) or 1.0
    weight = reading.weights["interests"] / length
    for slug, value in reading.answers.cards.items():
        if value != YES or role[reading.types[slug]] <= 0:
            continue
        added = round(weight * role[reading.types[slug]] * reading.pulls[slug], SAME)
        if added > 0:
            card = reading.version.by_slug[slug]
            scatter = key(profile.slug) ^ key(slug)
            is_far = profile.sector not in card.near
            yield -added, is_far, scatter, Reason("card", slug, card.because)


def _subjects(reading: Reading, profile: "RoleProfile") -> Iterator[Counted]:
    for slug in reading.answers.subjects:
        if slug in profile.subjects:
            added = round(reading.each / math.sqrt(len(profile.subjects)), SAME)
            yield -added, False, key(slug), Reason("subject", slug, reading.version.subjects[slug])


def _switches(reading: Reading, profile: "RoleProfile") -> Iterator[Counted]:
    """Only those a role is all for: one that is both is no reason."""
    for name, value in reading.answers.switches.items():
        if profile.tags[name] == value:
            added = round(reading.weights["tags"] / len(reading.answers.switches), SAME)
            words = reading.version.by_switch[name].option(value).because
            yield -added, False, key(name), Reason("switch", value, words)
