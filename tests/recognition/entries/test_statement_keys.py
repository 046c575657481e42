"""Keys of statements: one signs, those of before are still good, a stolen one proves nothing."""

import shutil
import subprocess
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from benchside.assessment.chain import canonical
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.recognition.credentials.vc import keys
from benchside.recognition.entries import keyring, signing, statements
from benchside.recognition.entries.key_actions import (
    compromise_statement_key,
    rotate_statement_key,
)
from benchside.recognition.keyrings import NoPrivateKey
from benchside.recognition.models import Entry, Statement, StatementKey
from tests import services
from tests.factories.people import administrator, sign_in
from tests.factories.registers import a_registrar, an_entry
from tests.recognition.entries.test_public import HERE, post
from tests.recognition.entries.test_statements import checked

pytestmark = pytest.mark.django_db
DESK = "/desk/statement-keys/"


@pytest.fixture(autouse=True)
def own_keys(settings: Any, tmp_path: Path) -> Path:
    cache.clear()
    settings.KEYS_ROOT = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.fixture
def entry(db: None) -> Entry:
    return an_entry("Siobhán O’Brien")


def given(client: Client) -> bytes:
    return bytes(post(client, f"{HERE}RT-000001/statement/").content)


def openssl(key: bytes, pdf: bytes, folder: Path) -> bool:
    """What a program that is not ours says of the signature."""
    services.need("openssl", shutil.which("openssl"))
    signed = signing.found_in(pdf)
    assert signed is not None
    for name, data in (("k.pem", key), ("s.json", signed.data), ("s.sig", signed.signature)):
        (folder / name).write_bytes(data)
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "k.pem", "-rawin",
               "-in", "s.json", "-sigfile", "s.sig"]  # fmt: skip
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def address(key: StatementKey) -> str:
    return f"/registers/statement-keys/{key.fragment}.pem"


def test_what_an_old_key_signed_stays_good(client: Client, entry: Entry, tmp_path: Path) -> None:
    old_pdf = given(client)
    old = StatementKey.objects.get()
    new = rotate_statement_key(actor=SYSTEM)
    new_pdf = given(client)
    assert "It is ours, and nobody changed it" in checked(client, old_pdf)
    assert "It is ours, and nobody changed it" in checked(client, new_pdf)
    old_pem, new_pem = (client.get(address(one)).content for one in (old, new))
    assert client.get("/registers/statement-key.pem").content == new_pem != old_pem
    assert openssl(old_pem, old_pdf, tmp_path)
    assert openssl(new_pem, new_pdf, tmp_path)
    assert not openssl(new_pem, old_pdf, tmp_path)
    assert list(Statement.objects.order_by("pk").values_list("signed_with", flat=True)) == [
        old.pk, new.pk,
    ]  # fmt: skip
    assert address(old) in checked(client, old_pdf), "the page names the key of that statement"


def test_one_key_signs_and_its_file_is_for_nobody_else(own_keys: Path) -> None:
    first = keyring.current()
    assert keyring.current() == first
    file = own_keys / f"{first.fragment}.pem"
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        keyring.make()
    assert len(list(own_keys.iterdir())) == 1, "a key that was not taken leaves no file"
    file.unlink()
    with pytest.raises(NoPrivateKey, match="rotate_key --statements"):
        keyring.private_half(first)


def forged(with_key: keys.PrivateKey, entry: Entry) -> bytes:
    """A statement that only somebody with the key could make, and that we never gave out."""
    said = {"kind": signing.KIND, "id": str(uuid4()), "name": "Never Made-Up", "number": "RT-9"}
    signed = signing.sign(canonical(said), with_key)
    return b"stream\n%b\nendstream stream\n%b\nendstream" % (signed.data, signed.signature)


def test_a_stolen_key_proves_nothing_and_what_we_gave_out_is_still_known(
    client: Client, entry: Entry, own_keys: Path, django_capture_on_commit_callbacks: Any
) -> None:
    pdf = given(client)
    stolen = StatementKey.objects.get()
    private = keyring.private_half(stolen)
    with django_capture_on_commit_callbacks(execute=True):
        now = compromise_statement_key(actor=SYSTEM, key=stolen)
    assert (now.is_current, stolen.is_current) == (True, False)
    assert not (own_keys / f"{stolen.fragment}.pem").exists()
    assert "Do not trust it" in checked(client, forged(private, entry))
    assert "It is ours, and nobody changed it" in checked(client, pdf)
    gone = client.get(address(stolen))
    assert gone.status_code == 410
    assert b"BEGIN" not in gone.content
    with pytest.raises(Refused, match="given up already"):
        compromise_statement_key(actor=SYSTEM, key=stolen)


def test_a_retired_key_can_be_given_up_and_the_one_in_use_stays(entry: Entry) -> None:
    old = keyring.current()
    new = rotate_statement_key(actor=SYSTEM)
    old.refresh_from_db()
    assert compromise_statement_key(actor=SYSTEM, key=old) == new
    assert StatementKey.objects.count() == 2


def test_a_strangers_key_is_no_key_of_ours(client: Client, entry: Entry) -> None:
    keyring.current()
    assert "Do not trust it" in checked(client, forged(keys.generate(), entry))
    assert statements.check(b"nothing").key is None


def test_who_may(client: Client) -> None:
    key = keyring.current()
    keeper = a_registrar()
    with pytest.raises(Denied):
        rotate_statement_key(actor=Actor.of(keeper))
    with pytest.raises(Denied):
        compromise_statement_key(actor=Actor.of(keeper), key=key)
    assert sign_in(client, keeper).get(DESK).status_code in {302, 404}
    assert StatementKey.objects.get() == key


def test_the_desk_of_administrators(client: Client) -> None:
    boss = sign_in(client, administrator())
    assert "There is no key yet" in boss.get(DESK).content.decode()
    boss.post(DESK, {"verb": "rotate"})
    first = StatementKey.objects.get()
    assert first.fragment in boss.get(DESK).content.decode()
    assert boss.post(DESK, {"verb": "compromise", "key": first.pk}).status_code == 422
    boss.post(DESK, {"verb": "compromise", "key": first.pk, "sure": "Give up"})
    first.refresh_from_db()
    assert first.compromised_at is not None
    assert boss.post(DESK, {"verb": "compromise", "key": "x", "sure": "give up"}).status_code == 404


def test_the_commands() -> None:
    said = StringIO()
    call_command("rotate_key", "--statements", stdout=said)
    key = StatementKey.objects.get()
    assert f"{key.fragment} signs statements" in said.getvalue()
    with pytest.raises(CommandError, match="Say --sure"):
        call_command("compromise_key", key.fragment)
    call_command("compromise_key", key.fragment, "--sure", stdout=said)
    key.refresh_from_db()
    assert key.compromised_at is not None
