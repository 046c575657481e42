"""Signed statements: checked by OpenSSL and poppler, which are not ours, and by our own page."""

import hashlib
import json
import re
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from benchside.assessment.actions import move_award
from benchside.core.actions import SYSTEM, VISITOR
from benchside.recognition.entries import signing, statements
from benchside.recognition.entries.publishing import sheet_of
from benchside.recognition.models import Entry, Statement
from tests import services
from tests.factories.registers import an_entry
from tests.recognition.entries.test_public import HERE, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(db: None) -> Entry:
    cache.clear()
    return an_entry("Siobhán O’Brien", since=date(2026, 3, 2), shows_area=True, area="Northmoor")


@pytest.fixture
def pdf(client: Client, entry: Entry) -> bytes:
    answer = post(client, f"{HERE}RT-000001/statement/")
    assert answer["Content-Type"] == "application/pdf"
    assert not answer.cookies
    content: bytes = answer.content
    return content


def run(*command: object) -> str:
    services.need(f"{command[0]}", shutil.which(str(command[0])))
    done = subprocess.run([str(one) for one in command], capture_output=True, check=True, text=True)
    return done.stdout


def test_others_programs_find_it_good(client: Client, pdf: bytes, tmp_path: Path) -> None:
    file = tmp_path / "one.pdf"
    file.write_bytes(pdf)
    run("pdfdetach", "-saveall", "-o", tmp_path, file)
    (tmp_path / "key.pem").write_bytes(client.get("/registers/statement-key.pem").content)
    command = [
        "openssl", "pkeyutl", "-verify", "-pubin", "-inkey", tmp_path / "key.pem", "-rawin",
        "-in", tmp_path / "statement.json", "-sigfile", tmp_path / "statement.sig",
    ]  # fmt: skip
    assert "Signature Verified Successfully" in run(*command)
    said = json.loads((tmp_path / "statement.json").read_text())
    assert (said["name"], said["number"], said["is_registered"]) == (
        "Siobhán O’Brien", "RT-000001", True,
    )  # fmt: skip
    (tmp_path / "statement.json").write_text((tmp_path / "statement.json").read_text() + " ")
    with pytest.raises(subprocess.CalledProcessError):
        run(*command)
    told = " ".join(run("pdfinfo", file).split())
    assert "Tagged: yes" in told
    assert "Title: Siobhán O’Brien: statement of the register" in told
    assert re.search(rb"/Lang\s*\(en-GB\)", pdf)
    assert b"pdfuaid" in pdf
    words = " ".join(run("pdftotext", file, "-").split())
    for each in ("Siobhán O’Brien RTMade", "Yes: on the register.", "Northmoor", "RT-000001"):
        assert each in words


def test_it_says_since_when_and_the_command_is_whole(
    client: Client, entry: Entry, tmp_path: Path
) -> None:
    """As at that second, which is not the day from which it is so."""
    move_award(
        actor=SYSTEM,
        award=entry.award,
        verb="suspend",
        reason="Conduct",
        effective_on=date(2026, 5, 31),
    )
    file = tmp_path / "one.pdf"
    with time_machine.travel("2026-11-27 12:08:07Z", tick=False):
        file.write_bytes(post(client, f"{HERE}RT-000001/statement/").content)
    text = run("pdftotext", "-layout", file, "-")
    words = " ".join(text.split())
    assert "No: not on the register. On 27 November 2026 at 12:08:07 the register said:" in words
    assert "the register said: Suspended, since 31 May 2026." in words
    assert "On the register at that time" not in words
    for option in ("-verify", "-pubin", "-inkey", "-rawin", "-in statement.json", "-sigfile"):
        assert option in text
    assert not re.search(r"-\s*$", text, re.MULTILINE)


def checked(client: Client, pdf: bytes, address: str = "/registers/statement/check/") -> str:
    answer = post(client, address, file=SimpleUploadedFile("x.pdf", pdf))
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("last", [b"\r", b"\n", b"\r\n", b"x"])
@pytest.mark.parametrize("line", [b"\n", b"\r\n"])
def test_a_signature_is_found_whatever_its_last_byte(last: bytes, line: bytes) -> None:
    data, signature = b'{"kind":"register-statement"}', b"\xff" * (64 - len(last)) + last
    parts = [b"stream" + line + one + line + b"endstream" for one in (data, signature)]
    assert signing.found_in(line.join(parts)) == signing.Signed(data, signature)


def test_our_page_says_whether_it_is_ours_and_whole(client: Client, pdf: bytes) -> None:
    one = Statement.objects.get()
    page = checked(client, pdf, f"/registers/statement/{one.key}/check/")
    assert "It is ours, and nobody changed it" in page
    assert "Siobhán O’Brien" in page
    assert "The page around it was changed" in checked(client, pdf + b"\n% more")
    assert "no statement of ours" in checked(client, b"%PDF-1.7 nothing")
    another = Client()
    other = post(another, f"{HERE}RT-000001/statement/").content
    said = checked(client, other, f"/registers/statement/{one.key}/check/")
    assert "it belongs to another code" in said
    never = "/registers/statement/00000000-0000-4000-8000-000000000000/check/"
    assert client.get(never).status_code == 404


def test_the_moment_it_was_made_is_told_in_the_time_of_london(
    client: Client, entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    summer = datetime(2026, 7, 1, 22, 30, 5, tzinfo=UTC)
    with monkeypatch.context() as patched:
        patched.setattr(statements.timezone, "now", lambda: summer)
        sheet = sheet_of(entry)
        assert sheet is not None
        _, pdf = statements.give(actor=VISITOR, entry=entry, sheet=sheet)
    page = checked(client, pdf)
    assert "<dt>Made on</dt><dd>1 July 2026, 23:30:05</dd>" in page
    assert "2026-07-01T" not in page


def test_a_letter_changed_in_what_was_signed_is_found(client: Client, pdf: bytes) -> None:
    signed = signing.found_in(pdf)
    assert signed is not None
    forged = signed.data.replace(b"RT-000001", b"RT-000002")
    fake = b"stream\n" + forged + b"\nendstream stream\n" + signed.signature + b"\nendstream"
    assert "Do not trust it" in checked(client, fake)
    real = b"stream\n" + signed.data + b"\nendstream stream\n" + signed.signature + b"\nendstream"
    assert "What stands below is ours" in checked(client, real)


@pytest.mark.parametrize(
    "file",
    [b"", b"stream\n" * 5000, b'stream\n{"kind":"register-statement"' + b"[" * 9000,
     b"stream\n" + b"x" * 64 + b'\nendstream stream\n{"kind": 1}'],
)  # fmt: skip
def test_a_hostile_file_is_no_statement(file: bytes) -> None:
    assert signing.found_in(file) is None


def test_nothing_of_whom_or_what_is_kept(entry: Entry, pdf: bytes) -> None:
    one = Statement.objects.get()
    assert one.file == hashlib.sha256(pdf).hexdigest()
    sheet = sheet_of(entry)
    assert sheet is not None
    assert "employer" in statements.says(sheet, one.key, one.made_at)
    assert {field.name for field in Statement._meta.fields} == {
        "id", "key", "entry", "made_at", "digest", "file", "signed_with",
    }  # fmt: skip
