"""What has to be there before an entry is renewed. Other parts register theirs, such as CPD."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from benchside.core.registries import Registry
from benchside.recognition.enums import FeeState
from benchside.recognition.models import Entry, YearlyRenewal
from benchside.recognition.registry.enums import ProposalState, RequestState

SETTLED = (FeeState.PAID, FeeState.WAIVED)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not there yet: a sentence to the person, and where they see to it."""

    what: str
    url: str = ""
    waits_for_us: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalCheck:
    """`missing(entry, period_end)` says what is not there yet for the period after that day."""

    key: str
    title: str
    missing: Callable[[Entry, date], Missing | None]
    order: int = 0


renewal_checks: Registry[RenewalCheck] = Registry("checks before a renewal")


def missing_of(entry: Entry) -> list[Missing]:
    """Everything that is not there yet, in the order it is asked for; none with no period."""
    if (end := entry.award.period_end) is None:
        return []
    found = (one.missing(entry, end) for one in renewal_checks)
    return [one for one in found if one is not None]


def renewal_of(entry: Entry, end: date) -> YearlyRenewal | None:
    return next((one for one in entry.renewals.all() if one.period_end == end), None)


def renew_url(entry: Entry) -> str:
    return reverse("recognition:renew_entry", args=[entry.award.number])


def _details(entry: Entry, end: date) -> Missing | None:
    made = renewal_of(entry, end)
    if made is not None and made.details_at is not None:
        return None
    return Missing(
        "Look at what the register says of you, and say that it is right.", renew_url(entry)
    )


def _conduct(entry: Entry, end: date) -> Missing | None:
    made = renewal_of(entry, end)
    if made is None or made.conduct_at is None:
        return Missing("Say that you keep to the code of conduct.", renew_url(entry))
    if made.conduct_words and made.conduct_seen_at is None:
        return Missing("We read what you told us about your conduct.", waits_for_us=True)
    return None


def _fee(entry: Entry, end: date) -> Missing | None:
    made = renewal_of(entry, end)
    fee = made.fee if made else None
    if made is not None and (fee is None or fee.state in SETTLED):
        return None
    if fee is None:
        return Missing("We work out the fee for the next year.", waits_for_us=True)
    if fee.payer:
        return Missing(
            f"The fee of £{fee.amount} is not paid yet: {fee.payer} pays it.", renew_url(entry)
        )
    return Missing(f"Pay the fee of £{fee.amount}.", renew_url(entry))


def waits_for_us(entry: Entry) -> bool:
    """Whether the person has done their part: what is missing is ours to do, they have asked for
    something that nobody has answered, or a change of their entry waits for a second person."""
    missing = missing_of(entry)
    if missing and all(one.waits_for_us for one in missing):
        return True
    if entry.proposals.filter(state=ProposalState.OPEN).exists():
        return True
    asked = entry.requests.filter(state=RequestState.ASKED)
    return asked.filter(begins__lte=timezone.localdate()).exists()


CHECKS = (
    RenewalCheck(key="registry.details", title="Details", missing=_details, order=10),
    RenewalCheck(key="registry.conduct", title="Conduct", missing=_conduct, order=20),
    RenewalCheck(key="registry.fee", title="Fee", missing=_fee, order=90),
)
