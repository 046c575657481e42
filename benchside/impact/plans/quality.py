"""What a critical friend would say of a plan, in plain words. Plain values in and out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

TOO_MANY = 10  # open actions in the hands of one person
LONG = timedelta(days=365)
MONTH = timedelta(days=31)
# Verbs that promise only that somebody will think.
SOFT = frozenset(
    (
        "review", "explore", "consider", "investigate", "discuss", "examine", "look", "assess",
        "monitor", "continue", "encourage", "promote", "raise", "support", "aim", "seek",
    )
)  # fmt: skip
AND_THEN = re.compile(r"\b(and|then|to)\s+([a-z]+)")
# Words after "and" that are no verb of doing: "review policies and procedures".
NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    baseline: bool
    target: bool
    denominator: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One action of a plan that is not stopped. `owner` is an opaque name, "" for nobody."""

    code: str
    title: str
    areas: tuple[str, ...]
    owner: str
    starts_on: date | None
    due_on: date | None
    measures: tuple[Measure, ...]
    milestones: int
    is_open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`areas` are key and title of each the plan should serve."""

    starts_on: date
    ends_on: date
    areas: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found, why it matters, and the codes it is about; none when it is about the plan."""

    key: str
    says: str
    why: str
    codes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """As whoever signs reads it."""
        named = f" ({shortened(self.codes)})" if self.codes else ""
        return f"{self.says}{named}. {self.why}"


def shortened(codes: Sequence[str], most: int = 12) -> str:
    shown = ", ".join(codes[:most])
    return f"{shown} and {len(codes) - most} more" if len(codes) > most else shown


def check(plan: Plan) -> list[Finding]:
    """All that is to be said, the gravest first. A plan of nothing gets one finding."""
    if not plan.lines:
        return [Finding(key="empty", says="The plan is empty", why="Add what you will do first.")]
    return [*_of_actions(plan), *_of_plan(plan)]


def _of_actions(plan: Plan) -> Iterator[Finding]:
    open_lines = [line for line in plan.lines if line.is_open]
    yield from _found(
        "owner", "has nobody who answers for it", "have nobody who answers for them",
        "What everybody should do, nobody does: name one person.",
        (line for line in open_lines if not line.owner),
    )  # fmt: skip
    yield from _found(
        "due", "has no date", "have no date", "Without a date nobody can be late, or on time.",
        (line for line in open_lines if line.due_on is None),
    )  # fmt: skip
    yield from _found(
        "measure", "has nothing to measure it by", "have nothing to measure them by",
        "Say what will be different, and by how much.",
        (line for line in plan.lines if not line.measures),
    )  # fmt: skip
    yield from _found(
        "target", "has no number to reach", "have no number to reach",
        "A number can be reached or missed; “more” and “better” cannot.",
        (x for x in plan.lines if x.measures and not any(m.target for m in x.measures)),
    )  # fmt: skip
    yield from _found(
        "baseline", "does not say where it starts", "do not say where they start",
        "Nobody can show a change without the number before it.",
        (x for x in plan.lines if x.measures and not any(m.baseline for m in x.measures)),
    )  # fmt: skip
    yield from _found(
        "soft", "promises only to think", "promise only to think",
        "“Review” or “explore” can be ticked without anything changing: say what follows from it.",
        (line for line in open_lines if is_soft(line.title)),
    )  # fmt: skip
    yield from _found(
        "late", "is due after the plan has ended", "are due after the plan has ended",
        "Give it a date within the plan, or a first step that has one.",
        (line for line in open_lines if line.due_on and line.due_on > plan.ends_on),
    )  # fmt: skip
    yield from _found(
        "backwards", "is due before it starts", "are due before they start",
        "Mend one of the dates.",
        (x for x in plan.lines if x.due_on and x.starts_on and x.due_on < x.starts_on),
    )  # fmt: skip
    yield from _found(
        "milestones", "runs for more than a year without a milestone",
        "run for more than a year without a milestone",
        "A step half-way tells you early whether you will get there.",
        (line for line in open_lines if not line.milestones and _length(plan, line) > LONG),
    )  # fmt: skip


def _of_plan(plan: Plan) -> Iterator[Finding]:
    served = {area for line in plan.lines for area in line.areas}
    if missing := [title for key, title in plan.areas if key not in served]:
        yield Finding(
            key="area",
            says=f"Nothing is planned for {_listed(missing)}",
            why="Say in your statement why not, or add an action.",
        )
    dated = [line for line in plan.lines if line.is_open and line.due_on]
    last = [line for line in dated if plan.ends_on - MONTH < line.due_on <= plan.ends_on]  # type: ignore[operator]
    if len(dated) >= 4 and len(last) * 2 > len(dated):
        yield Finding(
            key="last-month",
            says=f"{len(last)} of {len(dated)} actions fall due in the last month",
            why="Spread them, or there will be a rush and nothing to report before.",
            codes=tuple(line.code for line in last),
        )
    held = Counter(line.owner for line in plan.lines if line.is_open and line.owner)
    for owner, count in sorted(held.items()):
        if count >= TOO_MANY:
            yield Finding(
                key="load",
                says=f"One person answers for {count} actions",
                why="Share them out: when they are away, a third of the plan stands still."
                if count * 3 >= len(plan.lines)
                else "Share them out.",
                codes=tuple(line.code for line in plan.lines if line.owner == owner),
            )


def _found(key: str, one: str, many: str, why: str, lines: Iterable[Line]) -> Iterator[Finding]:
    codes = tuple(line.code for line in lines)
    if codes:
        says = f"1 action {one}" if len(codes) == 1 else f"{len(codes)} actions {many}"
        yield Finding(key=key, says=says, why=why, codes=codes)


def is_soft(title: str) -> bool:
    """Whether the only verbs of a title are those of thinking: "Review the policy" is, "Review
    the policy and publish it" is not."""
    words = re.findall(r"[a-z]+", title.lower())
    if not words or words[0] not in SOFT or NUMBER.search(title):
        return False
    return not any(word in DOING for _, word in AND_THEN.findall(title.lower()))


DOING = frozenset(
    (
        "publish", "agree", "adopt", "start", "launch", "hold", "train", "appoint", "write",
        "name", "give", "pay", "fund", "open", "run", "make", "put", "bring", "send",
        "build", "offer", "begin", "hire", "recruit", "change", "act", "set", "add", "move",
        "implement", "introduce", "report", "record", "register", "award", "nominate",
        "invite", "teach", "mentor", "cut", "raise", "double", "halve", "print", "share",
        "ask", "buy", "replace", "sign", "deliver", "create", "draw", "provide", "ensure",
    )
)  # fmt: skip


def _length(plan: Plan, line: Line) -> timedelta:
    return (line.due_on or plan.ends_on) - (line.starts_on or plan.starts_on)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
