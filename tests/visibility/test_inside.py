"""The directory inside an organisation, its frame for other sites, and pages that go at once."""

from typing import Any

import pytest
from django.test import Client

from benchside.core.actions import Actor
from benchside.core.registries import panels
from benchside.organisations.models import Employment, Organisation
from benchside.people import actions
from benchside.people.enums import Audience
from benchside.people.models import Profile
from benchside.visibility import workspace
from benchside.website import stamps
from benchside.website.page_cache import PageCache
from tests.factories.organisations import a_member, a_unit, an_organisation, sitting
from tests.factories.technicians import a_profile, a_technician, at_work, tell

pytestmark = pytest.mark.django_db
INSIDE = "/org/northmoor/visibility/technicians/"
HERE = {"name_to": Audience.ORGANISATION}


@pytest.fixture
def home() -> Organisation:
    return an_organisation()


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_members_see_the_unclaimed_by_name_post_and_unit(home: Organisation) -> None:
    una = a_technician("Una Claimed", work_email="una@benchside.example")
    at_work(una, home, a_unit(home, "Chemistry"), "Glassblower")
    page = signed_in(a_member(home)).get(INSIDE).content.decode()
    assert "Una Claimed" in page
    assert "Glassblower" in page
    assert "Chemistry" in page
    assert "una@benchside.example" not in page


def test_who_hides_is_not_even_known_inside(home: Organisation) -> None:
    at_work(a_profile("Edie Made-Up", is_shown=False).technician, home)
    assert b"Edie" not in signed_in(a_member(home)).get(INSIDE).content


def test_a_technician_of_the_place_reads_it_and_of_another_does_not(home: Organisation) -> None:
    edie = a_profile("Edie Made-Up", **HERE)
    at_work(edie.technician, home)
    other = a_profile("Olu Notreal")
    at_work(other.technician, an_organisation("southmoor"))
    own = signed_in(edie.technician.account)
    assert own.get(INSIDE).status_code == 200
    assert own.get(f"{INSIDE}{edie.public_id}/").status_code == 200
    assert own.get("/org/northmoor/visibility/directory/").status_code == 404
    assert signed_in(other.technician.account).get(INSIDE).status_code == 404
    assert signed_in(other.technician.account).get(f"{INSIDE}{edie.public_id}/").status_code == 404


def test_who_left_reads_nothing_more(home: Organisation) -> None:
    edie = a_profile("Edie Made-Up")
    at_work(edie.technician, home)
    Employment.objects.update(started_on="2020-01-01", left_on="2026-01-01")
    assert signed_in(edie.technician.account).get(INSIDE).status_code == 404


def test_people_of_another_organisation_are_not_in_it(home: Organisation) -> None:
    other = a_profile("Olu Notreal")
    at_work(other.technician, an_organisation("southmoor"))
    lead = signed_in(a_member(home))
    assert b"Olu" not in lead.get(INSIDE).content
    assert lead.get(f"{INSIDE}{other.public_id}/").status_code == 404


def test_posts_elsewhere_are_not_told_inside(home: Organisation) -> None:
    edie = a_profile("Edie Made-Up", unit_to=Audience.ORGANISATION)
    at_work(edie.technician, home)
    at_work(edie.technician, an_organisation("southmoor"), title="Night watch")
    page = signed_in(a_member(home)).get(f"{INSIDE}{edie.public_id}/").content.decode()
    assert "Southmoor" not in page
    assert "Night watch" not in page


def test_the_lines_to_copy_follow_what_is_chosen(home: Organisation) -> None:
    edie = a_profile("Edie Made-Up")
    tell(edie, skill="Soldering")
    at_work(edie.technician, home)
    lead = signed_in(a_member(home))
    page = lead.get("/org/northmoor/visibility/directory/?skill=soldering&unit=999")
    text = page.content.decode()
    assert "/technicians/at/northmoor/embed/?skill=soldering&quot;" in text
    assert "unit=999" not in text
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "no-store" in page["Cache-Control"]


def test_the_area_says_how_many_are_known_claimed_and_shown(home: Organisation) -> None:
    assert workspace.standing(sitting(home.pk)) is None
    at_work(a_profile("Edie Made-Up").technician, home)
    at_work(a_profile("Olu Notreal", is_shown=False).technician, home)
    at_work(a_technician("Una Claimed"), home)
    standing = workspace.standing(sitting(home.pk))
    assert standing is not None
    assert (standing.done, standing.total) == (1, 3)
    assert standing.words == "1 of 3 public, 2 have claimed their record"


def test_a_role_without_anybody_has_no_panel() -> None:
    assert panels["visibility.role"].context("no-such-role", None) is None


KEPT = ["/technicians/", "/technicians.csv", "/api/v1/technicians", "/sitemap.xml"]


@pytest.mark.parametrize("address", KEPT)
def test_a_change_is_obeyed_by_what_the_page_cache_keeps(
    address: str, django_capture_on_commit_callbacks: Any
) -> None:
    edie = a_profile("Edie Made-Up")
    kept = PageCache(
        site, stamp=stamps.stamp, visited=lambda path: None, private_cookie="sessionid"
    )
    assert edie.public_id in read(kept, address)
    Profile.objects.filter(pk=edie.pk).update(headline="Past every action")
    assert "Past every action" not in read(kept, address)  # it is kept
    with django_capture_on_commit_callbacks(execute=True):
        actions.show_or_hide(actor=Actor.of(edie.technician.account), profile=edie, is_shown=False)
    assert edie.public_id not in read(kept, address)


def site(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    answer = Client().get(environ["PATH_INFO"])
    start_response(f"{answer.status_code} OK", list(answer.items()))
    return [answer.content]


def read(kept: PageCache, address: str) -> str:
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": ""}
    return b"".join(kept(environ, lambda *_: None)).decode()
