"""Standards at the desk and by the command: as a difference first, never over an edit."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import begin_submission, load_standard, publish_standard
from benchside.assessment.awarding import loading, tasks
from benchside.assessment.awarding.queries import version_in_force
from benchside.assessment.models import StandardVersion
from benchside.assessment.standards import parse, read, write
from benchside.core.actions import SYSTEM
from benchside.core.models.mail import OutgoingMail
from tests.assessment.awarding.conftest import FILE
from tests.factories.organisations import an_organisation
from tests.factories.people import administrator, person, sign_in

pytestmark = pytest.mark.django_db
NEW = "/desk/standards/bring-in/"


@pytest.fixture
def desk(client: Client) -> Client:
    return sign_in(client, administrator())


def text(**changes: Any) -> str:
    return write(read(FILE).model_copy(update=changes))


# --- at the desk --------------------------------------------------------------------------------
def test_nobody_without_the_right_sees_standards(client: Client, bench: StandardVersion) -> None:
    editor: User = person("editor@benchside.example", is_staff=True)
    sign_in(client, editor)
    for path in ("", "bring-in/", f"{bench.pk}/", f"{bench.pk}/edit/", f"{bench.pk}/file.toml"):
        assert client.get(f"/desk/standards/{path}").status_code in {302, 404}


def test_a_file_is_looked_at_kept_and_published(desk: Client, bench: StandardVersion) -> None:
    newer = text(version="2026-2", title="The tidier bench mark", valid_from=date(2026, 6, 1))
    file = SimpleUploadedFile("bench.toml", newer.encode())
    looked = desk.post(NEW, {"file": file, "do": "look"}).content.decode()
    assert "The tidier bench mark" in looked
    assert "What is other than in 2026-1" in looked
    assert StandardVersion.objects.count() == 1
    desk.post(NEW, {"text": newer, "do": "keep"})
    draft = StandardVersion.objects.get(version="2026-2")
    assert draft.state == "draft"
    desk.post(f"/desk/standards/{draft.pk}/", {"verb": "publish"})
    assert version_in_force("tidy-bench") == draft
    assert version_in_force("tidy-bench", date(2026, 5, 31)) == bench
    desk.post(f"/desk/standards/{draft.pk}/", {"verb": "retire"})
    assert version_in_force("tidy-bench") == bench


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("key = ", "is not valid TOML"),
        (text(title="x").replace("title = ", "titel = ", 1), "check its spelling"),
        (text(version="next"), "is not written as expected"),
    ],
)
def test_faults_are_named_and_what_was_typed_stays(desk: Client, typed: str, told: str) -> None:
    answer = desk.post(NEW, {"text": typed, "do": "keep"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert typed.split("\n")[0].replace('"', "&quot;") in page
    assert not StandardVersion.objects.exists()


def test_files_that_are_none_are_refused(desk: Client) -> None:
    for data in (b"\xff\xfe\x00", b"x" * (512 * 1024 + 1)):
        file = SimpleUploadedFile("bench.toml", data)
        answer = desk.post(NEW, {"file": file, "text": "mine", "do": "look"})
        assert answer.status_code == 422
        assert "mine" in answer.content.decode()


def test_a_published_version_is_not_edited(desk: Client, bench: StandardVersion) -> None:
    answer = desk.post(f"/desk/standards/{bench.pk}/edit/", {"text": text(title="X"), "do": "keep"})
    assert answer.status_code == 422
    assert "never changed" in answer.content.decode()
    bench.refresh_from_db()
    assert bench.title == "The tidy bench mark"


def test_the_file_taken_away_is_the_standard(desk: Client, bench: StandardVersion) -> None:
    answer = desk.get(f"/desk/standards/{bench.pk}/file.toml")
    assert parse("again", answer.content) == read(FILE)
    assert "tidy-bench-2026-1.toml" in answer["Content-Disposition"]


def test_whoever_writes_under_the_old_version_stays_there_and_is_told(
    bench: StandardVersion,
) -> None:
    here = an_organisation()
    writer = person("writer@benchside.example")
    one = begin_submission(actor=SYSTEM, version=bench, organisation=here)
    type(one).objects.update(created_by=writer.person_id)
    newer = read(FILE).model_copy(update={"version": "2026-2"})
    version = load_standard(actor=SYSTEM, standard=newer)
    publish_standard(actor=SYSTEM, version=version)
    tasks.tell_of_version.func(version.pk)
    one.refresh_from_db()
    assert one.version == bench
    letter = OutgoingMail.objects.get(name="assessment/standard_published")
    assert letter.to == [writer.email]
    assert "2026-1 and stays with it" in letter.text


# --- manage.py load_standards -------------------------------------------------------------------
@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of the program: the made-up mark alone."""
    monkeypatch.setattr(loading, "shipped", lambda: [read(p) for p in tmp_path.glob("*.toml")])
    (tmp_path / "bench.toml").write_text(FILE.read_text())
    return tmp_path


def test_an_empty_house_takes_them_and_publishes(folder: Path, capsys: Any) -> None:
    call_command("load_standards")
    assert version_in_force("tidy-bench") is not None
    call_command("load_standards")
    assert "as it is kept" in capsys.readouterr().out
    assert StandardVersion.objects.count() == 1


def test_later_files_are_shown_and_wait(folder: Path, capsys: Any) -> None:
    call_command("load_standards")
    tomorrow = timezone.localdate() + timedelta(days=1)
    (folder / "bench.toml").write_text(text(version="2027-1", title="New", valid_from=tomorrow))
    call_command("load_standards")
    assert "changed: title: The tidy bench mark -> New" in capsys.readouterr().out
    assert StandardVersion.objects.count() == 1
    call_command("load_standards", preview=True)
    assert StandardVersion.objects.count() == 1
    call_command("load_standards", apply=True)
    assert StandardVersion.objects.get(version="2027-1").state == "draft"


def test_an_edited_draft_is_not_written_over_by_itself(folder: Path) -> None:
    call_command("load_standards")
    mine = read(FILE).model_copy(update={"version": "2027-1", "title": "Mine"})
    load_standard(actor=SYSTEM, standard=mine)
    (folder / "bench.toml").write_text(text(version="2027-1", title="Theirs"))
    call_command("load_standards", verbosity=0)
    assert StandardVersion.objects.get(version="2027-1").title == "Mine"


def test_a_published_version_with_other_words_is_said_and_left(folder: Path, capsys: Any) -> None:
    call_command("load_standards")
    (folder / "bench.toml").write_text(text(title="Other"))
    call_command("load_standards", apply=True)
    assert "give the file a new version" in capsys.readouterr().out
    assert StandardVersion.objects.get().title == "The tidy bench mark"
