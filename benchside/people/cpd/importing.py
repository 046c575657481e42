"""Bringing a table or a calendar into one's own log. The scope of a run is the person's record."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar

from django.db import transaction
from django.utils import timezone

from benchside.core.actions import Actor
from benchside.core.imports import Importer, Row, Values
from benchside.people.cpd import keeping
from benchside.people.cpd.calendar import Window, read_calendar
from benchside.people.cpd.days import furthest, is_over
from benchside.people.cpd.table import apart, exact, key_of, read_table
from benchside.people.models import CpdActivity, CpdEvidence, Technician
from benchside.people.rules import is_themselves

TEXTS = ("title", "category", "did", "learned", "helped_me", "helped_users")
DAYS = ("begins", "ends")
NUMBERS = ("hours", "points")
FIELDS = (*TEXTS, *DAYS, *NUMBERS, "is_done")
OF_AN_EVENT = ("title", "category", *DAYS, "did", "hours", "is_done")
AHEAD = timedelta(days=92)  # so far what comes again is taken apart: plans of the next months
FIRST_GUESS = "professional"  # until whoever brings it in says what it was


class _OwnLog(Importer):
    """What both have in common: whose it is, reading the log, writing into it."""

    fields: ClassVar[tuple[str, ...]] = FIELDS

    def allows(self, actor: Actor, scope: str) -> bool:
        found = Technician.objects.filter(pk=int(scope)).first()
        return found is not None and is_themselves(actor, found)

    def name(self, activity: CpdActivity) -> str:
        """By what a file knows it; empty for one no file of this kind can know."""
        raise NotImplementedError

    def _named(self, scope: str, *, lock: bool = False) -> dict[str, CpdActivity]:
        rows = CpdActivity.objects.filter(technician=int(scope)).order_by("pk")
        named = [one for one in (rows.select_for_update() if lock else rows) if self.name(one)]
        return dict(zip(apart(map(self.name, named)), named, strict=True))

    def current(self, scope: str, *, lock: bool = False) -> dict[str, Values]:
        return {key: self._plain(one) for key, one in self._named(scope, lock=lock).items()}

    def create(self, scope: str, records: Mapping[str, Values]) -> None:
        made = []
        for key, said in records.items():
            one = CpdActivity(technician_id=int(scope), uid=self.uid(key))
            _fill(one, said)
            made.append(one)
        CpdActivity.objects.bulk_create(made, batch_size=200)

    def uid(self, key: str) -> str:
        return ""

    def update(self, scope: str, records: Mapping[str, Values]) -> None:
        there = self._named(scope)
        for key, said in records.items():
            _fill(there[key], said)
            there[key].save()

    def remove(self, scope: str, keys: Sequence[str]) -> None:
        there = self._named(scope)
        gone = [there[key].pk for key in keys]
        files = CpdEvidence.objects.filter(activity__in=gone).exclude(file="")
        for name, digest in files.values_list("file", "file_digest"):
            transaction.on_commit(partial(keeping.drop_unless_held, int(scope), name, digest))
        CpdActivity.objects.filter(pk__in=gone).delete()

    def _plain(self, one: CpdActivity) -> Values:
        said: Values = {name: getattr(one, name) for name in self.fields}
        for name in DAYS:
            said[name] = said[name].isoformat()
        for name in set(NUMBERS) & set(self.fields):
            said[name] = None if said[name] is None else exact(said[name])
        return said


class TableImporter(_OwnLog):
    """A spreadsheet with our columns. Known by the day it began and its title."""

    key = "cpd-table"
    title = "CPD log"

    def parse(self, data: bytes) -> list[Row]:
        return read_table(data)

    def name(self, activity: CpdActivity) -> str:
        return key_of(activity.begins, activity.title)


class CalendarImporter(_OwnLog):
    """A calendar. Known by what the calendar calls the event, so that it comes in once."""

    key = "cpd-calendar"
    title = "Calendar"
    fields = OF_AN_EVENT

    def __init__(self, since: date | None = None) -> None:
        self.since = since
        self.unread: list[str] = []  # titles of what the file last parsed does not let in

    def parse(self, data: bytes) -> list[Row]:
        today = timezone.localdate()
        since = self.since or today - timedelta(days=366)
        window = Window(since, max(since, today) + AHEAD)
        self.unread = []
        events = []
        for one in read_calendar(data, window, self.unread):
            if one.ends > furthest():  # such as a wrong year: it could not be kept
                self.unread.append(one.title)
            else:
                events.append(one)
        return [
            Row(
                number,
                one.uid,
                {
                    "title": one.title,
                    "category": FIRST_GUESS,
                    "begins": one.begins.isoformat(),
                    "ends": one.ends.isoformat(),
                    "did": one.words,
                    "hours": None if one.hours is None else exact(one.hours),
                    "is_done": is_over(one.ends),
                },
            )
            for number, one in enumerate(events, start=1)
        ]

    def name(self, activity: CpdActivity) -> str:
        return activity.uid

    def uid(self, key: str) -> str:
        return key


def _fill(one: CpdActivity, said: Mapping[str, Any]) -> None:
    for name, value in said.items():
        if name in DAYS:
            value = date.fromisoformat(value)
        elif name in NUMBERS and value is not None:
            value = Decimal(value)
        setattr(one, name, value)


TABLE, CALENDAR = TableImporter(), CalendarImporter()
