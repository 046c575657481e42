"""Sets a story's picture with typst and lays its photograph in: words and pixels in, PNG out.

No Django here.
"""

import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import astuple, dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import typst
from PIL import Image, ImageOps

from benchside.careers.cards.rendering import LOGO

TEMPLATE = Path(__file__).parent / "card.typ"
LONGEST_WORD = 16  # a longer one may break, or it would run off the sheet
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
WHOLE = "\u2011"  # a hyphen at which no name is broken
COLOURS = 192  # a third of the bytes; beyond it nobody sees a difference
FACE = (0.5, 0.35)  # where to cut around, as shares of width and height: heads are above the middle


class Shape(StrEnum):
    WIDE = "wide"
    SQUARE = "square"


# Where the photograph goes: left, top, right, bottom.
WINDOWS = {Shape.WIDE: (32, 55, 467, 599), Shape.SQUARE: (32, 55, 513, 654)}


@dataclass(frozen=True, slots=True)
class Card:
    """What is on the picture. `photo` names the photograph, so that another one is noticed."""

    shape: Shape
    number: str
    who: str
    hook: str
    job: str
    employer: str
    place: str
    way: str
    photo: str

    @property
    def fingerprint(self) -> str:
        """Changes when anything on the picture would look different."""
        seen = repr(astuple(self)).encode() + TEMPLATE.read_bytes()
        return hashlib.sha256(seen).hexdigest()[:20]


def render(card: Card, photo: Callable[[], bytes] | None) -> bytes:
    """A PNG in a palette of its own. Raises typst.TypstError if it cannot be set."""
    png = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=_fonts(),
        format="png",
        ppi=72,
        sys_inputs=_inputs(card),
    )
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    if photo is not None:
        left, top, right, bottom = WINDOWS[card.shape]
        with Image.open(io.BytesIO(photo())) as taken:
            fitted = ImageOps.fit(
                taken.convert("RGB"), (right - left, bottom - top), centering=FACE
            )
        picture.paste(fitted, (left, top))
    out = io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.FLOYDSTEINBERG).save(out, "PNG", optimize=True)
    return out.getvalue()


def _inputs(card: Card) -> dict[str, str]:
    return {
        "shape": card.shape.value,
        "number": card.number,
        "who": _line(card.who).replace("-", WHOLE),
        "hook": _line(f"“{card.hook}”"),
        "job": _line(card.job),
        "employer": _line(card.employer) or "–",
        "place": _line(card.place) or "–",
        "way": _line(card.way) or "–",
        "logo": LOGO,
    }


def _line(words: str) -> str:
    """One line of plain characters; a word too long for the column may break."""
    return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", "\\1\u200b", CONTROL.sub(" ", words))


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Those inside the wheel: the picture is the same on every machine."""
    return typst.Fonts(include_system_fonts=False)
