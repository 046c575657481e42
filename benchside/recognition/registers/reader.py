"""From bytes of TOML to a register's file that is whole and fits its standard. No Django here.

parse(name, data)          -> RegisterFile, or raises BrokenRegister with every fault there is
misfits(name, one, other)  -> what of it does not fit the standard it is run under
write(one)                 -> the text of its file
difference(before, after)  -> what changed, in the order of the file
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from benchside.assessment.standards import AwardRules, Change, Standard
from benchside.assessment.standards.writer import text_of
from benchside.core import faults
from benchside.core.faults import BrokenFiles, Fault
from benchside.recognition.registers.shapes import RegisterFile

BIGGEST = 256 * 1024


class BrokenRegister(BrokenFiles):
    """A register's file that cannot be used."""


def parse(name: str, data: bytes) -> RegisterFile:
    """The register in the bytes of a file. Raises BrokenRegister with every fault it has."""
    if len(data) > BIGGEST:
        raise BrokenRegister([Fault(name, "", "", "is larger than 256 KB: is this the file?")])
    try:
        values = tomllib.loads(data.decode("utf-8-sig"))
        found = RegisterFile.model_validate(values, strict=False)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BrokenRegister([Fault(name, "", "", f"is not valid TOML: {error}")]) from error
    except ValidationError as error:
        raise BrokenRegister(list(faults.of_shape(name, error))) from error
    if wrong := list(_within(name, found)):
        raise BrokenRegister(wrong)
    return found


def _within(file: str, one: RegisterFile) -> Iterator[Fault]:
    """What has the right shape and does not fit together."""
    fees = Counter((fee.kind, fee.route, fee.valid_from) for fee in one.fees)
    for (kind, _, day), count in fees.items():
        if count > 1:
            remedy = f"stands twice from {day}: leave one of them out"
            yield Fault(file, "fees.kind", kind, remedy)
    for state, count in Counter(target.state for target in one.targets).items():
        if count > 1:
            yield Fault(file, "targets.state", state, "stands twice: leave one of them out")
    for day, count in Counter(rule.valid_from for rule in one.cpd).items():
        if count > 1:
            yield Fault(file, "cpd.from", str(day), "stands twice: give one another day")
    for days in one.remind_unpaid:
        if days >= one.unpaid_days:
            remedy = f"must be fewer than unpaid_days, {one.unpaid_days}"
            yield Fault(file, "remind_unpaid", str(days), remedy)


def misfits(file: str, one: RegisterFile, standard: Standard) -> Iterator[Fault]:
    """What does not fit the standard: a route or a question it does not have, and the like."""
    routes = {route.key for route in standard.routes}
    asked = {criterion.key for criterion in standard.criteria if criterion.asked}
    if standard.holder != "person":
        yield Fault(file, "standard", one.standard, "is held by organisations: a register is not")
    if standard.award is None or standard.award.granted != "on-admission":
        remedy = 'must give its award "on-admission": an approval does not register'
        yield Fault(file, "standard", one.standard, remedy)
    named = [("fees.route", fee.route) for fee in one.fees if fee.route]
    named += [("ways.route", way.route) for way in one.ways]
    named += [("otherwise", one.otherwise)] if one.otherwise else []
    for field, route in named:
        if route not in routes:
            remedy = f"is not a route of the standard: {', '.join(sorted(routes)) or 'it has none'}"
            yield Fault(file, field, route, remedy)
    if len(routes) > 1 and not one.otherwise:
        remedy = "is missing: name the route of whoever says no to all ways"
        yield Fault(file, "otherwise", "", remedy)
    for key in one.known:
        if key not in asked:
            yield Fault(file, "known", key, "is not a question of the standard")
    if standard.award is not None:
        yield from _unlike(file, one, standard.award)


def _unlike(file: str, one: RegisterFile, award: AwardRules) -> Iterator[Fault]:
    """What names a move, a reason or a state that the award does not have."""
    reasons: dict[str, list[str]] = {}
    for move in award.moves:
        reasons.setdefault(move.verb, []).extend(move.reasons)
    states = [state.key for state in award.states]
    for field, verb in _moves_named(one):
        if verb not in reasons:
            yield Fault(file, field, verb, _choose("is no move of the standard", reasons))
    for field, verb, reason in _reasons_named(one):
        if reasons.get(verb) and reason not in reasons[verb]:
            remedy = _choose(f"is no reason of “{verb}”", reasons[verb])
            yield Fault(file, field, reason, remedy)
    for field, state in _states_named(one):
        if state not in states:
            yield Fault(file, field, state, _choose("is no state of the standard", states))


def _choose(problem: str, known: Iterable[str]) -> str:
    return f"{problem}: {', '.join(dict.fromkeys(known)) or 'it has none'}"


def _moves_named(one: RegisterFile) -> Iterator[tuple[str, str]]:
    for place, rule in enumerate(one.sanctions, start=1):
        if rule.verb:
            yield f"sanctions[{place}].verb", rule.verb
    if one.conduct.lift:
        yield "conduct.lift", one.conduct.lift
    for verb in one.conduct.reverse:
        yield "conduct.reverse", verb
    for verb in one.asked_by_holder:
        yield "asked_by_holder", verb


def _reasons_named(one: RegisterFile) -> Iterator[tuple[str, str, str]]:
    """Also where a reason is wanted and none is given: the move would be refused on the day."""
    for place, rule in enumerate(one.sanctions, start=1):
        yield f"sanctions[{place}].reason", rule.verb, rule.reason
    for field in ("nothing_found", "decided", "upheld"):
        yield f"conduct.{field}", one.conduct.lift, getattr(one.conduct, field)
    for verb in one.conduct.reverse:
        yield "conduct.upheld", verb, one.conduct.upheld


def _states_named(one: RegisterFile) -> Iterator[tuple[str, str]]:
    for state in one.timed:
        yield "timed", state
    for place, rule in enumerate(one.cpd, start=1):
        if "not_audited" in rule.model_fields_set:  # what nobody wrote is nobody's mistake
            for state in rule.not_audited:
                yield f"cpd[{place}].not_audited", state


def write(one: RegisterFile) -> str:
    """The file of a register, as TOML; comments of an older file are gone."""
    values: dict[str, Any] = _plain(one.model_dump(by_alias=True, exclude_defaults=True))
    return text_of(values)


def _plain(value: Any) -> Any:
    """Sums of money stand in a file as text, so that none is rounded."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def difference(before: RegisterFile | None, after: RegisterFile) -> list[Change]:
    """What changed: a plain field as a whole, a row of a list by itself."""
    if before is None:
        return [Change("new", f"register:{after.key}", None, after.name)]
    found: list[Change] = []
    old, new = _plain(before.model_dump(by_alias=True)), _plain(after.model_dump(by_alias=True))
    for name in new:
        if old[name] == new[name]:
            continue
        if isinstance(new[name], list):
            found += _rows(name, old[name], new[name])
        else:
            found.append(Change("changed", name, old[name], new[name]))
    return found


def _rows(name: str, old: list[Any], new: list[Any]) -> Iterator[Change]:
    for one in new:
        if one not in old:
            yield Change("new", name, None, _said(one))
    for one in old:
        if one not in new:
            yield Change("gone", name, _said(one), None)
    if sorted(map(_said, old)) == sorted(map(_said, new)):
        yield Change("moved", name, "another order", "this order")


def _said(row: Any) -> str:
    """A row in words: only what it says."""
    if not isinstance(row, dict):
        return str(row)
    return ", ".join(f"{key} {value}" for key, value in row.items() if value not in ("", {}, 0))
