"""Identifiers of who signs: did:web, whose document we serve, and did:key, which is its own.

did:web is a domain written backwards into a name: `did:web:example.org` is found at
`https://example.org/.well-known/did.json`, `did:web:example.org:bodies:x` at
`https://example.org/bodies/x/did.json` (W3C CCG, did:web method, 2.5.2).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote

from benchside.recognition.credentials.vc.faults import BadKeyError
from benchside.recognition.credentials.vc.keys import multikey, read_multikey
from benchside.recognition.credentials.vc.times import stamp

CONTEXTS = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")
WEB = "did:web:"
KEY = "did:key:"
HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?")
STEP = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Method:
    """A key a document lists: `name` is what follows the `#`, `public` its 32 bytes.

    A key that signs no more stays listed, so that what it signed still holds. `revoked` says since
    when nothing it signed may be believed.
    """

    name: str
    public: bytes
    revoked: datetime | None = None


def did_of(host: str, *path: str) -> str:
    """The did:web of a host, with a port or a path if any. Raises BadKeyError for no host."""
    if not HOST.fullmatch(host) or not all(STEP.fullmatch(step) for step in path):
        raise BadKeyError("A did:web is made of a host's name in small letters and plain steps.")
    return WEB + ":".join([quote(host, safe=""), *path])


def url_of(did: str) -> str:
    """Where the document of a did:web stands. Raises BadKeyError for what names no such place."""
    if not did.startswith(WEB):
        raise BadKeyError("Only did:web stands at an address.")
    host, *path = [unquote(step) for step in did.removeprefix(WEB).split(":")]
    if not HOST.fullmatch(host) or not all(STEP.fullmatch(step) for step in path):
        raise BadKeyError("This did:web names no host.")
    if ".." in path or "." in path:
        raise BadKeyError("This did:web climbs out of its path.")
    steps = "/".join(path) if path else ".well-known"
    return f"https://{host}/{steps}/did.json"


def place_of(did: str) -> str:
    """The host of a did:web and the way within it, as people read an address: many may share a
    host. Empty for what names none."""
    try:
        found = url_of(did).removeprefix("https://")
    except BadKeyError:
        return ""
    return found.removesuffix("/did.json").removesuffix("/.well-known")


def method_id(did: str, name: str) -> str:
    return f"{did}#{name}"


def document(did: str, methods: Sequence[Method]) -> dict[str, Any]:
    """What stands at `url_of(did)`: every key that ever signed and is still believed."""
    return {
        "@context": list(CONTEXTS),
        "id": did,
        "verificationMethod": [_method(did, method) for method in methods],
        "assertionMethod": [method_id(did, method.name) for method in methods],
    }


def _method(did: str, method: Method) -> dict[str, Any]:
    said = {
        "id": method_id(did, method.name),
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": multikey(method.public),
    }
    if method.revoked is not None:
        said["revoked"] = stamp(method.revoked)
    return said


def did_key(public: bytes) -> str:
    """A did:key: an identifier that is nothing but its public key."""
    return KEY + multikey(public)


def key_document(did: str) -> dict[str, Any]:
    """The document a did:key implies. Raises BadKeyError when it is none of Ed25519."""
    if not did.startswith(KEY):
        raise BadKeyError("This is not a did:key.")
    name = did.removeprefix(KEY)
    return document(did, [Method(name, read_multikey(name))])
