"""What other rooms put into a submission: an action plan, a calculation.

A standard's file names its annexes by key. What an annex says is frozen when somebody signs, and
stands in every export, as plain tables; the engine never knows what it means.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from benchside.assessment.models import Submission
from benchside.core.registries import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A heading, its columns, and rows of as many cells."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def _nothing(_: Submission) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """One thing that belongs to submissions of the standards that name it.

    `tables` is what is signed; `gaps` what must be mended before anybody signs; `concerns` what
    whoever signs must face and may accept; `url` where it is worked on.
    """

    key: str
    title: str
    tables: Callable[[Submission], Sequence[Table]]
    url: Callable[[Submission], str]
    gaps: Callable[[Submission], Sequence[str]] = _nothing
    concerns: Callable[[Submission], Sequence[str]] = _nothing
    order: int = 0


annexes: Registry[Annex] = Registry("annexes of submissions")


def annexes_of(submission: Submission) -> list[Annex]:
    """Those its standard names, in their order; one that no room offers is left out."""
    named = set(submission.version.standard.annexes)
    return [one for one in annexes if one.key in named]


def content_of_annexes(submission: Submission) -> list[dict[str, Any]]:
    """What they say now, as plain values."""
    return [
        {"annex": one.key, "title": one.title, "tables": list(_plain(one.tables(submission)))}
        for one in annexes_of(submission)
    ]


def _plain(tables: Iterable[Table]) -> Iterable[dict[str, Any]]:
    for table in tables:
        yield {
            "title": table.title,
            "columns": list(table.columns),
            "rows": [list(row) for row in table.rows],
        }


def concerns_of(submission: Submission) -> list[str]:
    """What whoever signs must face."""
    return [words for one in annexes_of(submission) for words in one.concerns(submission)]
