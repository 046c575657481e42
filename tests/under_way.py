"""Which requests a server in this process is still answering."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.signals import request_finished, request_started

LONGEST_S = 60


class UnderWay:
    """Counts what began and did not end; asked by a test's thread, told by the server's."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()

    def began(self, **told: Any) -> None:
        self._add(1)

    def ended(self, **told: Any) -> None:
        self._add(-1)

    def _add(self, number: int) -> None:
        with self._changed:
            self._count += number
            self._changed.notify_all()

    def wait_for_the_last(self) -> None:
        with self._changed:
            done = self._changed.wait_for(lambda: self._count <= 0, timeout=LONGEST_S)
        assert done, f"{self._count} requests are still answered {LONGEST_S} s after the test"


@contextmanager
def watched() -> Iterator[UnderWay]:
    requests = UnderWay()
    request_started.connect(requests.began)
    request_finished.connect(requests.ended)
    try:
        yield requests
    finally:
        request_started.disconnect(requests.began)
        request_finished.disconnect(requests.ended)
