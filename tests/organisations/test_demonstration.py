"""The demonstration: two years of lists by the real importer, claimed records, a past."""

import pytest
from django.core.management import call_command

from benchside.accounts import demo as accounts
from benchside.accounts.models import User
from benchside.organisations import demo, demo_staff
from benchside.organisations.demo_equipment import FITS
from benchside.organisations.equipment import queries
from benchside.organisations.models import (
    Employment,
    Organisation,
    Post,
    Runs,
    StaffRun,
    StaffSnapshot,
)
from benchside.organisations.staff import releasing
from benchside.people.models import ClaimInvitation, Profile
from benchside.people.queries import public_profiles
from scripts.make_staff_list import EARLIER, make_earlier, name_of
from tests.organisations.test_staff_list_demonstration import cells

pytestmark = pytest.mark.django_db


@pytest.fixture
def university(settings) -> Organisation:
    settings.DEMO = True
    call_command("load_catalogue", verbosity=0)
    accounts.create_people(password="a-made-up-password")
    demo.create_organisations(password="a-made-up-password")
    return Organisation.objects.get(name="Made-Up University")


@pytest.mark.parametrize("day", EARLIER)
def test_earlier_workbooks_are_those_the_generator_makes(day) -> None:
    assert cells(make_earlier(day)) == cells(name_of(day).read_bytes())


def test_it_has_people_profiles_and_a_past(university) -> None:
    assert set(demo_staff.EARLIER) == set(EARLIER)
    current = Employment.objects.current().filter(organisation=university)
    assert 225 <= current.count() <= 250
    assert len(set(current.values_list("posts__title", flat=True))) > 100
    assert Profile.objects.count() == 60
    assert 30 <= public_profiles().count() <= 40
    assert Profile.objects.filter(is_shown=False).exists()
    shown = releasing.shown_of(university)
    assert [one.day.isoformat() for one in shown] == [
        "2024-12-01", "2025-07-31", "2025-12-01", "2026-07-31",
    ]  # fmt: skip
    claimed = [one.shown["lists"]["record"]["claimed"] for one in shown]
    assert claimed == sorted(claimed)
    assert claimed[0] < claimed[-1]
    assert not StaffRun.objects.exclude(state="applied").exists()
    assert ClaimInvitation.objects.count() == 1


def test_equipment_is_run_by_people_it_fits(university) -> None:
    """By their title or where they work; and a visitor finds some of them by name."""
    things = {one.name: one for one in university.equipment.all()}
    assert len(things) == 42
    assert not [one.name for one in things.values() if one.unit is None]
    runs = Runs.objects.filter(equipment__organisation=university).select_related("equipment")
    assert runs.count() >= 24
    for one in runs:
        posts = Post.objects.current().filter(employment__technician=one.technician)
        titles = " ".join(posts.values_list("title", flat=True)).casefold()
        fits = any(word in titles for word in FITS[one.equipment.technique])
        assert fits or posts.filter(unit=one.equipment.unit).exists(), one.equipment
    for name, word in (("Glassblowing lathe", "glassblower"), ("Mass spectrometer", "mass spec")):
        who = runs.get(equipment=things[name]).technician
        held = Post.objects.current().filter(employment__technician=who)
        assert word in " ".join(held.values_list("title", flat=True)).casefold()
    assert len(queries.public_runners(university.equipment.public())) >= 5


def test_a_second_time_nothing_is_made_again(university) -> None:
    before = (User.objects.count(), StaffRun.objects.count(), StaffSnapshot.objects.count())
    people = demo.create_organisations(password="a-made-up-password")
    after = (User.objects.count(), StaffRun.objects.count(), StaffSnapshot.objects.count())
    assert after == before
    assert [one for one in people if "technician with a profile" in one.name]


def test_nobody_looks_real(university) -> None:
    addresses = User.objects.values_list("email", flat=True)
    assert all(one.endswith("@benchside.example") for one in addresses)
    known = Employment.objects.values_list("technician__work_email", flat=True)
    assert all(one.endswith("@benchside.example") for one in known if one)
