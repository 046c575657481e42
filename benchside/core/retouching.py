"""Parts of a picture covered for good, and its edges cut off: a new picture, made of pixels alone.

What is covered is first thinned to a few squares of one colour each and then softened: whatever
was there, a face or a name badge, only those few colours are left of it, so nothing can be made
out of it again. What is cut off is not in the new picture at all. The file it came from is not
touched; whoever asks decides when that one is destroyed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import IO

from django.core.files.base import File
from PIL import Image, ImageFilter

from benchside.core.media import SafeImage, drawn, encoded

SQUARES = 6  # along the longer side of what is covered: a face at six squares is nobody's
MARGIN = 0.12  # of its width and height, on each side: hair and chin belong to a face
SMALLEST = 0.1  # of the picture's side: to keep less is a slip of the hand


class NothingLeft(ValueError):  # noqa: N818
    """The part to keep is too small to be meant."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture, as shares of its width and height from the left and the top: 0 to 1."""

    left: float
    top: float
    width: float
    height: float

    def __post_init__(self) -> None:
        """Raises ValueError for what does not lie in the picture."""
        ends = (self.left, self.top, self.left + self.width, self.top + self.height)
        if not (
            self.width > 0 and self.height > 0 and all(-1e-6 <= end <= 1 + 1e-6 for end in ends)
        ):
            raise ValueError(f"{self} is not a part of a picture")

    def grown(self, share: float) -> "Box":
        """Larger by a share of itself on each side, as far as the picture goes."""
        left, top = (
            max(0.0, self.left - self.width * share),
            max(0.0, self.top - self.height * share),
        )
        right = min(1.0, self.left + self.width * (1 + share))
        bottom = min(1.0, self.top + self.height * (1 + share))
        return Box(left, top, right - left, bottom - top)

    def pixels(self, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in whole pixels, at least one wide and high."""
        width, height = size
        left = min(int(self.left * width), width - 1)
        top = min(int(self.top * height), height - 1)
        right = min(width, max(left + 1, ceil((self.left + self.width) * width)))
        bottom = min(height, max(top + 1, ceil((self.top + self.height) * height)))
        return left, top, right, bottom


def retouched(
    file: File | IO[bytes], *, covered: Sequence[Box] = (), kept: Box | None = None
) -> SafeImage:
    """A new picture with `covered` made unreadable and only `kept` of it left.

    Both are given in shares of the picture as it is now. Raises PictureRefused for a file that is
    no picture, NothingLeft where less than a tenth of a side would be kept.
    """
    if kept and min(kept.width, kept.height) < SMALLEST:
        raise NothingLeft("Keep at least a tenth of the picture's width and height.")
    source = drawn(file)
    image = source.image.copy()
    for box in covered:
        _cover(image, box.grown(MARGIN).pixels(image.size))
    if kept:
        image = image.crop(kept.pixels(image.size))
    return encoded(replace(source, image=image))


def _cover(image: Image.Image, place: tuple[int, int, int, int]) -> None:
    """Thin to squares, then soften; what lies behind transparent pixels goes with the rest."""
    part = image.crop(place)
    longest = max(part.size)
    squares = (
        max(1, round(SQUARES * part.width / longest)),
        max(1, round(SQUARES * part.height / longest)),
    )
    few = part.resize(squares, Image.Resampling.BOX)
    wide = few.resize(part.size, Image.Resampling.NEAREST)
    image.paste(wide.filter(ImageFilter.GaussianBlur(longest / SQUARES / 3)), place)
