"""Writing a log: adding, changing, doing again, taking out; time away; reminders."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from benchside.core.actions import Actor, Refused, acting
from benchside.people import rules
from benchside.people.cpd import breaks, repeating
from benchside.people.cpd import days as log_days
from benchside.people.cpd.keeping import drop_unless_held, forget_brought
from benchside.people.cpd.table import key_of
from benchside.people.models import CpdActivity, CpdBreak, CpdLog, Technician

MOST = 5_000  # activities of one log
MOST_BREAKS = 50
WRITTEN = (
    "title", "category", "begins", "ends", "did", "learned", "helped_me", "helped_users",
    "hours", "points", "is_done",
)  # fmt: skip
COPIED = ("title", "category", "did", "hours", "points")


def add_activity(*, actor: Actor, technician: Technician, values: Mapping[str, Any]) -> CpdActivity:
    """Write one down. `values`: any of WRITTEN; title, category and begins at least, and it ends on
    the day it begins unless told otherwise. Afterwards: no reminder is due.

    Raises Denied; Refused when the log is full, the days are the wrong way round, or what is done
    is still to come.
    """
    may = rules.is_themselves
    with acting("cpd.add", actor=actor, subject=technician, may=may) as act:
        log_of(technician)
        if technician.cpd_activities.count() >= MOST:
            raise Refused(
                f"A log holds {MOST} activities at most.", "Take out what is too old to matter."
            )
        made = CpdActivity(technician=technician)
        _write(made, {"ends": values["begins"], **values})
        made.save()
        has_written(technician)
        act.about(made)
    return made


def change_activity(*, actor: Actor, activity: CpdActivity, values: Mapping[str, Any]) -> None:
    """Write what was typed; what `values` leaves out stays. Raises Denied, Refused."""
    with acting("cpd.change", actor=actor, subject=activity, may=rules.is_themselves) as act:
        held = CpdActivity.objects.select_for_update().get(pk=activity.pk)
        _write(held, values)
        held.save()
        has_written(held.technician)
        act.note(fields=sorted(set(values) & set(WRITTEN)))
    activity.refresh_from_db()


def do_again(
    *, actor: Actor, activity: CpdActivity, on: date, every: str = "", times: int = 1
) -> list[CpdActivity]:
    """Plan or note the same thing again: once on a day, or `times` times, `every` "week", "month"
    or "year" from it. What was learned is not copied: that is new each time. Those that begin after
    today are planned. Raises Denied; Refused for more than MOST_TIMES or a full log.
    """
    if not 1 <= times <= repeating.MOST_TIMES:
        raise Refused(
            f"It can be planned {repeating.MOST_TIMES} times at most.", "Give a smaller number."
        )
    days = repeating.days(on, every, times)
    length = activity.ends - activity.begins
    same = {name: getattr(activity, name) for name in COPIED}
    with acting("cpd.do_again", actor=actor, subject=activity, may=rules.is_themselves) as act:
        made = [
            add_activity(
                actor=actor,
                technician=activity.technician,
                values={
                    **same,
                    "begins": day,
                    "ends": day + length,
                    "is_done": log_days.is_over(day + length),
                },
            )
            for day in days
        ]
        act.note(times=len(made))
    return made


def delete_activity(*, actor: Actor, activity: CpdActivity) -> None:
    """Take one out for good, with its evidence. What a register holds of it stays with that."""
    with acting("cpd.delete", actor=actor, subject=activity, may=rules.is_themselves) as act:
        owner = activity.technician
        files = list(activity.evidence.exclude(file="").values_list("file", "file_digest"))
        act.note(activity=str(activity.key))
        act.about(owner)
        CpdActivity.objects.filter(pk=activity.pk).delete()
        forget_brought(owner.pk, [activity.uid, key_of(activity.begins, activity.title)[:200]])
        for name, digest in files:
            act.afterwards(partial(drop_unless_held, owner.pk, name, digest))


def take_break(*, actor: Actor, technician: Technician, begins: date, ends: date) -> CpdBreak:
    """Note time away from work. Raises Denied; Refused for days the wrong way round, more than
    ten years, or days that another break holds."""
    with acting("cpd.take_break", actor=actor, subject=technician, may=rules.is_themselves) as act:
        # Held, so that a button pressed twice at once does not note the same days twice.
        CpdLog.objects.select_for_update().get_or_create(technician=technician)
        if wrong := breaks.wrong_with(technician, begins, ends):
            raise Refused(wrong.what, wrong.remedy)
        if technician.cpd_breaks.count() >= MOST_BREAKS:
            raise Refused("There are many breaks already.", "Take out those long past.")
        made = CpdBreak.objects.create(technician=technician, begins=begins, ends=ends)
        act.about(made)
    return made


def end_break(*, actor: Actor, away: CpdBreak) -> None:
    """Take a break out, as if it had not been. Raises Denied."""
    with acting("cpd.end_break", actor=actor, subject=away, may=rules.is_themselves) as act:
        act.about(away.technician)
        CpdBreak.objects.filter(pk=away.pk).delete()


def remind(*, actor: Actor, technician: Technician, reminds: bool) -> None:
    """Have a letter when nothing was written for long, or none. Raises Denied."""
    may = rules.can_stop_reminders
    with acting("cpd.remind", actor=actor, subject=technician, may=may) as act:
        log_of(technician)
        CpdLog.objects.filter(technician=technician).update(reminds=reminds, nudges=0)
        act.note(reminds=reminds)


def log_of(technician: Technician) -> CpdLog:
    return CpdLog.objects.get_or_create(technician=technician)[0]


def has_written(technician: Technician) -> None:
    """Somebody who writes needs no nudge, and begins to count anew."""
    CpdLog.objects.filter(technician=technician).update(nudges=0)


def _write(activity: CpdActivity, values: Mapping[str, Any]) -> None:
    for name in WRITTEN:
        if name in values:
            setattr(activity, name, values[name])
    if activity.begins > activity.ends:
        raise Refused("The last day is before the first.", "Give the days in order.")
    if activity.is_done and not log_days.is_over(activity.ends):
        raise Refused("That day is still to come.", "Plan it, or give the day on which it was.")
    if not activity.title.strip():
        raise Refused("It has no title.", "Say in a few words what you did.")
