"""What technicians' words put into an organisation's workspace."""

from collections.abc import Sequence
from functools import partial

from django.urls import reverse
from django.utils import timezone

from benchside.core.registries import AreaReport, Standing, ToDo, ToDoSource, WorkspaceTab
from benchside.core.sitting import Sitting
from benchside.impact.models import Suggestion
from benchside.impact.voice import queries
from benchside.organisations import roles

TALLY = "impact.tally"


def _address(name: str, slug: str) -> str:
    return reverse(f"impact:{name}", args=[slug])


TABS = [
    WorkspaceTab(
        key="impact.voice",
        area="impact",
        title="Technicians’ voice",
        url=partial(_address, "voice"),
        roles=frozenset(roles.with_right(roles.KEEP_PLAN)),
        order=40,
    )
]


def things_to_do(sitting: Sitting) -> Sequence[ToDo]:
    """Suggestions that nobody has answered."""
    if not sitting.has_one_of(roles.with_right(roles.KEEP_PLAN)):
        return []
    waiting = sitting.once(TALLY, _tally).waiting
    if not waiting:
        return []
    return [
        ToDo(
            title=f"Answer {waiting} suggestion{'' if waiting == 1 else 's'} of technicians",
            why="They took the time to say what would help. An answer is what makes the next "
            "one speak.",
            do="Read and answer",
            url=_address("voice", sitting.slug),
            order=20,
        )
    ]


def _tally(organisation_id: int) -> queries.Tally:
    return queries.tally(Suggestion.objects.filter(plan__organisation=organisation_id))


def standing(sitting: Sitting) -> Standing | None:
    """How many of the suggestions were answered."""
    found = sitting.once(TALLY, _tally)
    if not found.made:
        return None
    words = f"{found.answered} of {found.made} suggestions of technicians answered"
    return Standing(done=found.answered, total=found.made, words=words, as_of=timezone.localdate())


REPORT = AreaReport(key="impact.voice", area="impact", standing=standing, order=40)
TO_DO = ToDoSource(key="impact.voice", things=things_to_do)
