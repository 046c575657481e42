"""What job titles are matched to: the coding index of SOC 2020, and the catalogue's roles."""

import threading
from collections.abc import Callable
from typing import Any

from django.db.models import Count, Max

from benchside.careers.models import Role, SocTitle
from benchside.organisations.staff_list import Entry, TitleIndex


class _Held:
    """An index made once for a process, and again when what it is made of has changed."""

    def __init__(self, stamp: Callable[[], Any], entries: Callable[[], TitleIndex]) -> None:
        self._stamp, self._make = stamp, entries
        self._lock = threading.Lock()
        self._held: tuple[Any, TitleIndex] | None = None

    def __call__(self) -> TitleIndex:
        stamp = self._stamp()
        with self._lock:
            if self._held is None or self._held[0] != stamp:
                self._held = (stamp, self._make())
            return self._held[1]


def _soc_stamp() -> Any:
    return tuple(SocTitle.objects.aggregate(Count("pk"), Max("pk")).values())


def _soc() -> TitleIndex:
    rows = SocTitle.objects.exclude(soc2020="").order_by("pk")
    said = rows.values_list("title", "soc2020", "additional", "industry")
    return TitleIndex(Entry(*row) for row in said.iterator(chunk_size=5_000))


def has_codes() -> bool:
    """Whether a coding index was brought in: without one a title has no code but its file's."""
    return SocTitle.objects.exists()


def _roles_stamp() -> Any:
    return tuple(Role.objects.filter(live=True).aggregate(Count("pk"), Max("updated_at")).values())


def _roles() -> TitleIndex:
    rows = Role.objects.filter(live=True).values_list("title", "other_names", "slug")
    return TitleIndex(
        Entry(name, slug) for title, others, slug in rows for name in (title, *others)
    )


soc_index = _Held(_soc_stamp, _soc)
role_index = _Held(_roles_stamp, _roles)
