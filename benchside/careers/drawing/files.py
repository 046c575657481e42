"""The drawings as files: tool symbols, scenes with slots, and one entry per role.

catalogue/tools/<name>.svg     96 x 96, one <title>, classes face, accent, on-accent, thin.
                               data-mount says how the thing is held: "stand" on a surface,
                               "pin" flat on a wall or in a detail circle, "hang" from above,
                               "air" in the sky, "figure" for a person, feet at y = 90.
catalogue/scenes/<name>.svg    the furniture. A <g id="..."> holding a <rect class="here"> is a
                               slot: the rect is where a tool goes, the rest of the group (a hook,
                               a cord, a frame) is drawn only if one does. data-takes lists the
                               mounts it accepts; data-align is bottom, top or middle.
                               <g id="note"> is a dimension line with an empty <text>.
                               data-ground is the height of the hatched ground line.
catalogue/drawings.toml        explained at its head.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from benchside.careers.drawing.geometry import Box, Point, box_of, outline

SVG = "{http://www.w3.org/2000/svg}"
T = TypeVar("T")
MOUNTS = {"stand", "pin", "hang", "air", "figure"}


class DrawingError(ValueError):
    """A drawing that cannot be made; the message names the file, the thing and the remedy."""


@dataclass(frozen=True, eq=False)
class Symbol:
    name: str
    title: str
    mount: str
    shapes: tuple[Element, ...]

    @cached_property
    def points(self) -> tuple[Point, ...]:
        return tuple(outline(self.shapes))

    @cached_property
    def box(self) -> Box:
        return box_of(self.points)


@dataclass(frozen=True, eq=False)
class Slot:
    name: str
    takes: frozenset[str]
    align: str
    box: Box
    parts: tuple[Element, ...]  # in the order drawn; the one of class "here" is the tool's place

    def flipped(self, width: float) -> "Slot":
        left, top, right, bottom = self.box
        parts = tuple(
            part if part.get("class") == "here" else _turned(part, width) for part in self.parts
        )
        return replace(self, box=Box(width - right, top, width - left, bottom), parts=parts)


@dataclass(frozen=True, eq=False)
class Scene:
    name: str
    title: str
    width: float
    height: float
    ground: float | None
    parts: tuple[Element | Slot, ...]  # in the order drawn
    note: Element | None  # a dimension line with an empty <text> for a word or two

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(part for part in self.parts if isinstance(part, Slot))

    @cached_property
    def flipped(self) -> "Scene":
        """The same room the other way round; what stands in its slots is not turned."""
        parts = tuple(
            part.flipped(self.width) if isinstance(part, Slot) else _turned(part, self.width)
            for part in self.parts
        )
        return replace(self, parts=parts, note=_turned_note(self.note, self.width))

    @cached_property
    def furniture(self) -> tuple[Element, ...]:
        return tuple(part for part in self.parts if not isinstance(part, Slot))


@dataclass(frozen=True, eq=False)
class Library:
    symbols: Mapping[str, Symbol]
    scenes: Mapping[str, Scene]

    def symbol(self, name: str) -> Symbol:
        return _known(self.symbols, name, "tool symbol", "catalogue/tools")

    def scene(self, name: str) -> Scene:
        return _known(self.scenes, name, "scene", "catalogue/scenes")


def read_library(catalogue: Path) -> Library:
    """Every symbol and scene of the folder. Raises DrawingError on the first broken file."""
    symbols = {path.stem: read_symbol(path) for path in sorted((catalogue / "tools").glob("*.svg"))}
    scenes = {path.stem: read_scene(path) for path in sorted((catalogue / "scenes").glob("*.svg"))}
    return Library(symbols, scenes)


def read_entries(path: Path) -> dict[int, dict[str, Any]]:
    """The entries of drawings.toml by role number."""
    entries = tomllib.loads(path.read_text())["drawing"]
    return {entry["number"]: entry for entry in entries}


def read_symbol(path: Path) -> Symbol:
    root, title = _root(path)
    mount = root.get("data-mount", "stand")
    if mount not in MOUNTS:
        raise DrawingError(f'{path.name}: data-mount="{mount}" is none of {sorted(MOUNTS)}')
    shapes = tuple(child for child in root if child.tag != "title")
    return Symbol(path.stem, title, mount, shapes)


def read_scene(path: Path) -> Scene:
    root, title = _root(path)
    width, height = (float(n) for n in root.get("viewBox", "0 0 480 360").split()[2:])
    ground = root.get("data-ground")
    note = next((child for child in root if child.get("id") == "note"), None)
    drawn = [child for child in root if child.tag != "title" and child is not note]
    parts = tuple(_part(path, child) for child in drawn)
    return Scene(path.stem, title, width, height, float(ground) if ground else None, parts, note)


def _root(path: Path) -> tuple[Element, str]:
    try:
        root = ElementTree.fromstring(path.read_text())  # noqa: S314 - a file of this repository
    except ElementTree.ParseError as problem:
        raise DrawingError(f"{path.name} is not well-formed SVG: {problem}") from problem
    for element in root.iter():
        element.tag = element.tag.removeprefix(SVG)
    title = root.findtext("title", "").strip()
    if not title:
        raise DrawingError(f"{path.name} has no <title>: say in a few words what is drawn")
    return root, title


def _part(path: Path, element: Element) -> Element | Slot:
    here = next((child for child in element.iter("rect") if child.get("class") == "here"), None)
    if here is None:
        return element
    x, y, w, h = (float(here.get(name, "nan")) for name in ("x", "y", "width", "height"))
    takes = frozenset(element.get("data-takes", "stand pin").split())
    if not element.get("id") or not takes <= MOUNTS:
        raise DrawingError(f"{path.name}: a slot needs an id and data-takes of {sorted(MOUNTS)}")
    box = Box(x, y, x + w, y + h)
    align = element.get("data-align", "bottom")
    return Slot(element.get("id", ""), takes, align, box, tuple(element))


def _turned(part: Element, width: float) -> Element:
    group = Element("g", transform=f"translate({width:g} 0) scale(-1 1)")
    group.append(part)
    return group


def _turned_note(note: Element | None, width: float) -> Element | None:
    if note is None:
        return None
    turned = Element("g", id="note")
    for part in note:
        if part.tag == "text":
            x = width - float(part.get("x", 0))
            turn = (
                {"transform": f"rotate(-90 {x:g} {part.get('y')})"}
                if "transform" in part.attrib
                else {}
            )
            turned.append(Element("text", {"x": f"{x:g}", "y": part.get("y", "0"), **turn}))
        else:
            turned.append(_turned(part, width))
    return turned


def _known(things: Mapping[str, T], name: str, kind: str, folder: str) -> T:
    if name not in things:
        raise DrawingError(f'There is no {kind} "{name}" in {folder}; draw one or name another')
    return things[name]
