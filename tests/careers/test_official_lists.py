"""Official lists: previewed, applied, undone; a bad row stops all; closing deletes nothing."""

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from benchside.careers import actions
from benchside.careers.models import Role, RoleRoute, Route, SocTitle
from benchside.careers.official_lists.reports import report_on
from benchside.careers.queries import soc_titles
from benchside.careers.search import find_routes
from benchside.core import imports
from benchside.core.actions import SYSTEM, VISITOR, Denied, Refused
from benchside.core.models import AuditEvent, ImportRun, RunState
from benchside.core.search.query import search

DAY = date(2026, 9, 1)
HEADER = "reference,title,level,typical_duration_months,status\n"
VET = "ST0343,Veterinary nurse,3,30,Approved for delivery\n"
SMITH = "ST9001,Smith,2,12,Approved for delivery\n"


def preview(text: str, **options: Any) -> ImportRun:
    given = {
        "actor": SYSTEM,
        "kind": "apprenticeships",
        "data": text.encode(),
        "filename": "list.csv",
        "as_of": DAY,
        "source": "skills-england-list",
        "is_whole": False,
    }
    return actions.preview_routes(**given | options)


def bring(text: str, **options: Any) -> ImportRun:
    run = preview(text, **options)
    actions.apply_list(actor=SYSTEM, run=run)
    return run


def vet() -> Route:
    return Route.objects.get(reference="ST0343")


def all_facts() -> list[dict[str, Any]]:
    return list(Route.objects.order_by("pk").values())


# --- small lists ----------------------------------------------------------------------------------
@pytest.mark.usefixtures("catalogue")
class TestLists:
    def test_preview_changes_nothing_and_names_what_would(self) -> None:
        before = all_facts()
        run = preview(HEADER + VET + SMITH)
        assert all_facts() == before
        report = report_on(run)
        assert [change.name for change in report.added] == ["Smith"]
        assert [(change.key, change.fields) for change in report.changed] == [
            ("ST0343", (("length in months", "", "30"),))
        ]
        assert report.closing == []

    def test_applied_facts_carry_their_source_and_day(self) -> None:
        bring(HEADER + VET + SMITH)
        assert (vet().months, vet().as_of, vet().source.slug) == (30, DAY, "skills-england-list")
        smith = Route.objects.get(reference="ST9001")
        assert smith.slug == "smith-st9001"
        assert (smith.kind, smith.level, smith.nation, smith.status) == (
            "apprenticeship", 2, "england", "open",
        )  # fmt: skip
        assert smith.url.endswith("/apprenticeships/st9001")
        assert {hit.key for hit in find_routes("smith").hits} == {str(smith.pk)}

    def test_words_of_our_own_stay(self) -> None:
        Route.objects.filter(pk=vet().pk).update(
            updated_at=timezone.now(), entry="Two weeks at a practice first."
        )
        bring(HEADER + VET)
        assert vet().entry == "Two weeks at a practice first."

    def test_undo_puts_everything_back(self) -> None:
        before = {row["reference"]: row for row in all_facts()}
        run = bring(HEADER + VET + SMITH)
        imports.undo(actor=SYSTEM, run=run)
        after = {row["reference"]: row for row in all_facts()}
        for row in (*before.values(), *after.values()):
            del row["updated_at"]
        assert after == before
        assert not find_routes("smith").hits

    def test_undo_stops_when_a_role_has_come_to_name_what_was_added(self) -> None:
        run = bring(HEADER + SMITH)
        smith = Route.objects.get(reference="ST9001")
        RoleRoute.objects.create(role=Role.objects.first(), route=smith)
        with pytest.raises(Refused, match="hold on to"):
            imports.undo(actor=SYSTEM, run=run)
        assert Route.objects.filter(pk=smith.pk).exists()

    def test_undo_stops_when_a_fact_was_mended_since(self) -> None:
        run = bring(HEADER + VET)
        Route.objects.filter(pk=vet().pk).update(updated_at=timezone.now(), months=36)
        with pytest.raises(Refused, match="ST0343 was edited since"):
            imports.undo(actor=SYSTEM, run=run)
        assert vet().months == 36

    def test_bad_row_names_its_place_and_nothing_is_half_applied(self) -> None:
        before = all_facts()
        run = preview(HEADER + VET + "ST9001,,nine,18,open\n" + VET)
        assert [(p["row"], p["column"], p["value"]) for p in run.problems] == [
            (3, "title", ""), (3, "level", "nine"), (4, "", "ST0343"),
        ]  # fmt: skip
        assert all(problem["remedy"] for problem in run.problems)
        with pytest.raises(Refused, match="3 mistakes"):
            actions.apply_list(actor=SYSTEM, run=run)
        assert all_facts() == before

    def test_too_many_cells_are_a_mistake(self) -> None:
        (problem,) = preview(HEADER + "ST9001,Smith,2,12,open,extra\n").problems
        assert (problem["row"], problem["value"]) == (2, "extra")

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "empty"),
            (b"name\nSmith\n", "The column reference is missing"),
            (b"\x00\x01\x02", "not a text table"),
            (b"[1, 2]", "no list of records"),
            (b"[]", "This list is empty"),
            (b"reference,title\n", "This list is empty"),
            (b'reference,title\n"ST0001,Smith\n', "cannot be read"),
        ],
    )
    def test_file_that_is_no_list_is_refused(self, data: bytes, said: str) -> None:
        with pytest.raises(imports.BadFile, match=said):
            preview("", data=data)

    def test_day_to_come_and_unknown_source_are_refused(self) -> None:
        with pytest.raises(Refused, match="day to come"):
            preview(HEADER + VET, as_of=date(2999, 1, 1))
        with pytest.raises(Refused, match="no source hearsay"):
            preview(HEADER + VET, source="hearsay")

    def test_only_whoever_may_add_routes_brings_a_list_in(self) -> None:
        with pytest.raises(Denied):
            preview(HEADER + VET, actor=VISITOR)
        run = preview(HEADER + VET)
        with pytest.raises(Denied):
            actions.apply_list(actor=VISITOR, run=run)

    def test_list_without_news_is_let_go(self) -> None:
        bring(HEADER + VET)
        assert bring(HEADER + VET).state == RunState.DISCARDED

    def test_fact_checked_after_the_day_of_the_list_stays(self) -> None:
        Route.objects.filter(pk=vet().pk).update(
            updated_at=timezone.now(), months=36, as_of=date(2026, 10, 1)
        )
        bring(HEADER + VET)
        assert (vet().months, vet().as_of) == (36, date(2026, 10, 1))

    def test_current_list_as_json_with_its_own_names_and_versions(self) -> None:
        rows = [
            {"referenceNumber": "ST0343", "title": "Veterinary nurse", "level": 3, "version": "1.1",
             "status": "Retired", "proposedTypicalDuration": 30,
             "versionLatestStartDate": "2026-08-31T00:00:00"},
            {"referenceNumber": "ST0343", "title": "Veterinary nurse", "level": 3, "version": "1.2",
             "status": "Approved for delivery", "proposedTypicalDuration": 33,
             "typicalJobTitles": ["Vet nurse"]},
            {"referenceNumber": "FA0001", "title": "Animal care", "level": 2, "version": "1.0",
             "status": "Approved for delivery", "apprenticeshipType": "FoundationApprenticeship"},
        ]  # fmt: skip
        bring("", data=json.dumps({"standards": rows}).encode(), filename="list.json")
        assert (vet().months, vet().job_titles, vet().status) == (33, ["Vet nurse"], "open")
        assert Route.objects.get(reference="FA0001").kind_name == "Foundation apprenticeship"


# --- closing --------------------------------------------------------------------------------------
@pytest.mark.usefixtures("catalogue")
class TestClosing:
    def everything_but(self, *gone: str) -> str:
        rows = [
            f'{route.reference},"{route.title}",{route.level or ""},{route.months or ""},open\n'
            for route in Route.objects.exclude(reference="").exclude(reference__in=gone)
        ]
        return HEADER + "".join(rows)

    def test_route_missing_from_a_whole_list_closes_and_comes_back(self, client: Client) -> None:
        run = preview(self.everything_but("ST0343"), is_whole=True)
        (closing,) = report_on(run).closing
        assert (closing.key, [role.slug for role in closing.roles]) == (
            "ST0343", ["veterinary-nurse"],
        )  # fmt: skip
        actions.apply_list(actor=SYSTEM, run=run)
        assert (vet().status, vet().as_of) == ("retired", DAY)
        page = client.get("/careers/roles/veterinary-nurse/").content.decode()
        assert "ST0343" not in page
        assert "This route has closed" in client.get(vet().get_absolute_url()).content.decode()
        imports.undo(actor=SYSTEM, run=run)
        assert vet().status == "open"
        assert "ST0343" in client.get("/careers/roles/veterinary-nurse/").content.decode()

    def test_newer_list_opens_it_again(self) -> None:
        bring(self.everything_but("ST0343"), is_whole=True)
        bring(self.everything_but("ST0343") + VET, is_whole=True, as_of=date(2026, 10, 1))
        assert vet().status == "open"

    def test_older_list_does_not_open_what_was_closed_by_hand(self, time_machine: Any) -> None:
        time_machine.move_to(date(2026, 9, 2))
        actions.retire_route(actor=SYSTEM, route=vet())
        bring(HEADER + VET)
        assert vet().status == "retired"

    def test_part_of_a_list_closes_nothing(self) -> None:
        bring(HEADER + SMITH)
        assert not Route.objects.filter(status="retired").exists()

    def test_list_with_a_mistake_closes_nothing(self) -> None:
        run = preview(HEADER + "nonsense,Smith,2,12,open\n", is_whole=True)
        assert [change["kind"] for change in run.difference] == []

    def test_list_of_courses_leaves_apprenticeships_alone(self) -> None:
        bring("title\nScience\n", kind="t-levels", is_whole=True)
        assert Route.objects.filter(kind="t-level", status="open").count() == 1
        assert not Route.objects.exclude(kind="t-level").filter(status="retired").exists()
        science = Route.objects.get(slug="t-level-science")
        assert (science.level, science.months) == (3, 24)

    def test_lists_of_v_levels_and_htqs_are_ready(self) -> None:
        bring("title,level,valid_from\nScience,3,2027-09-01\n", kind="v-levels", is_whole=True)
        level = Route.objects.get(slug="v-level-science")
        assert (level.standing_on(DAY), level.standing_on(date(2027, 9, 1))) == ("coming", "open")
        bring("title,level,months\nHNC in Fire Safety,4,12\n", kind="htqs")
        assert Route.objects.get(slug="htq-hnc-in-fire-safety").kind == "htq"

    def test_retiring_and_opening_by_hand_leave_their_events(self) -> None:
        route = vet()
        actions.retire_route(actor=SYSTEM, route=route)
        with pytest.raises(Refused):
            actions.retire_route(actor=SYSTEM, route=route)
        with pytest.raises(Denied):
            actions.open_route(actor=VISITOR, route=route)
        actions.open_route(actor=SYSTEM, route=route)
        verbs = AuditEvent.objects.filter(verb__startswith="route.").values_list("verb", flat=True)
        assert sorted(verbs) == ["route.open", "route.retire"]


# --- the real lists -------------------------------------------------------------------------------
@pytest.fixture
def standards(shared_data: Path) -> Path:
    return shared_data / "pathways" / "apprenticeship_standards_merged_2021.csv"


def said(command: str, *args: object, **options: object) -> str:
    out = StringIO()
    call_command(command, *args, stdout=out, **options)
    return out.getvalue()


@pytest.mark.usefixtures("catalogue")
def test_all_767_standards_by_command_and_undone(standards: Path, client: Client) -> None:
    options = {"kind": "apprenticeships", "as_of": date(2021, 6, 1), "source": "dfe-standards-2021"}
    before = Route.objects.count()
    assert "684 new, 9 changed, 2 to close" in said("import_routes", standards, **options)
    assert Route.objects.count() == before
    said("import_routes", standards, apply=True, **options)
    with standards.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 767
    there = {route.reference: route for route in Route.objects.exclude(reference="")}
    assert set(there) == {row["reference"] for row in rows}
    for row in rows:
        route = there[row["reference"]]
        assert route.title.casefold() == " ".join(row["title"].split()).casefold()
        assert str(route.level or "") == row["level"]
    page = client.get("/careers/routes/").context
    opened = Route.objects.filter(uses__isnull=False).distinct()
    assert page["total"] == len([route for route in opened if route.standing != "closed"]) == 98
    everything = client.get("/careers/routes/?others=yes").context["total"]
    assert everything == Route.objects.exclude(status="retired").count() > 700
    said("import_routes", kind="apprenticeships", undo=True)
    assert Route.objects.count() == before


@pytest.mark.usefixtures("catalogue")
def test_an_older_list_with_mistakes_is_refused_by_command(shared_data: Path) -> None:
    path = shared_data / "pathways" / "apprenticeship_standards_2018-05-08.csv"
    with pytest.raises(CommandError, match=r"row 530, : 'ST0313' Row 69 is about the same record"):
        said("import_routes", path, kind="apprenticeships", apply=True)


@pytest.mark.usefixtures("catalogue")
def test_t_levels_by_command(shared_data: Path) -> None:
    path = shared_data / "pathways" / "t_levels_2025.csv"
    said("import_routes", path, kind="t-levels", as_of=date(2025, 6, 30), apply=True)
    assert Route.objects.filter(kind="t-level").count() == 21
    craft = Route.objects.get(slug="t-level-craft-and-design")
    assert craft.title == "Craft and Design"  # capitals are no fact
    assert "Tailor" in craft.job_titles
    assert any(hit.url == craft.get_absolute_url() for hit in search("dressmaker").hits)


@pytest.mark.parametrize(
    ("arguments", "said_"),
    [
        ({"kind": "apprenticeships"}, "Name the file"),
        ({"kind": "t-levels", "undo": True}, "nothing to undo"),
        ({"kind": "apprenticeships", "file": Path("/nowhere.csv")}, "No such file"),
    ],
)
@pytest.mark.django_db
def test_command_says_what_is_missing(arguments: dict[str, Any], said_: str) -> None:
    with pytest.raises(CommandError, match=said_):
        call_command("import_routes", **{"file": None, **arguments})


@pytest.fixture
def soc_index(shared_data: Path, db: None) -> Path:
    path = shared_data / "soc2020" / "soc2020_coding_index.csv"
    assert said("import_soc", path).startswith("32195 added")
    return path


@pytest.mark.slow
@pytest.mark.once
def test_whole_coding_index_finds_codes_either_way_round(soc_index: Path) -> None:
    assert SocTitle.objects.count() == 32_195
    for title, unit_group, sub_unit_group in (
        ("Technician, lighting", "5241", "5241/03"),  # with the electricians
        ("lighting technician", "5241", "5241/03"),
        ("Data technician", "4152", "4152/00"),  # with data entry
        ("technician, laboratory", "3111", "3111/99"),
    ):
        first = soc_titles(title)[0]
        assert (first.soc2020, first.extension) == (unit_group, sub_unit_group), title
    assert soc_titles("wizard of the second sort") == soc_titles("") == soc_titles("\0") == []
    assert said("import_soc", soc_index).startswith("0 added, 0 changed, 0 removed")
    said("import_soc", undo=True)
    assert not SocTitle.objects.exists()


@pytest.mark.django_db
def test_title_that_only_points_to_another_has_no_code_and_a_strange_code_is_a_mistake() -> None:
    header = "unique_id,index_occupation,soc_2020,soc_2020_ext,see\n"
    good = "a1,Engineer,}}}},}}}}/}},see Engineer (professional)\nb2,Fitter,5223,5223/99,\n"
    run = actions.preview_soc(actor=SYSTEM, data=(header + good).encode(), filename="soc.csv")
    actions.apply_list(actor=SYSTEM, run=run)
    assert SocTitle.objects.get(key="a1").soc2020 == ""
    assert soc_titles("engineer") == []
    assert [str(one) for one in soc_titles("FITTER")] == ["Fitter (5223)"]
    bad = header + "c3,Baker,52,5223/9,\nd4,,5223,5223/99,\n"
    run = actions.preview_soc(actor=SYSTEM, data=bad.encode(), filename="soc.csv")
    assert [(one["row"], one["column"]) for one in run.problems] == [
        (2, "soc_2020"), (2, "soc_2020_ext"), (3, "index_occupation"),
    ]  # fmt: skip
