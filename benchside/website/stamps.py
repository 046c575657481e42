"""The stamp of the page cache: one value every worker compares; a purge changes it.

Alone on one machine it is a file's change time, read on each request (a microsecond). With
Redis it is a counter that each worker reads at most twice a second, so that a purge reaches
every machine within that time.
"""

import os
import time
from pathlib import Path

from django.conf import settings
from django.core.cache import cache

REDIS_KEY = "page-cache-stamp"
LOOK_EVERY = 0.5  # seconds


class FileStamp:
    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self.purge_if_missing()

    def purge_if_missing(self) -> None:
        if not os.path.exists(self.path):
            self.purge()

    def __call__(self) -> object:
        try:
            return os.stat(self.path).st_mtime_ns
        except FileNotFoundError:
            return object()  # equal to nothing: no page is served from the cache

    def purge(self) -> None:
        Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        Path(self.path).write_text("Changing this file empties the page cache of every worker.\n")
        # Two purges within one tick of the clock must still differ.
        os.utime(self.path, ns=(time.time_ns(), time.time_ns()))


class SharedStamp:
    """Held in the shared cache (Redis)."""

    def __init__(self) -> None:
        self._value: object = None
        self._looked = 0.0

    def __call__(self) -> object:
        now = time.monotonic()
        if now - self._looked > LOOK_EVERY:
            self._looked = now
            self._value = cache.get(REDIS_KEY)
        return self._value

    def purge(self) -> None:
        cache.set(REDIS_KEY, time.time_ns(), timeout=None)
        self._looked = 0.0


def make() -> FileStamp | SharedStamp:
    return SharedStamp() if settings.REDIS_URL else FileStamp(settings.VAR / "page-cache.stamp")


stamp = make()


def purge() -> None:
    """Have every worker make its public pages anew."""
    stamp.purge()
