"""What the W3C and 1EdTech publish, to the byte: digests, signature, and that it verifies."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchside.recognition.credentials.vc import contexts, did, keys, signing, verifying

VECTORS = Path(__file__).parent / "vectors"
SECRET = b"\x80\x26"  # the multicodec of a secret key of Ed25519


@pytest.fixture(params=["w3c-alumni", "1edtech-teamwork"])
def vector(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads((VECTORS / f"{request.param}.json").read_text())
    ours = contexts.context
    monkeypatch.setattr(contexts, "context", lambda at: found["contexts"].get(at) or ours(at))
    return found


def key_of(vector: Mapping[str, Any]) -> keys.PrivateKey:
    if "secretKeyHex" in vector:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(vector["secretKeyHex"]))
    raw = keys.read_multibase(vector["secretKeyMultibase"])
    assert raw.startswith(SECRET)
    return Ed25519PrivateKey.from_private_bytes(raw.removeprefix(SECRET))


def test_we_sign_as_published(vector: Mapping[str, Any]) -> None:
    signed = vector["signed"]
    unsigned = {name: value for name, value in signed.items() if name != "proof"}
    created = datetime.strptime(signed["proof"]["created"], "%Y-%m-%dT%H:%M:%SZ")
    method = signed["proof"]["verificationMethod"]
    made = signing.sign(
        unsigned, key=key_of(vector), method=method, created=created.replace(tzinfo=UTC)
    )
    assert made == signed
    options = {
        "@context": unsigned["@context"],
        **signing.options(method, created.replace(tzinfo=UTC)),
    }
    digests = signing.digest(options) + signing.digest(unsigned)
    assert digests.hex() == vector["hashData"]


def test_its_key_is_written_as_published(vector: Mapping[str, Any]) -> None:
    public = keys.public_bytes(key_of(vector))
    assert keys.multikey(public) == vector["publicKeyMultibase"]
    assert keys.read_multikey(vector["publicKeyMultibase"]) == public


def test_the_published_badge_verifies() -> None:
    vector = json.loads((VECTORS / "1edtech-teamwork.json").read_text())
    issuer = vector["signed"]["issuer"]["id"]
    name = vector["publicKeyMultibase"]
    document = did.document(issuer, [did.Method(name, keys.read_multikey(name))])
    report = verifying.check(
        vector["signed"],
        keys={issuer: document}.get,
        status=lambda _address: None,
        now=datetime(2026, 11, 26, tzinfo=UTC),
    )
    assert report.holds, report.faults
