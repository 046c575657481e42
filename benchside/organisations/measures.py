"""The figures this room publishes: true ones, for rooms above to show through the policy.

Of a day gone by, a figure is that of the newest snapshot up to then: nothing else is kept.
"""

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from benchside.core.registries import Measure, Measured
from benchside.organisations.models import (
    Employment,
    Organisation,
    StaffSnapshot,
)
from benchside.organisations.staff import judging
from benchside.people.queries import public_profiles

WORKFORCE = "workforce"
YEAR_BEGINS = (8, 1)  # the academic year, 1 August to 31 July


def identified(organisation_id: int, on: datetime.date) -> Measured | None:
    """Technicians on the list."""
    if on >= timezone.localdate():
        return (
            Measured(value=_current(organisation_id).count())
            if _has_list(organisation_id)
            else None
        )
    taken = _newest(organisation_id, on)
    return Measured(value=taken.people) if taken else None


def claimed(organisation_id: int, on: datetime.date) -> Measured | None:
    """Those who look after their own record, of all."""
    if on < timezone.localdate():
        taken = _newest(organisation_id, on)
        if taken is None or "record" not in taken.counts:
            return None
        return Measured(value=taken.counts["record"]["claimed"], people=taken.people)
    if not _has_list(organisation_id):
        return None
    current = _current(organisation_id)
    theirs = current.filter(technician__account__isnull=False)
    return Measured(value=theirs.count(), people=current.count())


def public(organisation_id: int, on: datetime.date) -> Measured | None:
    """Those whom everyone may see, of all."""
    if on < timezone.localdate():
        taken = _newest(organisation_id, on)
        if taken is None or "profile" not in taken.counts:
            return None
        return Measured(value=taken.counts["profile"]["seen by everyone"], people=taken.people)
    if not _has_list(organisation_id):
        return None
    current = _current(organisation_id)
    seen = public_profiles().filter(technician__in=current.values("technician"))
    return Measured(value=seen.count(), people=current.count())


def titles_waiting(organisation_id: int, on: datetime.date) -> Measured | None:
    """Titles of the newest list that nobody has decided about. Known of today alone."""
    if on < timezone.localdate():
        return None
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None or not _has_list(organisation_id):
        return None
    return Measured(value=len(judging.waiting_titles(organisation)))


def joined(organisation_id: int, on: datetime.date) -> Measured | None:
    """Who came onto the list in the academic year, up to the newest snapshot of it."""
    taken = _in_year(organisation_id, on)
    if not taken:
        return None
    return Measured(value=sum(one.joined for one in taken), people=taken[-1].people)


def left(organisation_id: int, on: datetime.date) -> Measured | None:
    """Who is gone from the list in the academic year, up to the newest snapshot of it."""
    taken = _in_year(organisation_id, on)
    if not taken:
        return None
    return Measured(value=sum(one.left for one in taken), people=taken[-1].people)


def _has_list(organisation_id: int) -> bool:
    return Organisation.objects.filter(
        pk=organisation_id, staff_list_settings__version__gt=0
    ).exists()


def _current(organisation_id: int) -> QuerySet[Employment]:
    return Employment.objects.current().filter(organisation=organisation_id)


def _newest(organisation_id: int, on: datetime.date) -> StaffSnapshot | None:
    found = StaffSnapshot.objects.filter(organisation=organisation_id, day__lte=on)
    return found.order_by("-day").first()


def _in_year(organisation_id: int, on: datetime.date) -> list[StaffSnapshot]:
    begins = datetime.date(
        on.year if (on.month, on.day) >= YEAR_BEGINS else on.year - 1, *YEAR_BEGINS
    )
    found = StaffSnapshot.objects.filter(organisation=organisation_id, day__gte=begins, day__lte=on)
    return list(found.order_by("day"))


MEASURES = (
    Measure(
        key="organisations.technicians",
        title="Technicians identified",
        unit="people",
        policy=WORKFORCE,
        observe=identified,
        order=10,
    ),
    Measure(
        key="organisations.claimed",
        title="Technicians who look after their own record",
        unit="people",
        policy=WORKFORCE,
        observe=claimed,
        order=20,
    ),
    Measure(
        key="organisations.public",
        title="Technicians whom everyone may see",
        unit="people",
        policy=WORKFORCE,
        observe=public,
        order=30,
    ),
    Measure(
        key="organisations.titles_waiting",
        title="Job titles nobody has decided about",
        unit="titles",
        policy="",
        observe=titles_waiting,
        order=40,
    ),
    Measure(
        key="organisations.joined",
        title="Technicians who joined the list this academic year",
        unit="people",
        policy=WORKFORCE,
        observe=joined,
        order=50,
    ),
    Measure(
        key="organisations.left",
        title="Technicians who left the list this academic year",
        unit="people",
        policy=WORKFORCE,
        observe=left,
        order=60,
    ),
)
