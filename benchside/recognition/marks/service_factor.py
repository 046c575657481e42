"""The service factor: hours of technicians for each hour of science lessons. No Django here.

    factor = technician hours a week, in term / hours of science taught a week, all classes

It is how the advisory service for science in schools (CLEAPSS) has long worked it out. Somebody
paid for fewer weeks than the term has counts for their share of it; weeks paid beyond the term are
good for servicing and stock, and do not make more hours in term.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

TERM_WEEKS = 39  # of a school year in England: 190 days with pupils, and five for training
REFERENCE = Decimal("0.65")
REFERENCE_SAYS = "0.65 is taken as the least that is adequate"
REFERENCE_SOURCE = "NFER 2020, after CLEAPSS"
SCIENCE = "science"


@dataclass(frozen=True, slots=True)
class Line:
    """The technicians of one subject together."""

    subject: str
    hours: Decimal
    weeks: int
    people: int = 1


@dataclass(frozen=True, slots=True)
class Worked:
    """What the sheet comes to: `factor` to two places; `short` the hours a week that lack."""

    science_hours: Decimal
    taught: Decimal
    factor: Decimal
    is_adequate: bool
    short: Decimal


def in_term(line: Line) -> Decimal:
    """Hours a week as they fall in term."""
    return line.hours * min(line.weeks, TERM_WEEKS) / TERM_WEEKS


def hours_a_year(lines: Iterable[Line]) -> Decimal:
    return sum((one.hours * one.weeks for one in lines), Decimal(0))


def work_out(lines: Iterable[Line], taught: Decimal) -> Worked | None:
    """None where no science is taught, or nobody works for it.

    Whether it is adequate is asked of the factor itself, not of what is left after rounding.
    """
    science = [one for one in lines if one.subject == SCIENCE]
    if not science or taught <= 0:
        return None
    hours = sum((in_term(one) for one in science), Decimal(0))
    exact = hours / taught
    short = max(REFERENCE * taught - hours, Decimal(0))
    return Worked(
        science_hours=_rounded(hours),
        taught=taught,
        factor=_rounded(exact),
        is_adequate=exact >= REFERENCE,
        short=_rounded(short),
    )


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
