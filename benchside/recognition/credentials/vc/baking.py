"""A credential inside its own picture: PNG and SVG (Open Badges 3.0, 5.3).

PNG: one uncompressed `iTXt` chunk with the keyword `openbadgecredential`. SVG: the element
`openbadges:credential` first under the root, with the JSON as CDATA. Pictures come from anybody, so
they are read within bounds, and an SVG that declares entities of its own is refused.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from benchside.recognition.credentials.vc.faults import BadPictureError

LARGEST = 8 * 1024 * 1024
LARGEST_TEXT = 512 * 1024
MOST_CHUNKS = 20_000
DEEPEST = 200

PNG = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
# Not compressed, method 0, no language, no translated keyword.
PLAIN = KEYWORD + b"\0\0\0\0\0"

SVG = "http://www.w3.org/2000/svg"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
PREFIX = "openbadges"
BETWEEN = " "


def bake(picture: bytes, text: str) -> bytes:
    """The picture with the credential in it. Raises BadPictureError when it holds one already."""
    _within(picture)
    if len(text.encode()) > LARGEST_TEXT:
        raise BadPictureError("This credential is too long for a picture.")
    return _bake_png(picture, text) if picture.startswith(PNG) else _bake_svg(picture, text)


def unbake(picture: bytes) -> str:
    """The credential's JSON. Raises BadPictureError for none, for two, and for hostile pictures."""
    _within(picture)
    return _unbake_png(picture) if picture.startswith(PNG) else _unbake_svg(picture)


def _within(picture: bytes) -> None:
    if len(picture) > LARGEST:
        raise BadPictureError("This picture is larger than a badge is.")


@dataclass(frozen=True, slots=True)
class _Chunk:
    kind: bytes
    data: bytes
    end: int


def _bake_png(picture: bytes, text: str) -> bytes:
    chunks = list(_chunks(picture))
    if any(_is_credential(chunk) for chunk in chunks):
        raise BadPictureError("This picture holds a credential already.")
    data = PLAIN + text.encode()
    check = zlib.crc32(b"iTXt" + data)
    baked = struct.pack(">I", len(data)) + b"iTXt" + data + struct.pack(">I", check)
    header = chunks[0].end
    return picture[:header] + baked + picture[header:]


def _unbake_png(picture: bytes) -> str:
    found = [chunk for chunk in _chunks(picture) if _is_credential(chunk)]
    if len(found) != 1:
        raise BadPictureError(_how_many(len(found)))
    data = found[0].data
    if not data.startswith(PLAIN) or len(data) > LARGEST_TEXT + len(PLAIN):
        raise BadPictureError("The credential in this picture is compressed, or too long.")
    return _text(data[len(PLAIN) :])


def _is_credential(chunk: _Chunk) -> bool:
    return chunk.kind in (b"iTXt", b"tEXt", b"zTXt") and chunk.data.startswith(KEYWORD + b"\0")


def _chunks(picture: bytes) -> Iterator[_Chunk]:
    """Every chunk from IHDR to IEND, each with a right check sum. Raises BadPictureError."""
    place, seen = len(PNG), 0
    while True:
        if seen == MOST_CHUNKS or place + 12 > len(picture):
            raise BadPictureError("This PNG is cut off, or is in too many pieces.")
        (length,) = struct.unpack_from(">I", picture, place)
        kind, end = picture[place + 4 : place + 8], place + 12 + length
        if end > len(picture):
            raise BadPictureError("This PNG says it is longer than it is.")
        data = picture[place + 8 : end - 4]
        (check,) = struct.unpack_from(">I", picture, end - 4)
        if zlib.crc32(kind + data) != check or (kind == b"IHDR") != (seen == 0):
            raise BadPictureError("This PNG is damaged.")
        yield _Chunk(kind, data, end)
        place, seen = end, seen + 1
        if kind == b"IEND":
            return


class _Drawing:
    """An SVG, read once from beginning to end. Raises BadPictureError for what it refuses."""

    def __init__(self, picture: bytes) -> None:
        self.root = -1  # where the root's tag begins
        self.taken = False  # whether it gives our prefix another meaning
        self.credentials: list[str] = []
        self.signed_otherwise = False
        self._depth = 0
        self._inside = False
        self._reader = expat.ParserCreate(namespace_separator=BETWEEN)
        self._reader.buffer_text = True  # else each line comes alone, and is put behind a long text
        self._reader.XmlDeclHandler = self._declared
        self._reader.StartDoctypeDeclHandler = self._typed
        self._reader.EntityDeclHandler = self._refuse
        self._reader.SkippedEntityHandler = self._refuse
        self._reader.StartElementHandler = self._begin
        self._reader.EndElementHandler = self._end
        self._reader.CharacterDataHandler = self._said
        self._reader.StartNamespaceDeclHandler = self._meant
        try:
            self._reader.Parse(picture, True)
        except expat.ExpatError as error:
            raise BadPictureError("This file is neither a PNG nor an SVG we can read.") from error

    def _declared(self, _version: str, encoding: str | None, _alone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
            raise BadPictureError("This SVG is not written in UTF-8.")

    def _refuse(self, *_what: object) -> None:
        raise BadPictureError("This SVG declares or uses entities of its own, which we refuse.")

    def _typed(self, _name: str, _system: object, _public: object, declares: int) -> None:
        if declares:  # that of SVG 1.1, which many drawings name, declares nothing itself
            self._refuse()

    def _meant(self, prefix: str | None, address: str | None) -> None:
        self.taken = self.taken or (prefix == PREFIX and address != NAMESPACE)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if self._inside:
            raise BadPictureError("The credential in this SVG holds more than its text.")
        if self._depth == 0:
            if name != f"{SVG}{BETWEEN}svg":
                raise BadPictureError("This file is neither a PNG nor an SVG.")
            self.root = self._reader.CurrentByteIndex
        elif name == f"{NAMESPACE}{BETWEEN}credential":
            self._begin_credential(attributes)
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadPictureError("This SVG is nested too deeply.")

    def _begin_credential(self, attributes: dict[str, str]) -> None:
        if self._depth != 1:
            raise BadPictureError("The credential in this SVG is not where it belongs.")
        self.credentials.append("")
        self._inside = True
        self.signed_otherwise = "verify" in attributes

    def _end(self, _name: str) -> None:
        self._depth -= 1
        self._inside = False

    def _said(self, text: str) -> None:
        if self._inside:
            self.credentials[-1] += text
            if len(self.credentials[-1]) > LARGEST_TEXT:
                raise BadPictureError("The credential in this SVG is too long.")


def _bake_svg(picture: bytes, text: str) -> bytes:
    drawing = _Drawing(picture)
    if drawing.credentials or drawing.taken:
        raise BadPictureError("This picture holds a credential already.")
    end = _end_of_tag(picture, drawing.root)
    tag = picture[drawing.root : end]
    declaration = f' xmlns:{PREFIX}="{NAMESPACE}"'.encode()
    closed = tag.endswith(b"/>")
    opened = tag[: -2 if closed else -1].rstrip()
    if declaration.strip() not in tag:
        opened += declaration
    # In JSON a `>` may be written as its number, so that CDATA cannot be left.
    body = text.replace("]]>", "]]\\u003e").encode()
    element = b"<openbadges:credential><![CDATA[" + body + b"]]></openbadges:credential>"
    closing = b"</" + opened[1:].split()[0] + b">" if closed else b""
    return picture[: drawing.root] + opened + b">" + element + closing + picture[end:]


def _unbake_svg(picture: bytes) -> str:
    drawing = _Drawing(picture)
    if len(drawing.credentials) != 1:
        raise BadPictureError(_how_many(len(drawing.credentials)))
    text = drawing.credentials[0].strip()
    if drawing.signed_otherwise or not text:
        raise BadPictureError("The credential in this SVG is signed in another way than we read.")
    return text


def _end_of_tag(picture: bytes, start: int) -> int:
    """Behind the `>` that ends the tag at `start`; one between quotes ends nothing."""
    quote = 0
    for place in range(start, len(picture)):
        sign = picture[place]
        if quote:
            quote = 0 if sign == quote else quote
        elif sign in b"\"'":
            quote = sign
        elif sign == ord(">"):
            return place + 1
    raise BadPictureError("This SVG is cut off.")


def _how_many(found: int) -> str:
    if found:
        return "This picture holds more than one credential."
    return (
        "This picture holds no credential: it is a picture alone. Ask its holder for the badge "
        "itself, or type the number that stands on it."
    )


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise BadPictureError("The credential in this picture is no UTF-8.") from error
