"""Pictures for the demonstration: the drawing of a role, where a photograph would be.

Nobody is in them, so nobody has to be asked; they say themselves that they are drawings.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from django.core.files.base import ContentFile

from benchside.careers import pictures
from benchside.careers.cards.rendering import INK
from benchside.careers.models import Role

SETTING = """
#set page(width: {width}pt, height: {height}pt, margin: 0pt, fill: rgb("#FBF7EC"))
#let fine = rgb("#E6E3DC")
#for k in range(0, {width}, step: 12) {{ place(dx: k * 1pt, line(end: (0pt, {height}pt), stroke: 0.6pt + fine)) }}
#for k in range(0, {height}, step: 12) {{ place(dy: k * 1pt, line(end: ({width}pt, 0pt), stroke: 0.6pt + fine)) }}
#image("drawing.svg", width: 100%, height: 100%, fit: "contain")
"""  # noqa: E501
WIDTH, HEIGHT = 480, 360


def picture_of(role: Role, *, across: int) -> ContentFile:
    """The drawing of a role as a PNG, so many pixels across, on millimetre paper."""
    spec = pictures.spec_of(role)
    width, height = pictures.box_of(spec)
    drawing = pictures.composed(spec, INK, lettering=False)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f"{drawing}</svg>"
    )
    with TemporaryDirectory(prefix="benchside-drawn-") as name:
        folder = Path(name)
        (folder / "drawing.svg").write_text(svg, encoding="utf-8")
        (folder / "main.typ").write_text(SETTING.format(width=WIDTH, height=HEIGHT))
        png = typst.compile(
            folder / "main.typ",
            root=folder,
            font_paths=typst.Fonts(include_system_fonts=False),
            format="png",
            ppi=72 * across / WIDTH,
        )
    return ContentFile(png, "drawing.png")
