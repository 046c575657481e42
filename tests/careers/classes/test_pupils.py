"""A pupil takes the quiz in class: no name, no cookie, counted once, never without a result."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core import signing
from django.db import connection
from django.test import Client
from django.utils import timezone

from benchside.careers.classes import actions, queries, tickets
from benchside.careers.models import ClassTally, HandIn, QuizClass
from benchside.core.models import AuditEvent
from tests.careers.classes.conftest import Lesson, hand_in, hidden, open_lesson, take_quiz

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil() -> Client:
    return Client(enforce_csrf_checks=True)


def counted(lesson: Lesson) -> int:
    lesson.quiz_class.refresh_from_db()
    return lesson.quiz_class.handed_in


# --- the way through ------------------------------------------------------------------------------
def test_a_result_is_handed_in_without_a_cookie(pupil: Client, lesson: Lesson) -> None:
    status, page = hand_in(pupil, lesson, take_quiz(pupil, lesson))
    assert (status, counted(lesson)) == (200, 1)
    assert "Your six are in the sum" in page
    assert len(re.findall(r'<h3><a href="/careers/roles/', page)) == 6
    tallies = lesson.quiz_class.tallies
    assert sorted(tallies.filter(kind="role").values_list("pupils", flat=True)) == [1] * 6
    assert 3 <= tallies.filter(kind="sector").count() <= 6
    assert not pupil.cookies


@pytest.mark.parametrize("typed", ["{}", "{}  ", "{0:.3}-{1}"])
def test_a_code_is_found_however_it_is_typed(pupil: Client, lesson: Lesson, typed: str) -> None:
    code = lesson.quiz_class.code.lower()
    answer = pupil.get("/careers/class/", {"code": typed.format(code, code[3:])})
    assert answer["Location"] == lesson.pupil_url
    assert pupil.get(f"/class/{lesson.quiz_class.code}/")["Location"] == lesson.pupil_url
    assert pupil.get(f"/careers/class/{code}/")["Location"] == lesson.pupil_url


def test_a_code_that_cannot_be_is_answered_kindly(pupil: Client, lesson: Lesson) -> None:
    answer = pupil.get("/careers/class/", {"code": "CDG HJ0"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "do not use “0”" in page
    assert 'value="CDG HJ0"' in page


def test_pressing_twice_counts_once(pupil: Client, lesson: Lesson) -> None:
    ticket = take_quiz(pupil, lesson)
    hand_in(pupil, lesson, ticket)
    status, page = hand_in(pupil, lesson, ticket)
    assert (status, counted(lesson)) == (200, 1)
    assert "handed in already" in page
    assert len(re.findall(r'<h3><a href="/careers/roles/', page)) == 6


def test_changing_an_answer_and_handing_in_again_counts_once(pupil: Client, lesson: Lesson) -> None:
    page = pupil.get(f"{lesson.pupil_url}quiz/").content.decode()
    sent = {"page": hidden(page, "page"), "subject": "music"}
    first = pupil.post(f"{lesson.pupil_url}result/", sent).content.decode()
    changed = {"page": hidden(first, "page"), "subject": "drama", "before": ""}
    second = pupil.post(f"{lesson.pupil_url}result/", changed).content.decode()
    for result in (first, second):
        hand_in(pupil, lesson, hidden(result, "ticket"))
    assert counted(lesson) == 1


def test_two_pages_of_one_device_count_twice(pupil: Client, lesson: Lesson) -> None:
    for _ in range(2):
        hand_in(pupil, lesson, take_quiz(pupil, lesson))
    assert counted(lesson) == 2


# --- what goes wrong ------------------------------------------------------------------------------
def test_late_is_told_and_keeps_the_result(pupil: Client, lesson: Lesson) -> None:
    ticket = take_quiz(pupil, lesson)
    actions.close_class(actor=queries.teacher_of(lesson.quiz_class), quiz_class=lesson.quiz_class)
    status, page = hand_in(pupil, lesson, ticket)
    assert status == 409
    assert "has closed the class" in page
    assert len(re.findall(r'<h3><a href="/careers/roles/', page)) == 6
    assert not ClassTally.objects.exists()
    result = pupil.post(f"{lesson.pupil_url}result/", {"subject": "physics"})
    assert "Your teacher has closed the class" in result.content.decode()
    assert 'name="ticket"' not in result.content.decode()
    assert "closed this class" in pupil.get(lesson.pupil_url).content.decode()


def test_yesterdays_class_leaves_the_result(pupil: Client, lesson: Lesson) -> None:
    ticket = take_quiz(pupil, lesson)
    with time_machine.travel(lesson.quiz_class.expires_at, tick=False):
        status, page = hand_in(pupil, lesson, ticket)
        result = pupil.post(f"{lesson.pupil_url}result/", {"subject": "physics"})
        gone = pupil.get(lesson.pupil_url)
    assert status == 404
    assert "This class is over" in page
    assert len(re.findall(r'<h3><a href="/careers/roles/', page)) == 6
    assert result.status_code == 200
    assert "This class is over" in result.content.decode()
    assert 'action="/careers/quiz/result/' in result.content.decode()
    assert gone.status_code == 404
    assert counted(lesson) == 0


@pytest.mark.parametrize("ticket", ["", "x", "W10:1abcde:forged"])
def test_a_forged_ticket_is_refused_kindly(pupil: Client, lesson: Lesson, ticket: str) -> None:
    status, page = hand_in(pupil, lesson, ticket)
    assert (status, counted(lesson)) == (422, 0)
    assert "Go back one page" in page


def test_nobody_makes_up_a_result(pupil: Client, lesson: Lesson) -> None:
    """Signed as a page, signed for another purpose, or of another class."""
    other = open_lesson()
    page = tickets.new_page(lesson.quiz_class.pk)
    made_up = signing.dumps([lesson.quiz_class.pk, "n", ["welder"]], salt="elsewhere")
    for ticket, status in ((page, 422), (made_up, 422), (take_quiz(pupil, other), 404)):
        assert hand_in(pupil, lesson, ticket)[0] == status
    assert counted(lesson) == counted(other) == 0


def test_a_page_ticket_of_another_class_is_replaced(pupil: Client, lesson: Lesson) -> None:
    other = open_lesson()
    for page in (tickets.new_page(other.quiz_class.pk), "forged", ""):
        sent = {"page": page, "subject": "physics"}
        result = pupil.post(f"{lesson.pupil_url}result/", sent).content.decode()
        assert hand_in(pupil, lesson, hidden(result, "ticket"))[0] == 200
    assert counted(lesson) == 3


def test_no_more_than_the_class_can_hold(pupil: Client, lesson: Lesson) -> None:
    small = open_lesson(pupils=5)
    found = [hand_in(pupil, small, take_quiz(pupil, small))[0] for _ in range(12)]
    assert found == [200] * 10 + [409] * 2
    assert counted(small) == 10


def test_bad_answers_keep_the_page_in_the_class(pupil: Client, lesson: Lesson) -> None:
    page = tickets.new_page(lesson.quiz_class.pk)
    sent = {"page": page, "card-no-such": "2", "subject": "music"}
    answer = pupil.post(f"{lesson.pupil_url}result/", sent)
    assert answer.status_code == 422
    assert f'value="{page}"' in answer.content.decode()
    assert f'action="{lesson.pupil_url}result/"' in answer.content.decode()


@pytest.mark.parametrize("end", ["result/", "hand-in/"])
def test_an_address_that_takes_a_form_leads_to_the_class(
    pupil: Client, lesson: Lesson, end: str
) -> None:
    answer = pupil.get(lesson.pupil_url + end)
    assert (answer.status_code, answer["Location"]) == (302, lesson.pupil_url)


# --- what is kept, and told -----------------------------------------------------------------------
def everything_stored() -> str:
    """Every cell of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.label not in {"careers.Role", "core.SearchDocument"}:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
                found.append(repr(cursor.fetchall()))
    return "\n".join(found)


def test_no_answer_is_stored_or_logged(
    pupil: Client, lesson: Lesson, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    page = pupil.get(f"{lesson.pupil_url}quiz/").content.decode()
    ticket, cards = hidden(page, "page"), sorted(set(re.findall(r'name="(card-[^"]+)"', page)))
    answers = {card: str(place % 3) for place, card in enumerate(cards)}
    sent = {"page": ticket, **answers, "subject": ["music", "physics"], "switch-hands": "hands"}
    result = pupil.post(f"{lesson.pupil_url}result/", sent)
    code = hidden(result.content.decode(), "before")
    handed = hidden(result.content.decode(), "ticket")
    hand_in(pupil, lesson, handed)
    # What the signed tickets hold: no answer, and no code that stands for answers.
    class_id, nonce, roles = signing.loads(handed, salt=tickets.HAND_IN)
    assert class_id == lesson.quiz_class.pk
    assert len(roles) == 6
    stored = everything_stored()
    for secret in (code, code.replace("-", ""), "card-", nonce, ticket, handed):
        assert secret not in stored
        assert secret not in caplog.text
        assert secret not in repr(result.headers)


def test_a_hand_in_leaves_no_trace_of_when(pupil: Client, lesson: Lesson) -> None:
    before = AuditEvent.objects.count()
    hand_in(pupil, lesson, take_quiz(pupil, lesson))
    assert AuditEvent.objects.count() == before
    names = {field.name for model in (ClassTally, HandIn) for field in model._meta.fields}
    assert names == {"id", "quiz_class", "kind", "slug", "pupils", "page_hash"}


@pytest.mark.parametrize("end", ["", "quiz/"])
def test_pages_of_a_class_are_named_and_counted_nowhere(
    pupil: Client, lesson: Lesson, end: str
) -> None:
    from benchside.website.page_cache import Answer

    answer = pupil.get(lesson.pupil_url + end)
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "private" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    seen = Answer()
    seen.hold()("200 OK", list(answer.items()))
    assert not seen.is_page, "visits are counted by address: it would tell the size of the class"
    page = answer.content.decode()
    assert f"about={lesson.pupil_url}" not in page.replace("%2F", "/")


def test_two_loads_of_the_quiz_have_two_tickets(pupil: Client, lesson: Lesson) -> None:
    pages = {hidden(pupil.get(f"{lesson.pupil_url}quiz/").content.decode(), "page") for _ in "ab"}
    assert len(pages) == 2


def test_while_open_nobody_sees_a_number(pupil: Client, lesson: Lesson) -> None:
    for _ in range(9):
        hand_in(pupil, lesson, take_quiz(pupil, lesson))
    for url in (lesson.url, f"{lesson.url}projector/", f"{lesson.url}evidence/", lesson.pupil_url):
        page = pupil.get(url).content.decode()
        assert not re.search(r"\b9\b", re.sub(r"<[^>]+>", " ", page)), url
    csv = pupil.get(f"{lesson.url}evidence.csv").content.decode()
    assert ",9," not in csv


def test_gone_at_the_end_of_the_next_day_by_the_clock_in_london(lesson: Lesson) -> None:
    with time_machine.travel("2026-03-28T15:00:00+00:00", tick=False):  # the clocks go forward
        over = open_lesson().quiz_class.expires_at
    assert timezone.localtime(over).isoformat() == "2026-03-30T00:00:00+01:00"
    with time_machine.travel(over - timedelta(seconds=1), tick=False):
        assert QuizClass.objects.current().filter(expires_at=over).exists()
    with time_machine.travel(over, tick=False):
        assert not QuizClass.objects.current().filter(expires_at=over).exists()


def test_many_results_from_one_school_are_let_in(pupil: Client, lesson: Lesson) -> None:
    big = open_lesson(pupils=300)
    for _ in range(64):
        assert hand_in(pupil, big, take_quiz(pupil, big))[0] == 200
