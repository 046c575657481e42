"""Files brought into a log: previewed, applied whole or not at all, undone; and taken out again."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from benchside.core import imports
from benchside.core.actions import Actor, Denied
from benchside.core.exports import csv_text
from benchside.core.imports import BadFile
from benchside.core.models import ImportedValue, ImportRun, RunState
from benchside.core.personal_data import erase_person
from benchside.people.cpd import actions, table
from benchside.people.models import CpdActivity, Technician
from tests.factories.cpd import FULL, a_logger, actor_of, an_activity
from tests.factories.technicians import as_themselves
from tests.people.cpd.test_calendar import APPLE, GOOGLE, OUTLOOK, ics

pytestmark = pytest.mark.django_db
HEAD = "Title,Category,From,Until,Hours,What I learned\n"
LINES = (
    'Laser safety,Formal or educational,04/03/2026,,3.5,"Goggles, first"\n'
    "A film,self,2026-05-01,2026-05-02,,\n"
)


def brought(technician: Technician, data: bytes, name: str = "log.csv") -> ImportRun:
    return actions.preview_table(
        actor=actor_of(technician), technician=technician, data=data, filename=name
    )


def apply(technician: Technician, run: ImportRun, take: tuple[str, ...] = ()) -> None:
    actions.bring_in(actor=actor_of(technician), technician=technician, run=run, take=take)


def test_a_table_is_previewed_applied_and_undone() -> None:
    edie = a_logger()
    run = brought(edie, (HEAD + LINES).encode())
    assert run.counts["added"] == 2
    assert not CpdActivity.objects.exists()
    apply(edie, run)
    laser = CpdActivity.objects.get(title="Laser safety")
    assert (laser.category, laser.begins, laser.ends, str(laser.hours), laser.learned) == (
        "formal", date(2026, 3, 4), date(2026, 3, 4), "3.50", "Goggles, first",
    )  # fmt: skip
    imports.undo(actor=actor_of(edie), run=run)
    assert not CpdActivity.objects.exists()


def test_what_is_there_is_seen_and_what_was_typed_here_stays_unless_taken() -> None:
    edie = a_logger()
    typed = an_activity(edie, "LASER  safety", learned="My own words on it")
    run = brought(edie, (HEAD + LINES).encode())
    assert (run.counts["added"], run.counts["kept"]) == (1, 1)
    apply(edie, run)
    typed.refresh_from_db()
    assert typed.learned == "My own words on it"
    again = brought(edie, (HEAD + LINES).encode())
    key = table.key_of(date(2026, 3, 4), "laser safety")
    apply(edie, again, take=(f"{key}/learned",))
    typed.refresh_from_db()
    assert typed.learned == "Goggles, first"
    assert CpdActivity.objects.count() == 2


def test_mistakes_name_row_column_and_remedy_and_nothing_is_half_applied() -> None:
    edie = a_logger()
    bad = HEAD + LINES + ",Party,31/02/2026,,lots,\nB,work,2026-05-02,2026-05-01,-1,\n"
    run = brought(edie, bad.encode())
    found = {(one["row"], one["column"]) for one in run.problems}
    assert found == {
        (4, "Title"), (4, "Category"), (4, "From"), (4, "Hours"), (5, "Until"), (5, "Hours"),
    }  # fmt: skip
    with pytest.raises(Exception, match="mistakes"):
        apply(edie, run)
    assert not CpdActivity.objects.exists()


def test_what_is_taken_out_comes_back_in_as_the_same() -> None:
    edie = a_logger()
    an_activity(edie, "=SUM(A1)", hours="1.25", points="3", **FULL)
    an_activity(edie, "Plan", date(2026, 9, 1), is_done=False, did="two\nlines, and “quotes”")
    an_activity(edie, "Laser safety", date(2026, 1, 1))
    an_activity(edie, "Of two days", date(2026, 2, 1), ends=date(2026, 2, 2), category="self")
    rows = table.rows_out(CpdActivity.objects.all())
    run = brought(edie, csv_text(table.COLUMNS, rows).encode())
    assert run.problems == []
    assert run.counts["unchanged"] == 4
    assert {run.counts[kind] for kind in ("added", "changed", "kept")} == {0}


def test_a_workbook_is_read_as_a_table_is() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Title", "Category", "From", "Hours"])
    sheet.append(["Laser safety", "Formal", date(2026, 3, 4), 3.5])
    sheet.append(["Two hours", "work", "5 May 2026", 2])
    stored = io.BytesIO()
    book.save(stored)
    edie = a_logger()
    apply(edie, brought(edie, stored.getvalue(), "log.xlsx"))
    found = list(CpdActivity.objects.order_by("begins").values_list("begins", "hours"))
    assert [(day, str(hours)) for day, hours in found] == [
        (date(2026, 3, 4), "3.50"), (date(2026, 5, 5), "2.00"),
    ]  # fmt: skip
    assert load_workbook(io.BytesIO(stored.getvalue())) is not None


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 no workbook", b"Title\n", b"\0\0\0", b"Title,Title,Category,From\n"]
)
def test_a_file_that_cannot_be_read_is_refused(data: bytes) -> None:
    with pytest.raises(BadFile):
        brought(a_logger(), data)


def calendar(technician: Technician, *events: str, since: date = date(2026, 1, 1)) -> ImportRun:
    return actions.preview_calendar(
        actor=actor_of(technician),
        technician=technician,
        data=ics(*events),
        filename="work.ics",
        since=since,
    )


def test_of_a_calendar_only_what_was_ticked_is_kept() -> None:
    edie = a_logger()
    run = calendar(edie, OUTLOOK, GOOGLE, APPLE)
    keys = {one["said"]["title"]: one["key"] for one in run.difference}
    chosen = {keys["Laser safety, one day"]: "formal", keys["Network meeting"]: "professional"}
    count = actions.bring_events(actor=actor_of(edie), technician=edie, run=run, chosen=chosen)
    assert count == 2
    assert dict(CpdActivity.objects.values_list("title", "category")) == {
        "Laser safety, one day": "formal",
        "Network meeting": "professional",
    }
    run.refresh_from_db()
    assert "webinar" not in repr(run.difference)
    assert "webinar" not in repr(list(ImportedValue.objects.values()))
    left = calendar(edie, OUTLOOK, GOOGLE, APPLE)
    assert [one["said"]["title"] for one in left.difference] == ["Late webinar"]
    imports.undo(actor=actor_of(edie), run=run)
    assert not CpdActivity.objects.exists()


def test_of_a_calendar_nothing_older_is_kept() -> None:
    edie = a_logger()
    run = calendar(edie, OUTLOOK, APPLE, since=date(2026, 5, 5))
    assert [one["said"]["title"] for one in run.difference] == ["Network meeting"]
    with pytest.raises(BadFile, match="No event since"):
        calendar(edie, OUTLOOK, since=date(2026, 5, 5))


def test_a_run_is_its_owners_alone() -> None:
    edie, olu = a_logger(), a_logger("olu")
    run = brought(edie, (HEAD + LINES).encode())
    stranger = as_themselves(olu.profile)
    for address in (f"/my/cpd/bring-in/{run.pk}/", f"/my/cpd/bring-in/{run.pk}/decide/"):
        assert stranger.get(address).status_code in {404, 405}
        assert stranger.post(address, {"do": "apply"}).status_code in {404, 405}
    with pytest.raises(Denied):
        actions.bring_in(actor=actor_of(olu), technician=olu, run=run)
    another = actor_of(olu)
    with pytest.raises(Denied):
        actions.preview_table(actor=another, technician=edie, data=b"x", filename="x")


def test_nothing_of_a_file_outlives_what_it_brought(
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    edie = a_logger()
    run = brought(edie, (HEAD + LINES).encode())
    apply(edie, run)
    actor: Actor = actor_of(edie)
    for one in CpdActivity.objects.all():
        actions.delete_activity(actor=actor, activity=one)
    assert not ImportedValue.objects.exists()
    assert edie.account is not None
    erase_person(edie.account.person_id)
    assert not ImportRun.objects.exists()


def test_the_pages_from_a_file_to_undoing_it() -> None:
    edie = a_logger()
    client: Client = as_themselves(edie.profile)
    wrong = client.post("/my/cpd/bring-in/", {"kind": "calendar", "since": "2026-01-01"})
    assert wrong.status_code == 422
    assert b"Choose a file." in wrong.content
    file = SimpleUploadedFile("work.ics", ics(OUTLOOK, GOOGLE))
    sent = {"kind": "calendar", "since": "2026-01-01", "file": file}
    answer = client.post("/my/cpd/bring-in/", sent, follow=True)
    page = answer.content.decode()
    assert "Late webinar" in page
    assert "Laser safety, one day" in page
    run = ImportRun.objects.get()
    decide = f"/my/cpd/bring-in/{run.pk}/decide/"
    none = client.post(decide, {"do": "apply"}, follow=True)
    assert b"Nothing is chosen" in none.content
    client.post(decide, {"do": "apply", "event": "0", "kind-0": "formal", "kind-9": "x"})
    assert CpdActivity.objects.get().title == "Laser safety, one day"
    client.post(decide, {"do": "undo"})
    run.refresh_from_db()
    assert run.state == RunState.UNDONE
    table_file = SimpleUploadedFile("log.csv", (HEAD + LINES).encode())
    page = client.post("/my/cpd/bring-in/", {"kind": "table", "file": table_file}, follow=True)
    assert b"It is added." in page.content
    newest = ImportRun.objects.first()
    assert newest is not None
    client.post(f"/my/cpd/bring-in/{newest.pk}/decide/", {"do": "leave"})
    assert not CpdActivity.objects.exists()


def test_what_comes_again_is_one_choice_and_its_days_can_be_ticked_singly() -> None:
    """Each second Tuesday since 2019, from an Outlook calendar: not gone, and not a long list."""
    monthly = (
        "UID:m\r\nSUMMARY:Safety group\r\nDTSTART;TZID=Europe/London:20190108T100000\r\n"
        "DTEND;TZID=Europe/London:20190108T110000\r\nRRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=89"
    )  # the 89th is in May 2026
    edie = a_logger()
    client: Client = as_themselves(edie.profile)

    def sent() -> tuple[ImportRun, str]:
        file = SimpleUploadedFile("work.ics", ics(monthly, OUTLOOK))
        form = {"kind": "calendar", "since": "2026-01-01", "file": file}
        page = client.post("/my/cpd/bring-in/", form, follow=True).content.decode()
        return ImportRun.objects.latest("pk"), page

    run, page = sent()
    assert page.count('name="kind-') == 2
    assert "5 times, 13 Jan 2026 to 12 May 2026, 1 h each" in page
    place = {one["said"]["begins"]: str(number) for number, one in enumerate(run.difference)}
    lead = place["2026-01-13"]
    decide = f"/my/cpd/bring-in/{run.pk}/decide/"
    client.post(decide, {"event": place["2026-02-10"], f"kind-{lead}": "formal"})
    there = CpdActivity.objects.values_list("begins", "category")
    assert list(there) == [(date(2026, 2, 10), "formal")]
    run, page = sent()
    assert "4 times" in page  # what is in the log already is not offered again
    lead = next(str(place) for place, one in enumerate(run.difference) if "#" in one["key"])
    decide = f"/my/cpd/bring-in/{run.pk}/decide/"
    client.post(decide, {"series": lead, f"kind-{lead}": "professional"})
    assert CpdActivity.objects.filter(title="Safety group").count() == 5
    assert not CpdActivity.objects.filter(title__contains="Laser").exists()


UNREADABLE = "UID:x\r\nSUMMARY:Dentist <b>\r\nDTSTART:tomorrow"
WRONG_YEAR = "UID:y\r\nSUMMARY:Far off\r\nDTSTART;VALUE=DATE:29990101"


def test_what_of_a_calendar_could_not_be_read_is_counted_named_and_then_forgotten() -> None:
    edie = a_logger()
    client: Client = as_themselves(edie.profile)
    run = calendar(edie, UNREADABLE, WRONG_YEAR, OUTLOOK)
    page = client.get(f"/my/cpd/bring-in/{run.pk}/").content.decode()
    assert "2 events could not be read: Dentist &lt;b&gt;, Far off." in page
    assert page.count('name="event"') == 1
    client.post(f"/my/cpd/bring-in/{run.pk}/decide/", {"event": ["0", "1"], "kind-0": "formal"})
    assert CpdActivity.objects.get().title == "Laser safety, one day"
    run.refresh_from_db()
    assert "Dentist" not in repr(vars(run))
    left = calendar(edie, UNREADABLE, APPLE)
    imports.discard(actor=actor_of(edie), run=left)
    assert "Dentist" not in repr(vars(left))
    with pytest.raises(BadFile, match="1 event could not be read: Dentist"):
        calendar(edie, UNREADABLE)


def test_an_event_without_an_end_shows_no_hours() -> None:
    edie = a_logger()
    run = calendar(edie, "UID:z\r\nSUMMARY:A talk\r\nDTSTART:20260304T120000")
    page = as_themselves(edie.profile).get(f"/my/cpd/bring-in/{run.pk}/").content.decode()
    assert "A talk" in page
    assert " h</span>" not in page
    assert "0.00" not in page


@pytest.mark.parametrize("lines", [",Party,31/02/2026,,lots,\n", "", LINES])
def test_a_file_that_waits_can_be_removed(lines: str) -> None:
    """Also one with mistakes, and one that says nothing new."""
    edie = a_logger()
    client: Client = as_themselves(edie.profile)
    run = brought(edie, (HEAD + lines).encode(), "waiting.csv")
    decide = f"/my/cpd/bring-in/{run.pk}/decide/"
    page = client.get("/my/cpd/bring-in/").content.decode()
    assert "waiting.csv" in page
    assert f'action="{decide}"' in page
    assert ("Cannot be brought in" in page) is ("Party" in lines)
    assert 'value="leave"' in client.get(f"/my/cpd/bring-in/{run.pk}/").content.decode()
    client.post(decide, {"do": "leave"})
    assert "waiting.csv" not in client.get("/my/cpd/bring-in/").content.decode()
    run.refresh_from_db()
    assert (run.state, run.problems, run.difference) == (RunState.DISCARDED, [], [])


def test_what_was_brought_in_stays_in_the_list_and_is_undone_not_removed() -> None:
    edie = a_logger()
    run = brought(edie, (HEAD + LINES).encode(), "mine.csv")
    apply(edie, run)
    page = as_themselves(edie.profile).get("/my/cpd/bring-in/").content.decode()
    assert "mine.csv" in page
    assert 'value="leave"' not in page


def test_all_columns_that_are_missing_are_named_together() -> None:
    with pytest.raises(BadFile, match="The columns Title, Category and From are missing"):
        brought(a_logger(), b"Name,Day\nA,2026-03-04\n")


TWICE = HEAD + "Supervision,work,2026-02-01,,1.5,One\nSUPERVISION,work,2026-02-01,,2,Two\n"


def test_the_same_title_on_the_same_day_stops_nothing_and_is_asked_about() -> None:
    edie = a_logger()
    client = as_themselves(edie.profile)
    run = brought(edie, (TWICE + "A film,self,2026-05-01,,,\n").encode())
    assert run.problems == []
    assert (run.counts["added"], run.counts["kept"]) == (2, 1)
    page = client.get(f"/my/cpd/bring-in/{run.pk}/").content.decode()
    assert "1 left out unless you tick it" in page
    assert "Another row has this title on this day too. Tick to add both." in page
    apply(edie, run)
    learned = CpdActivity.objects.filter(title__iexact="supervision").values_list("learned")
    assert list(learned) == [("One",)]
    imports.undo(actor=actor_of(edie), run=run)
    run = brought(edie, TWICE.encode())
    (asked,) = [one["key"] for one in run.difference if one["instead"]]
    client.post(f"/my/cpd/bring-in/{run.pk}/decide/", {"do": "apply", "take": asked})
    assert CpdActivity.objects.count() == 2


def test_a_log_with_two_of_one_title_and_day_comes_back_in_as_it_is() -> None:
    edie = a_logger()
    for hours in ("1.5", "2", "2"):
        an_activity(edie, "Supervision", date(2026, 2, 1), hours=hours)
    rows = table.rows_out(CpdActivity.objects.order_by("pk"))
    run = brought(edie, csv_text(table.COLUMNS, rows).encode())
    assert (run.problems, run.counts["unchanged"]) == ([], 3)
    assert {run.counts[kind] for kind in ("added", "changed", "kept")} == {0}


def test_many_equal_rows_take_no_time() -> None:
    names = list(table.apart(["a"] * 50_000 + ["a (2)"]))
    assert len(set(names)) == 50_001


@pytest.mark.parametrize("said", ["46023", "46023.5"])
def test_a_day_that_excel_left_as_a_number_is_read(said: str) -> None:
    run = brought(a_logger(), f"Title,Category,From\nA,work,{said}\n".encode())
    assert run.problems == []
    assert run.difference[0]["said"]["begins"] == "2026-01-01"


def test_days_and_hours_are_told_as_everywhere() -> None:
    edie = a_logger()
    client = as_themselves(edie.profile)
    an_activity(edie, "A film", date(2026, 5, 1), ends=date(2026, 5, 2), hours="2")
    an_activity(edie, "A talk", date(2026, 5, 3), hours="1.5")
    page = client.get("/my/cpd/?year=all").content.decode()
    assert 'data-label="Hours">2<' in page
    assert 'data-label="Hours">1.5<' in page
    run = brought(edie, (HEAD + "A film,self,2026-05-01,2026-05-04,3.5,\n").encode())
    page = client.get(f"/my/cpd/bring-in/{run.pk}/").content.decode()
    assert "1 May 2026" in page
    assert "Until stays “2 May 2026”. Tick to take “4 May 2026”." in page
    assert "Hours stays “2”. Tick to take “3.5”." in page
