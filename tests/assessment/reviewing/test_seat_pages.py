"""A reviewer's way through the pages: yes or no, judging as one types, more, handing in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from benchside.assessment.models import Feedback, Interest, Judgement, Seat
from tests.factories.assessment import a_seat, a_submission, hand_in, judge, judgements
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


def of(seat: Seat) -> Client:
    return sign_in(Client(), seat.user)


def at(seat: Seat, page: str = "") -> str:
    return f"/assess/seats/{seat.pk}/{page}"


def test_yes_takes_the_word_that_there_is_no_interest() -> None:
    seat = a_seat(a_submission("submitted"), state="invited")
    client = of(seat)
    answer = client.post(at(seat, "answer/"), {"say": "yes"})
    assert answer.status_code == 422
    assert "Say that you have no interest" in answer.content.decode()
    assert client.post(at(seat, "answer/"), {"say": "yes", "no_conflict": "on"}).status_code == 302
    seat.refresh_from_db()
    assert seat.state == "accepted"
    assert seat.no_conflict_at


def test_no_frees_the_seat_and_keeps_the_interest_that_was_named() -> None:
    seat = a_seat(a_submission("submitted"), state="invited")
    of(seat).post(at(seat, "answer/"), {"say": "no", "interest": "My sister works there."})
    seat.refresh_from_db()
    assert seat.state == "declined"
    assert Interest.objects.get().what == "My sister works there."


def test_what_is_typed_is_kept_as_one_types() -> None:
    seat = a_seat(a_submission("submitted"))
    said = {"grade-clear": "partly", "reason-clear": "Not <b>yet</b>.", "private-clear": "Hm."}
    answer = of(seat).post(at(seat, "judge/"), said, headers={"HX-Request": "true"})
    assert "1 of 2 judged" in answer.content.decode()
    kept = Judgement.objects.get()
    assert (kept.grade, kept.reason, kept.private) == ("partly", "Not <b>yet</b>.", "Hm.")
    page = of(seat).get(at(seat, "read/")).content.decode()
    assert "Not &lt;b&gt;yet&lt;/b&gt;." in page
    assert "<b>yet" not in page


def test_one_part_that_is_saved_leaves_the_other_alone() -> None:
    seat = a_seat(a_submission("submitted"))
    judge(seat)
    of(seat).post(at(seat, "judge/"), {"grade-clear": "not-met", "reason-clear": "No."})
    assert judgements(seat) == {"clear": "not-met", "mended": "met"}


def test_what_is_too_long_or_no_judgement_is_said_and_nothing_typed_is_lost() -> None:
    seat = a_seat(a_submission("submitted"))
    client, long = of(seat), "word " * 900
    for said in ({"grade-clear": "splendid", "reason-clear": "Quite so."},
                 {"grade-clear": "met", "reason-clear": long}):  # fmt: skip
        answer = client.post(at(seat, "judge/"), said)
        assert answer.status_code == 422
        assert said["reason-clear"].strip() in answer.content.decode()
        quick = client.post(at(seat, "judge/"), said, headers={"HX-Request": "true"})
        assert "Not kept" in quick.content.decode()
    assert not Judgement.objects.exists()


def test_handing_in_says_what_is_not_judged_and_keeps_the_summary() -> None:
    seat = a_seat(a_submission("submitted"))
    client = of(seat)
    answer = client.post(at(seat, "hand-in/"), {"summary": "Tidy in all."})
    assert answer.status_code == 422
    assert "It is clear: not judged yet" in answer.content.decode()
    assert "Tidy in all." in answer.content.decode()
    judge(seat)
    assert client.post(at(seat, "hand-in/"), {"summary": "Tidy in all."}).status_code == 302
    seat.refresh_from_db()
    assert (seat.state, seat.summary) == ("submitted", "Tidy in all.")


def test_what_is_typed_after_it_was_handed_in_elsewhere_can_be_copied() -> None:
    seat = a_seat(a_submission("submitted"))
    client = of(seat)
    late = {"grade-clear": "met", "reason-clear": "A late <b>word</b>."}
    hand_in(seat)
    answer = client.post(at(seat, "judge/"), late)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What you typed last was not kept" in page
    assert "It is clear: why" in page
    assert "A late &lt;b&gt;word&lt;/b&gt;." in page
    assert "your judgement" not in page  # it is what is kept
    quick = client.post(at(seat, "judge/"), late, headers={"HX-Request": "true"})
    assert "Not kept: This review is handed in" in quick.content.decode()
    for name, words in (("more/", "text"), ("hand-in/", "summary"), ("feedback/", "text")):
        answer = client.post(at(seat, name), {words: "Typed in vain."})
        assert (answer.status_code, "Typed in vain." in answer.content.decode()) == (409, True)
    assert judgements(seat) == {"clear": "met", "mended": "met"}


def test_more_is_asked_for_with_a_day_that_is_not_over() -> None:
    one = a_submission("in-review")
    seat = one.seats.get(number=1)
    client, today = of(seat), timezone.localdate()
    past = {"text": "A photograph?", "due_on": (today - timedelta(days=1)).isoformat()}
    answer = client.post(at(seat, "more/"), past)
    assert answer.status_code == 422
    assert "That day is over" in answer.content.decode()
    assert "A photograph?" in answer.content.decode()
    assert client.post(at(seat, "more/"), {**past, "due_on": today.isoformat()}).status_code == 302
    one.refresh_from_db()
    assert one.state == "more-asked"


def test_the_made_up_standard_takes_no_feedback() -> None:
    """Its file names no comments: the address is not there, whoever types it in."""
    seat = a_seat(a_submission("submitted"))
    said = {"area": "bench", "kind": "commend", "text": "Tidy!"}
    assert of(seat).post(at(seat, "feedback/"), said).status_code == 404
    assert not Feedback.objects.exists()


# --- the list ------------------------------------------------------------------------------------
def test_the_desk_sorts_filters_and_hands_out() -> None:
    first = a_seat(a_submission("submitted"))
    second = a_seat(a_submission("submitted"), state="invited")
    client = of(first)
    assert client.get("/assess/").content.decode().count("/assess/seats/") == 2
    asked = client.get("/assess/?show=asked&sort=-due").content.decode()
    assert f"/assess/seats/{second.pk}/" in asked
    assert f"/assess/seats/{first.pk}/" not in asked
    assert client.get("/assess/?show=nonsense&sort=drop").status_code == 200
    assert len(client.get("/assess/seats.csv?show=asked").content.splitlines()) == 2


def test_an_empty_desk_says_what_to_do_first() -> None:
    seat = a_seat(a_submission("submitted"))
    page = sign_in(Client(), seat.submission.seats.get().user).get("/assess/")
    assert "Nobody has asked you yet" not in page.content.decode()
    empty = sign_in(Client(), a_seat(a_submission("submitted"), "zed", state="declined").user)
    assert "What waits for you" not in empty.get("/assess/").content.decode()


def test_a_place_whose_name_is_a_formula_is_no_formula_in_the_table() -> None:
    seat = a_seat(a_submission("submitted"))
    place = seat.submission.organisation
    assert place
    place.name = "=HYPERLINK(1)"
    place.save()
    assert "'=HYPERLINK" in of(seat).get("/assess/seats.csv").content.decode()


@pytest.mark.parametrize("page", ["/assess/", "read/", ""])
def test_as_many_questions_of_the_database_for_many_as_for_few(
    page: str, django_assert_max_num_queries: object
) -> None:
    seat = a_seat(a_submission("submitted"))
    client = of(seat)
    address = page if page.startswith("/") else at(seat, page)
    few = queries_of(client, address)
    for _ in range(4):
        a_seat(a_submission("submitted"))
    judge(seat)
    assert queries_of(client, address) <= few + 1


def queries_of(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)
