"""Visits are counted by page and day; two workers never lose each other's count."""

import datetime as dt
import threading
from collections import Counter

import pytest
import time_machine
from django.db import OperationalError, connection

from benchside.website import visits as module
from benchside.website.models import Visit
from benchside.website.visits import Visits, add


@pytest.mark.django_db
def test_counts_add_up_by_day() -> None:
    with time_machine.travel(dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)):
        add(Counter({"/": 2, "/careers/roles/": 1}))
        add(Counter({"/": 3}))
    with time_machine.travel(dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)):
        add(Counter({"/": 1}))
    rows = set(Visit.objects.values_list("path", "day", "count"))
    first, second = dt.date(2026, 3, 1), dt.date(2026, 3, 2)
    assert rows == {("/", first, 5), ("/careers/roles/", first, 1), ("/", second, 1)}


@pytest.mark.django_db
def test_day_is_the_british_one() -> None:
    with time_machine.travel(dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)):
        add(Counter({"/": 1}))
    assert Visit.objects.get().day == dt.date(2026, 7, 2)


@pytest.mark.django_db(transaction=True)
def test_two_workers_lose_nothing() -> None:
    def work() -> None:
        for _ in range(20):
            add(Counter({"/": 1, "/b/": 2}))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert dict(Visit.objects.values_list("path", "count")) == {"/": 80, "/b/": 160}


@pytest.mark.django_db
def test_failed_write_is_kept_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    visits = Visits()
    visits._started = True  # no thread in this test
    visits.count("/")

    def fail(counts: Counter[str]) -> None:
        raise OperationalError("disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(module, "add", fail)
        visits.write()
    assert not Visit.objects.exists()
    visits.count("/")
    visits.write()
    assert Visit.objects.get().count == 2


@pytest.mark.django_db
def test_row_holds_nothing_about_the_visitor() -> None:
    assert {field.name for field in Visit._meta.fields} == {"id", "path", "day", "count"}
