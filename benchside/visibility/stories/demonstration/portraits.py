"""Draws the portraits of made-up technicians, in the hand of the house: SVG in, PNG out.

A bust (`portraits/<slug>.svg`, 320 x 400, with the classes of the tools' drawings) stands before
tools of the catalogue on millimetre paper. No Django here.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typst

from benchside.careers.cards.rendering import INK
from benchside.careers.pictures import library

HERE = Path(__file__).parent
SIZE = (320, 400)
SCALE = 3  # pixels to a unit: 960 x 1200
THIN = "1.1"
PAPER, GRID, GRID_5 = "#FBF7EC", "#E9E7DF", "#DAD9D2"
LOOKS = {
    "face": f'fill="{PAPER}"',
    "accent": f'fill="{INK.accent}"',
    "on-accent": f'stroke="{INK.on_accent}"',
    "thin": f'stroke-width="{THIN}"',
}
PAGE = """
#set page(width: 320pt, height: 400pt, margin: 0pt, fill: rgb("#FBF7EC"))
#image(bytes(sys.inputs.drawing), format: "svg", width: 320pt)
"""


def portrait(slug: str, behind: Sequence[Mapping[str, Any]]) -> bytes:
    """A PNG. `behind` are tools of the catalogue: tool, x, y and scale."""
    tools = "".join(_tool(one) for one in behind)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE[0]} {SIZE[1]}">'
        f"{_paper()}{INK.group(tools)}{_bust(slug)}</svg>"
    )
    png = typst.compile(
        PAGE.encode(), format="png", ppi=72 * SCALE, sys_inputs={"drawing": drawing}
    )
    return bytes(png)


def _bust(slug: str) -> str:
    text = (HERE / "portraits" / f"{slug}.svg").read_text(encoding="utf-8")
    inner = re.sub(r"^.*?<svg[^>]*>\s*<title>[^<]*</title>|</svg>\s*$", "", text, flags=re.S)
    for name, look in LOOKS.items():
        inner = inner.replace(f'class="{name}"', look)
    inner = inner.replace("currentColor", INK.line)
    return INK.group(inner)


def _tool(one: Mapping[str, Any]) -> str:
    shapes = library().symbol(one["tool"]).shapes
    body = INK.draw(shapes, lit=False)
    return (
        f'<g transform="translate({one["x"]} {one["y"]}) scale({one["scale"]})" '
        f'stroke-width="{float(THIN) / one["scale"]:.3f}">{body}</g>'
    )


def _paper() -> str:
    def lines(step: int, colour: str) -> str:
        across = "".join(f"M0 {y}H{SIZE[0]}" for y in range(step, SIZE[1], step))
        down = "".join(f"M{x} 0V{SIZE[1]}" for x in range(step, SIZE[0], step))
        return f'<path d="{across}{down}" stroke="{colour}" stroke-width=".6"/>'

    return (
        f'<rect width="{SIZE[0]}" height="{SIZE[1]}" fill="{PAPER}"/>'
        + lines(8, GRID)
        + lines(40, GRID_5)
    )
