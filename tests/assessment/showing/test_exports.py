"""What is frozen is set once as PDF, Word and JSON, and served as those bytes for ever."""

import hashlib
import io
import json
import os
import re
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchside.assessment.actions import add_file, save_statement, sign
from benchside.assessment.annexes import Annex, Table, annexes
from benchside.assessment.models import Figure, FrozenVersion, Submission
from benchside.assessment.showing import keeping, making
from benchside.core import vault
from benchside.core.actions import Actor
from tests.assessment.showing.making import a_pdf, complete

ROOT = Path(__file__).resolve().parents[3]
ROWS = tuple((f"Action {n}", "Lena", "1", "2", "3", "4", "5", "6") for n in range(40))


def url(frozen: FrozenVersion, kind: str) -> str:
    return reverse("assessment:frozen", args=[frozen.submission.key, frozen.number, kind])


def freeze_something(lead: Actor, submission: Submission) -> FrozenVersion:
    complete(lead, submission)
    add_file(
        actor=lead, submission=submission, name="rota.pdf", data=a_pdf(), title="Rota",
        serves={"clear": "It says who"},
    )  # fmt: skip
    Figure.objects.create(
        submission=submission, criterion="clear", measure="m", title="Technicians", unit="people",
        value=120, people=340, observed_on=timezone.datetime(2026, 7, 31).date(),
    )  # fmt: skip
    return sign(actor=lead, submission=submission, step="lead", signed_as="Lena Made-Up").frozen


@pytest.fixture
def frozen(lead: Actor, submission: Submission) -> FrozenVersion:
    """Signed with a plan of many columns as annex, a figure, a file and a link; exports made."""
    annex = Annex(
        key="test.plan", title="Action plan", url=lambda _: "/plan/",
        tables=lambda _: [Table(title="Actions", columns=tuple("ABCDEFGH"), rows=ROWS)],
    )  # fmt: skip
    version = submission.version
    content = {**version.content, "annexes": ["test.plan"]}
    type(version).objects.filter(pk=version.pk).update(content=content, digest="exported")
    version.refresh_from_db()
    with annexes.opened():
        annexes.register(annex)
        found = freeze_something(lead, submission)
    making.make_exports.func(found.pk)
    found.refresh_from_db()
    return found


def text_of_pdf(data: bytes) -> str:
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True
    )
    return done.stdout.decode()


@pytest.mark.django_db
def test_the_pdf_is_tagged_titled_and_says_its_language(
    as_lead: Client, frozen: FrozenVersion, tmp_path: Path
) -> None:
    response = as_lead.get(url(frozen, "pdf"))
    assert response["Content-Type"] == "application/pdf"
    file = tmp_path / "signed.pdf"
    file.write_bytes(response.content)
    said = subprocess.run(["pdfinfo", file], capture_output=True, check=True).stdout.decode()
    assert re.search(r"^Tagged: +yes$", said, re.M)
    assert re.search(r"^Title: +The tidy bench mark: Northmoor$", said, re.M)
    plain = subprocess.run(
        ["qpdf", "--qdf", "--object-streams=disable", file, "-"], capture_output=True, check=True
    ).stdout
    assert re.search(rb"/Type /Catalog\b", plain)
    assert b"/Lang (en-GB)" in plain
    assert b"pdfuaid:part>1<" in response.content
    words = text_of_pdf(response.content)
    for wanted in (
        "Yes, clear.", "120 people", "340", "31 July 2026", "Rota (It says who)", "rota.pdf",
        "https://example.org/log", "Action 39", frozen.digest[:20],
    ):  # fmt: skip
        assert wanted in words, wanted


@pytest.mark.django_db
def test_the_word_file_has_headings_tables_a_title_and_a_language(
    as_lead: Client, frozen: FrozenVersion
) -> None:
    data = as_lead.get(url(frozen, "docx")).content
    file = docx.Document(io.BytesIO(data))
    headings = [(p.style.name, p.text) for p in file.paragraphs if p.style.name.startswith("Head")]
    assert headings[0] == ("Heading 1", "The tidy bench mark: Northmoor")
    assert ("Heading 2", "The bench") in headings
    assert ("Heading 3", "It is clear") in headings
    assert (file.core_properties.title, file.core_properties.language) == (
        "The tidy bench mark: Northmoor",
        "en-GB",
    )
    assert len(file.tables[-1].rows) == 41
    parts = zipfile.ZipFile(io.BytesIO(data))
    assert b'w:lang w:val="en-GB"' in parts.read("word/styles.xml")
    assert parts.read("word/document.xml").count(b"<w:tblHeader/>") == len(file.tables)


@pytest.mark.django_db
def test_the_json_is_what_was_signed_to_the_byte(as_lead: Client, frozen: FrozenVersion) -> None:
    data = as_lead.get(url(frozen, "json")).content
    assert hashlib.sha256(data).hexdigest() == frozen.digest
    said = json.loads(data)
    assert said["annexes"][0]["tables"][0]["rows"][0][0] == "Action 0"
    assert said["figures"][0]["on"] == "2026-07-31"


@pytest.mark.django_db
def test_later_edits_names_and_programs_change_no_byte_of_it(
    as_lead: Client, lead: Actor, frozen: FrozenVersion, submission: Submission,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    before = {kind: as_lead.get(url(frozen, kind)).content for kind in ("pdf", "docx", "json")}
    organisation = submission.organisation
    assert organisation is not None
    organisation.name = "Another Name"
    organisation.save()
    save_statement(actor=lead, submission=submission, criterion="clear", text="No.", based_on=1)
    monkeypatch.setattr(making, "KINDS", (("pdf", lambda _: b"new"), ("docx", lambda _: b"new")))
    making.make_exports.func(frozen.pk)
    after = {kind: as_lead.get(url(frozen, kind)).content for kind in ("pdf", "docx", "json")}
    assert after == before


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["pdf", "docx", "json"])
def test_what_is_not_what_was_stored_is_not_served(
    kind: str, as_lead: Client, frozen: FrozenVersion, caplog: pytest.LogCaptureFixture
) -> None:
    if kind == "json":
        content = frozen.content.replace("Yes, clear.", "No.")
        FrozenVersion.objects.filter(pk=frozen.pk).update(content=content)
    else:
        name = getattr(frozen, kind)
        vault.storage.delete(name)
        vault.storage.save(name, SimpleUploadedFile("x", b"something else"))
    with caplog.at_level("ERROR"):
        response = as_lead.get(url(frozen, kind))
    assert response.status_code == 500
    assert b"This file is damaged" in response.content
    assert "is not what it was" in caplog.text or "is not what was signed" in caplog.text


@pytest.mark.django_db
def test_until_it_is_made_a_page_says_so(
    as_lead: Client, lead: Actor, submission: Submission
) -> None:
    found = freeze_something(lead, submission)
    response = as_lead.get(url(found, "pdf"))
    assert response.status_code == 202
    assert "is being made now" in response.content.decode()
    assert as_lead.get(url(found, "exe")).status_code == 404
    assert as_lead.get(url(found, "json")).status_code == 200


@pytest.mark.django_db
def test_made_twice_gives_the_same_bytes_and_one_file_each(frozen: FrozenVersion) -> None:
    names = {frozen.pdf, frozen.docx}
    FrozenVersion.objects.filter(pk=frozen.pk).update(pdf="", docx="", pdf_digest="")
    making.make_exports.func(frozen.pk)
    frozen.refresh_from_db()
    assert {frozen.pdf, frozen.docx} == names
    assert set(vault.names_below(keeping.folder_of_exports(frozen))) == names


@pytest.mark.django_db
def test_letters_our_fonts_lack_and_signs_no_file_may_hold_still_give_files(
    lead: Actor, submission: Submission
) -> None:
    complete(lead, submission)
    text = '漢字 \x0b \u202e #show *x* $y$ <b> \\ "' + "x" * 500
    save_statement(actor=lead, submission=submission, criterion="clear", text=text, based_on=1)
    found = sign(actor=lead, submission=submission, step="lead", signed_as="Lena").frozen
    making.make_exports.func(found.pk)
    found.refresh_from_db()
    assert "#show *x* $y$ <b>" in text_of_pdf(vault.get(found.pdf, found.pdf_digest))
    words = docx.Document(io.BytesIO(vault.get(found.docx, found.docx_digest)))
    assert any("漢字" in paragraph.text for paragraph in words.paragraphs)


# --- killed half-way ------------------------------------------------------------------------------
KILLED = """
import os, sys, time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
import django
from django.conf import settings
django.setup()
settings.PRIVATE_MEDIA_ROOT = sys.argv[2]
settings.DATABASES["default"]["NAME"] = sys.argv[3]
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[3]
from django.core.files.storage import FileSystemStorage
from benchside.assessment.showing import making
def half(self, name, content):
    path = self.path(name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    data = content.read()
    with open(path, "wb") as file:
        file.write(data[: len(data) // 2])
        file.flush()
        print("half", flush=True)
        time.sleep(600)
FileSystemStorage._save = half
making.make_exports.func(int(sys.argv[1]))
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.once  # the child opens SQLite's file
def test_a_killed_export_leaves_nothing_half_and_is_completed_later(
    lead: Actor, submission: Submission, as_lead: Client, tmp_path: Path, settings
) -> None:  # type: ignore[no-untyped-def]
    found = freeze_something(lead, submission)
    copy = tmp_path / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(found.pk), settings.PRIVATE_MEDIA_ROOT, str(copy)],
        cwd=ROOT, env={**os.environ, "BENCHSIDE_DEBUG": "yes"}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "half\n"
    finally:
        child.send_signal(signal.SIGKILL)
        child.communicate()
    left = vault.names_below(keeping.folder_of_exports(found))
    assert len(left) == 1  # half a file, that nothing points to
    assert as_lead.get(url(found, "pdf")).status_code == 202
    making.make_exports.func(found.pk)
    found.refresh_from_db()
    assert set(vault.names_below(keeping.folder_of_exports(found))) == {found.pdf, found.docx}
    assert as_lead.get(url(found, "pdf")).content.rstrip().endswith(b"%%EOF")
