"""From bytes of TOML to a `Standard` that is whole and fits together."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from benchside.assessment.standards.shapes import AwardRules, Standard
from benchside.core import faults
from benchside.core.faults import BrokenFiles, Fault

BIGGEST = 512 * 1024
# Words that stand in a submission's addresses where a criterion's key would.
RESERVED = {
    "evidence", "export", "exports", "files", "frozen", "outcome", "people", "send-in", "sign",
    "signatures", "submit", "supporters", "withdraw",
}  # fmt: skip


class BrokenStandard(BrokenFiles):
    """A standard's file that cannot be used."""


def read(path: Path) -> Standard:
    """Raises BrokenStandard with every fault of the file."""
    return parse(path.name, path.read_bytes())


def parse(name: str, data: bytes) -> Standard:
    """The standard in the bytes of a file. Raises BrokenStandard with every fault it has."""
    if len(data) > BIGGEST:
        raise BrokenStandard([Fault(name, "", "", "is larger than 512 KB: is this the file?")])
    try:
        values = tomllib.loads(data.decode("utf-8-sig"))
        standard = Standard.model_validate(values, strict=False)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BrokenStandard([Fault(name, "", "", f"is not valid TOML: {error}")]) from error
    except ValidationError as error:
        raise BrokenStandard(list(faults.of_shape(name, error))) from error
    if found := list(_misfits(name, standard)):
        raise BrokenStandard(found)
    return standard


def _misfits(file: str, standard: Standard) -> Iterator[Fault]:
    """What has the right shape and does not fit together."""
    yield from _twice(file, "areas.key", (area.key for area in standard.areas))
    yield from _twice(file, "areas.criteria.key", (one.key for one in standard.criteria))
    yield from _twice(file, "levels.key", (one.key for one in standard.levels))
    yield from _twice(file, "sign_offs.key", (one.key for one in standard.sign_offs))
    yield from _twice(file, "review.grades.key", (one.key for one in standard.review.grades))
    for one in standard.criteria:
        if one.key in RESERVED:
            yield Fault(file, "areas.criteria.key", one.key, "is a word of addresses: add to it")
    yield from _levels(file, standard)
    yield from _routes(file, standard)
    yield from _evidence(file, standard)
    yield from _review(file, standard)
    yield from _decision(file, standard)
    if standard.adopt_by and standard.adopt_by < standard.valid_from:
        yield Fault(file, "adopt_by", str(standard.adopt_by), "must not be before valid_from")
    if standard.award:
        yield from _award(file, standard.award)


def _twice(file: str, field: str, keys: Iterable[str]) -> Iterator[Fault]:
    for key, count in Counter(keys).items():
        if count > 1:
            yield Fault(file, field, key, "stands twice: give one of them another key")


def _levels(file: str, standard: Standard) -> Iterator[Fault]:
    known = {one.key for one in standard.levels}
    for one in standard.criteria:
        for level in one.levels:
            if level not in known:
                yield Fault(file, f"{one.key}.levels", level, "is not a level of this standard")


def _routes(file: str, standard: Standard) -> Iterator[Fault]:
    yield from _twice(file, "routes.key", (one.key for one in standard.routes))
    known = {one.key for one in standard.routes}
    judged = {one.key for one in standard.criteria if one.judged}
    shown = {key for one in standard.criteria for key in one.shows}
    for one in standard.criteria:
        for route in one.routes:
            if route not in known:
                yield Fault(file, f"{one.key}.routes", route, "is not a route of this standard")
        for key in one.shows:
            if key not in judged:
                yield Fault(file, f"{one.key}.shows", key, "is not a criterion that is judged")
        if not (one.asked or one.judged):
            yield Fault(file, one.key, "", "is neither asked nor judged: leave it out")
        elif not one.asked and one.key not in shown:
            yield Fault(file, one.key, "", "is judged by nothing: let a question show it")


def _evidence(file: str, standard: Standard) -> Iterator[Fault]:
    for one in standard.criteria:
        rule = one.evidence
        if rule.at_least > rule.at_most:
            field = f"{one.key}.evidence.at_least"
            yield Fault(file, field, str(rule.at_least), f"must be {rule.at_most} or fewer")
        if one.asked and not (one.words or one.options or rule.at_least):
            remedy = "asks for nothing: give words, options or evidence.at_least"
            yield Fault(file, one.key, "", remedy)


def _review(file: str, standard: Standard) -> Iterator[Fault]:
    review = standard.review
    if review.seats and standard.decision.rule != "none":
        if not any(grade.meets for grade in review.grades):
            yield Fault(file, "review.grades", "", "needs a grade that meets the criterion")
        if all(grade.meets for grade in review.grades):
            yield Fault(file, "review.grades", "", "needs a grade that does not meet it")
    if review.third_on_disagreement and review.seats not in {0, 2}:
        remedy = "needs review.seats = 2: a third looks where two disagree"
        yield Fault(file, "review.third_on_disagreement", "true", remedy)


def _decision(file: str, standard: Standard) -> Iterator[Fault]:
    decision = standard.decision
    areas = {area.key for area in standard.areas}
    for key in decision.always:
        if key not in areas:
            yield Fault(file, "decision.always", key, "is not an area of this standard")
    judged = [one for one in standard.criteria if one.judged]
    if decision.rule == "most" and not 0 < decision.most <= len(judged):
        remedy = f"must be between 1 and {len(judged)}, the number of criteria that are judged"
        yield Fault(file, "decision.most", str(decision.most), remedy)


def _award(file: str, award: AwardRules) -> Iterator[Fault]:
    states = states_of(award)
    yield from _twice(file, "award.states.key", states)
    if award.start not in states:
        yield Fault(file, "award.start", award.start, "is not one of award.states")
    pairs = [(source, move.verb) for move in award.moves for source in move.source]
    for (source, verb), count in Counter(pairs).items():
        if count > 1:
            remedy = f"leads to two states from {source}: give one another verb"
            yield Fault(file, "award.moves", verb, remedy)
    for move in award.moves:
        for state in (*move.source, move.target):
            if state not in states:
                yield Fault(file, f"award.moves.{move.verb}", state, "is not one of award.states")
        if move.after_days is not None and award.months is None:
            remedy = "needs award.months: without a period there is no end to count from"
            yield Fault(file, f"award.moves.{move.verb}.after_days", str(move.after_days), remedy)
    yield from _unreachable(file, award)


def _unreachable(file: str, award: AwardRules) -> Iterator[Fault]:
    reached, waiting = {award.start}, [award.start]
    while waiting:
        here = waiting.pop()
        for move in award.moves:
            if here in move.source and move.target not in reached:
                reached.add(move.target)
                waiting.append(move.target)
    for state in award.states:
        if state.shown_as and state.shown_as not in set(states_of(award)):
            yield Fault(file, f"{state.key}.shown_as", state.shown_as, "is not one of award.states")
        if state.key not in reached:
            yield Fault(file, "award.states", state.key, "cannot be reached by any award.moves")


def states_of(award: AwardRules) -> list[str]:
    return [one.key for one in award.states]
