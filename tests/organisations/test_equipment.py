"""The equipment register: who keeps it, who runs what, and what everybody sees of it."""

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchside.accounts.models import User
from benchside.careers.models import KitTerm
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models import AuditEvent, Picture, SearchDocument
from benchside.organisations.actions import close, running
from benchside.organisations.actions import equipment as actions
from benchside.organisations.enums import MemberRole
from benchside.organisations.equipment import queries
from benchside.organisations.exports import ORGANISATIONS
from benchside.organisations.models import Employment, Equipment, Organisation, Runs, Unit
from benchside.people.actions.claiming import claim_by_address
from benchside.people.enums import Audience
from benchside.people.models import Technician
from benchside.website import listeners
from tests.core.pictures import MARK, PAYLOAD, encoded, place_of
from tests.factories.organisations import a_member, a_unit, an_organisation
from tests.factories.people import administrator, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Organisation:
    return an_organisation(town="Northmoor Town")


@pytest.fixture
def lead(here: Organisation) -> User:
    return a_member(here, MemberRole.LEAD)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(name: str, *args: Any) -> str:
    return reverse(f"organisations:{name}", args=["northmoor", *args])


def an_item(here: Organisation, by: User, name: str = "Diffractometer", **values: Any) -> Equipment:
    return actions.add_item(actor=Actor.of(by), organisation=here, values={"name": name, **values})


def on_the_list(here: Organisation, name: str = "Edie Made-Up") -> Technician:
    local = name.split()[0].lower()
    made = Technician.objects.create(name=name, work_email=f"{local}@benchside.example")
    Employment.objects.create(organisation=here, technician=made, key=name)
    return made


def claimed(technician: Technician) -> User:
    """They sign in, claim their record, and show everybody everything that is asked for here."""
    user = person(technician.work_email)
    claim_by_address(actor=Actor.of(user), user=user, technician=technician)
    technician.refresh_from_db()
    profile = technician.profile
    profile.is_shown = True
    profile.name_to = profile.kit_to = profile.unit_to = Audience.EVERYONE
    profile.save()
    return user


def typed(**values: Any) -> dict[str, Any]:
    return {"name": "Furnace", "kind": "equipment", **values}


# --- who may -------------------------------------------------------------------------------------
def test_a_champion_keeps_what_is_of_their_unit_and_below_it_only(here: Organisation) -> None:
    science, arts = a_unit(here, "Science"), a_unit(here, "Arts")
    lab = a_unit(here, "Laser laboratory", above=science)
    champion = a_member(here, MemberRole.CHAMPION, unit=science)
    item = an_item(here, champion, unit=lab)
    for elsewhere in (arts, None):
        with pytest.raises(Denied):
            an_item(here, champion, unit=elsewhere)
        with pytest.raises(Denied):
            actions.change_item(actor=Actor.of(champion), item=item, values={"unit": elsewhere})
    item.refresh_from_db()
    assert item.unit == lab


def test_a_champion_cannot_pull_an_item_of_another_unit_to_theirs(
    here: Organisation, lead: User
) -> None:
    science, arts = a_unit(here, "Science"), a_unit(here, "Arts")
    item = an_item(here, lead, unit=arts)
    champion = a_member(here, MemberRole.CHAMPION, unit=science)
    with pytest.raises(Denied):
        actions.change_item(actor=Actor.of(champion), item=item, values={"unit": science})


@pytest.mark.parametrize("role", [MemberRole.STEERING, MemberRole.MANAGER, MemberRole.HR_STEWARD])
def test_others_see_it_and_change_nothing(here: Organisation, lead: User, role: str) -> None:
    item, user = an_item(here, lead), a_member(here, role, "other")
    client = signed_in(user)
    assert client.get(page("equipment")).status_code == 200
    assert client.get(page("equipment_item", item.pk)).status_code == 200
    for name in ("equipment_edit", "equipment_photo"):
        assert client.get(page(name, item.pk)).status_code == 403
    assert client.post(page("equipment_retire", item.pk)).status_code == 403
    assert client.get(page("equipment_bring_in")).status_code == 403


def test_another_organisation_finds_nothing_under_its_numbers(
    here: Organisation, lead: User
) -> None:
    item = an_item(here, lead)
    other = an_organisation("southmoor")
    stranger = signed_in(a_member(other))
    assert stranger.get(page("equipment")).status_code == 404
    for name in ("equipment_item", "equipment_edit"):
        theirs = reverse(f"organisations:{name}", args=["southmoor", item.pk])
        assert stranger.get(theirs).status_code == 404


def test_nothing_of_another_organisation_can_be_named(here: Organisation, lead: User) -> None:
    other = an_organisation("southmoor")
    facility = an_item(other, a_member(other), "Hall", kind="facility")
    edie = on_the_list(other)
    for values in ({"unit": a_unit(other)}, {"part_of": facility}, {"contact": edie}):
        with pytest.raises(Refused):
            an_item(here, lead, **values)
    with pytest.raises(Refused, match="staff list"):
        running.say_runs(actor=Actor.of(lead), item=an_item(here, lead), technician=edie)


# --- keeping it ----------------------------------------------------------------------------------
def test_an_item_is_added_changed_retired_and_brought_back_by_pages(
    here: Organisation, lead: User
) -> None:
    client = signed_in(lead)
    assert "No equipment yet" in client.get(page("equipment")).content.decode()
    client.post(page("equipment_add"), typed(is_public="on"))
    item = Equipment.objects.get()
    assert (item.internal_id, item.is_public) == ("B-0001", True)
    client.post(page("equipment_edit", item.pk), typed(name="Tube furnace", internal_id="F/7"))
    item.refresh_from_db()
    assert (item.name, item.internal_id, item.is_public) == ("Tube furnace", "F/7", False)
    client.post(page("equipment_retire", item.pk))
    assert not client.get(page("equipment")).context["page"].object_list
    assert item in client.get(page("equipment"), {"retired": "yes"}).context["page"]
    client.post(page("equipment_bring_back", item.pk))
    item.refresh_from_db()
    assert item.is_live
    assert item.retired_at is None
    verbs = AuditEvent.objects.about(item).values_list("verb", flat=True)
    assert {"equipment.add", "equipment.change", "equipment.retire", "equipment.bring_back"} <= set(
        verbs
    )


def test_a_number_is_one_items_whatever_its_capitals(here: Organisation, lead: User) -> None:
    an_item(here, lead, internal_id="XR-1")
    client = signed_in(lead)
    refused = client.post(page("equipment_add"), typed(internal_id="xr-1", description="Long text"))
    assert refused.status_code == 422
    assert "another item" in refused.content.decode()
    assert "Long text" in refused.content.decode()  # nothing typed is lost


def test_what_would_run_in_a_spreadsheet_is_kept_as_a_file_gives_it_back(
    here: Organisation, lead: User
) -> None:
    client = signed_in(lead)
    client.post(page("equipment_add"), typed(name="'=1+1"))
    assert Equipment.objects.get().name == "=1+1"
    assert "'=1+1" in client.get(page("equipment_csv")).content.decode()


def test_the_list_filters_and_sorts(here: Organisation, lead: User) -> None:
    lab = a_unit(here, "Laboratory")
    kit = KitTerm.objects.create(slug="lathe", name="Lathe", sentence="Turns.", symbol="lathe")
    first = an_item(here, lead, "Bench lathe", unit=lab, kit=kit, is_public=True)
    an_item(here, lead, "Anvil")
    running.say_runs(actor=Actor.of(lead), item=first, technician=on_the_list(here))
    client = signed_in(lead)

    def names(**asked: str) -> list[str]:
        return [one.name for one in client.get(page("equipment"), asked).context["page"]]

    assert names() == ["Anvil", "Bench lathe"]
    assert names(sort="-name") == ["Bench lathe", "Anvil"]
    assert names(nobody="yes") == ["Anvil"]
    for asked in ({"unit": str(lab.pk)}, {"kit": "lathe"}, {"public": "yes"}, {"q": "bench"}):
        assert names(**asked) == ["Bench lathe"]
    assert names(unit="999999", kind="\0", kit="\0") == []


def test_a_lead_is_told_how_many_items_nobody_runs(here: Organisation, lead: User) -> None:
    item = an_item(here, lead)
    overview = reverse("workspace:overview", args=["northmoor"])
    client = signed_in(lead)
    assert "Say who runs 1 item" in client.get(overview).content.decode()
    running.say_runs(actor=Actor.of(lead), item=item, technician=on_the_list(here))
    assert "Say who runs" not in client.get(overview).content.decode()


# --- who runs it ---------------------------------------------------------------------------------
def test_somebody_named_is_shown_outside_only_when_all_they_choose_says_so(
    here: Organisation, lead: User
) -> None:
    """Named by the lead; agreed; and name, kit and place of work shown to everyone: all of it."""
    item = an_item(here, lead, is_public=True)
    edie = on_the_list(here)
    runs = running.say_runs(actor=Actor.of(lead), item=item, technician=edie)
    user = claimed(edie)

    def seen() -> bool:
        body = Client().get(item.get_absolute_url()).content.decode()
        api = Client().get("/api/v1/equipment").content.decode()
        assert ("Edie" in body) == ("Edie" in api)
        return "Edie" in body

    assert not seen()  # not agreed
    signed_in(user).post(reverse("my_equipment:answer", args=[runs.pk]), {"verb": "confirm"})
    assert seen()
    profile = edie.profile
    for field in ("name_to", "kit_to", "unit_to"):
        setattr(profile, field, Audience.ORGANISATION)
        profile.save()
        assert not seen(), field
        setattr(profile, field, Audience.EVERYONE)
        profile.save()
    profile.is_shown = False
    profile.save()
    assert not seen()
    profile.is_shown = True
    profile.save()
    Employment.objects.update(left_on="2026-10-01")
    assert not seen()  # a leaver


def test_nobody_agrees_for_somebody_else(here: Organisation, lead: User) -> None:
    item, edie = an_item(here, lead), on_the_list(here)
    runs = running.say_runs(actor=Actor.of(lead), item=item, technician=edie)
    assert not runs.is_confirmed
    with pytest.raises(Denied):
        running.confirm_runs(actor=Actor.of(lead), runs=runs)
    olu = claimed(on_the_list(here, "Olu Made-Up"))
    answer = reverse("my_equipment:answer", args=[runs.pk])
    assert signed_in(olu).post(answer, {"verb": "confirm"}).status_code == 404
    assert signed_in(lead).post(answer, {"verb": "confirm"}).status_code == 404


def test_a_technician_says_so_themselves_and_takes_it_back(here: Organisation, lead: User) -> None:
    item = an_item(here, lead, "Tube furnace")
    edie = on_the_list(here)
    client = signed_in(claimed(edie))
    mine = reverse("my_equipment:mine")
    assert "Tube furnace" in client.get(mine, {"q": "furnace"}).content.decode()
    client.post(reverse("my_equipment:say", args=[item.pk]), {"level": "trains"})
    runs = Runs.objects.get()
    assert (runs.level, runs.is_confirmed) == ("trains", True)
    client.post(reverse("my_equipment:answer", args=[runs.pk]), {"verb": "end"})
    assert queries.runners(item) == []
    with pytest.raises(Refused, match="ended"):
        running.end_runs(actor=Actor.of(lead), runs=runs)


def test_a_technician_cannot_say_they_run_what_is_elsewhere(here: Organisation) -> None:
    other = an_organisation("southmoor")
    item = an_item(other, a_member(other))
    client = signed_in(claimed(on_the_list(here)))
    assert client.post(reverse("my_equipment:say", args=[item.pk])).status_code == 404


def test_a_keeper_names_somebody_by_the_page_and_ends_it(here: Organisation, lead: User) -> None:
    item, edie, client = an_item(here, lead), on_the_list(here), signed_in(lead)
    add = page("equipment_add_runner", item.pk)
    said = {"technician": edie.pk, "level": "runs", "since": "2019"}
    assert client.post(add, said, follow=True).status_code == 200
    again = client.post(add, said)
    assert again.status_code == 422
    assert "named already" in again.content.decode()
    runs = Runs.objects.get()
    client.post(page("equipment_end_runner", item.pk, runs.pk))
    runs.refresh_from_db()
    assert runs.ended_on is not None


def test_erasing_a_person_takes_them_off_what_they_ran(here: Organisation, lead: User) -> None:
    edie = on_the_list(here)
    user = claimed(edie)
    item = an_item(here, lead, contact=edie)
    running.say_runs(actor=Actor.of(user), item=item, technician=edie)
    told = ORGANISATIONS.export(user.person_id)["equipment_you_run"]
    assert told[0]["item"] == "Diffractometer"
    ORGANISATIONS.erase(user.person_id)
    item.refresh_from_db()
    assert (item.contact, Runs.objects.count()) == (None, 0)


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


# --- its photograph ------------------------------------------------------------------------------
def test_a_photograph_does_not_say_where_it_was_taken(here: Organisation, lead: User) -> None:
    item, client = an_item(here, lead, is_public=True), signed_in(lead)
    data = encoded("JPEG")
    assert place_of(data)  # the file tells where it was taken
    file = SimpleUploadedFile("mill.jpg", data, "image/jpeg")
    client.post(page("equipment_photo", item.pk), {"file": file, "description": "A green mill."})
    item.refresh_from_db()
    assert item.photo is not None
    with item.photo.file.open() as stored:
        kept = stored.read()
    assert kept
    assert place_of(kept) == {}
    assert MARK not in kept
    shown = Client().get(item.get_absolute_url()).content.decode()
    image = re.search(r'<img[^>]*alt="A green mill\."[^>]*>', shown)
    assert image is not None
    rendition = Client().get(image[0].split('src="')[1].split('"')[0])
    assert rendition.status_code == 200
    assert MARK not in b"".join(rendition)
    client.post(page("equipment_photo", item.pk), {"verb": "take-down"})
    item.refresh_from_db()
    assert item.photo is None
    assert not Picture.objects.exists()
    assert "A green mill." not in Client().get(item.get_absolute_url()).content.decode()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("filename", "data", "description"),
    [
        ("mill.svg", SVG, "A mill."),
        ("mill.jpg", SVG, "A mill."),
        ("mill.jpg", PAYLOAD, "A mill."),
        ("mill.jpg", encoded("JPEG"), ""),
        ("mill.jpg", encoded("JPEG"), "   "),
    ],
    ids=["SVG", "SVG by another name", "a page", "no words for it", "blank words for it"],
)
def test_what_is_no_photograph_with_words_is_not_taken_in(
    here: Organisation, lead: User, filename: str, data: bytes, description: str
) -> None:
    item, client = an_item(here, lead), signed_in(lead)
    told = client.post(
        page("equipment_photo", item.pk),
        {"file": SimpleUploadedFile(filename, data), "description": description},
    )
    assert told.status_code == 422
    assert "The photograph was not taken in" in told.content.decode()
    item.refresh_from_db()
    assert item.photo is None
    assert not Picture.objects.exists()


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
