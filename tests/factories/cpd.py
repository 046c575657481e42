"""Somebody with a CPD log, and what stands in it."""

from datetime import date
from typing import Any

from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.people.cpd.actions import add_activity, add_file
from benchside.people.models import CpdActivity, CpdEvidence, Technician
from tests.factories.technicians import a_fresh_profile

WORDS = "It made me think of how I do it."
FULL = {"learned": WORDS, "helped_me": WORDS, "helped_users": WORDS}


def a_logger(local: str = "edie") -> Technician:
    return a_fresh_profile(local).technician


def actor_of(technician: Technician) -> Actor:
    return Actor.of(User.objects.get(technician=technician))


def an_activity(
    technician: Technician, title: str = "Laser safety", on: date = date(2026, 3, 4), **more: Any
) -> CpdActivity:
    """Done unless told otherwise, also where that is still to come: as if the day were there."""
    values = {"title": title, "category": "formal", "begins": on, "ends": on, **more}
    is_done = values.pop("is_done", True)
    values["is_done"] = is_done and values["ends"] <= timezone.localdate()
    made = add_activity(actor=actor_of(technician), technician=technician, values=values)
    CpdActivity.objects.filter(pk=made.pk).update(is_done=is_done)
    made.refresh_from_db()
    return made


def a_file(
    activity: CpdActivity, name: str = "note.txt", data: bytes = b"I was there"
) -> CpdEvidence:
    return add_file(actor=actor_of(activity.technician), activity=activity, name=name, data=data)
