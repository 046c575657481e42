"""Where the drawings are kept, and those already made: one reading and one drawing a process."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from benchside.careers import drawing
from benchside.careers.drawing import Ink, Library, Spec

CATALOGUE = Path(__file__).parent / "catalogue"
ENTRIES = CATALOGUE / "drawings.toml"
SPRITE = Path(__file__).parent / "static" / "careers" / "tools.svg"
# The home page's general arrangement, on one ground line. The person comes first, so the person
# is what is lit.
BAYS = {
    "wind": Spec("bay-wind", ("figure@figure", "turbine@main")),
    "scanner": Spec("bay-scanner", ("figure-hijab@figure", "scanner@main", "heartmonitor@top")),
    "stage": Spec(
        "bay-stage",
        (
            "figure-broad@figure",
            "stagelight@main",
            "stagelight@fly",
            "stagelight@fly-b",
            "camera@left",
            "mixer@right",
        ),
    ),
    "robot": Spec("bay-robot", ("figure-tall@figure", "robot@main")),
}


@lru_cache(maxsize=1)
def library() -> Library:
    return drawing.read_library(CATALOGUE)


@lru_cache(maxsize=512)
def composed(spec: Spec, ink: Ink = drawing.PAGE, *, lettering: bool = True) -> str:
    return drawing.compose(spec, library(), ink, lettering=lettering)


@lru_cache(maxsize=512)
def single(name: str) -> str:
    """One symbol, 96 x 96, its accent lit."""
    return drawing.PAGE.group(drawing.PAGE.draw(library().symbol(name).shapes))


@lru_cache(maxsize=512)
def paired(spec: Spec) -> str:
    return drawing.pair(spec, library())


def spec_of(role: Any, *, numbered: bool = False) -> Spec:
    """What to draw for a role; numbered as its kit list is, which costs a query if not fetched."""
    kit = [use.term.symbol for use in role.kit_list.all()] if numbered else ()
    return Spec.of(role.drawing or {}, kit)


def box_of(spec: Spec) -> tuple[float, float]:
    """Width and height of the drawing, for its viewBox."""
    scene = spec.room(library())
    return scene.width, scene.height
