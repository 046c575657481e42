"""How a line of a drawing becomes markup: classes of the source files into SVG attributes.

The files say what a part *is* (`face` hides what lies behind, `accent` is the one lit spot,
`on-accent` a line upon it, `thin` a dimension line); the ink says how that looks. On a page it
is CSS custom properties, so that one drawing serves paper, blueprint and print; on a card,
which no stylesheet reaches, it is colours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

SHAPE = ["d", "cx", "cy", "r", "rx", "ry", "x", "y", "width", "height", "transform"]
KEPT = [*SHAPE, "stroke-dasharray", "stroke", "fill"]


@dataclass(frozen=True)
class Ink:
    line: str = "currentColor"
    pen: str = "var(--pen,2px)"
    thin: str = "var(--pen-thin,1px)"
    face: str = "var(--face,none)"
    accent: str = "var(--accent,#E4F50A)"
    on_accent: str = "var(--on-accent,currentColor)"
    # A pen that keeps its width when the drawing is scaled; renderers outside browsers have none.
    non_scaling: bool = True

    def group(self, body: str) -> str:
        return (
            f'<g fill="none" stroke="{self.line}" stroke-width="{self.pen}" '
            f'stroke-linecap="round" stroke-linejoin="round">{body}</g>'
        )

    def draw(self, shapes: Iterable[Element], *, lit: bool = True, scale: float = 1) -> str:
        """Markup of the shapes; unlit ones show their accent as plain face."""
        return "".join(self._shape(shape, lit, scale) for shape in shapes)

    def place(self, body: str, *, x: float, y: float, scale: float) -> str:
        pen = "" if self.non_scaling else f' stroke-width="{float(self.pen) / scale:.3f}"'
        return f'<g transform="translate({x:.1f} {y:.1f}) scale({scale:.3f})"{pen}>{body}</g>'

    def _shape(self, shape: Element, lit: bool, scale: float) -> str:
        if shape.tag == "g":
            inside = self.draw(shape, lit=lit, scale=scale)
            return f"<g{self._attributes(shape, lit, scale)}>{inside}</g>"
        still = ' vector-effect="non-scaling-stroke"' if self.non_scaling else ""
        return f"<{shape.tag}{self._attributes(shape, lit, scale)}{still}/>"

    def _attributes(self, shape: Element, lit: bool, scale: float) -> str:
        given = {name: shape.attrib[name] for name in KEPT if name in shape.attrib}
        given |= self._class(shape.get("class", ""), lit, scale)
        if given.get("fill") == "currentColor":
            given["fill"] = self.line
        return "".join(f" {name}={quoteattr(value)}" for name, value in given.items())

    def _class(self, name: str, lit: bool, scale: float) -> dict[str, str]:
        if name == "face" or (name == "accent" and not lit):
            return {"fill": self.face}
        if name == "accent":
            return {"fill": self.accent}
        if name == "on-accent" and lit:
            return {"stroke": self.on_accent}
        if name == "thin":
            width = self.thin if self.non_scaling else f"{float(self.thin) / scale:.3f}"
            return {"stroke-width": width}
        return {}


PAGE = Ink()
