"""What a search answers with: plain values, ready for a page or an API."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found. `why` says in plain words what made it fit."""

    kind: str
    key: str
    title: str
    url: str
    summary: str
    number: int | None
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Results:
    """The best hits first.

    corrected   the query in mended spelling, when that is what was looked for; else ""
    understood  what was read out of the words, for people: ("No degree needed to start",)
    kinds       how many of the total there are of each kind, before any limit
    total       how many fit; counting stops at `MOST`, and `more` says that it did
    """

    query: str = ""
    hits: tuple[Hit, ...] = ()
    corrected: str = ""
    understood: tuple[str, ...] = ()
    kinds: dict[str, int] = field(default_factory=dict)
    total: int = 0
    more: bool = False
