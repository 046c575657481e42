"""What competitions hold about a person with an account, and how they forget; and their tables."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils import timezone

from benchside.core.registries import PersonalDataExport
from benchside.visibility.contests.enums import JudgeState
from benchside.visibility.contests.queries import Table
from benchside.visibility.models import Entry, Judge, Prize

# No address: a file leaves the desk, and who sent an entry in does not.
ENTRY_HEADER = (
    "Number", "State", "Category", "Ages", "School", "Nation", "Caption", "Job shown", "Picture",
    "Terms", "Sent", "Changed",
)  # fmt: skip


def export(person_id: UUID) -> dict[str, Any]:
    found = Judge.objects.filter(user__person_id=person_id).select_related("competition")
    return {
        "judging": [
            {
                "competition": judge.competition.title,
                "state": judge.get_state_display(),
                "places_you_know": [one.place for one in judge.conflicts.all() if one.place],
                "points": [
                    {
                        "entry": score.entry.number,
                        "for": score.criterion.title,
                        "points": score.points,
                    }
                    for score in judge.scores.select_related("entry", "criterion")
                ],
            }
            for judge in found.prefetch_related("conflicts")
        ]
    }


def erase(person_id: UUID) -> None:
    """Points that were handed in stand, of a judge without a name: a decision leans on them. All
    else of their judging goes, and so does what they said about whom they know."""
    mine = Judge.objects.filter(user__person_id=person_id)
    mine.exclude(state=JudgeState.SUBMITTED).delete()
    for judge in mine:
        judge.conflicts.filter(entry__isnull=True).delete()
    Prize.objects.filter(given_by=person_id).update(given_by=None)


JUDGING = PersonalDataExport(
    key="visibility.judging", title="Judging of competitions", export=export, erase=erase, order=5
)


def entry_rows(entries: Iterator[Entry]) -> Iterator[list[object]]:
    for one in entries:
        photo = one.photo
        yield [
            one.number,
            one.get_state_display(),
            one.category.title,
            f"{one.age_group}",
            one.school,
            one.get_nation_display(),
            one.caption,
            photo.role.title if photo and photo.role else "",
            photo.get_state_display() if photo else "",
            one.terms.version,
            _moment(one.sent_at),
            _moment(one.changed_at),
        ]


def score_header(table: Table) -> list[str]:
    judges = [f"Judge {number}" for number in range(1, len(table.judges) + 1)]
    return ["Place", "Tied", "Entry", "Category", "Ages", *judges, "Mean", "Fair points"]


def score_rows(table: Table) -> Iterator[list[object]]:
    """Blind, as the meeting sees it."""
    for line in table.lines:
        stood = line.standing
        yield [
            stood.place,
            "yes" if stood.is_tied else "",
            line.entry.number,
            line.entry.category.title,
            f"{line.entry.age_group}",
            *("" if total is None else total for total in line.totals),
            round(stood.plain, 2),
            stood.fair,
        ]


def _moment(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
