"""All known places in memory, made anew when an import has changed them.

One question a search: when was a list last changed? Processes answer each for themselves.
"""

import threading
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from benchside.core.models import ImportRun
from benchside.organisations.finding import Place, PlaceIndex
from benchside.organisations.models import KnownPlace

RUNS_OF = "organisations.places."
FIELDS = (
    "id", "source", "name", "other_names", "town", "region", "constituency", "postcode", "code",
    "ukprn",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Places, best first; how many answered as well; the query as it was read, if mended."""

    places: list[KnownPlace]
    total: int
    read_as: str


_lock = threading.Lock()
_held: tuple[Any, PlaceIndex] | None = None


def find(words: str, *, sources: Collection[str] = (), limit: int = 20) -> Found:
    answer = index().find(words, groups=sources, limit=limit)
    places = KnownPlace.objects.in_bulk(answer.ids)
    in_order = [places[pk] for pk in answer.ids if pk in places]
    return Found(in_order, answer.total, answer.read_as)


def index() -> PlaceIndex:
    global _held
    stamp = _stamp()
    held = _held
    if held is not None and held[0] == stamp:
        return held[1]
    with _lock:
        if _held is None or _held[0] != stamp:
            _held = (stamp, PlaceIndex(_places()))
        return _held[1]


def _stamp() -> Any:
    runs = ImportRun.objects.filter(importer__startswith=RUNS_OF)
    found = runs.aggregate(Max("applied_at"), Max("undone_at"))
    return (*found.values(),)


def _places() -> list[Place]:
    rows = KnownPlace.objects.filter(is_open=True).order_by("pk").values_list(*FIELDS)
    return [
        Place(pk, group, name, " ".join(filter(None, rest)))
        for pk, group, name, *rest in rows.iterator(chunk_size=2_000)
    ]
