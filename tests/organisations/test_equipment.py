"""The equipment register: who keeps it, and who runs what."""

import pytest
from django.test import Client
from django.urls import reverse

from benchside.accounts.models import User
from benchside.careers.models import KitTerm
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models import AuditEvent
from benchside.organisations.actions import equipment as actions
from benchside.organisations.actions import running
from benchside.organisations.enums import MemberRole
from benchside.organisations.equipment import queries
from benchside.organisations.exports import ORGANISATIONS
from benchside.organisations.models import Employment, Equipment, Organisation, Runs
from benchside.people.enums import Audience
from tests.factories.equipment import an_item, claimed, on_the_list, page, signed_in, typed
from tests.factories.organisations import a_member, a_unit, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Organisation:
    return an_organisation(town="Northmoor Town")


@pytest.fixture
def lead(here: Organisation) -> User:
    return a_member(here, MemberRole.LEAD)


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
