"""The evidence line: what a school writes down about a lesson, for its own records.

Careers leaders account for activities by the Gatsby Benchmarks (updated November 2024). A quiz
in class can serve three of them, and each only if the lesson did what the benchmark asks; so the
teacher says which, and the page says what each takes.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from benchside.careers.models import QuizClass

HEADER = (
    "Date",
    "Activity",
    "Provider",
    "Gatsby Benchmarks",
    "Year groups",
    "Pupils",
    "Pupils who handed in",
    "Minutes",
)


@dataclass(frozen=True, slots=True)
class Benchmark:
    number: int
    name: str
    when: str


BENCHMARKS = (
    Benchmark(
        2,
        "Learning from career and labour market information",
        "Tick it if pupils opened roles, read the ways in, and saw where the facts come from.",
    ),
    Benchmark(
        3,
        "Addressing the needs of each pupil",
        "Tick it if each pupil looked at their own six roles, and someone will come back to them.",
    ),
    Benchmark(
        4,
        "Linking curriculum learning to careers",
        "Tick it if you tied the roles to a subject that you teach.",
    ),
)
NUMBERS = {one.number for one in BENCHMARKS}


def chosen(ticked: Iterable[str]) -> list[int]:
    """The benchmarks among what was ticked, in order; anything else is left out."""
    return sorted(NUMBERS & {int(one) for one in ticked if one.isascii() and one.isdigit()})


def line(quiz_class: QuizClass, benchmarks: Iterable[int]) -> dict[str, str]:
    """One row by column. How many handed in is told after closing, and never under five."""
    handed_in = (quiz_class.totals or {}).get("pupils")
    values = (
        timezone.localdate(quiz_class.opened_at).isoformat(),
        quiz_class.title,
        settings.SITE_NAME,
        ", ".join(str(number) for number in benchmarks),
        ", ".join(quiz_class.years),
        str(quiz_class.pupils),
        "" if handed_in is None else str(handed_in),
        str(quiz_class.minutes),
    )
    return dict(zip(HEADER, values, strict=True))
