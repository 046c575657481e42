"""Whether somebody who was on a register can still come back by one of its own doors. No Django.

Whoever can, comes back that way and applies anew only afterwards: so nobody who was removed gets
around the bar by a new application, and nobody who lapsed last month writes thirteen answers.
"""

from collections.abc import Collection

from benchside.assessment.standards import AwardMove, AwardRules


def leads_back(rules: AwardRules, state: str, days_since: int) -> bool:
    """Whether moves lead from `state`, in which an award has been for so many days, to one that
    stands. A door that opens only later counts; one that has shut does not. What takes those who
    stand off the register is no door, from wherever else it may be done: a removal leads on to the
    hearing of a restoration, which is nothing to somebody who lapsed years ago."""
    stands = {one.key for one in rules.states if one.stands}
    doors = [one for one in rules.moves if one.target in stands or not stands & {*one.source}]
    open_now = [one for one in doors if state in one.source and not _is_shut(one, days_since)]
    reached = {one.target for one in open_now}
    waiting = list(reached)
    while waiting:
        here = waiting.pop()
        if here in stands:
            return True
        further = {one.target for one in doors if here in one.source} - reached
        reached |= further
        waiting += further
    return False


def opens_after(rules: AwardRules, state: str, by_appeal: Collection[str] = ()) -> int:
    """For how many days after it came into `state` no move leads an award back: a bar on coming
    back. 0 where a way back is open at once, or there is none at all. `by_appeal`: verbs of moves
    that nobody can ask for, so they end no bar."""
    stands = {one.key for one in rules.states if one.stands}
    moves = [one for one in rules.moves if state in one.source and one.verb not in by_appeal]
    back = [
        one.from_days for one in moves if one.target in stands or leads_back(rules, one.target, 0)
    ]
    return 0 if state in stands else min(back, default=0)


def _is_shut(move: AwardMove, days_since: int) -> bool:
    return move.until_days is not None and days_since > move.until_days
