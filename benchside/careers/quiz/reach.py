"""Which roles readers seldom see: for editors, worked out over readers by chance."""

from dataclasses import dataclass
from functools import lru_cache

from benchside.careers.live import LiveCatalogue, live_catalogue
from benchside.careers.models import Role
from benchside.careers.quiz import study
from benchside.careers.quiz.engine import matcher
from benchside.careers.quiz.version import current

READERS = 4_000
SELDOM = 0.4  # of an even share
OFTEN = 1.8


@dataclass(frozen=True, slots=True)
class Reached:
    """A role and how many of a thousand readers by chance are shown it. `how` says it in a word."""

    role: Role
    of_a_thousand: int
    how: str  # one of HOW


HOW = {"never": "Never", "seldom": "Seldom", "usual": "As most", "often": "Often"}


def reached() -> list[Reached]:
    """Every live role, the most seldom shown first. About a second after each change."""
    return list(_reached(live_catalogue()))


@lru_cache(maxsize=1)
def _reached(live: LiveCatalogue) -> tuple[Reached, ...]:
    if not live.roles:
        return ()
    found = study.exposure(matcher(live, current().name), READERS)
    even = sum(found.shown.values()) / len(live.roles)
    rows = [
        Reached(live.by_slug[slug], round(1000 * times / READERS), _how(times, even))
        for slug, times in found.shown.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.of_a_thousand, row.role.number)))


def _how(times: int, even: float) -> str:
    if not times:
        return "never"
    return "seldom" if times < SELDOM * even else "often" if times > OFTEN * even else "usual"
