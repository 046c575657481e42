"""What may be done with an entry, by whom, from which day to which, and what follows."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from benchside.assessment.awarding.queries import rules_of, state_of
from benchside.assessment.standards import AwardMove, AwardState
from benchside.core.actions import Actor
from benchside.recognition.enums import FeeKind
from benchside.recognition.models import Entry, EntryRequest
from benchside.recognition.registers.doors import leads_back
from benchside.recognition.registry import rules
from benchside.recognition.registry.publishing import months_later

# No register's file says so yet. As long as somebody who lapsed may come back without a new
# review: whoever is away longer shows anew what they can do. One without an end is asked yearly.
LONGEST_BREAK_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Step:
    """A move from where an entry is now. `first` and `last` are the days it may take effect on;
    `needs_two`: another person confirms it; `fee` is asked for first. `says` are its consequences,
    said before."""

    move: AwardMove
    target: AwardState
    first: date
    last: date | None
    needs_two: bool
    may_end: bool
    fee: Decimal | None
    says: tuple[str, ...]

    @property
    def verb(self) -> str:
        return self.move.verb

    @property
    def waits_for_nobody(self) -> bool:
        """A death, the one thing shown to nobody, is written down whatever else is proposed."""
        return not self.needs_two and not self.target.public

    def ends_by(self, day: date) -> date | None:
        """The last day of a break from `day` on; a suspension is as long as was decided."""
        return months_later(day, LONGEST_BREAK_MONTHS) if self.target.stands else None

    def is_open(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def began(entry: Entry) -> date:
    """The day from which it is in the state it is in."""
    changes = entry.award.events.changes().order_by("-number")
    last = changes.values_list("effective_on", flat=True).first()
    return last or entry.award.period_start


def fee_asked(entry: Entry, verb: str) -> Decimal | None:
    """What the register's file asks today for coming back by this verb; none for all others."""
    if verb != FeeKind.REINSTATEMENT:
        return None
    return entry.register.rules.fee(verb, timezone.localdate()) or None


def day_to_grant(request: EntryRequest) -> date | None:
    """The day before which what was asked for is not done; none where nothing is to wait for.
    Coming back for a fee is only agreed to, and may be today."""
    if request.begins <= timezone.localdate() or fee_asked(request.entry, request.verb):
        return None
    return request.begins


def steps(entry: Entry) -> list[Step]:
    """Everything that people may do with it from its state, whoever they are; not what only an
    appeal does, for nobody gets around the years before a restoration by proposing that."""
    award, by_appeal = entry.award, entry.register.rules.conduct.reverse
    since, timed = began(entry), entry.register.rules.timed
    titles = {one.key: one for one in rules_of(award).states}
    found = []
    for move in rules_of(award).moves:
        if award.state not in move.source or move.right == "system":
            continue
        if move.verb in by_appeal:
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
                fee=fee_asked(entry, move.verb),
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
    if amount := fee_asked(entry, move.verb):
        said.append(f"A fee of £{amount} is asked for first. It is done once that is settled.")
    if move.new_period:
        said.append(f"A new period of {rules_of(entry.award).months} months begins.")
    if move.right == "ratify":
        said.append("Another person has to confirm it.")
    elif target.public:  # no letter goes of a state that is shown to nobody, such as a death
        said.append("The person gets a letter.")
    if not leads_back(rules_of(entry.award), target.key, 0):
        said.append("There is no way back from there.")
    return said
