"""Credentials and whoever signs them, made up and always the same, for the tests of the core."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchside.recognition.credentials.vc import badge, did, keys, signing
from benchside.recognition.credentials.vc.status_list import Bits

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
# Digital Bazaar's verifier dates a status list by the real clock, whatever it is told.
LONG = timedelta(days=36_500)
HOST = "register.example"
LIST = f"https://{HOST}/status/1"
UUID = "urn:uuid:6f7c1d6e-52c0-4a53-9a6c-3f4b3a1d0001"


def a_key(seed: int) -> keys.PrivateKey:
    """The same key for the same seed: signatures of tests never change."""
    return Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)


@dataclass
class Body:
    """Somebody who issues: a did:web, and keys by name, of which the last signs."""

    host: str = HOST
    seeds: dict[str, int] = field(default_factory=lambda: {"key-1": 1})

    @property
    def did(self) -> str:
        return did.did_of(self.host)

    @property
    def issuer(self) -> badge.Issuer:
        return badge.Issuer(self.did, "The Example Body", f"https://{self.host}/")

    def document(self, *names: str) -> dict[str, Any]:
        """Its DID document, with all keys or only those named."""
        listed = names or tuple(self.seeds)
        return did.document(
            self.did,
            [did.Method(name, keys.public_bytes(a_key(self.seeds[name]))) for name in listed],
        )

    def sign(
        self, unsigned: dict[str, Any], key: str = "", created: datetime = NOW
    ) -> dict[str, Any]:
        name = key or list(self.seeds)[-1]
        return signing.sign(
            unsigned,
            key=a_key(self.seeds[name]),
            method=did.method_id(self.did, name),
            created=created,
        )

    def status_list(self, *revoked: int, url: str = LIST, **said: Any) -> dict[str, Any]:
        return self.sign(an_unsigned_list(self.issuer, *revoked, url=url, **said))


def an_unsigned_list(
    issuer: badge.Issuer, *revoked: int, url: str = LIST, **said: Any
) -> dict[str, Any]:
    bits = Bits()
    for index in revoked:
        bits[index] = True
    said = {"valid_from": NOW, "valid_until": NOW + LONG, "ttl": 300_000, **said}
    return badge.status_list_credential(url=url, issuer=issuer, encoded=bits.encode(), **said)


def an_achievement(**said: Any) -> badge.Achievement:
    base = f"https://{HOST}/registers/demonstration-technician"
    said = {
        "id": base,
        "name": "Registered Demonstration Technician",
        "description": "Works to the standard of this demonstration register.",
        "criteria_url": f"{base}/standard",
        "criteria": "Two assessors found every competence met.",
        "kind": "License",
        "alignments": (
            badge.Alignment("Knows the work", f"{base}/standard#a", "A", "Demonstration 2026"),
            badge.Alignment("Answers for it", f"{base}/standard#b", "B", "Demonstration 2026"),
        ),
        "image_url": f"{base}/badge.png",
        "version": "2026.1",
        "language": "en-GB",
        **said,
    }
    return badge.Achievement(**said)


def a_badge(body: Body | None = None, **said: Any) -> badge.Badge:
    body = body or Body()
    said = {
        "id": UUID,
        "issuer": body.issuer,
        "achievement": an_achievement(),
        "holders": (badge.Identifier("Sinéad O'Brien"),),
        "valid_from": NOW - timedelta(days=30),
        "valid_until": NOW + timedelta(days=335),
        "awarded": NOW - timedelta(days=30),
        "license_number": "RDT-000042",
        "source": badge.Issuer("https://assessors.example/", "Example Assessors"),
        "evidence": (badge.Evidence(f"https://{HOST}/register/RDT-000042", "Entry"),),
        "language": "en-GB",
        "status": badge.Status(LIST, 94_567),
        **said,
    }
    return badge.Badge(**said)
