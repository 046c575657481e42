"""What a class may be told of itself, worked out once from its counters. No Django here.

Of N pupils, each with a handful of roles, at most two of a sector, three things are told: N; how
many got each role; how many got at least one role of each sector. Each number is protected with
its complement by the rules of `core.disclosure` under its policy for pupils: neither those with
it nor those without it may be fewer than five.

But a reader has all three, and can take one number from another. So two more things hold:

- All roles add to what N pupils were given. Either all roles are told, or at least two are not
  and those together are at least five.
- In a sector, pupils with one role and pupils with two add to the sector, and all its roles add
  to both. So a sector is told only while the roles of it that are not told could still stand for
  anything: there are at least two, and the least and the most that they can add to leave at
  least five between them and the most and the least that can be hidden in them.

docs/decisions/0012-what-a-class-is-told.md says why sectors are counted so.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from benchside.core.disclosure import PUPILS, protect_count, protect_list

LEAST = PUPILS.least_count
OF_A_SECTOR = 2  # roles a pupil can have of one sector
MOST_ROLES = 12  # more would crowd out the sectors: the more roles are told, the less room is left


@dataclass(frozen=True, slots=True)
class Totals:
    """Only what may be shown. `pupils` is None, and the rest empty, when too few handed in."""

    pupils: int | None
    sectors: dict[str, int]
    roles: dict[str, int]


NOTHING = Totals(None, {}, {})


def released(
    handed_in: int,
    sectors: Mapping[str, int],
    roles: Mapping[str, int],
    sector_of: Mapping[str, str],
) -> Totals:
    """`sectors` and `roles`: how many pupils got each, all that there are, by slug; `sector_of`
    gives the sector of each role.

    Raises ValueError when the counters contradict each other.
    """
    _check(handed_in, sectors, roles)
    if protect_count(handed_in, policy=PUPILS, closed=True).value is None:
        return NOTHING
    told_roles = _first(_with_a_rest(_tellable(roles, handed_in), roles))
    told_sectors = {
        slug: count
        for slug, count in _tellable(sectors, handed_in).items()
        if _leaves_room(count, [r for r in roles if sector_of[r] == slug], told_roles)
    }
    while told_sectors and sum(roles.values()) - sum(told_sectors.values()) < LEAST:
        del told_sectors[_smallest(told_sectors)]  # how many got a second role would follow
    return Totals(handed_in, _ordered(told_sectors), told_roles)


def _tellable(counts: Mapping[str, int], of: int) -> dict[str, int]:
    return {slug: count for slug, count in counts.items() if _may_be_told(count, of)}


def _may_be_told(count: int, of: int) -> bool:
    """Neither those with it nor those without it are few: one number tells of both."""
    both = protect_list({"with": count, "without": of - count}, policy=PUPILS, closed=True)
    return both.cells["with"].value is not None and both.total.value is not None


def _with_a_rest(told: dict[str, int], counts: Mapping[str, int]) -> dict[str, int]:
    """Leave out the smallest of what is told until what is left out gives nothing away."""
    kept = dict(told)
    while kept and len(kept) < len(counts):
        hidden = len(counts) - len(kept)
        rest = sum(counts.values()) - sum(kept.values())
        if hidden >= 2 and rest >= LEAST:
            break
        del kept[_smallest(kept)]
    return kept


def _leaves_room(sector: int, roles: list[str], told_roles: Mapping[str, int]) -> bool:
    """Whether a sector's count leaves its hidden roles, and who has two, unknown."""
    hidden = sum(role not in told_roles for role in roles)
    told = sum(told_roles.get(role, 0) for role in roles)
    least = max(0, sector - told)  # if nobody has two
    most = OF_A_SECTOR * sector - told  # if everybody has
    return hidden >= 2 and hidden * (LEAST - 1) - least >= LEAST and most >= LEAST


def _smallest(counts: Mapping[str, int]) -> str:
    return min(counts, key=lambda slug: (counts[slug], slug))


def _first(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(list(_ordered(counts).items())[:MOST_ROLES])


def _ordered(counts: Mapping[str, int]) -> dict[str, int]:
    """Most first; of equals, by name."""
    return {slug: counts[slug] for slug in sorted(counts, key=lambda slug: (-counts[slug], slug))}


def _check(handed_in: int, *counts: Mapping[str, int]) -> None:
    for each in counts:
        if strange := sorted(slug for slug, count in each.items() if count > handed_in):
            raise ValueError(f"{handed_in} pupils, but more under {', '.join(strange)}.")
