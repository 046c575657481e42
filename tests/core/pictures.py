"""Pictures that tests make themselves, with a place, a name and a payload hidden in them."""

from io import BytesIO

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

MARK = b"GREENHOUSE-LANE-7"  # stands in every place metadata can stand in
GPS = 34853
PAYLOAD = b"<html><script>alert(1)</script></html>" + MARK
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def exif(orientation: int = 1) -> bytes:
    data = Image.Exif()
    data[0x010F] = MARK.decode()  # make
    data[0x0112] = orientation
    data[0x9286] = MARK.decode()  # user comment
    place = data.get_ifd(GPS)
    place[1], place[2] = "N", (51.0, 30.0, 26.0)
    place[3], place[4] = "W", (0.0, 7.0, 39.0)
    place[27] = MARK
    return data.tobytes()


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf>' + MARK + b"</rdf></x:xmpmeta>"


def drawing(mode: str = "RGB", size: tuple[int, int] = (80, 60)) -> Image.Image:
    """A picture with a red corner, upper left, so that turning it shows."""
    image = Image.new("RGB", size, "white")
    image.paste((200, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    return image.convert(mode)


def encoded(kind: str, image: Image.Image | None = None, orientation: int = 1) -> bytes:
    """A file of `kind` with EXIF (place included), XMP, comments and a colour profile."""
    image = image or drawing()
    out = BytesIO()
    options: dict[str, object] = {"exif": exif(orientation), "icc_profile": PROFILE}
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Author", MARK.decode())
        info.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options["pnginfo"] = info
    else:
        options["xmp"] = XMP
    if kind == "JPEG":
        options["comment"] = MARK
    if kind == "HEIF":
        heif = pillow_heif.from_pillow(image)
        heif.info.update(exif=exif(orientation), xmp=XMP)
        heif.save(out, quality=90)
        return out.getvalue()
    image.save(out, kind, **options)
    return out.getvalue()


def place_of(data: bytes) -> dict[int, object]:
    """The place a file tells, as a reader of its metadata sees it."""
    return dict(Image.open(BytesIO(data)).getexif().get_ifd(GPS))
