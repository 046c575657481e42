"""Puts the tools of a role into a scene: which slot, how large, what is lit, what is numbered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from benchside.careers.drawing.files import DrawingError, Library, Scene, Slot, Symbol
from benchside.careers.drawing.geometry import Box, Point
from benchside.careers.drawing.ink import PAGE, Ink
from benchside.careers.drawing.lettering import Lettering

FEET = 90.0  # of a figure, in its symbol
PERSON = 88.0  # height of the common figure: others are taller or shorter beside it
MAIN = "main"
PAIR = (144, 96)  # the small drawing of a card
PAIR_MAIN, PAIR_SECOND = Box(4, 4, 94, 91), Box(101, 47, 141, 91)
HATCH_STEP = 16


@dataclass(frozen=True)
class Spec:
    """What to draw: a scene and its tools, the main one first.

    A tool is a symbol's name, or name@slot where the first free slot would not do. `kit` holds
    the symbols of the role's kit list in order: a tool in it carries its number in a balloon.
    """

    scene: str
    tools: tuple[str, ...]
    note: str = ""
    flip: bool = False
    kit: tuple[str, ...] = ()

    @classmethod
    def of(cls, drawing: Mapping[str, Any], kit: Sequence[str] = ()) -> "Spec":
        """From an entry of drawings.toml, or a role's `drawing` field, which is the same."""
        scene, tools, note = drawing.get("scene"), drawing.get("tools"), drawing.get("note", "")
        if not isinstance(scene, str) or not isinstance(tools, list) or not tools:
            raise DrawingError('A drawing needs scene = "..." and tools = ["main", ...]')
        if not isinstance(note, str) or not all(isinstance(tool, str) for tool in tools):
            raise DrawingError("A drawing's note and tools are words")
        return cls(scene, tuple(tools), note, drawing.get("flip") is True, tuple(kit))

    def room(self, library: Library) -> Scene:
        scene = library.scene(self.scene)
        return scene.flipped if self.flip else scene

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(tool.partition("@")[0] for tool in self.tools)


@dataclass(frozen=True, eq=False)
class Placed:
    """A symbol in a slot: scaled, then moved by (x, y)."""

    symbol: Symbol
    slot: Slot
    x: float
    y: float
    scale: float
    main: bool
    number: int | None

    @cached_property
    def points(self) -> tuple[Point, ...]:
        k = self.scale
        return tuple(Point(k * p.x + self.x, k * p.y + self.y) for p in self.symbol.points)

    @cached_property
    def box(self) -> Box:
        left, top, right, bottom = (self.scale * edge for edge in self.symbol.box)
        return Box(left + self.x, top + self.y, right + self.x, bottom + self.y)


def compose(spec: Spec, library: Library, ink: Ink = PAGE, *, lettering: bool = True) -> str:
    """The inner markup of a drawing, in the units of its scene (see `Scene.width`).

    Raises DrawingError if a name is unknown or a tool finds no slot that takes it.
    """
    scene = spec.room(library)
    placed = arrange(spec, library)
    body = ground(scene, ink) + "".join(_parts(scene, placed, ink))
    if lettering:
        body += _letters(scene, placed, spec.note, ink)
    return ink.group(body)


def pair(spec: Spec, library: Library, ink: Ink = PAGE) -> str:
    """The inner markup of a role's small drawing, 144 x 96: its main tool and a second."""
    people = {name for name in spec.names if library.symbol(name).mount == "figure"}
    main, *others = [name for name in spec.names if name not in people]
    body = _sit(library.symbol(main), PAIR_MAIN, ink, lit=True)
    if others:
        body += _sit(library.symbol(others[0]), PAIR_SECOND, ink, lit=False)
    return ink.group(body)


def arrange(spec: Spec, library: Library) -> dict[str, Placed]:
    """Every tool in its slot, by the slot's name."""
    free = {slot.name: slot for slot in spec.room(library).slots}
    placed: dict[str, Placed] = {}
    for order, tool in enumerate(spec.tools):
        name, _, wanted = tool.partition("@")
        symbol = library.symbol(name)
        slot = _slot(free, symbol, MAIN if order == 0 and not wanted else wanted, spec.scene)
        del free[slot.name]
        number = spec.kit.index(name) + 1 if name in spec.kit else None
        x, y, scale = _fit(symbol, slot.box, slot.align)
        placed[slot.name] = Placed(symbol, slot, x, y, scale, order == 0, number)
    return placed


def ground(scene: Scene, ink: Ink) -> str:
    """The ground line with its hatching, where the scene has one."""
    if scene.ground is None:
        return ""
    y = scene.ground
    ticks = "".join(f"M{x} {y + 2:g}l-9 10" for x in range(12, int(scene.width) + 1, HATCH_STEP))
    still = ' vector-effect="non-scaling-stroke"' if ink.non_scaling else ""
    return (
        f'<path d="M0 {y:g}H{scene.width:g}"{still}/>'
        f'<path d="{ticks}" stroke-width="{ink.thin}"{still}/>'
    )


def _slot(free: dict[str, Slot], symbol: Symbol, wanted: str, scene: str) -> Slot:
    if wanted:
        if wanted not in free:
            raise DrawingError(f'Scene "{scene}" has no free slot "{wanted}" for {symbol.name}')
        return free[wanted]
    fitting = [slot for slot in free.values() if symbol.mount in slot.takes and slot.name != MAIN]
    if fitting:  # a place made for this mount before one that would also do
        return min(fitting, key=lambda slot: len(slot.takes))
    raise DrawingError(
        f'Scene "{scene}" has no free slot that takes {symbol.name} ({symbol.mount}): '
        f"leave it out, say {symbol.name}@slot, or choose another scene"
    )


def _fit(symbol: Symbol, room: Box, align: str) -> tuple[float, float, float]:
    if symbol.mount == "figure":
        scale = room.height / PERSON
        return (room.left + room.right) / 2 - 48 * scale, room.bottom - FEET * scale, scale
    box = symbol.box
    scale = min(room.width / box.width, room.height / box.height)
    x = (room.left + room.right - scale * (box.left + box.right)) / 2
    if align == "bottom":
        return x, room.bottom - scale * box.bottom, scale
    if align == "top":
        return x, room.top - scale * box.top, scale
    return x, (room.top + room.bottom - scale * (box.top + box.bottom)) / 2, scale


def _sit(symbol: Symbol, room: Box, ink: Ink, *, lit: bool) -> str:
    x, y, scale = _fit(symbol, room, "bottom")
    return ink.place(ink.draw(symbol.shapes, lit=lit, scale=scale), x=x, y=y, scale=scale)


def _parts(scene: Scene, placed: dict[str, Placed], ink: Ink) -> Iterator[str]:
    for part in scene.parts:
        if not isinstance(part, Slot):
            yield ink.draw([part])
        elif part.name in placed:
            yield from _filled(part, placed[part.name], ink)


def _filled(slot: Slot, tool: Placed, ink: Ink) -> Iterator[str]:
    for part in slot.parts:
        if part.get("class") == "here":
            drawn = ink.draw(tool.symbol.shapes, lit=tool.main, scale=tool.scale)
            yield ink.place(drawn, x=tool.x, y=tool.y, scale=tool.scale)
        else:
            yield ink.draw([part])


def _letters(scene: Scene, placed: dict[str, Placed], note: str, ink: Ink) -> str:
    letters = Lettering(scene, [(tool.points, tool.box) for tool in placed.values()])
    body = _note(scene, note, ink, letters)
    for tool in sorted(placed.values(), key=lambda tool: tool.number or 0):
        if tool.number:
            body += letters.balloon(str(tool.number), tool.points, ink)
    for tool in placed.values():
        if tool.symbol.mount == "figure":
            body += letters.label("YOU", tool.points, ink)
    return body


def _note(scene: Scene, note: str, ink: Ink, letters: Lettering) -> str:
    if not note or scene.note is None:
        return ""
    words = next(scene.note.iter("text"))
    lines = [part for part in scene.note if part.tag != "text"]
    letters.avoid(lines)
    x, y = float(words.get("x", 0)), float(words.get("y", 0))
    return ink.draw(lines) + letters.on_line(note, x, y, words.get("transform", ""), ink)
