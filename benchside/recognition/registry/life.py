"""What may be done with an entry, by whom, from which day to which, and what follows."""

from dataclasses import dataclass
from datetime import date, timedelta

from benchside.assessment.awarding.queries import rules_of, state_of
from benchside.assessment.standards import AwardMove, AwardState
from benchside.core.actions import Actor
from benchside.recognition.models import Entry
from benchside.recognition.registry import rules


@dataclass(frozen=True, slots=True)
class Step:
    """A move from where an entry is now. `first` and `last` are the days it may take effect on;
    `needs_two`: another person confirms it. `says` are its consequences, said before."""

    move: AwardMove
    target: AwardState
    first: date
    last: date | None
    needs_two: bool
    may_end: bool
    says: tuple[str, ...]

    @property
    def verb(self) -> str:
        return self.move.verb

    def is_open(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def began(entry: Entry) -> date:
    """The day from which it is in the state it is in."""
    last = entry.award.events.order_by("-number").values_list("effective_on", flat=True).first()
    return last or entry.award.period_start


def steps(entry: Entry) -> list[Step]:
    """Everything that people may do with it from its state, whoever they are."""
    award = entry.award
    since, timed = began(entry), entry.register.rules.timed
    titles = {one.key: one for one in rules_of(award).states}
    found = []
    for move in rules_of(award).moves:
        if award.state not in move.source or move.right == "system":
            continue
        target = titles[move.target]
        days = move.until_days
        found.append(
            Step(
                move=move,
                target=target,
                first=since + timedelta(days=move.from_days),
                last=None if days is None else since + timedelta(days=days),
                needs_two=move.right == "ratify",
                may_end=move.target in timed,
                says=tuple(_consequences(entry, move, target)),
            )
        )
    return found


def possible(entry: Entry) -> list[AwardMove]:
    """Every move of its standard's file, from whatever state."""
    return list(rules_of(entry.award).moves)


def step_of(entry: Entry, verb: str) -> Step | None:
    return next((one for one in steps(entry) if one.verb == verb), None)


def renewing_move(entry: Entry) -> AwardMove | None:
    """The move that gives another period to what stands: the one that is there from the first
    state on, not a way back from somewhere else."""
    award_rules, state = rules_of(entry.award), entry.award.state
    for one in award_rules.moves:
        if one.new_period and award_rules.start in one.source and state in one.source:
            return one
    return None


def steps_for(actor: Actor, entry: Entry) -> list[Step]:
    """Those this actor may do, or propose where two people are needed. Renewing is no such
    change: it looks first at what is missing."""
    if not rules.can_keep(actor, entry):
        return []
    renewing = renewing_move(entry)
    return [one for one in steps(entry) if one.move != renewing]


def _consequences(entry: Entry, move: AwardMove, target: AwardState) -> list[str]:
    stands, stood = target.stands, state_of(entry.award).stands
    said = [f"It is then “{target.title}”. {target.meaning}"]
    if stood and not stands:
        said.append(
            f"They may no longer use {entry.register.letters}, and credentials are revoked."
        )
    if stands and not stood:
        said.append(f"They may use {entry.register.letters} again; credentials are issued anew.")
    if not target.public:
        said.append("Nothing of it is shown to anybody after that.")
    elif target.shown_as:
        shown = {one.key: one.title for one in rules_of(entry.award).states}
        said.append(f"Everybody is told “{shown[target.shown_as]}”, not why.")
    if move.new_period:
        said.append(f"A new period of {rules_of(entry.award).months} months begins.")
    if move.right == "ratify":
        said.append("Another person has to confirm it.")
    else:
        said.append("The person gets a letter.")
    back = [one for one in rules_of(entry.award).moves if target.key in one.source]
    if not [one for one in back if one.right != "system"]:
        said.append("There is no way back from there.")
    return said
