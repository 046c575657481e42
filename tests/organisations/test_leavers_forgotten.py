"""What an organisation knew of people goes when they have left; counts stay."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from benchside.core.models import AuditEvent
from benchside.organisations.models import Employment, Post, StaffListSettings
from benchside.organisations.staff import counting
from benchside.organisations.tasks import forget_leavers, forget_old_staff_runs
from benchside.people.models import Technician
from tests.factories.people import person
from tests.organisations.lists import bring, organisation, rows_of_every_table
from tests.organisations.test_censuses import crowd

pytestmark = pytest.mark.django_db


def night(day: str) -> None:
    with time_machine.travel(f"{day} 04:00"):
        forget_leavers.func()
        forget_old_staff_runs.func()


@pytest.fixture
def left(nowhere, steward):
    """Ten people on a list of October, counted; number 0 and 1 left by one of November."""
    with time_machine.travel("2026-11-01 12:00"):
        bring(steward, nowhere, *crowd(0, 10))
        counting.take_snapshot(nowhere, date(2026, 11, 1))
    claimed = Technician.objects.get(name="Made-Up 1")
    claimed.account, claimed.claimed_at = person("claimed@home.example"), timezone.now()
    claimed.save()
    with time_machine.travel("2026-11-20 12:00"):
        bring(steward, nowhere, *crowd(2, 10))
    return nowhere


def test_nothing_goes_while_a_list_can_be_undone_or_nobody_has_counted(left) -> None:
    night("2026-12-10")
    night("2027-03-01")  # could be undone no more, but no census has been taken since
    assert Employment.objects.count() == 10


def test_leavers_go_once_counted_and_are_not_in_any_table(left) -> None:
    with time_machine.travel("2026-12-01 02:50"):
        taken = counting.take_snapshot(left, date(2026, 12, 1))
    assert (taken.people, taken.left) == (8, 2)
    night("2026-12-02")
    assert Employment.objects.count() == 10
    for day in ("2026-12-22", "2026-12-23", "2026-12-24"):
        night(day)
    assert Employment.objects.count() == Post.objects.count() == 8
    dump = "\n".join(rows_of_every_table())
    assert "Made-Up 0" not in dump
    assert "p0@benchside.example" not in dump
    assert Technician.objects.filter(erased_at__isnull=False).count() == 1
    event = AuditEvent.objects.get(verb="staff_list.forget_leavers")
    assert event.detail == {"people": 2}


def test_who_claimed_their_record_keeps_it(left) -> None:
    counting.take_snapshot(left, date(2026, 12, 1))
    for day in ("2027-01-02", "2027-01-03"):
        night(day)
    theirs = Technician.objects.get(account__isnull=False)
    assert (theirs.name, theirs.erased_at) == ("Made-Up 1", None)
    assert not theirs.employments.exists()


def test_somebody_known_elsewhere_keeps_their_name(left) -> None:
    elsewhere = organisation("elsewhere")
    gone = Technician.objects.get(name="Made-Up 0")
    Employment.objects.create(organisation=elsewhere, technician=gone, key="other")
    counting.take_snapshot(left, date(2026, 12, 1))
    for day in ("2027-01-02", "2027-01-03"):
        night(day)
    gone.refresh_from_db()
    assert gone.name == "Made-Up 0"
    assert Employment.objects.filter(organisation=left).count() == 8


def test_a_list_compared_before_is_stale_afterwards(left) -> None:
    counting.take_snapshot(left, date(2026, 12, 1))
    before = StaffListSettings.objects.get(organisation=left).version
    for day in ("2027-01-02", "2027-01-03", "2027-01-04"):
        night(day)
    assert StaffListSettings.objects.get(organisation=left).version == before + 1
