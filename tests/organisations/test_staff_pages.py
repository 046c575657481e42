"""The staff list by its pages: a file, its columns, what it would change, and back."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from openpyxl import load_workbook

from benchside.careers.models import SocTitle
from benchside.core.actions import Actor
from benchside.core.models import AuditEvent
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import (
    Employment,
    Organisation,
    Post,
    StaffFile,
    StaffListSettings,
    StaffRun,
    TitleDecision,
    Unit,
)
from benchside.organisations.tasks import forget_staff_files, give_up_stuck_runs
from tests.factories.organisations import a_member, a_unit, an_organisation, bring_in, take_in
from tests.factories.staff_lists import EDIE, HEADER, OLU, text, workbook
from tests.organisations.lists import COOK, changed, rows_of_every_table

pytestmark = pytest.mark.django_db
BAD = ("1009", "Bo Invented", "bo@benchside.example", "05/06/1985", "Music", "Technician", "lots")


@pytest.fixture
def here() -> Organisation:
    return an_organisation()


@pytest.fixture
def steward(here: Organisation) -> Client:
    return signed_in(a_member(here, MemberRole.HR_STEWARD))


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def work_off() -> None:
    """Do what is queued, here and in this transaction."""
    for result in DBTaskResult.objects.filter(status=TaskResultStatus.READY):
        said = result.args_kwargs
        result.task.func(*said["args"], **said["kwargs"])
        DBTaskResult.objects.filter(pk=result.pk).update(status=TaskResultStatus.SUCCESSFUL)


def page(name: str, *args: Any) -> str:
    return reverse(f"organisations:{name}", args=["northmoor", *args])


def upload(client: Client, data: bytes, name: str = "staff.csv", as_of: str = "2026-10-31") -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post(page("staff_bring_in"), {"file": file, "as_of": as_of})


def as_recognised(client: Client, file: StaffFile, **more: str) -> Any:
    """Post the columns as the page proposes them."""
    context = client.get(page("staff_columns", file.pk)).context
    said = {}
    for part in context["parts"]:
        said |= {f"use-{part.place}": part.use, f"row-{part.place}": str(part.header_row)}
        said |= {column.name: column.field for column in part.columns}
    return client.post(page("staff_columns", file.pk), said | more)


def previewed(client: Client, *rows: Any) -> StaffRun:
    upload(client, text([HEADER, *rows]))
    as_recognised(client, StaffFile.objects.get(run=None))
    work_off()
    return StaffRun.objects.latest("pk")


# --- the whole way ------------------------------------------------------------------------------
def test_from_a_file_to_the_list_and_back(here: Organisation, steward: Client) -> None:
    answer = upload(steward, text([["Staff of the year"], [], HEADER, EDIE, OLU, COOK, BAD]))
    file = StaffFile.objects.get()
    assert answer.url == page("staff_columns", file.pk)
    shown = steward.get(answer.url).content.decode()
    assert "Work e-mail" in shown
    assert "01/02/1980" not in shown  # a date of birth is no example
    progress = as_recognised(steward, file)
    assert "/progress/" in progress.url
    assert steward.get(page("staff_columns", file.pk)).url == progress.url
    work_off()
    run = StaffRun.objects.get()
    assert steward.get(page("staff_columns", file.pk)).url == page("staff_run", run.pk)
    told = steward.get(page("staff_run", run.pk), {"show": "joined"}).content.decode()
    assert "Edie Made-Up" in told
    assert "Kai Invented" not in told
    bad = steward.get(page("staff_run", run.pk), {"show": "bad"}).content.decode()
    assert "row 7" in bad
    assert "lots" in bad
    assert "1, 0.6 or 60%" in bad
    assert "/progress/" in steward.post(page("staff_apply", run.pk)).url
    work_off()
    listed = steward.get(page("staff")).content.decode()
    assert "Edie Made-Up" in listed
    assert "Olu Notreal" in listed
    steward.post(page("staff_undo", run.pk))
    assert not Employment.objects.exists()


def test_nobody_but_technicians_is_stored_and_the_file_goes_with_the_list(
    steward: Client, django_capture_on_commit_callbacks: Any
) -> None:
    run = previewed(steward, EDIE, COOK)
    storage, name = run.upload.file.storage, run.upload.file.name
    told = [row for row in rows_of_every_table() if "Kai" in row or "05/06/1985" in row]
    assert told == []
    steward.post(page("staff_apply", run.pk))
    with django_capture_on_commit_callbacks(execute=True):
        work_off()
    assert not StaffFile.objects.exists()
    with pytest.raises(FileNotFoundError):
        storage.open(name)


def test_a_file_that_is_left_is_deleted(
    steward: Client, django_capture_on_commit_callbacks: Any
) -> None:
    upload(steward, text([HEADER, EDIE]))
    file = StaffFile.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        steward.post(page("staff_leave", file.pk))
    assert not StaffFile.objects.exists()
    assert not file.file.storage.exists(file.file.name)


def test_a_file_nobody_brings_in_is_deleted_after_a_week(
    here: Organisation, steward: Client, django_capture_on_commit_callbacks: Any
) -> None:
    upload(steward, text([HEADER, EDIE]))
    upload(steward, text([HEADER, OLU]))
    old = StaffFile.objects.earliest("pk")
    long_ago = timezone.now() - timedelta(days=7, minutes=1)
    StaffFile.objects.filter(pk=old.pk).update(created_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        forget_staff_files.func()
    assert StaffFile.objects.count() == 1
    assert not old.file.storage.exists(old.file.name)


# --- columns ------------------------------------------------------------------------------------
def test_what_was_chosen_stays_beside_the_error(steward: Client) -> None:
    upload(steward, text([HEADER, EDIE]))
    file = StaffFile.objects.get()
    answer = as_recognised(steward, file, **{"column-0-5": ""})  # the job title left out
    assert answer.status_code == 422
    assert "No column of the sheet says what people" in answer.content.decode()
    again = steward.get(page("staff_columns", file.pk)).context["parts"][0]
    assert [one.field for one in again.columns][5] == ""


def test_a_header_row_said_by_hand_is_read_anew(steward: Client) -> None:
    rows = [["x", "y", "z"], ["Who", "Doing", "Where"], ["1001", "Technician", "Physics"]]
    upload(steward, text(rows))
    file = StaffFile.objects.get()
    steward.post(page("staff_columns", file.pk), {"use-0": "staff", "row-0": "2"})
    part = steward.get(page("staff_columns", file.pk)).context["parts"][0]
    assert [one.header for one in part.columns] == ["Who", "Doing", "Where"]
    said = {"column-0-0": "number", "column-0-1": "title", "column-0-2": "unit"}
    steward.post(page("staff_columns", file.pk), {"use-0": "staff", "row-0": "2", **said})
    work_off()
    assert StaffRun.objects.get().counts["joined"] == 1


def test_a_sheet_of_leavers_is_told_by_hand(steward: Client, here: Organisation) -> None:
    actor = Actor.of(here.memberships.get().user)
    bring_in(actor, here, [HEADER, EDIE, OLU])
    gone = [["Staff No", "Name", "Last day"], ["1002", "Olu Notreal", "30/09/2026"]]
    upload(steward, workbook({"Now": [HEADER, EDIE], "Before": gone}), "staff.xlsx")
    file = StaffFile.objects.get(run=None)
    as_recognised(steward, file, **{"use-1": "leavers", "column-1-2": "left"})
    work_off()
    run = StaffRun.objects.latest("pk")
    assert run.counts["left"] == 1
    assert run.staged.get().after["left"] == "2026-09-30"


def test_leaving_every_sheet_out_is_told(steward: Client) -> None:
    upload(steward, text([HEADER, EDIE]))
    answer = as_recognised(steward, StaffFile.objects.get(), **{"use-0": "unused"})
    assert answer.status_code == 422
    assert "Every sheet is left out" in answer.content.decode()


# --- refusals -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"   \n  ", "empty"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "password"),
        (b"PK\x03\x04 no workbook", "workbook"),
        (b'a,b\n"never closed,1\n2,3', "quotation"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(steward: Client, data: bytes, said: str) -> None:
    answer = upload(steward, data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not StaffFile.objects.exists()


@pytest.mark.parametrize("day", ["2999-01-01", "1850-01-01", "yesterday", ""])
def test_a_day_that_cannot_be_meant_is_refused(steward: Client, day: str) -> None:
    answer = upload(steward, text([HEADER, EDIE]), as_of=day)
    assert answer.status_code == 422
    assert not StaffFile.objects.exists()


def test_a_list_where_many_would_go_wants_a_second_yes(here: Organisation, steward: Client) -> None:
    crowd = [changed(EDIE, staff_no=str(2000 + n), work_e_mail="") for n in range(10)]
    actor = Actor.of(here.memberships.get().user)
    bring_in(actor, here, [HEADER, *crowd])
    run = previewed(steward, *crowd[:2])
    steward.post(page("staff_apply", run.pk))
    run.refresh_from_db()
    assert run.state == "previewed"
    steward.post(page("staff_apply", run.pk), {"sure": "yes"})
    work_off()
    assert Employment.objects.current().count() == 2


def test_a_difference_that_is_stale_can_be_made_anew(here: Organisation, steward: Client) -> None:
    run = previewed(steward, EDIE)
    StaffListSettings.objects.update(version=7)
    assert "has changed since" in steward.get(page("staff_run", run.pk)).content.decode()
    steward.post(page("staff_apply", run.pk))
    run.refresh_from_db()
    assert run.state == "previewed"
    steward.post(page("staff_again", run.pk))
    work_off()
    newer = StaffRun.objects.exclude(pk=run.pk).get()
    assert newer.version == 7
    run.refresh_from_db()
    assert run.state == "discarded"


def test_a_run_whose_task_failed_for_good_lets_the_next_one_in(
    steward: Client, monkeypatch: Any
) -> None:
    run = previewed(steward, EDIE)
    steward.post(page("staff_apply", run.pk))
    watched = StaffRun.objects.get(pk=run.pk)
    monkeypatch.setattr(
        "benchside.core.models.tasks.TaskProgress.state", property(lambda _self: "failed")
    )
    give_up_stuck_runs.func()
    watched.refresh_from_db()
    assert watched.state == "failed"
    assert "failed five times" in watched.failure


def test_a_file_compared_twice_at_once_makes_one_difference(steward: Client) -> None:
    upload(steward, text([HEADER, EDIE]))
    file = StaffFile.objects.get()
    first = as_recognised(steward, file)
    second = steward.post(page("staff_columns", file.pk), {})
    assert first.url == second.url
    work_off()
    assert StaffRun.objects.count() == 1


def test_bad_rows_come_back_as_a_spreadsheet(steward: Client) -> None:
    run = previewed(steward, EDIE, BAD)
    answer = steward.get(page("staff_bad_rows", run.pk))
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert told[1][0] == 3
    assert "1, 0.6 or 60%" in told[1][1]
    assert "lots" in told[1]


def test_the_template_is_recognised_whole(steward: Client) -> None:
    upload(steward, steward.get(page("staff_template")).content, "staff.xlsx")
    part = steward.get(page("staff_columns", StaffFile.objects.get().pk)).context["parts"][0]
    assert [one.header for one in part.columns if not one.field] == []


# --- the list -----------------------------------------------------------------------------------
def test_the_list_is_searched_filtered_sorted_and_taken(
    here: Organisation, steward: Client
) -> None:
    actor = Actor.of(here.memberships.get().user)
    bring_in(actor, here, [HEADER, EDIE, changed(OLU, name="=Olu()")])

    def names(**asked: Any) -> list[str]:
        page_of = steward.get(page("staff"), asked).context["page"]
        return [one.technician.name for one in page_of]

    assert names() == ["=Olu()", "Edie Made-Up"]
    assert names(sort="-name") == ["Edie Made-Up", "=Olu()"]
    assert names(sort="title") == ["=Olu()", "Edie Made-Up"]
    assert names(q="physics tech") == ["Edie Made-Up"]
    assert names(q="1002") == ["=Olu()"]
    assert names(unit=Unit.objects.get(name="Music").pk) == ["=Olu()"]
    assert names(claimed="yes") == []
    assert names(gone="yes") == []
    taken = steward.get(page("staff_csv")).content.decode()
    assert "'=Olu()" in taken
    assert AuditEvent.objects.filter(verb="staff_list.export").count() == 1


def test_a_manager_sees_their_units_and_whoever_answers_to_them(here: Organisation) -> None:
    steward = a_member(here, MemberRole.HR_STEWARD)
    far = changed(OLU, staff_no="1003", name="Far Away", work_e_mail="")
    bring_in(Actor.of(steward), here, [HEADER, EDIE, OLU, far])
    above = a_unit(here, "Arts")
    Unit.objects.filter(name="Music").update(above=above)
    Post.objects.filter(employment__staff_number="1003").update(
        unit=Unit.objects.get(name="Physics")
    )
    manager = a_member(here, MemberRole.MANAGER, unit=above)
    seen = [one.technician.name for one in signed_in(manager).get(page("staff")).context["page"]]
    assert seen == ["Olu Notreal"]
    boss = Employment.objects.get(staff_number="1002")
    boss.technician.account, boss.technician.claimed_at = manager, timezone.now()
    boss.technician.save()
    Post.objects.filter(employment__staff_number="1003").update(manager=boss)
    seen = [one.technician.name for one in signed_in(manager).get(page("staff")).context["page"]]
    assert seen == ["Far Away", "Olu Notreal"]
    hidden = Employment.objects.get(staff_number="1001")
    assert signed_in(manager).get(page("staff_person", hidden.pk)).status_code == 404


def test_nobody_elses_numbers_open_anything(here: Organisation, steward: Client) -> None:
    other = an_organisation("southmoor")
    theirs = Actor.of(a_member(other, MemberRole.HR_STEWARD))
    run = bring_in(theirs, other, [HEADER, EDIE])
    file = take_in(theirs, other, [HEADER, OLU])
    one = Employment.objects.get(organisation=other)
    for address in (
        page("staff_run", run.pk),
        page("staff_columns", file.pk),
        page("staff_person", one.pk),
        page("staff_bad_rows", run.pk),
    ):
        assert steward.get(address).status_code == 404
    for name, pk in (
        ("staff_apply", run.pk),
        ("staff_undo", run.pk),
        ("staff_discard", run.pk),
        ("staff_again", run.pk),
        ("staff_leave", file.pk),
        ("staff_columns", file.pk),
    ):
        assert steward.post(page(name, pk)).status_code == 404
    run.refresh_from_db()
    assert run.state == "applied"


@pytest.mark.parametrize("many", [1, 60])
def test_the_list_asks_the_same_of_the_database_at_any_size(
    here: Organisation, steward: Client, many: int, django_assert_max_num_queries: Any
) -> None:
    actor = Actor.of(here.memberships.get().user)
    rows = [changed(EDIE, staff_no=str(5000 + n), work_e_mail="") for n in range(many)]
    bring_in(actor, here, [HEADER, *rows])
    with django_assert_max_num_queries(14):
        steward.get(page("staff"))


# --- who counts ----------------------------------------------------------------------------------
def rules_as_typed(client: Client) -> dict[str, str]:
    context = client.get(page("staff_definition_edit")).context
    said = {"rules": str(len(context["rows"])), "otherwise": context["otherwise"]}
    for place, row in enumerate(context["rows"]):
        said |= {
            f"about-{place}": row.about,
            f"words-{place}": row.words,
            f"verdict-{place}": row.verdict,
            f"note-{place}": row.note,
        }
    return said


def test_rules_move_and_nothing_holds_until_it_is_saved(
    here: Organisation, steward: Client
) -> None:
    said = rules_as_typed(steward)
    second = said["words-1"]
    answer = steward.post(page("staff_definition_edit"), said | {"do": "up-1"})
    assert answer.context["rows"][0].words == second
    assert not here.technician_definitions.exists()
    answer = steward.post(page("staff_definition_edit"), said | {"do": "remove-0"})
    assert answer.context["rows"][0].words == second
    answer = steward.post(page("staff_definition_edit"), said | {"do": "add"})
    assert answer.context["rows"][-1].is_blank
    steward.post(page("staff_definition_edit"), said | {"do": "save", "why": "As agreed."})
    written = here.technician_definitions.get()
    assert written.note == "As agreed."
    assert written.version == 1


def test_a_rule_that_cannot_be_meant_is_named_and_kept(here: Organisation, steward: Client) -> None:
    said = rules_as_typed(steward) | {"about-1": "soc", "words-1": "wizard", "do": "save"}
    answer = steward.post(page("staff_definition_edit"), said)
    assert answer.status_code == 422
    assert answer.context["rows"][1].problem.startswith("Rule 2: “wizard” is no SOC code")
    assert answer.context["rows"][1].words == "wizard"
    assert not here.technician_definitions.exists()


def test_a_definition_is_tried_on_everybody_in_the_file_that_waits(
    here: Organisation, steward: Client
) -> None:
    upload(steward, text([HEADER, EDIE, COOK]))
    said = rules_as_typed(steward) | {"words-0": "cook", "verdict-0": "technician"}
    answer = steward.post(page("staff_definition_edit"), said | {"do": "try"})
    judged = answer.context["judged"]
    assert [one.name for one in judged.enters] == ["Kai Invented"]
    assert judged.entering == 1
    assert judged.leaving == 0


def test_two_versions_are_compared_on_the_same_people(here: Organisation, steward: Client) -> None:
    actor = Actor.of(here.memberships.get().user)
    bring_in(actor, here, [HEADER, EDIE, OLU])
    said = rules_as_typed(steward)
    said |= {"about-0": "title", "words-0": "sound", "verdict-0": "unlikely", "do": "save"}
    steward.post(page("staff_definition_edit"), said)
    answer = steward.get(page("staff_definition_compare"), {"first": "0", "second": "1"})
    assert [one.name for one in answer.context["judged"].leaves] == ["Olu Notreal"]
    missing = steward.get(page("staff_definition_compare"), {"second": "99"})
    assert "no such version" in missing.content.decode()


def test_titles_are_decided_one_by_one_and_many_at_once_and_remembered(
    here: Organisation, steward: Client
) -> None:
    odd = [changed(COOK, staff_no=str(30 + n), job_title=f"Wrangler {'x' * n}") for n in range(3)]
    run = previewed(steward, EDIE, *odd)
    waiting = [one["spellings"][0] for one in run.waiting]
    assert len(waiting) == 3
    steward.post(page("staff_titles"), {"one": f"technician:{waiting[0]}"})
    steward.post(page("staff_titles"), {"title": waiting[1:], "all": "unlikely"})
    assert TitleDecision.objects.count() == 3
    assert not steward.get(page("staff_titles")).context["page"].object_list
    steward.post(page("staff_again", run.pk))
    work_off()
    assert StaffRun.objects.latest("pk").counts["joined"] == 2
    taken = steward.get(page("staff_decisions_csv")).content.decode()
    assert waiting[0] in taken
    steward.post(page("staff_decisions"), {"one": f"forget:{waiting[0]}"})
    assert TitleDecision.objects.count() == 2


def test_titles_say_that_no_index_of_codes_was_brought_in(steward: Client) -> None:
    previewed(steward, EDIE, changed(COOK, staff_no="30", job_title="Wrangler"))
    assert "No coding index of SOC 2020" in steward.get(page("staff_titles")).content.decode()
    SocTitle.objects.create(key="1", title="Wrangler, data", words="data wrangler", soc2020="3544")
    assert "No coding index" not in steward.get(page("staff_titles")).content.decode()


@pytest.mark.parametrize("posted", [{}, {"all": "technician"}, {"one": "wizard:Cook"}])
def test_a_decision_that_cannot_be_meant_decides_nothing(
    steward: Client, posted: dict[str, str]
) -> None:
    answer = steward.post(page("staff_titles"), posted, follow=True)
    assert not TitleDecision.objects.exists()
    assert answer.context["messages"]
