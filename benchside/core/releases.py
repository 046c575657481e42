"""Counts of one group of people, in several lists, shown again and again on fixed dates.

No Django here. A census counts everybody once in each of its lists (by sex, by grade ...), and
says how many joined and left since the census before. Three things follow from several tables
that follow from none of them alone, and each has its answer:

* Lists of one census share their total: seven cells shown as 0 beside a list whose least sum is
  14 are seven twos. All lists of a census are therefore one network of `core.disclosure`: people
  flow through the cells of one list into the next, and their sum closes the ring.
* Two censuses share all who stayed: of the total before, some left; with those who joined, the
  rest are the total after. So the networks hang together in a chain. What was told before is
  fixed; only new numbers can be hidden.
* A reader who knows that one person left between two censuses reads that person off whatever
  changed. So a census is shown only when at least `CROWD` people joined, or nobody did, and the
  same for those who left; until then the one before stands (`follows`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchside.core.disclosure import Arc, Cell, Network, Policy

CROWD = 5  # who comes or goes does so among at least so many
WORLD = "everybody else"
Lists = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Census:
    """What was counted, exactly. Every list sums to `people`; `joined` and `left` are since the
    census shown before, and nothing in the first."""

    people: int
    lists: Lists
    joined: int = 0
    left: int = 0

    def __post_init__(self) -> None:
        for name, counts in self.lists.items():
            if sum(counts.values()) != self.people:
                raise ValueError(f"The list by {name} does not count {self.people} people.")


@dataclass(frozen=True, slots=True)
class Release:
    """What is shown of a census: None for a number that is hidden."""

    people: int | None
    lists: Mapping[str, Mapping[str, int | None]]
    joined: int | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A census and what readers were shown of it."""

    census: Census
    release: Release


def follows(census: Census) -> bool:
    """May it be shown after an earlier one? Enough came and went to hide each of them."""
    moves = (census.joined, census.left)
    return sum(moves) > 0 and all(count == 0 or count >= CROWD for count in moves)


def release(earlier: Sequence[Told], census: Census, *, policy: Policy) -> Release | None:
    """What of a census may be shown to readers of all `earlier` ones, oldest first.

    None when it may not follow them. Raises ValueError when its numbers do not follow from the
    last: those before, less who left, with who joined.
    """
    if earlier:
        before = earlier[-1].census.people
        if before - census.left + census.joined != census.people:
            raise ValueError(f"{before} - {census.left} + {census.joined} is not {census.people}.")
        if not follows(census):
            return None
    network = Network(policy)
    for place, told in enumerate(earlier):
        _add(network, place, told.census, told.release)
    _add(network, len(earlier), census, None)
    _close(network, len(earlier))
    shown = network.shown(closed=True)
    return _release(shown, str(len(earlier)), census, is_first=not earlier)


def _add(network: Network, place: int, census: Census, told: Release | None) -> None:
    """One census: who comes in, list after list, and the total."""
    here, start = str(place), f"in {place}"
    if place == 0:
        _free(network, "first", WORLD, start, census.people)
    else:
        before = f"out {place - 1}"
        stayed = census.people - census.joined
        _free(network, f"stayed {place}", before, start, stayed)
        arc = network.add(("joined", here), WORLD, start, census.joined)
        _tell(arc, told, told.joined if told else None, network.policy)
        arc = network.add(("left", here), before, WORLD, census.left)
        _tell(arc, told, told.left if told else None, network.policy)
    for name in sorted(census.lists):
        end = f"{name} {place}"
        for label in sorted(census.lists[name]):
            arc = network.add(("cell", here, name, label), start, end, census.lists[name][label])
            _tell(arc, told, told.lists[name][label] if told else None, network.policy)
        start = end
    arc = network.add(("total", here), start, f"out {place}", census.people)
    _tell(arc, told, told.people if told else None, network.policy)


def _close(network: Network, place: int) -> None:
    """Who stays after the newest census, nobody is told."""
    people = next(arc.people for arc in network.arcs if arc.key == ("total", str(place)))
    _free(network, "last", f"out {place}", WORLD, people)


def _free(network: Network, name: str, tail: str, head: str, people: int) -> None:
    """A number nobody is told, and that needs no guard."""
    arc = network.add(("untold", name), tail, head, people)
    arc.hide()
    arc.guarded = False


def _tell(arc: Arc, told: Release | None, value: int | None, policy: Policy) -> None:
    """Fix what readers already know of a number."""
    if told is None:
        return
    if value is None:
        arc.hide()
    else:
        arc.low, arc.high = policy.bounds(value)
    arc.told = True


def _release(
    shown: Mapping[tuple[str, ...], Cell], here: str, census: Census, *, is_first: bool
) -> Release:
    def value(*key: str) -> int | None:
        found = shown[key].value
        return None if found is None else int(found)

    return Release(
        people=value("total", here),
        lists={
            name: {label: value("cell", here, name, label) for label in counts}
            for name, counts in census.lists.items()
        },
        joined=None if is_first else value("joined", here),
        left=None if is_first else value("left", here),
    )
