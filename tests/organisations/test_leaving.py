"""Leaving an employer by one's own word."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models import AuditEvent
from benchside.organisations.actions.definitions import write_definition
from benchside.organisations.actions.leaving import say_i_have_left
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Employment, StaffListSettings
from benchside.people.enums import Audience
from benchside.people.models import Profile
from tests.factories.organisations import RULES, a_member, an_organisation, bring_in
from tests.factories.people import person
from tests.factories.staff_lists import EDIE, HEADER, OLU
from tests.factories.technicians import a_fresh_profile, as_themselves

pytestmark = pytest.mark.django_db
MINE = "/my/employment/"


@pytest.fixture
def steward() -> Actor:
    here = an_organisation()
    actor = Actor.of(a_member(here, MemberRole.HR_STEWARD))
    write_definition(actor=actor, organisation=here, rules=RULES)
    bring_in(actor, here, [HEADER, EDIE, OLU])
    return actor


@pytest.fixture
def edie(steward: Actor) -> Profile:
    """On the list, claimed, shown to her organisation."""
    one = Employment.objects.get(staff_number="1001")
    profile = a_fresh_profile(to=Audience.ORGANISATION)
    begun, one.technician = one.technician, profile.technician
    one.save()
    begun.delete()
    return profile


def at(profile: Profile) -> Employment:
    return Employment.objects.get(technician=profile.technician)


def test_leaving_ends_the_employment_and_leaves_the_rest(edie: Profile) -> None:
    one = at(edie)
    version = StaffListSettings.objects.get().version
    mine = as_themselves(edie)
    assert "Northmoor" in mine.get(MINE).content.decode()
    page = mine.post(f"{MINE}{one.pk}/", {"word": "left"}, follow=True).content.decode()
    assert "You have left Northmoor" in page
    assert "<dt>Left</dt>" in page
    assert 'value="left"' not in page
    one.refresh_from_db()
    assert one.left_on == timezone.localdate()
    assert not one.posts.filter(ended_on=None).exists()
    assert StaffListSettings.objects.get().version == version + 1
    edie.refresh_from_db()
    assert edie.is_shown
    assert edie.technician.name == "Edie Made-Up"
    assert (
        AuditEvent.objects.get(verb="employment.leave").actor == edie.technician.account.person_id
    )


def test_a_post_that_was_to_begin_later_ends_when_it_would_have(edie: Profile) -> None:
    one = at(edie)
    soon = timezone.localdate() + timedelta(days=30)
    one.posts.update(started_on=soon)
    say_i_have_left(actor=Actor.of(edie.technician.account), employment=one)
    assert one.posts.get().ended_on == soon


def test_nobody_leaves_for_another_and_nobody_twice(edie: Profile) -> None:
    one = at(edie)
    other = a_fresh_profile("olu")
    theirs = as_themselves(other)
    assert theirs.post(f"{MINE}{one.pk}/", {"word": "left"}).status_code == 404
    one.refresh_from_db()
    assert one.left_on is None
    with pytest.raises(Denied):
        say_i_have_left(actor=Actor.of(other.technician.account), employment=one)
    mine = Actor.of(edie.technician.account)
    say_i_have_left(actor=mine, employment=one)
    with pytest.raises(Refused, match="left already"):
        say_i_have_left(actor=mine, employment=one)


def test_a_list_that_still_names_them_takes_them_back_as_they_were(
    steward: Actor, edie: Profile
) -> None:
    one = at(edie)
    say_i_have_left(actor=Actor.of(edie.technician.account), employment=one)
    bring_in(steward, one.organisation, [HEADER, EDIE, OLU])
    one.refresh_from_db()
    assert one.left_on is None
    assert one.technician == edie.technician


@pytest.mark.parametrize("number", ["99999", "{pk}x", "left"])
def test_what_is_no_list_of_theirs_is_not_there(edie: Profile, number: str) -> None:
    one = at(edie)
    address = f"{MINE}{number.format(pk=one.pk)}/"
    assert as_themselves(edie).post(address, {"word": "left"}).status_code == 404
    one.refresh_from_db()
    assert one.left_on is None


def test_a_second_press_is_told_that_it_is_done(edie: Profile) -> None:
    mine, address = as_themselves(edie), f"{MINE}{at(edie).pk}/"
    mine.post(address, {"word": "left"})
    page = mine.post(address, {"word": "left"}, follow=True).content.decode()
    assert "You have left already." in page


def test_whoever_has_no_record_is_shown_where_one_begins(client: Client, db: Any) -> None:
    client.force_login(person())
    page = client.get(MINE).content.decode()
    assert "On no list" in page
    assert 'href="/my/record/"' in page
    assert "Hide me" not in page
    assert "Show me" not in page


def test_whoever_is_on_a_list_is_not_told_to_find_their_organisation(edie: Profile) -> None:
    client = as_themselves(edie)
    page = " ".join(client.get("/my/").content.decode().split())
    assert f'on the staff list of <a href="/my/employment/">{at(edie).organisation.name}' in page
    assert "No organisation yet" not in page
    say_i_have_left(actor=Actor.of(edie.technician.account), employment=at(edie))
    page = client.get("/my/").content.decode()
    assert "on the staff list of" not in page
    assert "No organisation yet" in page
