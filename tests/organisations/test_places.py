"""The real lists: read from files in their own shapes, previewed, applied, taken back."""

import contextlib
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from benchside.core import imports
from benchside.core.actions import SYSTEM, VISITOR, Actor, Denied, Refused
from benchside.core.models import ImportRun
from benchside.core.tasks import GiveUp
from benchside.organisations import live_places
from benchside.organisations.enums import PlaceList
from benchside.organisations.imports import IMPORTERS
from benchside.organisations.models import KnownPlace
from benchside.organisations.tasks import decide_on_places
from tests.factories.desk import edith, moses
from tests.factories.people import person

pytestmark = pytest.mark.django_db
# As each register writes its file, with names made up.
RESULTS = """\
urn,la_estab,la_name,school_name,school_type,parliamentary_constituency
900001,1,Nowhereshire,Northmoor High School,Community school,Nowhere North
900002,2,Nowhereshire,St Madeup's CofE Primary School,Voluntary aided school,Nowhere South
"""
REGISTER = """\
URN,LA (name),EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),Postcode,\
SchoolWebsite,Town,GOR (name),UKPRN,ParliamentaryConstituency (name)
900001,Nowhereshire,Northmoor Academy,Academy converter,Open,zz1 1zz,www.northmoor.example,\
Northmoor,North West,10999999,Nowhere North
900003,Nowhereshire,Old School,Community school,Closed,,,Elsewhere,Wales (pseudo),,
"""
PROVIDERS = """\
name,ukprn,postcode,suggestion_synonyms,match_synonyms,closed
The Made-Up University,10999998,ZZ2 2ZZ,MUU,Made Up Uni | The Made-Up University,
A line without a number,,,,,
The Closed College,10999997,,,,true
"""
RESEARCH = """\
ror_id,name,types,status,city,region,website,aliases_acronyms
https://ror.org/0zzzzzz01,Made-Up Institute,facility,active,Nowhere,Scotland,https://i.example,MUI
https://ror.org/0zzzzzz02,Made-Up Works,company | funder,active,Nowhere,England,,
"""


def bring_in(which: str, text: str) -> ImportRun:
    run = imports.preview(
        actor=SYSTEM,
        importer=IMPORTERS[PlaceList(which)],
        data=text.encode(),
        filename=f"{which}.csv",
    )
    imports.apply(actor=SYSTEM, run=run)
    return run


def known(code: str) -> KnownPlace:
    return KnownPlace.objects.get(code=code)


def test_where_a_school_lies_and_whom_it_teaches() -> None:
    header, first, second = REGISTER.splitlines()
    more = f"{header},PhaseOfEducation (name),Easting,Northing"
    bring_in(
        "schools",
        f"{more}\n{first},Secondary,533498,181201\n{second},Not applicable,0,\n",
    )
    one, other = known("900001"), known("900003")
    assert (one.area, one.phase, one.easting, one.northing) == (
        "North West",
        "Secondary",
        533498,
        181201,
    )
    assert (other.area, other.phase, other.easting, other.northing) == ("", "", None, None)


# --- files --------------------------------------------------------------------------------------
def test_schools_as_the_tables_of_results_have_them() -> None:
    bring_in("schools", RESULTS)
    one = known("900002")
    assert (one.name, one.detail, one.region, one.kind, one.is_open) == (
        "St Madeup's CofE Primary School",
        "Voluntary aided school",
        "Nowhereshire",
        "school",
        True,
    )


def test_schools_as_the_register_has_them() -> None:
    bring_in("schools", RESULTS)
    run = bring_in("schools", REGISTER)
    assert (run.count("added"), run.count("changed"), run.count("removed")) == (1, 1, 1)
    one = known("900001")
    assert (one.name, one.town, one.postcode, one.website, one.ukprn) == (
        "Northmoor Academy",
        "Northmoor",
        "ZZ1 1ZZ",
        "www.northmoor.example",
        "10999999",
    )
    old = known("900003")
    assert (old.is_open, old.nation) == (False, "wales")
    imports.undo(actor=SYSTEM, run=run)
    assert known("900001").name == "Northmoor High School"
    assert not KnownPlace.objects.filter(code="900003").exists()
    assert known("900002").is_open


def test_providers_and_research() -> None:
    bring_in("universities", PROVIDERS)
    bring_in("research", RESEARCH)
    assert KnownPlace.objects.count() == 4
    one = known("10999998")
    assert (one.other_names, one.postcode, one.ukprn) == (
        "MUU | Made Up Uni | The Made-Up University",
        "ZZ2 2ZZ",
        "10999998",
    )
    assert not known("10999997").is_open
    kinds = [known(code).kind for code in ("0zzzzzz01", "0zzzzzz02")]
    assert kinds == ["institute", "employer"]
    assert known("0zzzzzz01").nation == "scotland"


def test_a_part_of_the_research_register_removes_nothing() -> None:
    bring_in("research", RESEARCH)
    run = bring_in("research", RESEARCH.rsplit("\n", 2)[0] + "\n")
    assert run.count("removed") == 0
    assert KnownPlace.objects.count() == 2


@pytest.mark.parametrize(
    ("which", "text"), [("schools", RESULTS), ("universities", PROVIDERS), ("research", RESEARCH)]
)
def test_the_same_file_twice_changes_nothing(which: str, text: str) -> None:
    bring_in(which, text)
    run = imports.preview(
        actor=SYSTEM, importer=IMPORTERS[PlaceList(which)], data=text.encode(), filename="x"
    )
    assert [run.count(kind) for kind in ("added", "changed", "removed")] == [0, 0, 0]


@pytest.mark.parametrize(
    ("text", "column", "value", "remedy"),
    [
        (RESULTS.replace("900001", "90001x"), "urn", "90001x", "six digits"),
        (RESULTS.replace("Northmoor High School", ""), "school_name", "", "fill it in"),
        (REGISTER.replace("900003", ""), "URN", "", "six digits"),
        (REGISTER.replace("Old School", "O" * 400), "EstablishmentName", "OOO", "At most"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_brought_in(
    text: str, column: str, value: str, remedy: str
) -> None:
    with pytest.raises(Refused):
        bring_in("schools", text)
    run = ImportRun.objects.latest("pk")
    problem = run.problems[0]
    assert problem["column"] == column
    assert problem["value"].startswith(value)
    assert remedy in problem["remedy"]
    assert problem["row"] in {2, 3}
    assert not KnownPlace.objects.exists()


# --- found at once ------------------------------------------------------------------------------
def test_the_search_knows_a_list_as_soon_as_it_is_in() -> None:
    assert live_places.find("northmoor").total == 0
    run = bring_in("schools", RESULTS)
    assert [one.code for one in live_places.find("northmor high").places] == ["900001"]
    imports.undo(actor=SYSTEM, run=run)
    assert live_places.find("northmoor").total == 0


# --- who may ------------------------------------------------------------------------------------
def test_lists_are_not_for_everybody() -> None:
    for actor in (VISITOR, Actor.of(person("tess@example.org")), Actor.of(edith())):
        with pytest.raises(Denied):
            imports.preview(
                actor=actor,
                importer=IMPORTERS[PlaceList.SCHOOLS],
                data=RESULTS.encode(),
                filename="x",
            )


# --- the command --------------------------------------------------------------------------------
def test_the_command_shows_then_applies(tmp_path: Path) -> None:
    file = tmp_path / "schools.csv"
    file.write_text(RESULTS)
    said = StringIO()
    call_command("load_places", "schools", str(file), stdout=said)
    assert "2 added" in said.getvalue()
    assert "Nothing was changed" in said.getvalue()
    assert not KnownPlace.objects.exists()
    call_command("load_places", "schools", str(file), "--apply", stdout=said)
    assert KnownPlace.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [("a,b\n1,2\n", "EstablishmentName"), ("", "empty"), ("\0\1", "not a text table")],
)
def test_the_command_says_what_is_wrong_with_a_file(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "schools.csv"
    file.write_text(text)
    with pytest.raises(CommandError, match=said):
        call_command("load_places", "schools", str(file), "--apply", stdout=StringIO())
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_places", "schools", str(tmp_path / "none.csv"), stdout=StringIO())


# --- the desk -----------------------------------------------------------------------------------
@pytest.fixture
def moderator(client: Client, settings: Any) -> Client:
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(moses())
    return client


def upload(client: Client, text: str) -> Any:
    form = {"source": "schools", "file": SimpleUploadedFile("list.csv", text.encode())}
    return client.post("/desk/places/", form)


def press(client: Client, page: str, verb: str) -> None:
    """The button, and then the worker."""
    client.post(page, {"verb": verb})
    for waiting in DBTaskResult.objects.filter(status=TaskResultStatus.READY):
        run_id, said, user_id = waiting.args_kwargs["args"]
        assert waiting.task_path.endswith("decide_on_places")
        with contextlib.suppress(GiveUp):
            decide_on_places.func(run_id, said, user_id)
    DBTaskResult.objects.all().delete()


def test_at_the_desk_from_file_to_undo(moderator: Client) -> None:
    bring_in("schools", RESULTS)
    page = upload(moderator, REGISTER)["Location"]
    shown = moderator.get(page).content.decode()
    assert "Northmoor Academy" in shown
    assert "Northmoor High School" in shown
    assert known("900001").name == "Northmoor High School"
    press(moderator, page, "apply")
    assert known("900001").name == "Northmoor Academy"
    assert "Take these changes back" in moderator.get(page).content.decode()
    press(moderator, page, "undo")
    assert known("900001").name == "Northmoor High School"
    assert "list.csv" in moderator.get("/desk/places/").content.decode()


def test_at_the_desk_a_preview_can_be_left(moderator: Client) -> None:
    page = upload(moderator, RESULTS)["Location"]
    for verb in ("discard", "apply", "delete everything"):
        press(moderator, page, verb)
    assert not KnownPlace.objects.exists()


def test_at_the_desk_mistakes_are_told(moderator: Client) -> None:
    bad = upload(moderator, RESULTS.replace("900001", "<b>1</b>"))
    page = moderator.get(bad["Location"]).content.decode()
    assert "&lt;b&gt;1&lt;/b&gt;" in page
    assert "Bring these changes in" not in page
    for text, said in (("a\n1\n", "are missing"), ("", "empty")):
        answer = upload(moderator, text)
        assert answer.status_code == 422
        assert said in answer.content.decode()
