"""The cache on disk, for many processes on one machine."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache


class SharedFileCache(FileBasedCache):
    """Django's file cache, with an `add` of which one process at a time is told yes.

    Django's looks first and writes then; of two processes at once both are told yes. What uses
    `add` as a lock (the rate limits of signing in do) would let guessers through in between.
    """

    def add(
        self,
        key: Any,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        with self._only_one():
            return bool(super().add(key, value, timeout, version))

    @contextmanager
    def _only_one(self) -> Iterator[None]:
        self._createdir()  # type: ignore[attr-defined]
        with (Path(self._dir) / "add.lock").open("w") as lock:  # type: ignore[attr-defined]
            fcntl.flock(lock, fcntl.LOCK_EX)  # let go by the system when the file closes
            yield
