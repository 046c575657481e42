"""The equipment register as everybody sees it."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.core.models import SearchDocument
from benchside.organisations.actions import close, running
from benchside.organisations.actions import equipment as actions
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Employment, Organisation, Unit
from benchside.people.enums import Audience
from benchside.website import listeners
from tests.core.pictures import encoded
from tests.factories.equipment import an_item, claimed, on_the_list, page, signed_in
from tests.factories.organisations import a_member, a_unit, an_organisation
from tests.factories.people import administrator

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Organisation:
    return an_organisation(town="Northmoor Town")


@pytest.fixture
def lead(here: Organisation) -> User:
    return a_member(here, MemberRole.LEAD)


# --- what everybody sees -------------------------------------------------------------------------
def test_only_what_is_public_and_in_use_is_in_the_register(
    here: Organisation, lead: User, client: Client
) -> None:
    shown = an_item(here, lead, "Shown mill", is_public=True)
    hidden = an_item(here, lead, "Hidden mill")
    outside = ["/equipment/", "/equipment.csv", "/equipment/at/northmoor.csv", "/api/v1/equipment",
               "/sitemap.xml"]  # fmt: skip

    def everything() -> str:
        return "".join(client.get(path).content.decode() for path in outside)

    assert "Shown mill" in everything()
    assert f"/equipment/{shown.pk}/" in everything()
    assert "Hidden mill" not in everything()
    assert f"/equipment/{hidden.pk}/" not in everything()
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert SearchDocument.objects.filter(kind="equipment").count() == 1
    actions.retire(actor=Actor.of(lead), item=shown)
    assert client.get(shown.get_absolute_url()).status_code == 404
    assert "Shown mill" not in everything()
    assert not SearchDocument.objects.filter(kind="equipment").exists()


def test_nothing_of_a_closed_organisation_is_shown(
    here: Organisation, lead: User, client: Client
) -> None:
    item = an_item(here, lead, is_public=True)
    Organisation.objects.update(state="closed", closed_at="2026-11-01T00:00Z")
    assert client.get(item.get_absolute_url()).status_code == 404
    assert client.get("/equipment/at/northmoor.csv").status_code == 404
    assert client.get("/api/v1/equipment").json()["total"] == 0


def test_closing_an_organisation_takes_its_equipment_down_at_once(
    here: Organisation,
    lead: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """Out of the search, its photographs private, and no kept page shows it."""
    item = an_item(here, lead, is_public=True)
    file = SimpleUploadedFile("mill.jpg", encoded("JPEG"))
    actions.set_photo(actor=Actor.of(lead), item=item, file=file, description="A mill.")
    other = an_organisation("southmoor")
    an_item(other, a_member(other), "Their mill", is_public=True)
    assert SearchDocument.objects.filter(kind="equipment").count() == 2
    purged: list[int] = []
    monkeypatch.setattr(listeners, "purge", lambda: purged.append(1))
    with django_capture_on_commit_callbacks(execute=True):
        close(actor=Actor.of(administrator()), organisation=here)
        assert not purged  # not before it is so
    assert purged
    assert [one.title for one in SearchDocument.objects.filter(kind="equipment")] == ["Their mill"]
    item.refresh_from_db()
    assert item.photo is not None
    assert not item.photo.is_approved


def test_a_private_facility_is_not_named_by_what_is_in_it(
    here: Organisation, lead: User, client: Client
) -> None:
    hall = an_item(here, lead, "Secret hall", kind="facility", internal_id="HALL-9")
    item = an_item(here, lead, is_public=True, part_of=hall)
    for path in (item.get_absolute_url(), "/equipment.csv", "/api/v1/equipment"):
        body = client.get(path).content.decode()
        assert "Secret hall" not in body
        assert "HALL-9" not in body


def test_the_technician_to_ask_is_named_only_as_they_choose(
    here: Organisation, lead: User, client: Client
) -> None:
    edie = on_the_list(here)
    item = an_item(here, lead, is_public=True, contact=edie)
    claimed(edie)
    profile = edie.profile
    profile.contact_email = "ask-edie@benchside.example"
    profile.save()
    both = (item.get_absolute_url(), "/equipment.csv")
    assert not any("dedi" in client.get(path).content.decode().lower() for path in both)
    assert not any("ask-edie" in client.get(path).content.decode() for path in both)
    profile.contact_to = Audience.EVERYONE
    profile.save()
    assert all("ask-edie" in client.get(path).content.decode() for path in both)
    Employment.objects.update(left_on="2026-10-01")
    assert not any("ask-edie" in client.get(path).content.decode() for path in both)


def test_the_register_is_public_sets_no_cookie_and_is_searched(
    here: Organisation, lead: User, client: Client
) -> None:
    an_item(here, lead, "Wire eroder", is_public=True)
    an_item(here, lead, "Laser cutter", is_public=True)
    got = client.get("/equipment/", {"q": "eroder", "place": "northmoor town", "at": "northmoor"})
    assert [one.name for one in got.context["page"]] == ["Wire eroder"]
    assert not got.cookies
    assert "public" in got["Cache-Control"]
    for odd in ("\0", "%", "'", "x" * 500):
        assert client.get("/equipment/", {"q": odd, "kit": odd, "at": odd}).status_code == 200
    assert client.get("/api/v1/equipment", {"q": "eroder"}).json()["items"][0]["number"] == "B-0001"
    assert client.get("/api/v1/equipment", {"limit": "9999"}).status_code == 422


def test_what_machines_read_cannot_end_its_script(
    here: Organisation, lead: User, client: Client
) -> None:
    item = an_item(here, lead, "Mill </script><script>alert(1)", is_public=True, model="M1")
    body = client.get(item.get_absolute_url()).content.decode()
    script = body.split('<script type="application/ld+json">')[1].split("</script>")[0]
    told = json.loads(script)
    assert told["name"] == "Mill </script><script>alert(1)"
    assert told["@type"] == "IndividualProduct"
    assert "<script>alert" not in body


@pytest.mark.parametrize("path", ["/equipment/", "/equipment.csv", "/api/v1/equipment"])
def test_a_longer_register_asks_no_more_of_the_database(
    here: Organisation, lead: User, client: Client, path: str
) -> None:
    lab = a_unit(here)
    edie = on_the_list(here)
    claimed(edie)

    def add(count: int) -> None:
        for _ in range(count):
            item = an_item(here, lead, is_public=True, unit=lab, contact=edie)
            running.say_runs(actor=Actor.of(edie.account), item=item, technician=edie)

    def asked() -> int:
        with CaptureQueriesContext(connection) as told:
            assert client.get(path).status_code == 200
        return len(told)

    add(2)
    few = asked()
    add(15)
    assert asked() == few <= 15


def test_a_longer_list_asks_no_more_of_the_database(here: Organisation, lead: User) -> None:
    client = signed_in(lead)
    Unit.objects.create(organisation=here, name="Stores")

    def asked() -> int:
        with CaptureQueriesContext(connection) as told:
            client.get(page("equipment"))
        return len(told)

    an_item(here, lead)
    asked()  # the first also looks up kinds of content
    few = asked()
    for _ in range(15):
        an_item(here, lead)
    assert asked() == few <= 20
