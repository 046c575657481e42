"""What a credential of an award would say today, and whether there is to be one."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from benchside.assessment.awarding.offers import is_held
from benchside.assessment.awarding.queries import holder_of, last_day, state_of
from benchside.assessment.models import Award
from benchside.recognition.credentials.designs import design_for
from benchside.recognition.models import Credential, CredentialClaim, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What changes from one credential of an award to the next."""

    name: str
    level: str
    period_start: date
    period_end: date | None
    until: date | None  # the last day on which it may be believed without asking


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
        until=until(award),
    )


def until(award: Award) -> date | None:
    """The day before the clock ends it. None where it stands without a clock, such as on a break,
    or past that day because it waits for those who run it: the list of what was taken back says
    what is so."""
    last = last_day(award)
    if last is not None and last < timezone.localdate() and is_held(award):
        return None
    return last


def said_by(credential: Credential) -> Said:
    return Said(
        name=credential.name,
        level=credential.level,
        period_start=credential.period_start,
        period_end=credential.period_end,
        until=credential.until,
    )
