"""A teacher opens, shows, closes, writes down and deletes a class, by a link nobody else has."""

import re
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from benchside.careers.classes import actions, evidence, qr, queries
from benchside.careers.live import live_catalogue
from benchside.careers.models import ClassTally, HandIn, QuizClass
from benchside.careers.tasks import forget_classes
from benchside.core.actions import SYSTEM, VISITOR, Denied
from benchside.core.models import AuditEvent
from benchside.core.states import NoSuchMove, Overtaken
from tests.careers.classes.conftest import Lesson, hidden, open_lesson

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "_empty_cache")]

NEW = "/careers/class/new/"
HERE = {"HTTP_ORIGIN": "http://testserver"}
TYPED = {"title": "Careers quiz", "years": ["Year 8"], "pupils": "28", "minutes": "40"}


@pytest.fixture
def teacher() -> Client:
    return Client(enforce_csrf_checks=True)


def send(client: Client, **typed: Any) -> Any:
    token = hidden(client.get(NEW).content.decode(), "token")
    return client.post(NEW, {"token": token, **TYPED, **typed}, **HERE)


def fill(lesson: Lesson, pupils: int, *, first: str = "", but: int = 0) -> None:
    """Let `pupils` hand in: all get the same six roles of six sectors, `but` of them six others."""
    by_sector = [live_catalogue().roles_in(sector) for sector in live_catalogue().sectors]
    for number in range(pupils):
        roles = [them[number < but] for them in by_sector[:6]]
        if number < but:
            roles = [them[0] for them in by_sector[6:12]]
        actions.hand_in(quiz_class=lesson.quiz_class, page=f"page {number}", roles=roles)


def close(lesson: Lesson) -> dict[str, Any]:
    actions.close_class(actor=queries.teacher_of(lesson.quiz_class), quiz_class=lesson.quiz_class)
    lesson.quiz_class.refresh_from_db()
    assert lesson.quiz_class.totals is not None
    return lesson.quiz_class.totals


# --- opening --------------------------------------------------------------------------------------
def test_a_class_is_opened_without_account_or_cookie(teacher: Client) -> None:
    answer = send(teacher)
    made = QuizClass.objects.get()
    assert (made.title, made.years, made.pupils, made.minutes) == (
        "Careers quiz",
        ["Year 8"],
        28,
        40,
    )
    page = teacher.get(answer["Location"]).content.decode()
    assert made.spaced_code in page
    assert "<svg" in page
    assert not teacher.cookies
    secret = answer["Location"].split("/")[-2]
    assert len(secret) >= 32
    assert secret not in repr(QuizClass.objects.values_list())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"pupils": "4"}, "from 5 to 300"),
        ({"pupils": "301"}, "from 5 to 300"),
        ({"pupils": "many"}, "from 5 to 300"),
        ({"minutes": "0"}, "from 5 to 180"),
        ({"years": []}, "Tick at least one year."),
        ({"years": ["Year 99"]}, "Tick the years from the list."),
        ({"title": "  "}, "Give the lesson a title"),
        ({"title": "x" * 81}, "Use 80 letters at most. You have 81."),
        ({"token": "forged"}, "send them again"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    teacher: Client, typed: dict[str, Any], said: str
) -> None:
    answer = send(teacher, **{"title": "Keep <me>", **typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    if "title" not in typed:
        assert "Keep &lt;me&gt;" in page
    if "years" not in typed:
        assert re.search(r'value="Year 8" checked', page)
    assert not QuizClass.objects.exists()


def test_a_form_from_another_site_and_a_robot_open_nothing(teacher: Client) -> None:
    token = hidden(teacher.get(NEW).content.decode(), "token")
    elsewhere = teacher.post(NEW, {"token": token, **TYPED}, HTTP_ORIGIN="https://evil.example")
    assert elsewhere.status_code == 422
    assert send(teacher, website="http://spam.example").status_code == 302
    assert not QuizClass.objects.exists()


def test_a_school_opens_thirty_an_hour(teacher: Client) -> None:
    found = [send(teacher).status_code for _ in range(31)]
    assert found == [302] * 30 + [429]


def test_a_taken_code_is_not_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter(["CCCCCC", "CCCCCC", "DDDDDD"])
    monkeypatch.setattr(actions, "new_code", lambda: next(codes))
    assert [open_lesson().quiz_class.code for _ in range(2)] == ["CCCCCC", "DDDDDD"]


# --- whose it is ----------------------------------------------------------------------------------
PAGES = ["", "projector/", "close/", "delete/", "evidence/", "evidence.csv"]


@pytest.mark.parametrize("page", PAGES)
def test_only_the_secret_opens_a_page(teacher: Client, page: str) -> None:
    lesson, other = open_lesson(), open_lesson()
    assert teacher.get(lesson.url + page).status_code == 200
    for guess in ("x", lesson.quiz_class.code, lesson.quiz_class.secret_hash, other.secret[:-1]):
        for ask in (teacher.get, teacher.post):
            answer = ask(f"/careers/class/teach/{guess}/{page}")
            assert answer.status_code == 404
            assert "There is no class here" in answer.content.decode()
    assert QuizClass.objects.filter(state="open").count() == 2


@pytest.mark.parametrize("page", PAGES)
def test_the_secret_is_kept_to_itself(teacher: Client, page: str) -> None:
    """Not sent on as a referrer, not indexed, not cached, not in a concern, not on paper."""
    from benchside.website.page_cache import Answer

    lesson = open_lesson()
    answer = teacher.get(lesson.url + page)
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode()
    for tag in re.findall(
        r'<link rel="canonical"[^>]*>|<meta[^>]*>|<p class="print-line[^<]*<', text
    ):
        assert lesson.secret not in tag
    for about in re.findall(r'/concern/\?about=([^"]*)', text):
        assert lesson.secret not in about
    seen = Answer()
    seen.hold()("200 OK", list(answer.items()))
    assert not seen.is_page


def test_somebody_elses_link_closes_nothing() -> None:
    lesson, other = open_lesson(), open_lesson()
    for actor in (VISITOR, SYSTEM, queries.teacher_of(other.quiz_class)):
        with pytest.raises(Denied):
            actions.close_class(actor=actor, quiz_class=lesson.quiz_class)
    with pytest.raises(Denied):
        actions.forget_class(actor=VISITOR, quiz_class=lesson.quiz_class)


# --- closing --------------------------------------------------------------------------------------
def test_closing_is_asked_once_and_done_once(teacher: Client) -> None:
    lesson = open_lesson()
    assert "Has everyone handed in?" in teacher.get(f"{lesson.url}close/").content.decode()
    for _ in range(2):
        assert teacher.post(f"{lesson.url}close/")["Location"] == lesson.url
    assert AuditEvent.objects.filter(verb="quiz_class.close").count() == 1
    assert teacher.get(f"{lesson.url}close/")["Location"] == lesson.url
    with pytest.raises((NoSuchMove, Overtaken)):
        close(lesson)


def test_from_the_projector_one_comes_back_to_it(teacher: Client) -> None:
    lesson = open_lesson()
    assert 'name="projector"' in teacher.get(f"{lesson.url}close/?projector").content.decode()
    answer = teacher.post(f"{lesson.url}close/", {"projector": "yes"})
    assert answer["Location"] == f"{lesson.url}projector/"


def test_totals_are_frozen_and_what_they_came_from_is_gone() -> None:
    lesson = open_lesson()
    fill(lesson, 20, but=8)
    totals = close(lesson)
    assert totals["pupils"] == 20
    assert {line["pupils"] for line in totals["sectors"]} == {12, 8}
    assert {line["pupils"] for line in totals["roles"]} == {12, 8}
    assert lesson.quiz_class.handed_in == 0
    assert not ClassTally.objects.exists()
    assert not HandIn.objects.exists()
    with pytest.raises(actions.ClassIsClosed):
        fill(lesson, 1)


@pytest.mark.parametrize(
    ("pupils", "but", "shown"),
    [(0, 0, None), (4, 0, None), (5, 0, 5), (32, 1, 32), (32, 4, 32)],
)
def test_four_thirty_one_of_thirty_two_and_their_like_are_not_told(
    teacher: Client, pupils: int, but: int, shown: int | None
) -> None:
    lesson = open_lesson(pupils=32)
    fill(lesson, pupils, but=but)
    totals = close(lesson)
    assert totals == {"pupils": shown, "sectors": [], "roles": []}
    page = re.sub(r"<[^>]+>", " ", teacher.get(lesson.url).content.decode())
    assert ("Nothing is shown" in page) is (shown is None)
    assert ("Too few to say more" in page) is (shown is not None)


def test_five_of_thirty_two_are_told(teacher: Client) -> None:
    lesson = open_lesson(pupils=32)
    fill(lesson, 32, but=5)
    assert {line["pupils"] for line in close(lesson)["sectors"]} == {27, 5}
    page = teacher.get(lesson.url).content.decode()
    assert page.count('class="bars"') == 2
    assert "32 pupils handed in" in page


def test_the_database_holds_an_open_class_to_have_no_totals() -> None:
    lesson = open_lesson()
    rows = QuizClass.objects.filter(pk=lesson.quiz_class.pk)
    for broken in ({"totals": {}}, {"state": "closed"}, {"closed_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**broken)


# --- for the records ------------------------------------------------------------------------------
def test_the_evidence_line(teacher: Client) -> None:
    lesson = open_lesson()
    fill(lesson, 20, but=8)
    close(lesson)
    answer = teacher.get(
        f"{lesson.url}evidence.csv?benchmark=4&benchmark=3&benchmark=9&benchmark=x"
    )
    header, line = answer.content.decode("utf-8-sig").splitlines()
    assert header == ",".join(evidence.HEADER)
    today = timezone.localdate(lesson.quiz_class.opened_at).isoformat()
    assert line == f'{today},Careers quiz,Benchside,"3, 4","Year 8, S2",28,20,40'
    page = teacher.get(f"{lesson.url}evidence/?benchmark=3").content.decode()
    assert re.search(r'value="3"[^>]* checked', page)
    assert not re.search(r'value="2"[^>]* checked', page)


def test_the_evidence_cannot_run_in_a_spreadsheet(teacher: Client) -> None:
    lesson = open_lesson()
    QuizClass.objects.update(title='=HYPERLINK("http://evil.example")')
    text = teacher.get(f"{lesson.url}evidence.csv").content.decode("utf-8-sig")
    assert '"\'=HYPERLINK(""http://evil.example"")"' in text


def test_the_evidence_does_not_tell_of_four(teacher: Client) -> None:
    lesson = open_lesson()
    fill(lesson, 4)
    close(lesson)
    assert evidence.line(lesson.quiz_class, [])["Pupils who handed in"] == ""
    assert "under five" in teacher.get(f"{lesson.url}evidence/").content.decode()


def test_the_qr_code_says_the_address() -> None:
    """Read back with the rules of ISO/IEC 18004: finder patterns in three corners, quiet zone."""
    side, squares = qr.path("http://testserver/class/CDGHJK/")
    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1H\d+z", squares):
        dark |= {(int(x) + step, int(y)) for step in range(int(length))}
    assert (side - 8 - 17) % 4 == 0
    finder = {(x, y) for x in range(7) for y in range(7)
              if {x, y} & {0, 6} or (x in {2, 3, 4} and y in {2, 3, 4})}  # fmt: skip
    for left, top in ((4, 4), (side - 11, 4), (4, side - 11)):
        found = {(x - left, y - top) for x, y in dark
                 if left <= x < left + 7 and top <= y < top + 7}  # fmt: skip
        assert found == {p for p in finder if not (set(p) & {1, 5} and not set(p) & {0, 6})}
    assert all(4 <= x < side - 4 and 4 <= y < side - 4 for x, y in dark)


# --- gone -----------------------------------------------------------------------------------------
def test_delete_now(teacher: Client) -> None:
    lesson = open_lesson()
    fill(lesson, 6)
    assert "Nobody can bring them back" in teacher.get(f"{lesson.url}delete/").content.decode()
    assert "is deleted" in teacher.post(f"{lesson.url}delete/").content.decode()
    for model in (QuizClass, ClassTally, HandIn):
        assert not model.objects.exists()
    assert teacher.get(lesson.url).status_code == 404
    assert AuditEvent.objects.filter(verb="quiz_class.forget", actor_kind="link").count() == 1


def test_yesterdays_class_is_gone_even_if_no_worker_ran(teacher: Client) -> None:
    lesson = open_lesson()
    with time_machine.travel(lesson.quiz_class.expires_at, tick=False):
        for page in PAGES:
            assert teacher.get(lesson.url + page).status_code == 404
        with pytest.raises(actions.ClassIsGone):
            fill(lesson, 1)


def test_the_daily_job_deletes_what_is_over_and_nothing_else() -> None:
    with time_machine.travel("2026-11-24T10:00:00Z", tick=False):
        old = open_lesson()
        fill(old, 6)
    with time_machine.travel("2026-11-25T10:00:00Z", tick=False):
        new = open_lesson()
        forget_classes.func()
        assert QuizClass.objects.count() == 2
    with time_machine.travel("2026-11-26T00:10:00Z", tick=False):
        forget_classes.func()
        forget_classes.func()
    assert list(QuizClass.objects.all()) == [new.quiz_class]
    assert not ClassTally.objects.exists()
    event = AuditEvent.objects.get(verb="quiz_class.forget")
    assert (event.subject_id, event.actor_kind) == (str(old.quiz_class.pk), "system")


def test_the_worker_has_it_on_its_clock() -> None:
    from benchside.core.schedule import jobs

    assert str(jobs["benchside.careers.tasks.forget_classes"].at) == "00:10:00"


# --- the worksheet --------------------------------------------------------------------------------
def test_the_worksheet_holds_the_whole_quiz(teacher: Client) -> None:
    from benchside.careers.quiz.version import INTERESTS, current

    page = teacher.get("/careers/class/worksheet/")
    text = page.content.decode()
    assert "public" in page["Cache-Control"]
    assert text.count('class="paper__cards"') == 2
    for card in current().cards:
        assert card.asks.split("'")[0] in text
    numbers = re.findall(r'class="sum__of">(\d+) ', text)
    assert sorted(map(int, numbers)) == list(range(1, 31))
    assert len(re.findall(r'<th scope="row">[RIASEC] [RIASEC]</th>', text)) == 15
    assert len(INTERESTS) == 6


def test_roles_of_a_pair_need_those_two_kinds_of_thing() -> None:
    """By O*NET's own values: each of the pair's roles is high in one of the two at least."""
    from benchside.careers.classes.worksheet import KINDS, sheet
    from benchside.careers.quiz.engine import profile
    from benchside.careers.quiz.version import current

    letters = [letter for letter, _ in KINDS.values()]
    roles = live_catalogue().roles
    ranks = {
        place: sorted(role.interests[place] for role in roles) for place in range(len(letters))
    }
    for pair, slugs in sheet(current(), [profile(role) for role in roles]).pairs:
        assert len(slugs) == len(set(slugs)) == 4
        for slug in slugs:
            values = live_catalogue().by_slug[slug].interests
            places = [letters.index(letter) for letter in pair.split()]
            assert any(values[place] >= ranks[place][50] for place in places), (pair, slug)
