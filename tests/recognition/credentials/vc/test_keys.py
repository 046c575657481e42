"""Keys, their files, and the documents that list them, with values from the standards."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from hypothesis import given
from hypothesis import strategies as st

from benchside.recognition.credentials.vc import did, keys
from benchside.recognition.credentials.vc.faults import BadKeyError
from tests.factories.badges import Body, a_key

# The did:key method's own example of an Ed25519 key.
KNOWN = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
P256 = "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv"  # another curve


@given(st.binary(max_size=64))
def test_base58_there_and_back(raw: bytes) -> None:
    assert keys.read_base58(keys.base58(raw)) == raw


@pytest.mark.parametrize(
    ("raw", "text"),
    [  # draft-msporny-base58, section 5
        (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
        (b"The quick brown fox jumps over the lazy dog.",
         "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"),
        (bytes.fromhex("0000287fb4cd"), "11233QC4"),
    ],
)  # fmt: skip
def test_base58_as_published(raw: bytes, text: str) -> None:
    assert keys.base58(raw) == text
    assert keys.read_base58(text) == raw


def test_a_multikey_there_and_back() -> None:
    assert keys.multikey(keys.read_multikey(KNOWN)) == KNOWN


@pytest.mark.parametrize("text", [P256, "", "z", "z0", KNOWN[1:], KNOWN[:-1], "z" * 5_000, 7, None])
def test_what_is_no_key_is_refused(text: Any) -> None:
    with pytest.raises(BadKeyError):
        keys.read_multikey(text)


def test_a_public_key_has_32_bytes() -> None:
    with pytest.raises(BadKeyError):
        keys.multikey(b"short")


def test_a_key_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "one.pem"
    key = keys.generate()
    keys.save(key, path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert keys.public_bytes(keys.load(path)) == keys.public_bytes(key)
    with pytest.raises(FileExistsError):
        keys.save(keys.generate(), path)
    os.chmod(path, 0o640)
    with pytest.raises(BadKeyError, match="0600"):
        keys.load(path)


def test_a_file_with_another_kind_of_key_is_refused() -> None:
    other = generate_private_key(SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    for pem in (other, b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"):
        with pytest.raises(BadKeyError):
            keys.from_pem(pem)


def test_where_a_did_web_stands() -> None:
    """The three examples of the method's specification."""
    assert did.url_of("did:web:w3c-ccg.github.io") == (
        "https://w3c-ccg.github.io/.well-known/did.json"
    )
    assert did.url_of("did:web:w3c-ccg.github.io:user:alice") == (
        "https://w3c-ccg.github.io/user/alice/did.json"
    )
    assert did.url_of("did:web:example.com%3A3000:user:alice") == (
        "https://example.com:3000/user/alice/did.json"
    )
    assert did.did_of("example.com:3000", "user", "alice") == (
        "did:web:example.com%3A3000:user:alice"
    )


@pytest.mark.parametrize(
    "name",
    [
        "did:key:z6Mk", "did:web:", "did:web:a b", "did:web:x.example:..:etc",
        "did:web:x.example%2F@evil.example", "did:web:x.example%40evil.example",
        "did:web:x.example:",
        "did:web:x.example:a%2Fb", "did:web:x.example:%2e%2e", "did:web:X.EXAMPLE", "did:web:x%00",
    ],
)  # fmt: skip
def test_a_did_web_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(BadKeyError):
        did.url_of(name)


def test_no_did_for_what_is_no_host() -> None:
    for host in ("", "UPPER.example", "a/b", "x.example#y", "x.example:99999999"):
        with pytest.raises(BadKeyError):
            did.did_of(host)


def test_a_document_lists_every_key_and_says_what_was_stolen() -> None:
    body = Body(seeds={"key-1": 1, "key-2": 2})
    document = body.document()
    assert document["assertionMethod"] == [f"{body.did}#key-1", f"{body.did}#key-2"]
    assert [one["type"] for one in document["verificationMethod"]] == ["Multikey", "Multikey"]
    stolen = did.Method("key-1", keys.public_bytes(a_key(1)), datetime(2026, 5, 1, tzinfo=UTC))
    (said,) = did.document(body.did, [stolen])["verificationMethod"]
    assert said["revoked"] == "2026-05-01T00:00:00Z"


def test_a_did_key_is_its_own_document() -> None:
    document = did.key_document(f"did:key:{KNOWN}")
    (method,) = document["verificationMethod"]
    assert method["publicKeyMultibase"] == KNOWN
    assert document["assertionMethod"] == [f"did:key:{KNOWN}#{KNOWN}"]
    for name in ("did:web:x.example", f"did:key:{P256}", "did:key:"):
        with pytest.raises(BadKeyError):
            did.key_document(name)
