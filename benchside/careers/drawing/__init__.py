"""Line drawings of the roles: composed from tool symbols on scenes, in one pen.

Framework-free: files and plain values in, SVG markup out. `benchside.careers.pictures` knows
where the files are and keeps what was drawn; the tags in `templatetags/drawings.py` show it.
"""

from benchside.careers.drawing.composition import PAIR, Spec, arrange, compose, pair
from benchside.careers.drawing.files import (
    DrawingError,
    Library,
    Scene,
    Symbol,
    read_entries,
    read_library,
)
from benchside.careers.drawing.ink import PAGE, Ink
from benchside.careers.drawing.sprite import sprite

__all__ = [
    "PAGE", "PAIR", "DrawingError", "Ink", "Library", "Scene", "Spec", "Symbol",
    "arrange", "compose", "pair", "read_entries", "read_library", "sprite",
]  # fmt: skip
