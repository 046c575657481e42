"""Say who runs what: by whoever keeps the item or by the technician, who alone agrees to it."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.organisations.actions.equipment import tell
from benchside.organisations.actions.members import lock
from benchside.organisations.enums import RunLevel
from benchside.organisations.equipment import rules
from benchside.organisations.models import Employment, Equipment, Runs
from benchside.people.models import Technician
from benchside.people.rules import is_themselves


def say_runs(
    *,
    actor: Actor,
    item: Equipment,
    technician: Technician,
    level: str = RunLevel.RUNS,
    since: int | None = None,
) -> Runs:
    """Say that a technician runs an item. Their own word is a yes; another's waits for theirs.

    Raises Denied; Refused for somebody who is not on the organisation's staff list, who is named
    already, and for an item that is retired.
    """
    runs = Runs(equipment=item, technician=technician, level=level, since=since)
    with acting("runs.say", actor=actor, subject=runs, may=rules.can_say_runs) as act:
        lock(item.organisation_id)
        item.refresh_from_db()
        if not item.is_live:
            raise Refused(f"{item.name} is retired.", "Bring it back first.")
        there = Employment.objects.current().filter(organisation=item.organisation_id)
        if not there.filter(technician=technician).exists():
            raise Refused("This person is not on the staff list.", "Choose somebody who is.")
        runs.said_by = actor.person_id
        if is_themselves(actor, runs):
            runs.confirmed_at = timezone.now()
        _save(runs)
        act.about(runs)
        act.note(equipment=item.pk, person=str(technician.person_id), level=level)
        tell(item)
    return runs


def confirm_runs(*, actor: Actor, runs: Runs) -> None:
    """The technician agrees to be named. Raises Denied; Refused when it has ended."""
    with acting("runs.confirm", actor=actor, subject=runs, may=rules.can_confirm_runs):
        held = _held(runs)
        held.confirmed_at = held.confirmed_at or timezone.now()
        held.save(update_fields=["confirmed_at"])
        tell(held.equipment)


def end_runs(*, actor: Actor, runs: Runs) -> None:
    """Somebody runs it no more, or never wished to be named. Raises Denied; Refused when over."""
    with acting("runs.end", actor=actor, subject=runs, may=rules.can_say_runs) as act:
        held = _held(runs)
        held.ended_on = timezone.localdate()
        held.save(update_fields=["ended_on"])
        act.note(equipment=held.equipment_id)
        tell(held.equipment)


def _held(runs: Runs) -> Runs:
    held = Runs.objects.select_for_update(of=("self",)).select_related("equipment").get(pk=runs.pk)
    if held.ended_on:
        raise Refused("This has ended already.")
    return held


def _save(runs: Runs) -> None:
    try:
        with transaction.atomic():
            runs.save()
    except IntegrityError as error:
        raise Refused("They are named already.", "End that first to say it anew.") from error
