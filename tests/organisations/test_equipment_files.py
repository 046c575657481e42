"""Equipment out to a file and in again: the same, as a difference, all or nothing."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from benchside.accounts.models import User
from benchside.careers.models import KitTerm
from benchside.core import imports
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.exports import csv_text, safe_cell
from benchside.core.models import ImportRun
from benchside.organisations.actions import close_unit, running
from benchside.organisations.actions import equipment as actions
from benchside.organisations.enums import MemberRole
from benchside.organisations.equipment import files, queries, table
from benchside.organisations.equipment.files import EquipmentImporter
from benchside.organisations.models import Equipment, Organisation
from tests.factories.organisations import a_member, a_unit, an_organisation
from tests.organisations.test_equipment import on_the_list

pytestmark = pytest.mark.django_db
# As equipment.data.ac.uk has them: https://equipment.data.ac.uk/uniquip
UNIQUIP = (
    "Type,Name,Description,Related Facility ID,Technique,Location,Contact Name,Contact Telephone,"
    "Contact URL,Contact Email,Secondary Contact Name,Secondary Contact Telephone,"
    "Secondary Contact URL,Secondary Contact Email,ID,Photo,Department,Site Location,Building,"
    "Service Level,Web Address"
)


@pytest.fixture
def here() -> Organisation:
    return an_organisation()


@pytest.fixture
def lead(here: Organisation) -> User:
    return a_member(here, MemberRole.LEAD)


def preview(of: Organisation, by: User, data: bytes) -> ImportRun:
    return imports.preview(
        actor=Actor.of(by),
        importer=EquipmentImporter(of),
        data=data,
        filename="kit.csv",
        scope=str(of.pk),
    )


def brought(of: Organisation, by: User, *rows: str) -> ImportRun:
    run = preview(of, by, "\n".join(rows).encode())
    imports.apply(actor=Actor.of(by), run=run)
    return run


def exported(of: Organisation) -> bytes:
    header = [*files.HEADER, *table.HERE_ONLY]
    labels = queries.unit_labels(of)
    cells = [files.cells_of(one, labels) for one in of.equipment.all()]
    rows = [[row.get(column, "") for column in header] for row in cells]
    return csv_text(header, rows).encode()


def test_the_columns_are_those_of_uniquip_in_its_order(
    here: Organisation, lead: User, client: Client
) -> None:
    brought(here, lead, "ID,Name,Public", "A1,Mill,yes")
    for path in ("/equipment.csv", "/equipment/at/northmoor.csv"):
        text = client.get(path).content.decode("utf-8-sig")
        assert text.startswith(UNIQUIP + ",")
        assert next(csv.DictReader(io.StringIO(text)))["Type"] == "equipment"


def test_a_file_is_shown_applied_and_taken_back_by_pages(here: Organisation, lead: User) -> None:
    client = Client()
    client.force_login(lead)
    at = reverse("organisations:equipment_bring_in", args=["northmoor"])
    file = SimpleUploadedFile("kit.csv", b"ID,Name,Type\nF1,Hall,facility\nA1,Mill,\n")
    shown = client.post(at, {"file": file}, follow=True)
    assert "Mill" in shown.content.decode()
    assert not Equipment.objects.exists()
    run = reverse("organisations:equipment_run", args=["northmoor", ImportRun.objects.get().pk])
    client.post(run, {"verb": "apply"})
    assert Equipment.objects.count() == 2
    client.post(run, {"verb": "undo"})
    assert not Equipment.objects.exists()


def test_an_items_facility_may_stand_below_it_in_the_file(here: Organisation, lead: User) -> None:
    brought(here, lead, "ID,Name,Type,Related Facility ID", "A1,Mill,,f1", "F1,Hall,facility,")
    assert Equipment.objects.get(internal_id="A1").part_of.internal_id == "F1"


def test_every_mistake_is_named_and_nothing_is_brought_in(here: Organisation, lead: User) -> None:
    a_unit(here, "Chemistry")
    rows = (
        "ID,Name,Type,Department,Kit,Acquired,Public,Contact Email,Web Address,Related Facility ID,"
        "Access",
        "A1,Mill,gadget,Alchemy,wand,soon,perhaps,nobody,ftp:x,F9,all",
        ",Lathe,,,,,,,,,",
        "A2,,,chemistry,,,,,,,",
        "A3,Saw,,,,,,,,,",
        "a3,Drill,,,,,,,,,",
    )
    run = preview(here, lead, "\n".join(rows).encode())
    named = {(one["row"], one["column"]) for one in run.problems}
    first = ("Type", "Department", "Kit", "Acquired", "Public", "Contact Email", "Web Address",
             "Related Facility ID", "Access")  # fmt: skip
    assert {(2, column) for column in first} <= named
    assert {(3, "ID"), (4, "Name"), (6, "")} <= named
    assert (4, "Department") not in named
    assert all(one["remedy"] for one in run.problems)
    with pytest.raises(Refused, match="mistakes"):
        imports.apply(actor=Actor.of(lead), run=run)
    assert not Equipment.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0old", "xls"),
        (b"PK\x03\x04not a zip", ""),
        (b"Name,Maker\nMill,Us\n", "ID and Name"),
        (b"ID,Name,name\nA1,Mill,Lathe\n", "twice"),
        (b'ID,Name\nA1,"Mill\n', ""),
        (b"\x00\x01\x02", ""),
    ],
)
def test_what_is_no_such_file_says_so(
    here: Organisation, lead: User, data: bytes, said: str
) -> None:
    with pytest.raises(imports.BadFile) as refused:
        preview(here, lead, data)
    assert said in str(refused.value)
    assert refused.value.remedy


def test_a_workbook_is_read_with_words_above_its_header(here: Organisation, lead: User) -> None:
    book, held = Workbook(), io.BytesIO()
    for row in (["Our equipment"], ["id", "NAME", "Acquired"], [42, "Mill", 2019], [], [43, "Saw"]):
        book.active.append(row)
    book.save(held)
    run = preview(here, lead, held.getvalue())
    imports.apply(actor=Actor.of(lead), run=run)
    kept = Equipment.objects.order_by("internal_id").values_list("internal_id", "acquired_year")
    assert list(kept) == [("42", 2019), ("43", None)]


def test_columns_that_are_missing_change_nothing(here: Organisation, lead: User) -> None:
    brought(here, lead, "ID,Name,Building,Public", "A1,Mill,Hall,yes")
    brought(here, lead, "ID,Name", "A1,Big mill")
    one = Equipment.objects.get()
    assert (one.name, one.building, one.is_public) == ("Big mill", "Hall", True)


def test_what_was_edited_by_hand_is_kept_unless_it_is_taken(here: Organisation, lead: User) -> None:
    brought(here, lead, "ID,Name", "A1,Mill")
    one = Equipment.objects.get()
    actions.change_item(actor=Actor.of(lead), item=one, values={"name": "Our mill"})
    run = preview(here, lead, b"ID,Name\nA1,Their mill\n")
    assert run.counts["kept"] == 1
    imports.apply(actor=Actor.of(lead), run=run, take=["A1/name"])
    one.refresh_from_db()
    assert one.name == "Their mill"


def test_a_number_in_other_capitals_is_the_same_item(here: Organisation, lead: User) -> None:
    brought(here, lead, "ID,Name", "Xr-1,Mill")
    brought(here, lead, "ID,Name", "XR-1,Big mill")
    assert [one.internal_id for one in Equipment.objects.all()] == ["Xr-1"]


def test_units_of_one_name_are_told_apart_by_the_way_to_them(
    here: Organisation, lead: User
) -> None:
    science, arts = a_unit(here, "Science"), a_unit(here, "Arts")
    a_unit(here, "Workshop", above=science)
    wanted = a_unit(here, "Workshop", above=arts)
    assert preview(here, lead, b"ID,Name,Department\nA1,Saw,Workshop\n").problems
    brought(here, lead, "ID,Name,Department", "A1,Saw,arts / workshop")
    assert Equipment.objects.get().unit == wanted


def test_of_two_files_at_once_the_second_is_refused(here: Organisation, lead: User) -> None:
    first = preview(here, lead, b"ID,Name\nA1,Mill\n")
    second = preview(here, lead, b"ID,Name\nA1,Lathe\nA2,Saw\n")
    imports.apply(actor=Actor.of(lead), run=first)
    with pytest.raises(Refused, match="changed since"):
        imports.apply(actor=Actor.of(lead), run=second)
    assert [one.name for one in Equipment.objects.all()] == ["Mill"]


def test_a_file_is_not_taken_back_from_under_those_who_run_what_it_brought(
    here: Organisation, lead: User
) -> None:
    run = brought(here, lead, "ID,Name", "A1,Mill")
    item = Equipment.objects.get()
    running.say_runs(actor=Actor.of(lead), item=item, technician=on_the_list(here))
    with pytest.raises(Refused):
        imports.undo(actor=Actor.of(lead), run=run)
    assert Equipment.objects.count() == 1


def test_only_whoever_keeps_all_of_it_brings_files_in(here: Organisation, lead: User) -> None:
    champion = a_member(here, MemberRole.CHAMPION)
    other = a_member(an_organisation("southmoor"))
    for user in (champion, other):
        with pytest.raises(Denied):
            preview(here, user, b"ID,Name\nA1,Mill\n")
    run = preview(here, lead, b"ID,Name\nA1,Mill\n")
    client = Client()
    client.force_login(other)
    theirs = reverse("organisations:equipment_run", args=["southmoor", run.pk])
    assert client.get(theirs).status_code == 404
    with pytest.raises(Denied):
        imports.apply(actor=Actor.of(other), run=run)


def test_what_a_file_makes_public_is_found_and_what_it_hides_is_not(
    here: Organisation, lead: User, client: Client
) -> None:
    brought(here, lead, "ID,Name,Public", "A1,Zymurgy vat,yes")
    assert "Zymurgy" in client.get("/search/", {"q": "zymurgy"}).content.decode()
    brought(here, lead, "ID,Name,Public", "A1,Zymurgy vat,no")
    assert Equipment.objects.public().count() == 0


# --- there and back ------------------------------------------------------------------------------
LINE = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
HOSTILE = st.sampled_from(["=1+1", "'=x", "@a", "-2", "+1", '"', "a,b;c", " =x", "''=x", "＝x"])
SAID = st.one_of(LINE, HOSTILE).map(table.plain)
NUMBERS = SAID.filter(lambda text: bool(text) and len(text.casefold()) <= 60)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    things=st.lists(
        st.fixed_dictionaries(
            {
                "internal_id": NUMBERS,
                "name": SAID.filter(bool),
                "description": SAID,
                "building": SAID,
                "manufacturer": SAID,
                "funding": SAID,
                "access": st.sampled_from(["", *files.ACCESS]),
                "service": st.sampled_from(["", *files.SERVICE]),
                "acquired_year": st.none() | st.integers(1850, 2100),
                "is_public": st.booleans(),
            }
        ),
        max_size=4,
        unique_by=lambda one: one["internal_id"].lower().casefold(),
    )
)
def test_what_goes_out_comes_in_again_without_a_difference(
    here: Organisation, lead: User, things: list[dict[str, Any]]
) -> None:
    Equipment.objects.all().delete()
    kit, _ = KitTerm.objects.get_or_create(
        slug="lathe", defaults={"name": "Lathe", "sentence": "Turns.", "symbol": "lathe"}
    )
    unit = here.units.filter(name="Chemistry").first() or a_unit(here)
    Equipment.objects.bulk_create(
        [Equipment(organisation=here, kit=kit, unit=unit, **said) for said in things]
    )
    run = preview(here, lead, exported(here))
    assert run.problems == []
    assert run.counts == {
        "added": 0, "changed": 0, "removed": 0, "kept": 0, "unchanged": len(things), "bad": 0,
    }  # fmt: skip


@given(st.one_of(st.text(), HOSTILE))
def test_what_an_export_makes_safe_reads_as_it_was(text: str) -> None:
    assert table.plain(safe_cell(table.plain(text))) == table.plain(text)


# --- a unit that is closed -----------------------------------------------------------------------
def test_what_stands_in_a_closed_unit_comes_back_as_it_went(here: Organisation, lead: User) -> None:
    """Only what was retired may stand there; and nothing else may go there by a file."""
    lab, stores = a_unit(here, "Old lab"), a_unit(here, "Stores")
    for code, unit in (("A1", lab), ("A2", stores)):
        item = actions.add_item(
            actor=Actor.of(lead),
            organisation=here,
            values={"name": "Mill", "internal_id": code, "unit": unit},
        )
        if unit == lab:
            actions.retire(actor=Actor.of(lead), item=item)
    close_unit(actor=Actor.of(lead), unit=lab)
    run = preview(here, lead, exported(here))
    assert (run.problems, run.counts["changed"], run.counts["unchanged"]) == ([], 0, 2)
    other = preview(here, lead, b"ID,Name,Department\nA2,Mill,Old lab\nA3,Saw,old lab")
    assert [(one["row"], one["column"]) for one in other.problems] == [
        (2, "Department"),
        (3, "Department"),
    ]
    moved = preview(here, lead, b"ID,Name,Department\nA1,Mill,Stores")
    imports.apply(actor=Actor.of(lead), run=moved, take=["A1/unit"])
    assert here.equipment.get(internal_id="A1").unit == stores
    imports.undo(actor=Actor.of(lead), run=moved)
    assert here.equipment.get(internal_id="A1").unit == lab


def test_a_unit_is_not_closed_while_equipment_in_use_stands_in_it(
    here: Organisation, lead: User, client: Client
) -> None:
    lab = a_unit(here, "Old lab")
    item = actions.add_item(
        actor=Actor.of(lead), organisation=here, values={"name": "Mill", "unit": lab}
    )
    with pytest.raises(Refused, match="still has 1 item of equipment"):
        close_unit(actor=Actor.of(lead), unit=lab)
    actions.retire(actor=Actor.of(lead), item=item)
    close_unit(actor=Actor.of(lead), unit=lab)
    item.refresh_from_db()
    with pytest.raises(Refused, match="Old lab is closed"):
        actions.bring_back(actor=Actor.of(lead), item=item)
    item.refresh_from_db()
    assert not item.is_live
