"""The screens on which a register is brought in."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from benchside.accounts.models import User
from benchside.assessment.models import Award
from benchside.core.models import ImportRun
from benchside.recognition.bringing import tasks
from benchside.recognition.models import BroughtList, Entry, Fee, ListColumns, Register
from tests.factories.people import person, sign_in
from tests.recognition.bringing.lists import HEADER, ROWS, csv, entry

pytestmark = pytest.mark.django_db
BRING = "/registry/registered-technician/bring/"


@pytest.fixture
def desk(client: Client, register: Register, reg: User) -> Client:
    return sign_in(client, reg)


def work_off() -> None:
    """Do what is queued, here and in this transaction."""
    for result in DBTaskResult.objects.filter(status=TaskResultStatus.READY):
        said = result.args_kwargs
        result.task.func(*said["args"], **said["kwargs"])
        DBTaskResult.objects.filter(pk=result.pk).update(status=TaskResultStatus.SUCCESSFUL)


def upload(desk: Client, data: bytes, name: str = "old.csv") -> str:
    """The address of the list."""
    answer = desk.post(BRING, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).removesuffix("columns/")


def read(desk: Client, where: str, **columns: str) -> None:
    answer = desk.post(f"{where}columns/", columns or _as_proposed(desk, where))
    assert answer.status_code == 302
    work_off()


def _as_proposed(desk: Client, where: str) -> dict[str, str]:
    context = desk.get(f"{where}columns/").context
    return {name: column.field for part in context["parts"] for name, column, _ in part["columns"]}


def test_from_the_file_to_the_register_and_back(desk: Client) -> None:
    assert "No list was brought in yet" in desk.get(BRING).content.decode()
    where = upload(desk, csv())
    page = desk.get(f"{where}columns/").content.decode()
    assert "Siobhán Murphy; S. Murphy" in page, "examples"
    read(desk, where)
    page = desk.get(where).content.decode()
    assert "What this list would add" in page
    assert "3 entries" in page
    assert "before: Siobhán Murphy, S. Murphy" in page
    assert desk.post(f"{where}apply/").status_code == 302
    work_off()
    page = desk.get(where).content.decode()
    assert "They are on the register now" in page
    assert Entry.objects.count() == 3
    assert "old.csv" in desk.get(BRING).content.decode()
    asked = desk.get(f"{where}undo/").content.decode()
    assert "3 entries leave the register at once" in asked
    assert "Nobody is left on it." in asked
    assert "No letter is out." in asked
    assert "may bring them in again" in asked
    assert Entry.objects.filter(is_hidden=False).count() == 3, "asking takes nothing back"
    done = desk.post(f"{where}undo/", follow=True).content.decode()
    assert "Its numbers may be brought in again." in done
    assert "Undone" in desk.get(where).content.decode()
    assert desk.get(f"{where}undo/").status_code == 302, "once"
    assert not Award.objects.exclude(state="annulled").exists()


def test_why_an_entry_is_not_shown_ends_in_one_full_stop(desk: Client) -> None:
    where = upload(desk, csv(*ROWS[:1]))
    read(desk, where)
    desk.post(f"{where}apply/")
    work_off()
    desk.post(f"{where}undo/")
    page = "/registry/registered-technician/entries/RT-000041/"
    assert "was brought in by mistake.</p>" in desk.get(page).content.decode()
    Entry.objects.update(hidden_basis="Must not be found")
    assert "Must not be found.</p>" in desk.get(page).content.decode()


def test_columns_are_corrected_once_and_remembered(desk: Client) -> None:
    rows = csv(("1", "A", "1/2/2020", "1/2/2099"), header=("Num", "Who", "In", "Out"))
    where = upload(desk, rows)
    wrong = desk.post(f"{where}columns/", {})
    assert wrong.status_code == 422
    assert "No column is Number" in wrong.content.decode()
    half = {"column-0-0": "number", "column-0-1": "number"}
    twice = desk.post(f"{where}columns/", half)
    assert "Two columns are Number. Keep one." in twice.content.decode()
    assert twice.content.decode().count('value="number" selected') == 2, "what was chosen stays"
    chosen = dict(zip((f"column-0-{n}" for n in range(4)),
                      ("number", "name", "admitted", "ends"), strict=True))  # fmt: skip
    read(desk, where, **chosen)
    assert "1 entry" in desk.get(where).content.decode()
    assert ListColumns.objects.count() == 1
    again = upload(desk, rows)
    assert _as_proposed(desk, again) == chosen


def test_wrong_rows_are_shown_and_given_back_as_a_workbook(desk: Client) -> None:
    where = upload(desk, csv(*ROWS, entry("=1+1", "Cmd", State="Sacked")))
    read(desk, where)
    page = desk.get(where).content.decode()
    assert "Correct the file first" in page
    assert "Bring it in" not in page
    assert desk.post(f"{where}apply/").status_code == 422
    taken = desk.get(f"{where}wrong-rows.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(taken.content))
    header, row = list(book.worksheets[0].iter_rows(values_only=True))
    assert header == ("Row", "What to correct", *HEADER)
    assert row[0] == 6
    assert "State: This register has no such state." in row[1]
    cell = book.worksheets[0]["C2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_long_word_breaks_rather_than_pushing_the_remedy_away(desk: Client) -> None:
    where = upload(desk, csv(entry("1", "A" * 200)), f"{'b' * 60}.csv")
    heading = desk.get(f"{where}columns/").content.decode()
    assert '<th scope="row" role="rowheader" class="reach" id="column-0-0-h">' in heading
    read(desk, where)
    page = desk.get(where).content.decode()
    assert f'class="reach" data-label="Stands there">{"A" * 200}</td>' in page
    assert '<th scope="row" role="rowheader" class="reach"><a' in desk.get(BRING).content.decode()


def test_a_workbook_with_a_sheet_of_history(desk: Client) -> None:
    taken = desk.get(f"{BRING}template.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(taken.content))
    entries, history = book["Entries"], book["History"]
    columns = [cell.value for cell in entries[1]]
    said = {"Number": 77, "Name": "Tess Made-Up", "State": "Lapsed", "Admitted": "1/2/2015",
            "Period until": "31/01/2018"}  # fmt: skip
    entries.append([said.get(column) for column in columns])
    history.append([77, "1/5/2018", "Lapsed", "Moved away"])
    history.append([78, "1/5/2018", "Lapsed", ""])
    out = io.BytesIO()
    book.save(out)
    where = upload(desk, out.getvalue(), "old.xlsx")
    read(desk, where)
    run = ImportRun.objects.get()
    assert [(each["row"], each["column"]) for each in run.problems] == [(3, "History: Number")]
    assert run.changes("added")[0]["fields"]["history"]["after"] == [
        ["2015-02-01", "active", ""], ["2018-05-01", "lapsed", "Moved away"],
    ]  # fmt: skip


def test_names_that_stand_twice_are_answered_for(desk: Client) -> None:
    where = upload(desk, csv(entry("1", "Tess"), entry("2", "Tess"), entry("3", "Rob")))
    read(desk, where)
    page = desk.get(where).content.decode()
    assert "Tess stands there twice. Is it one person?" in page
    assert "One person: 1 is their entry, and the other number leads to it" in page
    refused = desk.post(f"{where}apply/")
    assert refused.status_code == 422
    assert "Say of each whether it is one person." in refused.content.decode()
    desk.post(f"{where}apply/", {"group-0": "one"})
    work_off()
    assert Entry.objects.get(former_numbers__number="2").award.number == "1"
    page = desk.get(where).content.decode()
    assert "a number of 1" in page
    asked = desk.get(f"{where}undo/").content.decode()
    assert "2 entries leave the register at once" in asked
    assert "1 other number of somebody leads nowhere then." in asked


def test_the_list_is_narrowed_sorted_and_taken_away(desk: Client) -> None:
    where = upload(desk, csv(entry("1", "=Cmd"), entry("2", "Zoë Made-Up")))
    read(desk, where)
    found = desk.get(f"{where}?q=zoe").content.decode()
    assert "Zoë" in found
    assert "=Cmd" not in found
    text = desk.get(f"{where}entries.csv?sort=-number").content.decode()
    assert text.index("Zoë") < text.index("'=Cmd")


@pytest.mark.parametrize("data", [b"   ", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old", b"\0\0"])
def test_what_is_no_table_is_said_at_the_field(desk: Client, data: bytes) -> None:
    answer = desk.post(BRING, {"file": SimpleUploadedFile("a.xlsx", data)})
    assert answer.status_code == 422
    assert "id_file" in answer.content.decode()
    assert not BroughtList.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("x.exe", csv(), "x.exe is not a workbook and not a CSV."),
        ("list", csv(), "list is not a workbook and not a CSV."),
        ("list.xlsx", csv(), "list.xlsx is called a workbook, and is none."),
        ("letter.csv", b"Dear registrar\nhere is our list.", "There is no table in letter.csv"),
    ],
)
def test_what_is_neither_a_workbook_nor_a_csv_is_said_at_the_field(
    desk: Client, name: str, data: bytes, words: str
) -> None:
    answer = desk.post(BRING, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    (said,) = answer.context["form"].errors["file"]
    assert said.startswith(words)
    assert said.endswith("Save the list as a workbook (.xlsx) or as a CSV, and choose that file.")
    assert not BroughtList.objects.exists()


@pytest.mark.parametrize("name", ["A.CSV", "list.txt"])
def test_a_csv_is_taken_by_its_other_names(desk: Client, name: str) -> None:
    upload(desk, csv(), name)


def test_a_file_of_headings_only_offers_nothing_but_another_file(desk: Client) -> None:
    where = upload(desk, csv().split(b"\n")[0])
    read(desk, where)
    page = desk.get(where).content.decode()
    assert "There is no row under the headings of this file." in page
    assert "Choose another file" in page
    assert "Bring it in" not in page
    assert "Back to the columns" not in page
    refused = desk.post(f"{where}apply/")
    assert refused.status_code == 422
    assert "There is nothing to add in it." in refused.content.decode()
    assert desk.post(f"{where}leave/")["Location"] == BRING


def test_a_file_of_those_who_are_here_says_so(desk: Client) -> None:
    where = upload(desk, csv())
    read(desk, where)
    desk.post(f"{where}apply/")
    work_off()
    again = upload(desk, csv())
    read(desk, again)
    page = desk.get(again).content.decode()
    assert "Every entry in it is on the register already." in page
    assert "Bring it in" not in page


def test_a_list_that_cannot_be_brought_in_waits_for_a_better_file(desk: Client) -> None:
    good = upload(desk, csv(), "good.csv")
    read(desk, good)
    wrong = upload(desk, csv(entry("9", "Rob", State="Sacked")), "wrong.csv")
    read(desk, wrong)
    page = desk.get(BRING).content.decode()
    assert page.count("Waits for a better file") == 1
    assert page.count("Waiting for a decision") == 1
    assert f'action="{wrong}leave/"' in page
    assert f'action="{good}leave/"' not in page
    assert "Waits for a better file" in desk.get(wrong).content.decode()
    desk.post(f"{wrong}leave/")
    assert [one.filename for one in BroughtList.objects.all()] == ["good.csv"]


def test_a_list_that_is_left_is_gone_with_its_file(desk: Client) -> None:
    where = upload(desk, csv())
    read(desk, where)
    one = BroughtList.objects.get()
    name, storage = one.file.name, one.file.storage
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda do, **_: do())
        desk.post(f"{where}leave/")
    assert not BroughtList.objects.exists()
    assert not storage.exists(name)
    assert ImportRun.objects.get().difference == []


def test_a_file_nobody_brings_in_is_forgotten_after_a_week(desk: Client) -> None:
    upload(desk, csv())
    tasks.forget_lists.call()
    assert BroughtList.objects.exists()
    old = timezone.now() - timedelta(days=8)
    BroughtList.objects.update(created_at=old)
    tasks.forget_lists.call()
    assert not BroughtList.objects.exists()


def test_run_twice_and_after_a_kill_it_is_there_once(
    desk: Client, reg: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = upload(desk, csv())
    read(desk, where)
    pk = BroughtList.objects.get().pk

    class Killed(BaseException):
        """As a process that is gone."""

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("benchside.recognition.entries.names.index", die)
        with pytest.raises(Killed):
            tasks.bring_list_in.call(pk, reg.pk)
    assert not Award.objects.exists(), "nothing of it is there"
    tasks.bring_list_in.call(pk, reg.pk)
    tasks.bring_list_in.call(pk, reg.pk)
    assert Award.objects.count() == 3
    assert BroughtList.objects.get().problem == ""


def test_to_everybody_else_there_is_nothing(desk: Client, register: Register) -> None:
    where = upload(desk, csv())
    read(desk, where)
    pages = (BRING, where, f"{where}columns/", f"{where}entries.csv", f"{where}wrong-rows.xlsx")
    other = sign_in(Client(), person("other@work.example"))
    for page in pages:
        assert other.get(page).status_code == 404
        assert Client().get(page).status_code == 302
    assert other.post(f"{where}apply/").status_code == 404
    assert desk.get("/registry/not-there/bring/").status_code == 404


def test_nobody_is_asked_to_take_back_what_cannot_be(desk: Client) -> None:
    where = upload(desk, csv())
    read(desk, where)
    desk.post(f"{where}apply/")
    work_off()
    Fee.objects.create(entry=Entry.objects.first(), kind="year", amount=18)
    said = desk.get(f"{where}undo/", follow=True)
    assert "A fee was asked" in said.content.decode()
    assert "Take this list back?" not in said.content.decode()
