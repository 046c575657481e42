"""Films made safe: what comes out is frames and sound, whatever went in."""

import subprocess
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile

from benchside.core import film as films
from benchside.core.film import FilmRefused, looks_like_film, make_safe_film
from tests.core.films import MARK, PLACE, atom, film, inspected, turned
from tests.core.pictures import encoded

XYZ = b"\xa9xyz"


def safe(data: bytes) -> bytes:
    return make_safe_film(ContentFile(data, name="IMG_0001.MOV")).read()


def refusal(data: bytes) -> str:
    with pytest.raises(FilmRefused) as refused:
        safe(data)
    assert refused.value.message == films.REMEDIES[refused.value.code]
    return str(refused.value.code)


def with_udta(data: bytes) -> bytes:
    """The place as Android writes it: moov/udta/©xyz, an atom more at the end of the file."""
    body = len(PLACE).to_bytes(2, "big") + b"\x15\xc7" + PLACE.encode()
    at = data.index(b"moov") - 4
    size = int.from_bytes(data[at : at + 4], "big")
    udta = atom(b"udta", atom(XYZ, body) + atom(b"MARK", MARK))
    grown = (size + len(udta)).to_bytes(4, "big")
    return data[:at] + grown + data[at + 4 : at + size] + udta + data[at + size :]


TELLING = {
    "mp4 tags": lambda: film("mp4"),
    "mp4 loci": lambda: film("mp4", metadata={"location": PLACE, "comment": MARK.decode()}),
    "mp4 udta xyz": lambda: with_udta(film("mp4")),
    "QuickTime udta": lambda: film("mov"),
    "QuickTime mdta": lambda: film("mov", movflags="use_metadata_tags"),
    "QuickTime udta xyz": lambda: with_udta(film("mov")),
    "fragmented": lambda: film("mp4", movflags="frag_keyframe+empty_moov+default_base_moof"),
    "WebM tags": lambda: film("webm"),
    "Matroska tags": lambda: film("matroska"),
    "sleeve": lambda: film("mp4", cover=True),
    "appended page": lambda: film("mp4") + b"<html><script>" + MARK,
    "appended archive": lambda: film("webm") + b"PK\x03\x04" + MARK,
    "free atom": lambda: film("mp4") + atom(b"free", MARK * 9),
    "uuid atom": lambda: film("mp4") + atom(b"uuid", b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8" + MARK),
    "XMP atom": lambda: film("mov") + atom(b"uuid", bytes(16) + b"<x:xmpmeta>" + MARK),
    "meta atom": lambda: film("mp4") + atom(b"meta", bytes(4) + MARK),
    "note before frames": lambda: film("mp4", note=True, metadata={}),
}


@pytest.mark.parametrize("kind", TELLING)
def test_nothing_comes_along(kind: str) -> None:
    data = TELLING[kind]()
    assert MARK in data, "the input must tell something, or this proves nothing"

    clean = safe(data)

    for word in (MARK, PLACE.encode(), b"xyz", b"loci", b"mdta", b"xmpmeta", b"2026-11"):
        assert word not in clean
    found = inspected(clean)
    assert found["streams"] in (["video", "audio"], ["video"])
    assert set(found["told"]) <= {"major_brand", "minor_version", "compatible_brands"}
    assert found["chapters"] == []


def test_what_comes_out_plays_everywhere_and_at_once() -> None:
    made = make_safe_film(BytesIO(film("webm")))
    clean = made.read()
    assert inspected(clean)["codecs"] == ["h264", "aac"]
    assert clean.index(b"moov") < clean.index(b"mdat")
    assert (made.shape.width, made.shape.height, made.shape.has_sound) == (160, 120, True)
    assert made.shape.seconds == pytest.approx(1, abs=0.1)
    assert str(made.name).endswith(".mp4")
    assert made.poster.read(3) == b"\xff\xd8\xff"


@pytest.mark.parametrize(
    ("degrees", "corner"), [(90, (1, 0)), (180, (1, 1)), (270, (0, 1))], ids=str
)
def test_a_phone_held_sideways(degrees: int, corner: tuple[int, int]) -> None:
    """ISO 14496-12: the matrix turns clockwise, so the red corner moves on, corner by corner."""
    found = inspected(safe(turned(film(), degrees)))
    assert found["size"] == ((160, 120) if degrees == 180 else (120, 160))
    width, height = found["size"]
    red = found["first"].getpixel((10 + corner[0] * (width - 20), 10 + corner[1] * (height - 20)))
    assert red[0] > 120
    assert red[1] < 60


def test_large_and_quick_films_are_brought_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(films.LIMITS, "longest", 100)
    assert inspected(safe(film(size=(320, 240))))["size"] == (100, 74)


def test_ten_bits_and_odd_sides() -> None:
    data = film("mov", codec="prores_ks", pixels="yuv422p10le", size=(162, 122))
    assert inspected(safe(data))["codecs"] == ["h264", "aac"]


def test_several_sounds_become_one() -> None:
    assert inspected(safe(film(extra_streams=2)))["streams"] == ["video", "audio"]


# --- refused ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "value", "code"),
    [("seconds", 0, "too_long"), ("pixels", 1000, "too_many_pixels"), ("streams", 1, None)],
)
def test_limits(monkeypatch: pytest.MonkeyPatch, name: str, value: int, code: str | None) -> None:
    monkeypatch.setitem(films.LIMITS, name, value)
    assert refusal(film()) == (code or "too_many_streams")


def test_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(films, "MAX_BYTES", 1000)
    assert refusal(film()) == "too_large"


@pytest.mark.parametrize("kind", ["mp4", "mov", "webm", "matroska"])
@pytest.mark.parametrize("part", [0.05, 0.4, 0.7])
def test_cut_off(kind: str, part: float) -> None:
    data = film(kind, frames=60)
    assert refusal(data[: int(len(data) * part)]) in {"broken", "no_film", "unknown"}


@pytest.mark.parametrize(
    "data",
    [
        b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"<svg onload=alert(1)>",
        b"<html><script>alert(1)</script>",
        b"<?php system($_GET['c']);",
        b"PK\x03\x04" + bytes(100),
        b"%PDF-1.7",
        b"hello",
        encoded("JPEG"),
        encoded("HEIF"),
        b"RIFF\x10\0\0\0AVI LIST" + bytes(100),
        b"FLV\x01" + bytes(100),
        b"OggS" + bytes(100),
    ],
)
def test_what_is_no_film_of_ours(data: bytes) -> None:
    assert refusal(data) == "unknown"


@pytest.mark.parametrize(
    "data",
    [
        atom(b"ftyp", b"isom" + bytes(4) + b"isom"),
        atom(b"ftyp", b"isom" + bytes(4)) + atom(b"moov", bytes(200)),
        atom(b"ftyp", b"qt  ") + b"\xff\xff\xff\xffmoov" + bytes(50),
        b"\x1aE\xdf\xa3" + b"\xff" * 200,
        b"\x1aE\xdf\xa3\x01" + bytes(200),
        b"\0\0\0\x08mdat",
    ],
)
def test_husks(data: bytes) -> None:
    assert refusal(data) in {"broken", "no_film", "unknown"}


def test_empty() -> None:
    assert refusal(b"") == "empty"


def test_sound_alone_is_no_film() -> None:
    from tests.core.films import sound_alone

    assert refusal(sound_alone()) == "no_film"


def test_what_falls_over_is_broken_and_takes_nothing_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def killed(*args: Any, **options: Any) -> subprocess.CompletedProcess[bytes]:
        assert "BENCHSIDE_SECRET_KEY" not in options["env"]
        return subprocess.CompletedProcess(args, -11, b"", b"Segmentation fault")

    monkeypatch.setattr(films.subprocess, "run", killed)
    assert refusal(film()) == "broken"


@pytest.mark.parametrize("place", range(40))
def test_hostile_bytes_give_a_film_or_a_named_refusal(place: int) -> None:
    whole = bytearray(film("mp4" if place % 2 else "webm", frames=6, sound=False))
    for step in range(1, 9):
        whole[(place * 7919 + step * 104_729) % len(whole)] = (place * 31 + step * 17) % 256
    try:
        clean = safe(bytes(whole))
    except FilmRefused:
        return
    assert MARK not in clean
    assert inspected(clean)["streams"] == ["video"]


@pytest.mark.parametrize(
    "head", [b"The wide bench,2", b"No, skip this,1", b"ID3 of staff,name", b"GGG", b"name,moov"]
)
def test_lists_are_no_films(head: bytes) -> None:
    assert not looks_like_film("staff.csv", head)
