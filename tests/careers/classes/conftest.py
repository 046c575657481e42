"""A class that is open, and what a pupil does in it, as a browser would."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.test import Client

from benchside.careers.classes import actions
from benchside.careers.models import QuizClass
from benchside.core.actions import VISITOR


@dataclass
class Lesson:
    """An open class as its teacher knows it."""

    quiz_class: QuizClass
    secret: str

    @property
    def url(self) -> str:
        return f"/careers/class/teach/{self.secret}/"

    @property
    def pupil_url(self) -> str:
        return f"/careers/class/{self.quiz_class.code}/"


def open_lesson(pupils: int = 28) -> Lesson:
    made = actions.open_class(
        actor=VISITOR, title="Careers quiz", years=["Year 8", "S2"], pupils=pupils, minutes=40
    )
    return Lesson(*made)


@pytest.fixture
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def lesson(catalogue: None, _empty_cache: None) -> Lesson:
    return open_lesson()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, f"no field {name}"
    return found[1]


ANSWERS = {"card-mend-controller": "2", "card-sick-river": "1", "subject": "physics"}
Take = Callable[..., str]


def take_quiz(client: Client, lesson: Lesson, answers: dict[str, str] | None = None) -> str:
    """Open the quiz, answer, and give the ticket of the result."""
    page = client.get(f"{lesson.pupil_url}quiz/").content.decode()
    sent = {"page": hidden(page, "page"), **(ANSWERS if answers is None else answers)}
    result = client.post(f"{lesson.pupil_url}result/", sent)
    assert result.status_code == 200
    return hidden(result.content.decode(), "ticket")


def hand_in(client: Client, lesson: Lesson, ticket: str) -> tuple[int, str]:
    answer = client.post(f"{lesson.pupil_url}hand-in/", {"ticket": ticket})
    return answer.status_code, answer.content.decode()
