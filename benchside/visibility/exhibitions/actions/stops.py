"""Plan where an exhibition goes, call a stop off, note how many came."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.core.states import move
from benchside.visibility.exhibitions import queries, rules
from benchside.visibility.exhibitions.actions.exhibitions import lock, tell
from benchside.visibility.exhibitions.enums import CountedBy
from benchside.visibility.exhibitions.states import STOP
from benchside.visibility.models import Exhibition, Stop, VisitorCount

DETAILS = frozenset(
    {"venue", "address", "town", "postcode", "nation", "starts_on", "ends_on", "hours", "access",
     "website", "host", "contact", "contact_email", "contact_phone"}
)  # fmt: skip
PRIVATE = frozenset({"contact", "contact_email", "contact_phone", "host"})
KEEP_CONTACT = timedelta(days=183)  # after the last day: long enough to thank, and to be paid


def plan_stop(*, actor: Actor, exhibition: Exhibition, values: Mapping[str, Any]) -> Stop:
    """Add a stop. Raises Denied; Refused for days on which the panels are elsewhere."""
    with acting("stop.plan", actor=actor, subject=exhibition, may=rules.can_run) as act:
        held = lock(exhibition)
        stop = Stop(exhibition=held, **{k: v for k, v in values.items() if k in DETAILS})
        _refuse_days(held, stop)
        stop.save()
        act.about(stop)
        tell(held)
    return stop


def change_stop(*, actor: Actor, stop: Stop, values: Mapping[str, Any]) -> None:
    """Write what was typed; calendars hear of it unless it is for the team alone.

    Raises Denied, Refused.
    """
    with acting("stop.change", actor=actor, subject=stop, may=rules.can_run) as act:
        held = lock(stop.exhibition)
        stop.refresh_from_db()
        said = {k: v for k, v in values.items() if k in DETAILS}
        changed = {name for name, value in said.items() if getattr(stop, name) != value}
        for name in changed:
            setattr(stop, name, said[name])
        if not stop.is_cancelled:
            _refuse_days(held, stop)
        if outside := [day for day in stop.counts.values_list("day", flat=True)
                       if not stop.starts_on <= day <= stop.ends_on]:  # fmt: skip
            raise Refused(
                f"Visitors were counted on {outside[0]:%-d %B %Y}.", "Keep that day within it."
            )
        if changed - PRIVATE:
            _raise_sequence(stop)
        stop.save()
        act.note(changed=sorted(changed))
        tell(held)


def cancel_stop(*, actor: Actor, stop: Stop) -> None:
    """Call a stop off. Calendars show it so. Raises Denied, Refused."""
    _move(actor, stop, "cancel")


def plan_again(*, actor: Actor, stop: Stop) -> None:
    """Plan a stop that was called off after all. Raises Denied; Refused when its days are taken."""
    _move(actor, stop, "plan_again")


def note_visitors(
    *, actor: Actor, stop: Stop, day: date, visitors: int, source: str, is_estimate: bool
) -> VisitorCount:
    """Note how many came on a day; noted again, it takes the place of what was there.

    Raises Denied; Refused for a day that is not of the stop or has not come.
    """
    with acting("stop.count", actor=actor, subject=stop, may=rules.can_run) as act:
        lock(stop.exhibition)
        stop.refresh_from_db()
        if not stop.is_on(day):
            raise Refused(
                f"It was not there on {day:%-d %B %Y}.",
                f"Choose a day from {stop.starts_on:%-d %B %Y} to {stop.ends_on:%-d %B %Y}.",
            )
        if day > timezone.localdate():
            raise Refused("This day has not come.", "Note it afterwards.")
        count, _ = VisitorCount.objects.update_or_create(
            stop=stop,
            day=day,
            defaults={
                "visitors": visitors,
                "source": source,
                "is_estimate": is_estimate or source == CountedBy.GUESS,
                "noted_by": actor.person_id,
                "noted_at": timezone.now(),
            },
        )
        act.note(day=day.isoformat(), visitors=visitors)
        tell(stop.exhibition)
    return count


def remove_count(*, actor: Actor, count: VisitorCount) -> None:
    """Take a figure away that was wrong. Raises Denied."""
    with acting("stop.uncount", actor=actor, subject=count.stop, may=rules.can_run) as act:
        act.note(day=count.day.isoformat(), visitors=count.visitors)
        count.delete()
        tell(count.stop.exhibition)


def forget_contacts(*, actor: Actor, stop: Stop) -> None:
    """Blank who was to be asked at a venue, half a year after the last day. Raises Denied."""
    with acting("stop.forget", actor=actor, subject=stop, may=rules.can_take_down):
        Stop.objects.filter(pk=stop.pk).update(contact="", contact_email="", contact_phone="")


def _refuse_days(held: Exhibition, stop: Stop) -> None:
    if stop.ends_on < stop.starts_on:
        raise Refused("It would end before it begins.", "Give a later last day.")
    other = queries.overlapping(held, stop.starts_on, stop.ends_on, stop.pk)
    if other:
        raise Refused(
            f"The panels are at {other} from {other.starts_on:%-d %B %Y} to "
            f"{other.ends_on:%-d %B %Y}.",
            "Choose other days, or move that stop first.",
        )


def _raise_sequence(stop: Stop) -> None:
    stop.sequence += 1
    stop.changed_at = timezone.now()


def _move(actor: Actor, stop: Stop, verb: str) -> None:
    with transaction.atomic():
        held = lock(stop.exhibition)
        stop.refresh_from_db()
        if verb == "plan_again":
            _refuse_days(held, stop)
        columns = {"sequence": stop.sequence + 1, "changed_at": timezone.now()}
        move(table=STOP, subject=stop, verb=verb, actor=actor, columns=columns)
        tell(held)
