"""The JSON-LD contexts: what each word of a credential means.

They decide what a signature covers, so they are neither retyped nor ever fetched: they are files of
the package `openbadgeslib`, found without importing it, and each is taken only with the digest it
had when we looked. A test compares them with what two npm packages bring. Decision 0028.
"""

import hashlib
import json
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from benchside.recognition.credentials.vc.faults import UnknownContextError

VC = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
OURS = (VC, OPEN_BADGES)

PACKAGE = "openbadgeslib"
FOLDER = "openbadgeslib/ob3/contexts"
# Address: file, and the SHA-256 of its bytes.
FILES = {
    VC: (
        "credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": (
        "ob-v3p0-context-3.0.1.json",
        "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571",
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": (
        "ob-v3p0-context-3.0.2.json",
        "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
    ),
    OPEN_BADGES: (
        "ob-v3p0-context-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
    EXTENSIONS: (
        "ob-v3p0-extensions.json",
        "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
    ),
}


@cache
def context(address: str) -> dict[str, Any]:
    """The context that stands at exactly this address.

    Raises UnknownContextError for any other, and when the package brings other bytes than we know.
    """
    if address not in FILES:
        raise UnknownContextError(f"We do not know the context {address!r}, and fetch none.")
    name, digest = FILES[address]
    raw = Path(str(distribution(PACKAGE).locate_file(f"{FOLDER}/{name}"))).read_bytes()
    if hashlib.sha256(raw).hexdigest() != digest:
        raise UnknownContextError(f"The package {PACKAGE} brings another {name} than we know.")
    found: dict[str, Any] = json.loads(raw)
    return found


def loader(address: str, _options: Any = None) -> dict[str, Any]:
    """What PyLD asks for a context: ours, marked as unchanging, or UnknownContextError."""
    return {
        "contextUrl": None,
        "documentUrl": address,
        "document": context(address),
        "tag": "static",
    }
