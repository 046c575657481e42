"""A tree of units, in order and drawn, from rows that name what stands above them. No Django."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Node(NamedTuple):
    """One unit as it is kept: `above` is the id of the unit over it, or None on top."""

    id: int
    above: int | None
    name: str


class Branch(NamedTuple):
    """One unit in its place. `depth` is 0 on top; `below` counts the units right under it."""

    node: Node
    depth: int
    below: int


def in_order(nodes: Iterable[Node]) -> list[Branch]:
    """Depth first, by name at each level. A unit whose upper one is not given stands on top;
    so does the first, by name, of those that stand in a ring, so that nothing is ever lost."""
    known = {node.id: node for node in nodes}
    below: dict[int | None, list[Node]] = defaultdict(list)
    for node in sorted(known.values(), key=lambda each: (each.name.casefold(), each.id)):
        below[node.above if node.above in known else None].append(node)
    found: list[Branch] = []
    seen: set[int] = set()
    for top in [*below[None], *sorted(known.values(), key=lambda each: each.name.casefold())]:
        found.extend(_walk(top, below, seen))
    return found


def _walk(top: Node, below: dict[int | None, list[Node]], seen: set[int]) -> Iterator[Branch]:
    waiting = [(top, 0)]
    while waiting:
        node, depth = waiting.pop()
        if node.id in seen:
            continue
        seen.add(node.id)
        under = below.get(node.id, [])
        yield Branch(node, depth, len(under))
        waiting += [(each, depth + 1) for each in reversed(under)]


def with_all_below(top: int, nodes: Iterable[Node]) -> set[int]:
    """The ids of a unit and of everything under it."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for node in nodes:
        below[node.above].append(node.id)
    found: set[int] = set()
    waiting = [top]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += below.get(here, [])
    return found


def way_down(unit: int, nodes: Iterable[Node]) -> list[Node]:
    """From the top to a unit, both included: where it stands, as breadcrumbs."""
    known = {node.id: node for node in nodes}
    way: list[Node] = []
    here = known.get(unit)
    while here is not None and here not in way:
        way.append(here)
        here = known.get(here.above) if here.above is not None else None
    return way[::-1]
