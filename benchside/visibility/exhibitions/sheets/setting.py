"""Sets panels with typst: words and pictures in, one tagged PDF out, a page a panel."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import segno
import typst

TEMPLATE = Path(__file__).parent / "panel.typ"
PICTURE_MM = (534.0, 380.0)  # what the picture fills on the sheet, across and down
FEWEST_DPI = 150  # below it a picture looks soft from where people stand
MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One panel. `picture` is a file name in what is set with it; `alt` says what it shows."""

    number: str
    of: str
    heading: str
    words: str
    role: str
    place: str
    picture: str
    alt: str
    link: str
    exhibition: str


def dots_per_inch(width: int, height: int) -> int:
    """How finely a picture of so many pixels is printed where it fills its place."""
    across, down = PICTURE_MM
    mm_per_pixel = max(across / width, down / height)
    return int(MM_PER_INCH / mm_per_pixel)


def is_too_small(width: int, height: int) -> bool:
    return dots_per_inch(width, height) < FEWEST_DPI


def pdf_of(sheets: Sequence[Sheet], pictures: dict[str, bytes], *, with_bleed: bool) -> bytes:
    """A PDF/UA-1. `pictures` are files by the names the sheets give.

    Raises typst.TypstError if it cannot be set.
    """
    said = [asdict(one) | {"qr": _qr(one.link)} for one in sheets]
    with TemporaryDirectory(prefix="benchside-panels-") as name:
        folder = Path(name)
        (folder / "main.typ").write_bytes(TEMPLATE.read_bytes())
        (folder / "said.json").write_text(json.dumps(said), encoding="utf-8")
        for each, data in pictures.items():
            (folder / each).write_bytes(data)
        made: bytes = typst.compile(
            folder / "main.typ",
            root=folder,
            font_paths=typst.Fonts(include_system_fonts=False),
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"bleed": "yes" if with_bleed else "no"},
        )
    return made


def _qr(link: str) -> str:
    """Dark squares on white, with the margin a camera needs."""
    code = segno.make(link, error="m", micro=False)
    return str(code.svg_inline(border=4, dark="#17191C", light="#FFFFFF"))
