"""Finding the credential in what somebody hands over: JSON, PNG, SVG, or a PDF that holds a file.

No Django here. Files come from anybody, so every step has a limit, nothing is ever fetched, and a
file that can be read in two ways is refused. What a file is, its first bytes say, and nothing else.
"""

import re
import zlib
from typing import Any

from benchside.recognition.credentials.vc import baking, verifying
from benchside.recognition.credentials.vc.faults import BadPictureError, UnsafeError

LARGEST_FILE = 5_000_000  # bytes
LARGEST_TEXT = 400_000  # of a credential; ours are of about 3,000
PNG = b"\x89PNG\r\n\x1a\n"
PDF = b"%PDF-"
MARK = b"\xef\xbb\xbf"
MOST_ATTACHED = 20
ATTACHED = re.compile(rb"/EmbeddedFile\b")
NEAR = 1_000  # bytes that the dictionary of an attached file may take before and after its type
BEGINS = re.compile(rb">>\s{0,4}stream\r?\n")
LENGTH = re.compile(rb"/Length\s+(\d{1,9})\b(?!\s+\d+\s+R)")
COMPRESSED = b"/FlateDecode"


class Unreadable(ValueError):  # noqa: N818 - says what is wrong with a file
    """There is no credential in it that one could check; the words are for whoever brought it."""


def document_in(data: bytes) -> dict[str, Any]:
    """The one credential in a file. Raises Unreadable."""
    if len(data) > LARGEST_FILE:
        raise Unreadable(
            f"This file is larger than {LARGEST_FILE // 1_000_000} MB. A badge is small."
        )
    return parsed(_text_in(data))


def _text_in(data: bytes) -> str:
    if not data.strip():
        raise Unreadable("This file is empty.")
    try:
        if data.startswith(PNG):
            return baking.unbake(data)
        if data.startswith(PDF):
            return _from_pdf(data)
        if data.removeprefix(MARK).lstrip().startswith(b"<"):
            return baking.unbake(data.removeprefix(MARK).lstrip())
    except BadPictureError as problem:
        raise Unreadable(str(problem)) from problem
    return _decoded(data.removeprefix(MARK))


def _decoded(data: bytes) -> str:
    if len(data) > LARGEST_TEXT:
        raise Unreadable("This file says far more than a credential does.")
    try:
        return data.decode()
    except UnicodeDecodeError as problem:
        raise Unreadable("This is none of the files that hold a credential.") from problem


def parsed(text: str) -> dict[str, Any]:
    """JSON that everybody reads alike, as an object. Raises Unreadable."""
    try:
        return verifying.read(text)
    except UnsafeError as problem:
        raise Unreadable(
            "This is not a credential, or not one that everybody reads alike."
        ) from problem


# --- PDF ------------------------------------------------------------------------------------------
def _from_pdf(data: bytes) -> str:
    """The one JSON file that is attached. Nothing else of the PDF is read."""
    found = []
    for number, match in enumerate(ATTACHED.finditer(data)):
        if number == MOST_ATTACHED:
            raise Unreadable("This PDF holds more files than a certificate does.")
        content = _content(data, match.start())
        if content.lstrip().startswith(b"{"):
            found.append(content)
    if len(found) > 1:
        raise Unreadable("This PDF holds two credentials. Bring one at a time.")
    if not found:
        raise Unreadable(
            "There is no credential in this PDF. A printed or scanned one has lost it: "
            "type the number or the address that stands on it."
        )
    return _decoded(found[0])


def _content(data: bytes, place: int) -> bytes:
    """What is in one attached file, as far as a credential could be long. Its dictionary stands
    in plain sight: what has a stream is in no PDF hidden inside another object."""
    begins = BEGINS.search(data, place, place + NEAR)
    if begins is None:
        return b""
    head = data[data.rfind(b"obj", max(0, place - NEAR), place) : begins.start()]
    said = LENGTH.search(head)
    start = begins.end()
    end = start + int(said[1]) if said else max(start, data.find(b"endstream", start))
    raw = data[start:end]
    if COMPRESSED not in head:
        return raw[: LARGEST_TEXT + 1]
    try:
        return zlib.decompressobj().decompress(raw, LARGEST_TEXT + 1)
    except zlib.error as problem:
        raise Unreadable("The file inside this PDF is damaged.") from problem
