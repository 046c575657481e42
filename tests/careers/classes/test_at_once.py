"""Many at once: every hand-in counts exactly once, and a class that closes counts all before it."""

import threading
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from django.core.management import call_command
from django.db import connection

from benchside.careers.classes import actions, queries
from benchside.careers.live import live_catalogue
from benchside.careers.models import HandIn, QuizClass, Role
from benchside.core.actions import Refused
from tests.careers.classes.conftest import Lesson, open_lesson
from tests.processes import at_once

PUPILS = 32


@pytest.fixture
def lesson(transactional_db: None) -> Lesson:
    call_command("load_catalogue", verbosity=0)
    return open_lesson(pupils=PUPILS)


def six(number: int) -> list[Role]:
    """Roles of six sectors; the first sector is in all of them, so that all meet at one row."""
    live = live_catalogue()
    return [live.roles_in(sector)[number % 2] for sector in live.sectors[:6]]


def together(*jobs: Callable[[], object]) -> Counter[str]:
    """What became of each job, all begun at one moment."""
    barrier, found = threading.Barrier(len(jobs)), Counter[str]()

    def run(job: Callable[[], object]) -> None:
        barrier.wait()
        try:
            job()
            found["done"] += 1
        except Refused as refused:
            found[type(refused).__name__] += 1
        except Exception as error:
            found[repr(error)] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def handing_in(lesson: Lesson, page: int) -> Callable[[], None]:
    mine = QuizClass.objects.get(pk=lesson.quiz_class.pk)
    return lambda: actions.hand_in(quiz_class=mine, page=f"page {page}", roles=six(page))


def tallies(lesson: Lesson) -> Counter[tuple[str, int]]:
    return Counter(lesson.quiz_class.tallies.values_list("kind", "pupils"))


def test_a_class_of_thirty_two_counts_thirty_two(lesson: Lesson) -> None:
    found = together(*[handing_in(lesson, page) for page in range(PUPILS)])
    assert found == {"done": PUPILS}
    lesson.quiz_class.refresh_from_db()
    assert lesson.quiz_class.handed_in == PUPILS
    assert tallies(lesson) == {("sector", 32): 6, ("role", 16): 12}


def test_one_page_pressed_by_many_hands_counts_once(lesson: Lesson) -> None:
    found = together(*[handing_in(lesson, 0) for _ in range(12)])
    assert found == {"done": 1, "HandedInBefore": 11}
    assert tallies(lesson) == {("sector", 1): 6, ("role", 1): 6}


def test_the_last_places_are_given_once(lesson: Lesson) -> None:
    QuizClass.objects.update(handed_in=lesson.quiz_class.most_hand_ins - 3)
    found = together(*[handing_in(lesson, page) for page in range(10)])
    assert found == {"done": 3, "ClassIsFull": 7}
    assert HandIn.objects.count() == 3


def test_closing_counts_all_that_came_before_and_none_after(lesson: Lesson) -> None:
    def closing() -> None:
        mine = QuizClass.objects.get(pk=lesson.quiz_class.pk)
        actions.close_class(actor=queries.teacher_of(mine), quiz_class=mine)

    early = together(*[handing_in(lesson, page) for page in range(8)])
    found = together(closing, *[handing_in(lesson, page) for page in range(8, PUPILS)], closing)
    lesson.quiz_class.refresh_from_db()
    totals = lesson.quiz_class.totals
    assert totals is not None
    closings = found["Overtaken"] + found["NoSuchMove"]
    assert closings == 1
    assert totals["pupils"] == early["done"] + found["done"] - 1
    assert found["done"] + found["ClassIsClosed"] + closings == PUPILS - 8 + 2
    assert not tallies(lesson)
    assert not HandIn.objects.exists()


# --- real processes -------------------------------------------------------------------------------
def hand_in_many(pk: int, first: int, shared: int) -> list[str]:
    """Eight pages of this process alone, then those that all hand in; what came of each."""
    mine = QuizClass.objects.get(pk=pk)
    said = []
    for number in [*range(first, first + 8), *range(shared)]:
        page = f"own {number}" if number >= 100 else f"shared {number}"
        try:
            actions.hand_in(quiz_class=mine, page=page, roles=six(number))
            said.append("in")
        except Refused as refused:
            said.append(type(refused).__name__)
    return said


@pytest.mark.services
@pytest.mark.slow
def test_four_processes_count_what_one_would(lesson: Lesson) -> None:
    """Each hands in eight pages of its own, and all four the same four pages."""
    told = at_once(
        *(partial(hand_in_many, lesson.quiz_class.pk, first, 4) for first in (100, 200, 300, 400))
    )
    said = [word for words in told for word in words]
    assert Counter(said) == {"in": 32 + 4, "HandedInBefore": 12}
    lesson.quiz_class.refresh_from_db()
    assert lesson.quiz_class.handed_in == 36
    assert tallies(lesson) == {("sector", 36): 6, ("role", 18): 12}
