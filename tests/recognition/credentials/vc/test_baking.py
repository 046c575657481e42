"""Pictures with a credential in them: another's program reads ours, and ours reads no trap."""

import io
import json
import struct
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Callable

import pytest
from openbadgeslib import baking as theirs
from openbadgeslib.ob3 import OB3Verifier
from PIL import Image

from benchside.recognition.credentials.vc import badge, baking
from benchside.recognition.credentials.vc.faults import BadPictureError
from tests.factories.badges import Body, a_badge
from tests.interop.cases import HOSTILE

SVG = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- > -->\n'
    b'<svg xmlns="http://www.w3.org/2000/svg" aria-label="a &gt; b > c" viewBox="0 0 9 9">'
    b'<circle r="4"/></svg>\n'
)


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (24, 24), "teal").save(out, "PNG")
    return out.getvalue()


def text(name: str = "Sinéad") -> str:
    signed = Body().sign(badge.credential(a_badge(holders=(badge.Identifier(name),))))
    return json.dumps(signed, ensure_ascii=False)


@pytest.mark.parametrize("name", HOSTILE)
def test_both_kinds_give_back_what_went_in(name: str) -> None:
    whole = text(name)
    assert baking.unbake(baking.bake(png(), whole)) == whole
    drawn = baking.unbake(baking.bake(SVG, whole))
    assert json.loads(drawn) == json.loads(whole)


def test_another_program_extracts_ours() -> None:
    whole = text()
    assert OB3Verifier.extract_token_from_png(baking.bake(png(), whole)) == whole
    assert OB3Verifier.extract_token_from_svg(baking.bake(SVG, whole)) == whole


def test_ours_extracts_another_programs() -> None:
    whole = text()
    baked = theirs.bake_png(png(), whole, keyword=theirs.ITXT_KEYWORD_OB3)
    assert baking.unbake(baked) == whole
    drawn = theirs.bake_svg(
        SVG, whole, element=theirs.SVG_ELEMENT_OB3, namespace=theirs.SVG_NS_OB3, as_text=True
    )
    assert baking.unbake(drawn) == whole


def test_a_baked_picture_is_still_the_picture() -> None:
    whole = text()
    with Image.open(io.BytesIO(baking.bake(png(), whole))) as picture:
        picture.load()
        assert picture.size == (24, 24)
        assert picture.text["openbadgecredential"] == whole  # type: ignore[attr-defined]
    root = ET.fromstring(baking.bake(SVG, whole))
    first, second = root
    assert first.tag == "{https://purl.imsglobal.org/ob/v3p0}credential"
    assert second.tag == "{http://www.w3.org/2000/svg}circle"
    assert root.attrib["aria-label"] == "a > b > c"


@pytest.mark.parametrize(
    "drawing",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<s:svg xmlns:s="http://www.w3.org/2000/svg"  />',
        b"\xef\xbb\xbf<svg xmlns='http://www.w3.org/2000/svg'\n>\n</svg>",
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"></svg>',
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x.example/svg11.dtd">'
        b'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    ],
)
def test_drawings_written_in_every_way(drawing: bytes) -> None:
    assert baking.unbake(baking.bake(drawing, '{"a": 1}')) == '{"a": 1}'


def test_nobody_leaves_the_cdata() -> None:
    whole = json.dumps({"name": "]]><script/>"})
    baked = baking.bake(SVG, whole)
    assert json.loads(baking.unbake(baked)) == json.loads(whole)
    assert b"<script" not in baked.split(b"]]></openbadges")[1]


@pytest.mark.parametrize("picture", [png(), SVG], ids=["png", "svg"])
def test_a_picture_is_baked_once(picture: bytes) -> None:
    baked = baking.bake(picture, text())
    with pytest.raises(BadPictureError, match="already"):
        baking.bake(baked, text())


@pytest.mark.parametrize("picture", [png(), SVG], ids=["png", "svg"])
def test_an_empty_picture_says_so(picture: bytes) -> None:
    with pytest.raises(BadPictureError, match="no credential"):
        baking.unbake(picture)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_chunk(extra: bytes) -> bytes:
    plain = png()
    return plain[:33] + extra + plain[33:]  # behind the signature and IHDR


ONE = chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0{}")
PACKED = b"openbadgecredential\0\1\0\0\0" + zlib.compress(b" " * 10_000_000)
NS = b'xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
HELD = b"<openbadges:credential>{}</openbadges:credential>"
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 9))


def svg(inside: bytes, before: bytes = b"") -> bytes:
    return before + b"<svg " + NS + b">" + inside + b"</svg>"


TRAPS: dict[str, Callable[[], bytes]] = {
    "two credentials": lambda: with_chunk(ONE + ONE),
    "one in another kind of chunk": lambda: with_chunk(
        ONE + chunk(b"tEXt", b"openbadgecredential\0{}")
    ),
    "a bomb": lambda: with_chunk(chunk(b"iTXt", PACKED)),
    "a length beyond the end": lambda: png()[:33] + struct.pack(">I", 2**31 - 1) + ONE[4:],
    "a wrong check sum": lambda: with_chunk(ONE[:-1] + b"\0"),
    "cut off": lambda: with_chunk(ONE)[:60],
    "only its first bytes": lambda: png()[:8],
    "no IHDR": lambda: png()[:8] + ONE,
    "a million chunks": lambda: with_chunk(chunk(b"aaAa", b"") * 30_000),
    "no UTF-8": lambda: with_chunk(chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0\xff\xfe")),
    "too large": lambda: with_chunk(chunk(b"aaAa", bytes(9_000_000))),
    "a credential without end": lambda: with_chunk(
        chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0" + b" " * 600_000)
    ),
    "laughs": lambda: svg(
        b"<openbadges:credential>&l8;</openbadges:credential>",
        b'<!DOCTYPE svg [<!ENTITY l0 "ha">' + LAUGHS + b"]>",
    ),
    "a file of ours": lambda: svg(
        b"<openbadges:credential>&x;</openbadges:credential>",
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ),
    "an entity from elsewhere": lambda: svg(
        b"<openbadges:credential>{}&x;</openbadges:credential>",
        b'<!DOCTYPE svg PUBLIC "-//x" "http://x.example/x.dtd">',
    ),
    "attributes of its own": lambda: svg(HELD, b'<!DOCTYPE svg [<!ATTLIST svg id CDATA "x">]>'),
    "two credentials in a drawing": lambda: svg(HELD + HELD),
    "one hidden deeper": lambda: svg(b"<g>" + HELD + b"</g>"),
    "markup inside": lambda: svg(
        b"<openbadges:credential>{<b/>}</openbadges:credential>"
    ),
    "a signature of another kind": lambda: svg(b'<openbadges:credential verify="e30.e30.x"/>'),
    "an empty one": lambda: svg(b"<openbadges:credential> </openbadges:credential>"),
    "no end of nesting": lambda: svg(b"<g>" * 5_000 + b"</g>" * 5_000),
    "another encoding": lambda: svg(HELD, b'<?xml version="1.0" encoding="UTF-16"?>'),
    "not well formed": lambda: svg(HELD)[:-3],
    "a page": lambda: b"<html><body>no picture</body></html>",
    "nothing": lambda: b"",
    "noise": lambda: bytes(range(256)),
}  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_a_trap_is_refused(trap: Callable[[], bytes]) -> None:
    with pytest.raises(BadPictureError):
        baking.unbake(trap())


def test_our_prefix_with_another_meaning_is_not_baked_into() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="urn:other"></svg>'
    with pytest.raises(BadPictureError):
        baking.bake(drawing, "{}")


def test_a_credential_too_long_is_not_baked() -> None:
    with pytest.raises(BadPictureError):
        baking.bake(png(), "x" * 600_000)
