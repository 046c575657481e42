"""Sets a piece of the kit with typst: words and drawings in, a tagged PDF out. No Django here."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from benchside.careers import pictures
from benchside.careers.cards.rendering import INK, LOGO
from benchside.careers.classes import qr
from benchside.careers.drawing import Spec
from benchside.visibility.campaigns.kit.words import Piece

FOLDER = Path(__file__).parent
STANDARD = "ua-1"  # PDF/UA-1: tagged, titled, every figure with words for it
# Control characters, and marks that turn the direction of what stands around them.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
LONGEST_WORD = 22  # a longer one may break, or it would run off the sheet

# Scenes that a school knows, each with its words for people who cannot see it.
SCENES = {
    "main": (
        Spec(
            "classroom",
            ("fumecupboard", "flask", "balance", "goggles", "multimeter", "figure-coat"),
        ),
        "A teacher's bench with a fume cupboard, a flask and a balance. A technician stands by.",
    ),
    "workshop": (
        Spec(
            "tool-wall",
            ("saw", "printer", "hammer", "goggles", "iron", "paint@low", "figure-hijab"),
        ),
        "A workshop wall with tools on pegs above a bench. A technician is at work.",
    ),
    "stage": (
        pictures.BAYS["stage"],
        "A stage under lamps, with a camera and a mixing desk. A technician stands between them.",
    ),
}
SYMBOLS = ("flask", "saw", "stagelight", "multimeter", "microscope", "screwdriver")


def press(piece: Piece, words: dict[str, Any]) -> bytes:
    """A PDF of the piece. Raises typst.TypstError if it cannot be set.

    A name in letters that our fonts lack keeps a sheet from claiming the standard, and nobody
    from having it: it is tagged all the same, with boxes in place of those letters.
    """
    inputs = {"data": json.dumps(_inputs(piece, words))}
    try:
        return _set(piece, inputs, [STANDARD])
    except typst.TypstError as problem:
        if "could not be displayed" not in str(problem):
            raise
        return _set(piece, inputs, [])


def _set(piece: Piece, inputs: dict[str, str], standards: list[str]) -> bytes:
    return typst.compile(
        FOLDER / piece.template,
        root=FOLDER,
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=standards,
        sys_inputs=inputs,
    )


def _inputs(piece: Piece, words: dict[str, Any]) -> dict[str, Any]:
    link = words.get("link", "")
    return {
        **_clean(words),
        "logo": LOGO,
        "qr": _qr(link) if link else None,
        "drawings": {
            name: {"svg": _scene(name), "alt": SCENES[name][1]} for name in piece.drawings
        },
        "symbols": [_symbol(name) for name in SYMBOLS],
    }


def _clean(value: Any) -> Any:
    """Words as one line of plain characters each; a word too long for its column may break."""
    if isinstance(value, str):
        line = CONTROL.sub(" ", value)
        return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", "\\1\u200b", line)
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_clean(inner) for inner in value]
    return value


@lru_cache
def _scene(name: str) -> str:
    spec, _ = SCENES[name]
    width, height = pictures.box_of(spec)
    return _svg(pictures.composed(spec, INK, lettering=False), width, height)


@lru_cache
def _symbol(name: str) -> str:
    return _svg(INK.group(INK.draw(pictures.library().symbol(name).shapes)), 96, 96)


def _svg(inner: str, width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">{inner}</svg>'
    )


def _qr(link: str) -> str:
    side, squares = qr.path(link)
    return _svg(f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{squares}"/>', side, side)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Those inside the wheel: a sheet is the same on every machine."""
    return typst.Fonts(include_system_fonts=False)
