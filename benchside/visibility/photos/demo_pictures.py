"""Pictures for the demonstration: drawn here, of nobody and of no place. No Django.

Each is a still in the hand of the house, part of a role's own drawing: technicians' work,
recognisable from afar, and visibly no photograph. Some are on paper, some on blueprint.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import typst
from PIL import Image

from benchside.careers import drawing, pictures
from benchside.careers.drawing import Ink, Spec

LONG_SIDE = 1280  # pixels
GRID, GRID_5 = 8, 40  # millimetre paper: a fine line at each, a stronger one at each fifth


@dataclass(frozen=True, slots=True)
class Ground:
    """What a still is drawn on: its colours, and the ink that goes with them."""

    paper: str
    fine: str
    strong: str
    line: str

    @property
    def ink(self) -> Ink:
        return Ink(
            line=self.line,
            pen="2.4",
            thin="1.4",
            face=self.paper,
            accent="#E4F50A",
            on_accent="#17191C",
            non_scaling=False,
        )


SHEET = Ground(paper="#FBF7EC", fine="#EFECE2", strong="#DEDBD0", line="#17191C")
BENCH = Ground(paper="#F3ECDC", fine="#E9E1CF", strong="#DAD1BB", line="#17191C")
BLUEPRINT = Ground(paper="#0B2748", fine="#123155", strong="#1D4068", line="#EAF1F8")


@dataclass(frozen=True, slots=True)
class Still:
    """Of a role's drawing the part that is seen: left, top, width and height in its units."""

    role: int
    view: tuple[int, int, int, int]
    ground: Ground = SHEET


STILLS = {
    "lamp": Still(86, (135, 28, 222, 296), BLUEPRINT),
    "fish": Still(14, (196, 84, 268, 201)),
    "robot": Still(39, (66, 70, 352, 264), BLUEPRINT),
    "aircraft": Still(96, (12, 40, 404, 303)),
    "lathe": Still(6, (92, 52, 372, 279)),
    "bench": Still(4, (92, 50, 380, 285), BENCH),
    "micrometer": Still(7, (20, 84, 312, 234), BLUEPRINT),
    "wheel": Still(54, (116, 76, 300, 225), BENCH),
    "car": Still(53, (112, 14, 256, 341), BENCH),
    "level": Still(66, (258, 40, 222, 168)),
    "servers": Still(84, (176, 28, 234, 312), BLUEPRINT),
    "sewing": Still(29, (160, 28, 312, 234)),
    "theatre": Still(25, (170, 14, 270, 346), BENCH),
    "microscope": Still(13, (56, 46, 300, 225)),
    "ambulance": Still(33, (132, 120, 292, 219), BENCH),
    "tractor": Still(100, (160, 134, 272, 204)),
    "gears": Still(56, (140, 30, 256, 192), BENCH),
    "roof": Still(60, (150, 52, 320, 240)),
    "cells": Still(38, (76, 60, 268, 268)),
}
PAGE = """
#set page(width: {width}pt, height: {height}pt, margin: 0pt, fill: rgb("{paper}"))
#image(bytes(sys.inputs.drawing), format: "svg", width: {width}pt)
"""


def picture(name: str, *, brighter: float = 1.0) -> bytes:
    """The JPEG of one of the stills by its name; the same name gives the same one."""
    image = Image.open(BytesIO(_png(STILLS[name]))).convert("RGB")
    out = BytesIO()
    image.point(lambda value: min(255, round(value * brighter))).save(out, "JPEG", quality=88)
    return out.getvalue()


def _png(still: Still) -> bytes:
    left, top, width, height = still.view
    drawn = pictures.composed(_specs()[still.role], still.ground.ink, lettering=False)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}">'
        f"{_paper(still)}{drawn}</svg>"
    )
    page = PAGE.format(width=width, height=height, paper=still.ground.paper)
    ppi = 72 * LONG_SIDE / max(width, height)
    return bytes(typst.compile(page.encode(), format="png", ppi=ppi, sys_inputs={"drawing": svg}))


@lru_cache(maxsize=1)
def _specs() -> dict[int, Spec]:
    entries = drawing.read_entries(pictures.ENTRIES)
    return {number: Spec.of(entry) for number, entry in entries.items()}


def _paper(still: Still) -> str:
    """Millimetre paper where it is seen, on lines that do not move with the view."""
    left, top, width, height = still.view
    right, bottom = left + width, top + height

    def lines(step: int, colour: str) -> str:
        across = "".join(
            f"M{left} {y}H{right}" for y in range(-(-top // step) * step, bottom, step)
        )
        down = "".join(f"M{x} {top}V{bottom}" for x in range(-(-left // step) * step, right, step))
        return f'<path d="{across}{down}" fill="none" stroke="{colour}" stroke-width=".8"/>'

    return lines(GRID, still.ground.fine) + lines(GRID_5, still.ground.strong)
