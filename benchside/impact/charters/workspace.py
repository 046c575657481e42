"""What charters put into an organisation's workspace."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone

from benchside.core.registries import AreaReport, Standing, ToDo, ToDoSource, WorkspaceTab
from benchside.core.sitting import Sitting
from benchside.impact.charters import progress, queries
from benchside.impact.charters.deadlines import months_on
from benchside.impact.enums import Part, SignatoryState
from benchside.impact.models import Signatory
from benchside.organisations import roles

SOON = 6  # months
IN_HAND = "impact.in_hand"


def _address(name: str, slug: str, *more: object) -> str:
    return reverse(f"impact:{name}", args=[slug, *more])


TABS = [
    WorkspaceTab(
        key="impact.charters",
        area="impact",
        title="Charters",
        url=partial(_address, "inside_charters"),
        order=20,
    )
]


def things_to_do(sitting: Sitting) -> Sequence[ToDo]:
    leads = sitting.has_one_of(roles.with_right(roles.LEAD_CHARTER))
    signs = sitting.has_one_of(roles.with_right(roles.SIGN))
    if not (leads or signs):
        return []
    today = timezone.localdate()
    return [
        thing
        for one in sitting.once(IN_HAND, _in_hand)
        for thing in (
            _signing(one, leads=leads, signs=signs)
            if one.state == SignatoryState.SIGNING
            else _stage(one, today)
            if leads
            else ()
        )
    ]


def _in_hand(organisation_id: int) -> list[Signatory]:
    found = Signatory.objects.filter(
        organisation=organisation_id, state__in=(SignatoryState.SIGNING, SignatoryState.ANNOUNCED)
    )
    return list(found.select_related("charter", "organisation"))


def _signing(one: Signatory, *, leads: bool, signs: bool) -> Iterator[ToDo]:
    page = _address("inside_charter", one.organisation.slug, one.charter.slug)
    if signs and one.head_name and not one.head_signed_at:
        yield ToDo(
            title=f"Sign {one.charter.name}",
            why=f"In the name of {one.head_name}. It goes to the charter once the lead signs too.",
            do="Read and sign",
            url=page,
            order=8,
        )
    if leads and not one.lead_signed_at:
        yield ToDo(
            title=f"Go on signing {one.charter.name}",
            why="Say who the head is and whom to write to, then sign as the named lead.",
            do="Go on",
            url=page,
            order=12,
        )


def _stage(one: Signatory, today: date) -> Iterator[ToDo]:
    cycle = queries.current(queries.stages_of(one))
    if cycle is None:
        return
    page = _address("inside_charter", one.organisation.slug, one.charter.slug)
    now = queries.phase(cycle, today)
    day = f"{cycle.due_on:%d/%m/%Y}"
    if now == "late":
        yield ToDo(
            title=f"Stage {cycle.stage} is late",
            why=f"The self-assessment of {one.charter.name} was due on {day}.",
            do="Go on with it",
            url=page,
            order=4,
        )
    elif now == "feedback":
        yield ToDo(
            title=f"Answer {cycle.to_answer} recommendation{'' if cycle.to_answer == 1 else 's'}",
            why=f"The reviewers of stage {cycle.stage} have written to you.",
            do="Read and answer",
            url=_address("response", one.organisation.slug, one.charter.slug, cycle.stage),
            order=7,
        )
    elif now in {"due", "writing"} and cycle.due_on <= months_on(today, SOON):
        begun = now == "writing"
        yield ToDo(
            title=f"{'Go on with' if begun else 'Begin'} stage {cycle.stage}",
            why=f"The self-assessment of {one.charter.name} is due on {day}.",
            do="Go on with it" if begun else "Begin it",
            url=page,
            order=9,
        )


def standing(sitting: Sitting) -> Standing | None:
    """How far the stage in hand has come, and when it is due."""
    found = [
        one
        for one in sitting.once(IN_HAND, _in_hand)
        if one.state == SignatoryState.ANNOUNCED and one.part == Part.SIGNATORY
    ]
    if not found:
        return None
    cycle: Any = queries.current(queries.stages_of(found[0]))
    if cycle is None:
        return None
    today = timezone.localdate()
    steps = progress.steps(queries.facts(cycle))
    word = progress.PHASES[queries.phase(cycle, today)].lower()
    return Standing(
        done=sum(step.is_done for step in steps),
        total=len(steps),
        words=f"Stage {cycle.stage}, due on {cycle.due_on:%d/%m/%Y}: {word}",
        as_of=today,
    )


REPORT = AreaReport(key="impact.charters", area="impact", standing=standing)
TO_DO = ToDoSource(key="impact.charters", things=things_to_do)
