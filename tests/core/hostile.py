"""More than two hundred hostile pictures, by what is wrong with them.

All that tells something holds MARK, and most a place. Families are made when asked for.
"""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

from PIL import Image, PngImagePlugin

from tests.core.films import PLACE, atom, film
from tests.core.pictures import GPS, MARK, PAYLOAD, PROFILE, XMP, drawing, encoded, exif

Files = dict[str, bytes]
KINDS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
TOLD = MARK + b" " + PLACE.encode()


def saved(kind: str, image: Image.Image | None = None, **options: object) -> bytes:
    out = BytesIO()
    (image or drawing()).save(out, kind, **options)
    return out.getvalue()


def segment(number: int, body: bytes) -> bytes:
    return b"\xff" + bytes([number]) + struct.pack(">H", len(body) + 2) + body


def in_jpeg(*segments: bytes) -> bytes:
    plain = saved("JPEG")
    return plain[:2] + b"".join(segments) + plain[2:]


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def in_png(*chunks: bytes) -> bytes:
    plain = saved("PNG")
    return plain[:33] + b"".join(chunks) + plain[33:]


def in_riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = saved("WEBP", exif=exif(), xmp=XMP)[12:]
    for kind, data in chunks:
        body += kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def exif_with_thumbnail() -> bytes:
    """EXIF whose thumbnail is a JPEG with a place of its own, and a MakerNote with another."""
    data = Image.Exif()
    data[0x0112] = 1
    data.get_ifd(0x8769)[0x927C] = TOLD * 3
    place = data.get_ifd(GPS)
    place[1], place[2] = "N", (51.0, 30.0, 26.0)
    return data.tobytes() + encoded("JPEG")


def jpegs() -> Files:
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", 40) + b"\x1c\x02\x5a" + TOLD
    made = {
        "IPTC": in_jpeg(segment(0xED, iptc)),
        "comment": in_jpeg(segment(0xFE, TOLD)),
        "two EXIFs": in_jpeg(segment(0xE1, b"Exif\0\0" + exif()), segment(0xE1, exif())),
        "XMP": in_jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)),
        "more XMP": in_jpeg(segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + TOLD)),
        "C2PA": in_jpeg(segment(0xEB, b"JP" + atom(b"jumb", TOLD))),
        "JFXX": in_jpeg(segment(0xE0, b"JFXX\0\x10" + encoded("JPEG")[:800] + TOLD)),
        "thumbnail and MakerNote": saved("JPEG", exif=exif_with_thumbnail()),
        "profile with a tail": saved("JPEG", icc_profile=PROFILE + TOLD),
        "two pictures": saved("MPO", save_all=True, append_images=[drawing()], exif=exif()),
    }
    made |= {f"segment {n:x}": in_jpeg(segment(n, TOLD)) for n in range(0xE2, 0xF0) if n != 0xEE}
    made |= {f"turned {n}": encoded("JPEG", orientation=n) for n in range(1, 9)}
    return made


def pngs() -> Files:
    zipped = b"Comment\0\0" + zlib.compress(TOLD)
    made = {
        "tEXt": in_png(chunk(b"tEXt", b"Author\0" + TOLD)),
        "zTXt": in_png(chunk(b"zTXt", zipped)),
        "iTXt": in_png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)),
        "eXIf": in_png(chunk(b"eXIf", exif()[6:])),
        "raw profile": in_png(chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(TOLD))),
        "profile": saved("PNG", icc_profile=PROFILE + TOLD),
        "profile named": in_png(chunk(b"iCCP", TOLD[:60] + b"\0\0" + zlib.compress(PROFILE))),
        "zTXt bomb": in_png(chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(20_000_000)))),
    }
    for kind in (b"prVt", b"gpSs", b"vpAg", b"mkBF", b"caBX", b"orNT", b"sPLT"):
        made[kind.decode()] = in_png(chunk(kind, TOLD))
    return made


def others() -> Files:
    made = {f"all of {kind}": encoded(kind) for kind in KINDS}
    made |= {f"all of {kind}, turned": encoded(kind, orientation=6) for kind in KINDS}
    made |= {
        "WebP chunk": in_riff((b"MARK", TOLD)),
        "WebP EXIF twice": in_riff((b"EXIF", exif()), (b"XMP ", XMP)),
        "GIF comment": saved("GIF", drawing("P"), comment=TOLD),
        "GIF application": saved("GIF", drawing("P"))[:-1]
        + b"!\xff\x0bXMP DataXMP" + bytes([len(TOLD)]) + TOLD + b"\0;",
        "AVIF box": encoded("AVIF") + atom(b"uuid", bytes(16) + TOLD),
        "HEIC box": encoded("HEIF") + atom(b"free", TOLD),
    }  # fmt: skip
    return made


TAILS = {
    "page": PAYLOAD,
    "archive": b"PK\x03\x04" + TOLD,
    "PHP": b"<?php system($_GET['c']); // " + TOLD,
    "picture": b"\xff\xd8\xff" + TOLD,
    "motion photo": atom(b"ftyp", b"mp42") + atom(b"moov", TOLD),
}


def appended() -> Files:
    return {
        f"{tail} after {kind}": encoded(kind) + data
        for kind in ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
        for tail, data in TAILS.items()
        if tail != "motion photo" or kind not in {"AVIF", "HEIF"}  # there it is another box
    }


DISGUISED = {
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + MARK,
    "SVG with a head": b'<?xml version="1.0"?><!DOCTYPE svg><svg><script>1</script>' + MARK,
    "page": PAYLOAD,
    "PHP": b"<?php eval($_POST['x']); ?>" + MARK,
    "script": b"#!/bin/sh\nrm -rf /\n" + MARK,
    "JavaScript": b"GIF89a=1;alert(1)//" + MARK,
    "archive": b"PK\x03\x04\x14\0\0\0" + MARK * 8,
    "PDF": b"%PDF-1.7\n1 0 obj<</JS(alert(1))>>" + MARK,
    "program": b"\x7fELF\x02\x01\x01" + bytes(60) + MARK,
    "Windows program": b"MZ\x90\0" + bytes(60) + MARK,
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(" + MARK,
    "ImageMagick": b"push graphic-context\nfill 'url(https://example.org/x\"|ls \"-la)'" + MARK,
    "play list": b"#EXTM3U\nfile:///etc/passwd\n" + MARK,
    "words": b"hello " + MARK,
}


def disguised() -> Files:
    return {f"{what} called {name}": data for what, data in DISGUISED.items()
            for name in ("a.jpg", "a.png", "a.webp", "a.heic")}  # fmt: skip


def header(width: int, height: int, depth: int = 8) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0"))
    return b"\x89PNG\r\n\x1a\n" + body


def bombs() -> Files:
    most = 2**31 - 1
    sizes = [(10_000, 5_001), (30_000, 30_000), (most, 1), (1, most), (0, 10), (65_535, 65_535),
             (50_000_001, 1), (most, most)]  # fmt: skip
    made = {f"PNG of {size}": header(*size) for size in sizes}
    plain, at = saved("JPEG"), saved("JPEG").index(b"\xff\xc0")
    made["JPEG of 65535"] = plain[: at + 5] + b"\xff\xff\xff\xff" + plain[at + 9 :]
    made["GIF of 65535"] = b"GIF89a\xff\xff\xff\xff" + saved("GIF", drawing("P"))[10:]
    lossless = saved("WEBP", lossless=True)
    at = lossless.index(b"VP8L") + 9
    made["WebP of 16384"] = lossless[:at] + b"\xff\xff\xff\x0f" + lossless[at + 4 :]
    made["PNG of one colour"] = saved("PNG", Image.new("L", (9_000, 6_000)))
    return made


def truncated() -> Files:
    noise = Image.effect_noise((200, 150), 80).convert("RGB")
    return {
        f"{part:.0%} of a {kind}": (data := encoded(kind, noise))[: int(len(data) * part)]
        for kind in KINDS
        for part in (0.01, 0.1, 0.35, 0.6, 0.9)
    }


def moving() -> Files:
    more = [Image.new("RGB", (80, 60), colour) for colour in ("red", "blue")]
    made = {
        kind: saved(kind, save_all=True, append_images=more)
        for kind in ("GIF", "WEBP", "PNG", "AVIF")
    }
    return made | {"film called a picture": film()}


def strange() -> Files:
    kinds = ("TIFF", "BMP", "ICO", "PPM", "TGA", "PDF", "JPEG2000", "PCX", "SGI", "DDS", "IM")
    made = {kind: saved(kind) for kind in kinds}
    broken = (b"", b"\0" * 200, PROFILE[:60], b"\xff" * 3000, PROFILE[:128] + TOLD * 20)
    made |= {
        f"profile {number} in {kind}": saved(kind, icc_profile=profile)
        for number, profile in enumerate(broken)
        for kind in ("JPEG", "PNG", "WEBP")
        if profile or kind != "PNG"
    }
    made["PNG text many times"] = _many_texts()
    return made


def _many_texts() -> bytes:
    info = PngImagePlugin.PngInfo()
    for number in range(2_000):
        info.add_text(f"k{number}", MARK.decode())
    return saved("PNG", pnginfo=info)


def damaged() -> Files:
    """Bytes changed at fixed places: the same in each run."""
    made = {}
    for kind in KINDS:
        for number in range(8):
            whole = bytearray(encoded(kind))
            for step in range(1, 6):
                place = (number * 7919 + step * 104_729) % len(whole)
                whole[place] = (number * 31 + step * 17) % 256
            made[f"{kind} {number}"] = bytes(whole)
    return made


FAMILIES: dict[str, Callable[[], Files]] = {
    "jpegs": jpegs, "pngs": pngs, "others": others, "appended": appended,
    "disguised": disguised, "bombs": bombs, "truncated": truncated, "moving": moving,
    "strange": strange, "damaged": damaged,
}  # fmt: skip
