"""Two records that are one person: what they run and are asked about goes along, and comes back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.organisations.actions import running
from benchside.organisations.actions.same_people import merge_people, undo_merger
from benchside.organisations.equipment import queries
from benchside.organisations.models import Employment, Equipment, Merger, Organisation, Runs
from benchside.organisations.tasks import forget_old_mergers
from benchside.people.models import Technician
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import person
from tests.organisations.test_equipment import an_item, claimed, on_the_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Organisation:
    return an_organisation()


@pytest.fixture
def lead(here: Organisation) -> User:
    return a_member(here)


@pytest.fixture
def both(here: Organisation) -> tuple[Technician, Technician]:
    """Edie, and the row that is Edie too."""
    return on_the_list(here), on_the_list(here, "Twin Made-Up")


def named(lead: User, item: Equipment, technician: Technician) -> Runs:
    return running.say_runs(actor=Actor.of(lead), item=item, technician=technician)


def merged(lead: User, here: Organisation, kept: Technician, gone: Technician) -> Merger:
    stays, goes = (here.employments.get(technician=one).pk for one in (kept, gone))
    return merge_people(actor=Actor.of(lead), organisation=here, kept_id=stays, absorbed_id=goes)


def rows() -> list[Any]:
    return [
        list(Runs.objects.order_by("pk").values_list()),
        list(Equipment.objects.order_by("pk").values_list("pk", "contact")),
    ]


def who(item: Equipment) -> list[str]:
    return [one.technician.name for one in queries.runners(item)]


def test_merged_they_run_and_are_asked_about_what_either_was(
    here: Organisation, lead: User, both: Any
) -> None:
    edie, twin = both
    mill, lathe = (an_item(here, lead, name, contact=twin) for name in ("Mill", "Lathe"))
    ended = named(lead, lathe, twin)
    running.end_runs(actor=Actor.of(lead), runs=ended)
    named(lead, mill, twin)
    merged(lead, here, edie, twin)
    assert who(mill) == ["Edie Made-Up"]
    assert set(Equipment.objects.values_list("contact", flat=True)) == {edie.pk}
    ended.refresh_from_db()
    assert ended.technician == edie  # the past goes along


def test_named_twice_with_one_item_they_are_named_once(
    here: Organisation, lead: User, both: Any
) -> None:
    edie, twin = both
    mill = an_item(here, lead)
    claimed(edie)
    mine = named(lead, mill, edie)
    named(lead, mill, twin)
    running.confirm_runs(actor=Actor.of(edie.account), runs=mine)
    merged(lead, here, edie, twin)
    assert who(mill) == ["Edie Made-Up"]
    assert queries.runners(mill) == [mine]
    assert queries.runners(mill)[0].is_confirmed  # their own word is not lost


def test_undone_all_is_as_it_was(here: Organisation, lead: User, both: Any) -> None:
    edie, twin = both
    mill, lathe = (an_item(here, lead, name, contact=twin) for name in ("Mill", "Lathe"))
    saw = an_item(here, lead, "Saw", contact=edie)
    for item, technician in ((mill, edie), (mill, twin), (lathe, twin), (saw, edie)):
        named(lead, item, technician)
    before = rows()
    made = merged(lead, here, edie, twin)
    assert rows() != before
    undo_merger(actor=Actor.of(lead), merger=made)
    assert rows() == before


def test_undone_what_was_said_since_stays(here: Organisation, lead: User, both: Any) -> None:
    """A word of their own is theirs; whom to ask is whoever was chosen last."""
    edie, twin = both
    olu = on_the_list(here, "Olu Made-Up")
    mill, lathe = (an_item(here, lead, name, contact=twin) for name in ("Mill", "Lathe"))
    runs = named(lead, mill, twin)
    named(lead, lathe, twin)
    claimed(edie)
    made = merged(lead, here, edie, twin)
    runs.refresh_from_db()
    running.confirm_runs(actor=Actor.of(edie.account), runs=runs)
    Equipment.objects.filter(pk=lathe.pk).update(contact=olu)
    undo_merger(actor=Actor.of(lead), merger=made)
    assert (who(mill), who(lathe)) == (["Edie Made-Up"], ["Twin Made-Up"])
    assert set(Equipment.objects.values_list("name", "contact")) == {
        ("Mill", twin.pk),
        ("Lathe", olu.pk),
    }


def test_what_another_organisation_says_stays_as_it_is(
    here: Organisation, lead: User, both: Any
) -> None:
    edie, twin = both
    other = an_organisation("southmoor")
    theirs = a_member(other)
    Employment.objects.create(organisation=other, technician=twin, key="twin")
    saw = an_item(other, theirs, "Saw", contact=twin)
    named(theirs, saw, twin)
    merged(lead, here, edie, twin)
    saw.refresh_from_db()
    assert saw.contact == twin
    assert who(saw) == ["Twin Made-Up"]


def test_after_thirty_days_what_was_said_twice_goes(
    here: Organisation, lead: User, both: Any
) -> None:
    edie, twin = both
    mill = an_item(here, lead)
    for one in both:
        named(lead, mill, one)
    merged(lead, here, edie, twin)
    forget_old_mergers.func()
    assert Runs.objects.count() == 2  # it can still be undone
    Merger.objects.update(merged_at=timezone.now() - timedelta(days=31))
    forget_old_mergers.func()
    assert Runs.objects.get().technician == edie


# --- a second record claimed ---------------------------------------------------------------------
def test_two_records_claimed_are_one_with_the_equipment_of_both(
    here: Organisation, lead: User, client: Client
) -> None:
    other = an_organisation("southmoor")
    theirs = a_member(other)
    first, second = on_the_list(here), on_the_list(other)
    mill, saw = an_item(here, lead, contact=first), an_item(other, theirs, "Saw", contact=second)
    named(lead, mill, first)
    named(theirs, saw, second)
    # Of a time before, when here knew the second record too: said twice.
    Runs.objects.create(equipment=mill, technician=second)
    user = person(first.work_email)
    client.force_login(user)
    for one in (first, second):
        client.post("/my/record/", {"record": one.pk})
    assert Technician.objects.filter(work_email=user.email).get() == first
    assert set(Runs.objects.values_list("equipment", "technician")) == {
        (mill.pk, first.pk),
        (saw.pk, first.pk),
    }
    assert set(Equipment.objects.values_list("contact", flat=True)) == {first.pk}
    told = client.get(reverse("my_equipment:mine")).content.decode()
    assert "Diffractometer" in told
    assert "Saw" in told
