"""Many at once: every hand-in counts exactly once, and a class that closes counts all before it."""

import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from benchside.careers.classes import actions, queries
from benchside.careers.live import live_catalogue
from benchside.careers.models import HandIn, QuizClass, Role
from benchside.core.actions import Refused
from tests.careers.classes.conftest import Lesson, open_lesson

ROOT = Path(__file__).resolve().parents[3]
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
HAND_IN = """
import sys, django
django.setup()
from benchside.careers.classes import actions
from benchside.careers.live import live_catalogue
from benchside.careers.models import QuizClass
from benchside.core.actions import Refused
pk, first, shared = map(int, sys.argv[1:])
live = live_catalogue()
mine = QuizClass.objects.get(pk=pk)
sys.stdin.readline()
for number in [*range(first, first + 8), *range(shared)]:
    page = f"own {number}" if number >= 100 else f"shared {number}"
    roles = [live.roles_in(sector)[number % 2] for sector in live.sectors[:6]]
    try:
        actions.hand_in(quiz_class=mine, page=page, roles=roles)
        print("in")
    except Refused as refused:
        print(type(refused).__name__)
"""


def database_url() -> str:
    values = connection.settings_dict
    if connection.vendor == "postgresql":
        return f"postgresql://{values['USER']}@/{values['NAME']}?host={values['HOST']}"
    return f"sqlite:///{values['NAME']}"


@pytest.mark.services
@pytest.mark.slow
def test_four_processes_count_what_one_would(lesson: Lesson) -> None:
    """Each hands in eight pages of its own, and all four the same four pages."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "BENCHSIDE_DEBUG": "yes",
    }
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", HAND_IN, str(lesson.quiz_class.pk), str(first), "4"],
            cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for first in (100, 200, 300, 400)
    ]  # fmt: skip
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [line for one in processes for line in one.communicate(timeout=120)[0].split()]
    assert Counter(said) == {"in": 32 + 4, "HandedInBefore": 12}
    lesson.quiz_class.refresh_from_db()
    assert lesson.quiz_class.handed_in == 36
    assert tallies(lesson) == {("sector", 36): 6, ("role", 18): 12}
