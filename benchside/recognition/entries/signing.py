"""The signature of a statement: Ed25519 over the canonical JSON of what it says. No Django here.

Whoever has the public key can check it without us: `openssl pkeyutl -verify -pubin -inkey
KEY.pem -rawin -in statement.json -sigfile statement.sig` (OpenSSL 3).
"""

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchside.recognition.credentials.vc import keys

KIND = "register-statement"
SIGNATURE = 64  # bytes
MOST_STREAMS = 400
LARGEST_STREAM = 400_000  # bytes, unpacked
STREAM = re.compile(rb"stream\r?\n")


@dataclass(frozen=True, slots=True)
class Signed:
    """What a statement says, as the bytes that were signed, and the signature."""

    data: bytes
    signature: bytes

    @property
    def says(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.data)
        return found


def sign(data: bytes, key: keys.PrivateKey) -> Signed:
    return Signed(data, key.sign(data))


def holds(signed: Signed, public: bytes) -> bool:
    """Whether the key with this public half signed it."""
    return keys.holds(signed.signature, signed.data, public)


def found_in(file: bytes) -> Signed | None:
    """The statement and the signature inside a PDF of ours; None for every other file."""
    data = signature = None
    for stream in _streams(file):
        if len(stream) == SIGNATURE:
            signature = stream
        elif stream.startswith(b"{") and _is_statement(stream):
            data = stream
    return Signed(data, signature) if data and signature else None


def _is_statement(stream: bytes) -> bool:
    try:
        said = json.loads(stream)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("kind") == KIND


def _streams(file: bytes) -> Iterator[bytes]:
    """Every stream of a PDF, unpacked where it is packed; bounded, whatever the file claims."""
    for count, begin in enumerate(STREAM.finditer(file)):
        if count >= MOST_STREAMS:
            return
        end = file.find(b"endstream", begin.end())
        packed = file[begin.end() : end if end > 0 else len(file)]
        try:
            yield zlib.decompressobj().decompress(packed, LARGEST_STREAM)
        except zlib.error:
            bare = packed.removesuffix(b"\n")
            yield bare  # a signature may itself end with the byte of a carriage return
            if bare.endswith(b"\r"):
                yield bare.removesuffix(b"\r")
