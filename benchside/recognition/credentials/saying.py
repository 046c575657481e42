"""What a credential of an award would say today, and whether there is to be one."""

from dataclasses import dataclass
from datetime import date, timedelta

from benchside.assessment.awarding.queries import holder_of, rules_of, state_of
from benchside.assessment.models import Award
from benchside.assessment.standards import AwardRules
from benchside.recognition.credentials.designs import design_for
from benchside.recognition.models import Credential, CredentialClaim, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What changes from one credential of an award to the next."""

    name: str
    level: str
    period_start: date
    period_end: date | None


def entry_of(award: Award) -> Entry | None:
    """Asked of the award, which has it in hand where many were read at once."""
    found: Entry | None = getattr(award, "entry", None)
    return found


def name_on(award: Award, entry: Entry | None) -> str:
    """On a register the name is the registered one, whatever the person's record says today."""
    return (entry.name if entry else holder_of(award)).strip()


def is_offered(award: Award) -> bool:
    """Whether its holder may have one now."""
    if design_for(award.version.key) is None or not state_of(award).stands:
        return False
    return award.technician is None or award.technician.erased_at is None


def is_wanted(award: Award) -> bool:
    """Organisations have theirs at once; a person's is made when they ask for it."""
    if award.technician_id is None:
        return True
    claim: CredentialClaim | None = getattr(award, "claim", None)
    return claim is not None and claim.given_back_at is None


def what_to_say(award: Award) -> Said | None:
    """None where there is to be no credential now."""
    if not (is_offered(award) and is_wanted(award)):
        return None
    name = name_on(award, entry_of(award))
    if not name:
        return None
    return Said(
        name=name,
        level=award.level,
        period_start=award.period_start,
        period_end=award.period_end,
    )


def said_by(credential: Credential) -> Said:
    return Said(
        name=credential.name,
        level=credential.level,
        period_start=credential.period_start,
        period_end=credential.period_end,
    )


def grace_days(rules: AwardRules) -> int:
    """Days after the end of its period that an award may still stand: until the clock ends it."""
    stands = {one.key for one in rules.states if one.stands}
    ends = [one.after_days for one in rules.moves if one.after_days and one.target not in stands]
    return max([0, *ends])


def last_day(award: Award, period_end: date | None) -> date | None:
    """The last day on which a credential of this period may be believed without asking."""
    if period_end is None:
        return None
    return period_end + timedelta(days=grace_days(rules_of(award)))
