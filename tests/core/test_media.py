"""Pictures made safe: what comes out is pixels and a colour profile, whatever went in."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from benchside.core import media
from benchside.core.media import PictureRefused, make_safe
from tests.core.pictures import MARK, PAYLOAD, PROFILE, drawing, encoded, exif, place_of

KINDS = ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"]


def safe(data: bytes, name: str = "IMG_0001.jpg") -> bytes:
    return make_safe(ContentFile(data, name=name)).read()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def refusal(data: bytes) -> str:
    with pytest.raises(PictureRefused) as refused:
        safe(data)
    assert refused.value.message == media.REMEDIES[refused.value.code]
    return str(refused.value.code)


def png_header(width: int, height: int) -> bytes:
    """A PNG that says it is `width` x `height` and holds next to nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0"))


# --- nothing comes along ----------------------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
def test_place_and_names_are_gone(kind: str) -> None:
    data = encoded(kind)
    assert place_of(data), "the input must tell a place, or this proves nothing"
    assert MARK in data

    clean = safe(data)

    assert MARK not in clean
    assert b"http://ns.adobe.com" not in clean
    assert b"Exif" not in clean
    image = opened(clean)
    assert not dict(image.getexif())
    assert not image.getexif().get_ifd(0x8825)
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "icc_profile",
                               "loop", "background", "timestamp", "duration"}  # fmt: skip


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_colour_profile_is_kept(kind: str) -> None:
    assert opened(safe(encoded(kind))).info["icc_profile"] == PROFILE


def test_colour_profile_ends_where_it_says() -> None:
    out = BytesIO()
    drawing().save(out, "PNG", icc_profile=PROFILE + MARK)
    assert MARK not in zlib_contents(safe(out.getvalue()))


def zlib_contents(png: bytes) -> bytes:
    return opened(png).info["icc_profile"]


def test_colour_profile_that_is_none_is_dropped() -> None:
    out = BytesIO()
    drawing().save(out, "PNG", icc_profile=b"\0" * 200 + MARK)
    assert "icc_profile" not in opened(safe(out.getvalue())).info


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("payload", [PAYLOAD, b"PK\x03\x04" + MARK])
def test_what_is_appended_is_gone(kind: str, payload: bytes) -> None:
    assert MARK not in safe(encoded(kind) + payload)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_orientation_is_applied(kind: str) -> None:
    image = opened(safe(encoded(kind, orientation=6))).convert("RGB")
    assert image.size == (60, 80)
    red, green, _ = image.getpixel((50, 10))  # the red corner is now upper right
    assert red > 150
    assert green < 100


def test_heif_orientation_is_applied() -> None:
    """The decoder turns by the container's own mark; EXIF's would turn it a second time."""
    image = opened(safe(encoded("HEIF", orientation=6)))
    assert image.size == (60, 80)


def test_the_same_picture_gives_the_same_file() -> None:
    assert safe(encoded("JPEG")) == safe(encoded("JPEG"))


def test_name_tells_nothing_and_ends_as_the_content() -> None:
    made = make_safe(ContentFile(encoded("PNG"), name="Ada Lovelace at home.jpg"))
    assert made.name
    assert made.name.endswith(".png")
    assert "Ada" not in made.name


# --- what it becomes --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "mode", "becomes"),
    [
        ("JPEG", "RGB", "JPEG"),
        ("PNG", "RGB", "PNG"),
        ("WEBP", "RGB", "WEBP"),
        ("AVIF", "RGB", "JPEG"),
        ("HEIF", "RGB", "JPEG"),
    ],
)
def test_format(kind: str, mode: str, becomes: str) -> None:
    assert opened(safe(encoded(kind, drawing(mode)))).format == becomes


@pytest.mark.parametrize(("kind", "becomes"), [("PNG", "PNG"), ("WEBP", "WEBP"), ("AVIF", "WEBP")])
def test_transparency_survives(kind: str, becomes: str) -> None:
    image = drawing("RGBA")
    image.putalpha(Image.new("L", image.size, 100))
    clean = opened(safe(encoded(kind, image)))
    assert clean.format == becomes
    assert clean.mode == "RGBA"
    assert abs(clean.getpixel((5, 5))[3] - 100) < 4


def test_still_gif_becomes_png() -> None:
    out = BytesIO()
    drawing("P").save(out, "GIF", comment=MARK)
    assert MARK in out.getvalue()
    clean = safe(out.getvalue())
    assert opened(clean).format == "PNG"
    assert MARK not in clean


def test_print_colours_become_screen_colours() -> None:
    out = BytesIO()
    drawing("CMYK").save(out, "JPEG")
    clean = opened(safe(out.getvalue()))
    assert clean.mode == "RGB"
    red, green, _ = clean.getpixel((10, 10))
    assert red > 150
    assert green < 90


def test_sixteen_bits_are_scaled_not_clipped() -> None:
    grey = Image.new("I;16", (4, 4), 0x8000)
    out = BytesIO()
    grey.save(out, "PNG")
    clean = opened(safe(out.getvalue()))
    assert clean.mode == "L"
    assert clean.getpixel((1, 1)) == 128


def test_palette_with_transparency() -> None:
    image = drawing("P")
    out = BytesIO()
    image.save(out, "PNG", transparency=image.getpixel((70, 50)))
    assert opened(safe(out.getvalue())).getpixel((70, 50))[3] == 0


def test_second_picture_in_a_jpeg_is_left_out() -> None:
    out = BytesIO()
    drawing().save(out, "MPO", save_all=True, append_images=[drawing()], exif=exif())
    assert Image.open(BytesIO(out.getvalue())).format == "MPO"
    clean = safe(out.getvalue())
    assert opened(clean).format == "JPEG"
    assert MARK not in clean


def test_large_photograph_is_brought_down() -> None:
    out = BytesIO()
    Image.new("RGB", (8064, 6048), "navy").save(out, "JPEG", quality=30)
    assert max(opened(safe(out.getvalue())).size) <= media.LONGEST


# --- what is refused --------------------------------------------------------------------------
def test_bomb_is_refused_by_its_header() -> None:
    assert refusal(png_header(10_000, 5_001)) == "too_many_pixels"
    assert refusal(png_header(30_000, 30_000)) == "too_many_pixels"
    assert refusal(png_header(0, 10)) in {"too_many_pixels", "broken"}


def test_bomb_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(self: Image.Image) -> None:
        raise AssertionError("decoded before it was measured")

    monkeypatch.setattr(Image.Image, "load", load)
    assert refusal(png_header(10_000, 5_001)) == "too_many_pixels"


def test_pixels_under_the_limit_are_taken_in() -> None:
    out = BytesIO()
    Image.new("L", (10_000, 4_999)).save(out, "PNG")
    assert max(opened(safe(out.getvalue())).size) == media.LONGEST


def test_size_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "MAX_BYTES", 1000)
    assert refusal(encoded("PNG") + bytes(1000)) == "too_large"


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_animation_is_refused(kind: str) -> None:
    out = BytesIO()
    drawing().save(out, kind, save_all=True, append_images=[Image.new("RGB", (80, 60))] * 3)
    assert refusal(out.getvalue()) == "animated"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9])
def test_truncated_is_refused(kind: str, part: float) -> None:
    noise = Image.effect_noise((300, 200), 80).convert("RGB")
    data = encoded(kind, noise)
    assert refusal(data[: int(len(data) * part)]) in {"broken", "unknown", "too_many_pixels"}


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        b'<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg></svg>',
        b"\xef\xbb\xbf  <SVG onload=alert(1)>",
    ],
)
def test_svg_is_refused(data: bytes) -> None:
    assert refusal(data) == "svg"


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "ICO", "PPM", "TGA", "PDF"])
def test_other_kinds_are_refused(kind: str) -> None:
    out = BytesIO()
    drawing().save(out, kind)
    assert refusal(out.getvalue()) == "unknown"


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty"), (b"hello", "unknown"), (PAYLOAD, "unknown")]
)
def test_what_is_no_picture_is_refused(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_remedies_say_what_to_do() -> None:
    for remedy in media.REMEDIES.values():
        assert "choose" in remedy.lower()
        assert remedy.endswith(".")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(KINDS), st.data())
def test_hostile_bytes_give_a_picture_or_a_named_refusal(kind: str, data: st.DataObject) -> None:
    whole = bytearray(encoded(kind))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        clean = safe(bytes(whole))
    except PictureRefused:
        return
    assert opened(clean).format in {"JPEG", "PNG", "WEBP"}
