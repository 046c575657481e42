"""A lively CPD log of somebody made up: this year and the last, some of it half written."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.people.actions import begin_record
from benchside.people.cpd import actions


class Thing(NamedTuple):
    """One made-up activity, so many days ago."""

    ago: int
    category: str
    title: str
    did: str = ""
    learned: str = ""
    helped_me: str = ""
    helped_users: str = ""
    hours: str = ""


THINGS = (
    Thing(
        9, "work", "Showed two new starters the cold room",
        "An hour with each, from the door alarm to the rack plan.",
        "To explain the alarm I had to read its manual. It has a test button I never knew.",
        "I test the alarm each Monday now.",
        "Samples are safer, and both starters can answer the alarm at night.", "2",
    ),
    Thing(31, "self", "Read up on battery storage", "Two guides of a made-up fire service.",
          "Cells that were dropped can burn hours later.", hours="1.5"),
    Thing(
        58, "formal", "Laser safety, one day", "At the Made-Up Institute.",
        "Most eye injuries happen while a beam is lined up, not in use.",
        "I lowered the beam of bench 3 below eye height.",
        "Students line up the laser on their own now, with a sheet of one page.", "7",
    ),
    Thing(96, "professional", "Talk at the Made-Up Technicians’ Network",
          "Ten minutes on our loan shelf.", "People steal a good idea if it fits on one slide.",
          hours="3"),
    Thing(140, "work", "New way to log the autoclave", "Paper to a tablet, with a paper copy.",
          "A change sticks when those who use it chose the words.",
          "Five minutes saved a run.", "No run was lost since.", "4"),
    Thing(201, "self", "A film about pump seals"),
    Thing(260, "other", "Judged at a school science fair",
          "Made-Up Primary, twenty stands.", "Ask a child how, never why.",
          "I ask our students the same way now.", "Twenty children met a technician.", "4"),
    Thing(330, "formal", "First aid, renewed", hours="6"),
    Thing(410, "work", "Moved the workshop stores", "Three weeks, with everything open.",
          "Label the shelf, not the box.", "I find things.", "So does everybody else.", "20"),
    Thing(455, "professional", "Mentor of an apprentice",
          "An hour a month.", "I talk too much: now I ask first.",
          "I plan the hour.", "She passed, and stayed.", "6"),
    Thing(520, "formal", "Gas cylinders, half a day", "", "Close the valve, then the regulator.",
          hours="3.5"),
)  # fmt: skip


def keep_a_log(user: User) -> None:
    """Write it as its owner would, once."""
    actor = Actor.of(user)
    technician = begin_record(actor=actor, user=user)
    if technician.cpd_activities.exists():
        return
    today = timezone.localdate()
    for one in THINGS:
        actions.add_activity(actor=actor, technician=technician, values=_values(one, today))
    planned = {
        "title": "Vacuum leak testing, two days",
        "category": "formal",
        "begins": today + timedelta(days=24),
        "ends": today + timedelta(days=25),
        "is_done": False,
    }
    actions.add_activity(actor=actor, technician=technician, values=planned)
    laser = technician.cpd_activities.get(title__startswith="Laser")
    actions.add_file(
        actor=actor,
        activity=laser,
        name="line-up sheet.txt",
        data=b"Made up. 1. Lowest power. 2. Goggles on. 3. Beam below the eyes.\n",
        title="The line-up sheet",
    )


def _values(one: Thing, today: date) -> dict[str, Any]:
    said = one._asdict()
    day = today - timedelta(days=said.pop("ago"))
    hours = said.pop("hours")
    return {**said, "begins": day, "ends": day, "hours": Decimal(hours) if hours else None}
