"""Count visits by page and day, in memory, and write them down every few seconds.

No cookie, no address, nothing of the visitor is read or kept. A worker killed between two
writes loses at most `WRITE_EVERY` seconds of counting.
"""

import atexit
import logging
import threading
from collections import Counter
from datetime import date

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from benchside.website.models import Visit

logger = logging.getLogger(__name__)
WRITE_EVERY = 10.0  # seconds
LONGEST_PATH = 200


class Visits:
    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._started = False
        self._stop = threading.Event()

    def count(self, path: str) -> None:
        with self._lock:
            self._counts[path] += 1
        if not self._started:
            self._start()

    def write(self) -> None:
        """Add what was counted since the last write to today's rows."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        try:
            add(counts)
        except DatabaseError:
            logger.warning("Visits could not be written; they are tried again", exc_info=True)
            with self._lock:
                self._counts.update(counts)

    def _start(self) -> None:
        # Begun on the first visit, so that each worker has its own thread after it forked.
        with self._lock:
            if self._started:
                return
            self._started = True
        threading.Thread(target=self._run, name="visits", daemon=True).start()
        atexit.register(self.write)

    def _run(self) -> None:
        while not self._stop.wait(WRITE_EVERY):
            self.write()
            connection.close()


def add(counts: Counter[str]) -> None:
    today = timezone.localdate()
    with transaction.atomic():
        for path, count in counts.items():
            _add_one(path[:LONGEST_PATH], today, count)


def _add_one(path: str, day: date, count: int) -> None:
    row = Visit.objects.filter(path=path, day=day)
    if row.update(count=F("count") + count):
        return
    try:
        with transaction.atomic():
            Visit.objects.create(path=path, day=day, count=count)
    except IntegrityError:  # another worker wrote the first one of the day meanwhile
        row.update(count=F("count") + count)


visits = Visits()
