"""Pictures made safe: decoded whole, turned upright, drawn anew; nothing else comes along.

Whatever a camera, a phone or an attacker put beside the pixels (place, names, thumbnails,
comments, a page of HTML after the end) is gone, because only pixels and the colour profile
are written again. `core.storage` calls this for every file on its way in.
"""

import secrets
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

import pillow_heif
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from PIL import Image, ImageCms, ImageOps

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONGEST = 4096  # px of the longer side: a phone's 12 megapixels pass without being made smaller
MAX_PROFILE_BYTES = 512 * 1024

pillow_heif.register_heif_opener(thumbnails=False)

# What is read, and what it becomes without and with transparency.
KINDS = {
    "JPEG": ("JPEG", "JPEG"),
    "MPO": ("JPEG", "JPEG"),  # a JPEG with a second picture (depth, 3D) behind the first
    "PNG": ("PNG", "PNG"),
    "GIF": ("PNG", "PNG"),
    "WEBP": ("WEBP", "WEBP"),
    "AVIF": ("JPEG", "WEBP"),  # encoding AVIF at full size takes seconds a picture
    "HEIF": ("JPEG", "WEBP"),
}
EXTENSIONS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8")
OTHER_SIGNATURES = (b"II*\0", b"MM\0*")  # TIFF and the raw files of cameras
BRANDS = {b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
ENCODING: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 88},
    "PNG": {},
    "WEBP": {"quality": 88, "method": 2},
}
SEVERAL_ALLOWED = {"MPO", "HEIF"}  # the first picture is the photograph
PICTURE_NAMES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".heic", ".heif", ".gif", ".svg")

REMEDIES = {
    "empty": "This file is empty. Choose the picture again.",
    "too_large": "This picture is larger than 25 MB. Save a smaller copy and choose that.",
    "too_many_pixels": (
        "This picture has more than 50 million pixels. Save a smaller copy and choose that."
    ),
    "unknown": "This is not a picture we can use. Save it as JPEG or PNG and choose that.",
    "svg": "SVG drawings are not taken in. Export the drawing as PNG and choose that.",
    "animated": "Only still pictures are taken in. Save one frame as PNG and choose that.",
    "broken": "This picture is damaged or not complete. Open it, save it again and choose that.",
}


class PictureRefused(ValidationError):  # noqa: N818 - reads as what happened
    """A picture that is not taken in. `code` is a key of REMEDIES; the message says what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(REMEDIES[code], code=code)


class SafeImage(ContentFile):
    """The file that may be stored. `make_safe` makes it from what others send, and renditions
    are drawn from a stored one; nobody else makes any."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(data, name=name)


@dataclass(frozen=True)
class Drawn:
    """Pixels and their colour profile, free of the file they came from. `kind` is one of KINDS:
    what the file was."""

    image: Image.Image
    profile: bytes | None
    kind: str


def make_safe(file: File | IO[bytes]) -> SafeImage:
    """Read an upload and return what may be stored, under a name that tells nothing.

    Raises PictureRefused. The pixel limit is asked of the header, before any pixel is decoded.
    """
    if isinstance(file, SafeImage):
        return file
    return encoded(drawn(file))


def drawn(file: File | IO[bytes]) -> Drawn:
    """The pixels of an upload or of a stored picture, upright, in plain colours.

    Raises PictureRefused.
    """
    image = _open(_read(file))
    kind = image.format or ""
    _refuse_animation(image, kind)
    try:
        return _draw(image, kind)
    except Exception as error:  # a decoder may raise anything on hostile bytes
        raise PictureRefused("broken") from error


def encoded(picture: Drawn) -> SafeImage:
    """What may be stored of pixels that were drawn here, under a name that tells nothing."""
    return _encode(picture, KINDS[picture.kind][_is_transparent(picture.image)])


def looks_like_picture(name: str, head: bytes) -> bool:
    """Whether a file, by its first bytes or by its name, would be shown as a picture."""
    return (
        name.lower().endswith(PICTURE_NAMES)
        or _is_taken_in(head)
        or head.startswith(OTHER_SIGNATURES)
        or (head[:2] == b"BM" and head[6:10] == bytes(4))
        or _is_svg(head)
    )


def _is_taken_in(head: bytes) -> bool:
    return (
        head.startswith(SIGNATURES)
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
        or (head[4:8] == b"ftyp" and head[8:12] in BRANDS)
    )


def _is_svg(head: bytes) -> bool:
    start = head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(b"<svg") or (start.startswith(b"<") and b"<svg" in start)


def _read(file: File | IO[bytes]) -> bytes:
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    file.seek(0)
    if not data:
        raise PictureRefused("empty")
    if len(data) > MAX_BYTES:
        raise PictureRefused("too_large")
    return data


def _open(data: bytes) -> Image.Image:
    if _is_svg(data[:1024]):
        raise PictureRefused("svg")
    try:
        image = Image.open(BytesIO(data), formats=[kind for kind in KINDS if kind != "MPO"])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefused("too_many_pixels") from error
    except Exception as error:
        raise PictureRefused("broken" if _is_taken_in(data[:16]) else "unknown") from error
    if not 0 < image.width * image.height <= MAX_PIXELS:
        raise PictureRefused("too_many_pixels")
    return image


def _refuse_animation(image: Image.Image, kind: str) -> None:
    if kind in SEVERAL_ALLOWED:
        return
    try:
        animated = getattr(image, "is_animated", False)
    except Exception as error:  # GIF looks for its second frame here
        raise PictureRefused("broken") from error
    if animated:
        raise PictureRefused("animated")


def _draw(image: Image.Image, kind: str) -> Drawn:
    scale = min(1.0, LONGEST / max(image.size))
    target = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    image.draft(None, target)  # a JPEG of twice the size is decoded at half: four times less
    image.load()
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)  # a copy in any case, free of the file
    plain, profile = _plain_colours(upright, profile)
    if max(plain.size) > LONGEST:
        plain.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    plain.info = {}
    return Drawn(plain, _usable_profile(profile, plain.mode), kind)


def _plain_colours(image: Image.Image, profile: bytes | None) -> tuple[Image.Image, bytes | None]:
    """Eight bits a channel; grey, RGB or RGBA. Returns the picture and the profile that fits."""
    if image.mode.startswith("I"):  # 16-bit grey: convert() would clip instead of scaling
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L"), profile
    if image.mode == "CMYK":
        return _from_print_colours(image, profile), None
    if image.mode in {"L", "RGB", "RGBA"} and "transparency" not in image.info:
        return image, profile
    if image.has_transparency_data:
        return image.convert("RGBA"), profile
    if image.mode == "1":
        return image.convert("L"), profile
    return image.convert("RGB"), profile


def _from_print_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            screen = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, screen, outputMode="RGB")
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError):
            pass  # an unusable profile: the plain formula is the best there is
    return image.convert("RGB")


def _usable_profile(profile: bytes | None, mode: str) -> bytes | None:
    """The colour profile, cut to the length it declares; None when it does not fit the pixels."""
    if not profile or not 128 < len(profile) <= MAX_PROFILE_BYTES:
        return None
    profile = profile[: int.from_bytes(profile[:4], "big")]
    try:
        space = ImageCms.ImageCmsProfile(BytesIO(profile)).profile.xcolor_space.strip()
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    return profile if space == ("GRAY" if mode == "L" else "RGB") else None


def _is_transparent(image: Image.Image) -> bool:
    if image.mode != "RGBA":
        return False
    lowest, _ = image.getchannel("A").getextrema()
    return isinstance(lowest, int | float) and lowest < 255


def _encode(picture: Drawn, kind: str) -> SafeImage:
    image = picture.image
    if image.mode == "RGBA" and not _is_transparent(image):
        image = image.convert("RGB")
    out = BytesIO()
    image.save(out, kind, icc_profile=picture.profile, **ENCODING[kind])
    name = secrets.token_hex(6) + EXTENSIONS[kind]
    return SafeImage(out.getvalue(), name)
