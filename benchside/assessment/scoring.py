"""From judgements to a recommendation, by the rule of the standard. No Django here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchside.assessment.standards import Criterion, Standard

# Criterion key: grade key, as one reviewer gave them.
Judgements = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one set of judgements comes to.

    `met` and `unmet` are criteria of the level asked for; `open` those nobody judged; `level` the
    highest level whose rule is met, or None. `recommended`: that level is the one asked for, or
    higher, and nothing is open.
    """

    level: str | None
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    open: tuple[str, ...]
    recommended: bool


def outcome(
    standard: Standard, judged: Judgements, *, level: str | None = None, route: str = ""
) -> Outcome:
    """What the judgements come to against the level asked for; a standard without levels has one.

    Raises KeyError for a grade or a level the standard does not have.
    """
    order = [one.key for one in standard.levels]
    if level is not None and level not in order:
        raise KeyError(level)
    meets = {grade.key: grade.meets for grade in standard.review.grades}
    top = order[-1] if order else None
    asked = standard.judged_at(level if level is not None else top, route)
    met = tuple(one.key for one in asked if one.key in judged and meets[judged[one.key]])
    unmet = tuple(one.key for one in asked if one.key in judged and not meets[judged[one.key]])
    unjudged = tuple(one.key for one in asked if one.key not in judged)
    reached = _reached(standard, {key for key in judged if meets[judged[key]]}, route)
    enough = _is_met(standard, asked, set(met))
    return Outcome(reached, met, unmet, unjudged, recommended=enough and not unjudged)


def _reached(standard: Standard, met: set[str], route: str) -> str | None:
    """The highest level all of whose rule is met; a higher one never without the lower."""
    found = None
    for level in standard.levels:
        if not _is_met(standard, standard.judged_at(level.key, route), met):
            break
        found = level.key
    return found


def _is_met(standard: Standard, asked: Sequence[Criterion], met: set[str]) -> bool:
    rule = standard.decision
    if rule.rule == "none":
        return True
    needed = [one.key for one in asked if one.required]
    if rule.rule == "all":
        return met.issuperset(needed)
    always = {
        one.key for area in standard.areas if area.key in rule.always for one in area.criteria
    }
    whole = all(key in met for key in always if key in {one.key for one in asked})
    return whole and len(met & {one.key for one in asked}) >= min(rule.most, len(asked))


def disagree(standard: Standard, one: Judgements, other: Judgements) -> tuple[str, ...]:
    """The criteria on which two reviewers differ about whether it is met, in the file's order.

    Two grades that both meet, or both do not, are no disagreement: it is the recommendation that
    a third seat is for.
    """
    meets = {grade.key: grade.meets for grade in standard.review.grades}
    both = (key.key for key in standard.criteria if key.key in one and key.key in other)
    return tuple(key for key in both if meets[one[key]] != meets[other[key]])


def settled(
    first: Judgements, second: Judgements, third: Judgements, standard: Standard
) -> dict[str, str]:
    """With a third seat: on each criterion what at least two of the three say of meeting it; the
    grade is the third's where theirs is with the majority, else the first's."""
    meets = {grade.key: grade.meets for grade in standard.review.grades}
    result: dict[str, str] = {}
    for criterion in standard.criteria:
        given = [one[criterion.key] for one in (third, first, second) if criterion.key in one]
        if not given:
            continue
        yes = sum(meets[grade] for grade in given)
        majority = yes * 2 > len(given)
        result[criterion.key] = next(g for g in given if meets[g] is majority)
    return result
