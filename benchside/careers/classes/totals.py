"""What a class may be told of itself, worked out once from its counters. No Django here.

Three things are released of a class of N pupils: N; how many got each sector first, which parts
the class; and how many got each role among their six. Each is protected on its own by the rules
of `core.disclosure` under its policy for pupils. But a reader has all three, and knows that the
sectors add to N and the roles to their own sum (every pupil gets six). So what is left over
counts as a number too: of sectors, and of roles, either all are shown, or at least two are not
and those together are at least five places.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from benchside.core.disclosure import PUPILS, protect_count, protect_list

LEAST = PUPILS.least_count


@dataclass(frozen=True, slots=True)
class Totals:
    """Only what may be shown. `pupils` is None, and the rest empty, when too few handed in.

    `elsewhere` is how many pupils stand under the sectors that are not named: 0, or five and more.
    """

    pupils: int | None
    sectors: dict[str, int]
    elsewhere: int
    roles: dict[str, int]


NOTHING = Totals(None, {}, 0, {})


def released(handed_in: int, sectors: Mapping[str, int], roles: Mapping[str, int]) -> Totals:
    """`sectors`: pupils by the sector of their first role, all sectors that there are; they add
    to `handed_in`. `roles`: pupils with each role among theirs, all roles that there are.

    Raises ValueError when the counters contradict each other.
    """
    _check(handed_in, sectors, roles)
    if protect_count(handed_in, policy=PUPILS, closed=True).value is None:
        return NOTHING
    kept_sectors = _with_a_rest(_sectors(sectors), sectors)
    kept_roles = _with_a_rest(
        {slug: count for slug, count in roles.items() if _may_be_told(count, handed_in)}, roles
    )
    return Totals(
        pupils=handed_in,
        sectors=_ordered(kept_sectors),
        elsewhere=handed_in - sum(kept_sectors.values()),
        roles=_ordered(kept_roles),
    )


def _sectors(counts: Mapping[str, int]) -> dict[str, int]:
    shown = protect_list(counts, policy=PUPILS, closed=True).cells
    return {slug: counts[slug] for slug, cell in shown.items() if cell.value is not None}


def _may_be_told(count: int, of: int) -> bool:
    """Neither those with a role nor those without are few: one number tells of both."""
    both = protect_list({"with": count, "without": of - count}, policy=PUPILS, closed=True)
    return both.cells["with"].value is not None and both.total.value is not None


def _with_a_rest(shown: dict[str, int], counts: Mapping[str, int]) -> dict[str, int]:
    """Hide the smallest of what is shown until what is hidden gives no small number away."""
    kept = dict(shown)
    while len(kept) < len(counts):
        hidden = len(counts) - len(kept)
        rest = sum(counts.values()) - sum(kept.values())
        if not kept or (hidden >= 2 and rest >= LEAST):
            break
        del kept[min(kept, key=lambda slug: (kept[slug], slug))]
    return kept


def _ordered(counts: Mapping[str, int]) -> dict[str, int]:
    """Most first; of equals, by name."""
    return {slug: counts[slug] for slug in sorted(counts, key=lambda slug: (-counts[slug], slug))}


def _check(handed_in: int, sectors: Mapping[str, int], roles: Mapping[str, int]) -> None:
    if sum(sectors.values()) != handed_in:
        raise ValueError(f"{handed_in} pupils, but {sum(sectors.values())} under sectors.")
    if strange := [slug for slug, count in roles.items() if count > handed_in]:
        raise ValueError(f"{handed_in} pupils, but more under {', '.join(sorted(strange))}.")
