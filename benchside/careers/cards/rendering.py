"""Sets a role's card with typst: words and a drawing in, PNG bytes out. No Django here."""

import hashlib
import io
import re
from dataclasses import astuple, dataclass
from functools import lru_cache
from pathlib import Path

import typst
from PIL import Image

from benchside.careers.drawing import Ink

SIZE = (1200, 630)
TEMPLATE = Path(__file__).parent / "card.typ"
INK_COLOUR, SOFT, PAPER, SHEET, HIVIS, FINE = (
    (0x17, 0x19, 0x1C),
    (0x5E, 0x5A, 0x4C),
    (0xF3, 0xEC, 0xDC),
    (0xFB, 0xF7, 0xEC),
    (0xE4, 0xF5, 0x0A),
    (0xE6, 0xE3, 0xDC),
)
# Line, ground, and how many shades between them: what smoothed edges are made of.
BLENDS = (
    (INK_COLOUR, SHEET, 16),
    (INK_COLOUR, HIVIS, 10),
    (SOFT, SHEET, 8),
    (INK_COLOUR, PAPER, 6),
    (HIVIS, SHEET, 6),
    (FINE, SHEET, 4),
)
LONGEST_WORD = 18  # a longer one may break, or it would run off the sheet
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
INK = Ink(
    line="#17191C",
    pen="2.1",
    thin="1.1",
    face="#FBF7EC",
    accent="#E4F50A",
    on_accent="#17191C",
    non_scaling=False,
)
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">'
    '<path fill="#17191C" d="M0 0h40v40H0z"/><path fill="#E4F50A" d="M9 6h22L20 20z"/>'
    '<path fill="none" stroke="#FBF7EC" stroke-width="3" d="M4 21.5h32M10 22v12M30 22v12"/></svg>'
)


@dataclass(frozen=True)
class Card:
    """What is on the card. `drawing` is the inner markup of an SVG drawn with INK."""

    number: str
    of: str
    title: str
    sentence: str
    sector: str
    scale: str
    drawing: str
    box: tuple[float, float] = (480, 360)

    @property
    def fingerprint(self) -> str:
        """Changes when anything on the card would look different."""
        seen = repr(astuple(self)).encode() + TEMPLATE.read_bytes()
        return hashlib.sha256(seen).hexdigest()[:20]


def render(card: Card) -> bytes:
    """A PNG of 1200 x 630 in a palette of its own. Raises typst.TypstError if it cannot be set."""
    png = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=_fonts(),
        format="png",
        ppi=72,
        sys_inputs=_inputs(card),
    )
    return _packed(png)


def _inputs(card: Card) -> dict[str, str]:
    width, height = card.box
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f"{card.drawing}</svg>"
    )
    return {
        "kind": "Role",
        "number": card.number,
        "of": _line(card.of),
        "title": _line(card.title),
        "sentence": _line(card.sentence),
        "sector": _line(card.sector),
        "scale": _line(card.scale),
        "drawing": drawing,
        "logo": LOGO,
    }


def _line(words: str) -> str:
    """One line of plain characters; a word too long for the column may break."""
    return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", "\\1\u200b", CONTROL.sub(" ", words))


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Those inside the wheel: the card is the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def _packed(png: bytes) -> bytes:
    """The same picture with a palette: a third of the bytes, no difference to be seen."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    out = io.BytesIO()
    picture.quantize(palette=_palette(), dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


@lru_cache(maxsize=1)
def _palette() -> Image.Image:
    """Always the same, so that one changed word changes no other pixel."""
    colours = [
        round(low + (high - low) * step / (steps - 1))
        for line, ground, steps in BLENDS
        for step in range(steps)
        for low, high in zip(line, ground, strict=True)
    ]
    palette = Image.new("P", (1, 1))
    palette.putpalette(colours)
    return palette
