"""Nobody reads what they may not: others' reviews before their own, names that are kept."""

import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from benchside.assessment import actions, writing_rules
from benchside.assessment.enums import CommentKind
from benchside.assessment.models import Evidence, Submission, Supporter, SupporterStatement
from benchside.assessment.standards import parse
from benchside.core.actions import SYSTEM, Actor
from benchside.core.storage import MediaStorage
from tests.factories.assessment import (
    TIDY_BENCH,
    WAYS,
    a_seat,
    a_submission,
    hand_in,
    judge,
    signed,
    somebody,
    with_duties,
)
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db

SEAT_PAGES = ("", "read/")


def pages(client: Client, *addresses: str) -> str:
    found = [client.get(address) for address in addresses]
    assert {one.status_code for one in found} == {200}
    return "".join(one.content.decode() for one in found)


def a_hiding_standard(*hidden: str) -> Any:
    """The made-up standard, with names kept."""
    text = TIDY_BENCH.read_text().replace("seats = 2", f"seats = 2\nhidden = {json.dumps(hidden)}")
    text = text.replace('"tidy-bench"', '"blind-bench"')
    text = text.replace("seats = 2", 'seats = 2\ncomments = ["commend", "recommend"]')
    standard = parse("blind.toml", text.encode())
    made = actions.load_standard(actor=SYSTEM, standard=standard)
    actions.publish_standard(actor=SYSTEM, version=made)
    return made


def test_no_reviewer_meets_anothers_words_before_their_own_are_in(client: Client) -> None:
    one = a_submission("submitted")
    first, second = a_seat(one, "ann"), a_seat(one, "bo", number=2)
    hand_in(first)
    sign_in(client, second.user)
    found = pages(client, "/assess/", *(f"/assess/seats/{second.pk}/{page}" for page in SEAT_PAGES))
    assert "What Ann says" not in found
    assert "What Ann keeps" not in found
    assert "Ann" not in found
    hand_in(second)
    after = pages(client, f"/assess/seats/{second.pk}/")
    assert "What Ann says of clear" in after


def test_a_third_seat_meets_nobodys_words_either(client: Client) -> None:
    one = a_submission("submitted")
    hand_in(a_seat(one, "ann"))
    hand_in(a_seat(one, "bo", number=2), clear="not-met")
    one.refresh_from_db()
    third = a_seat(one, "cy", number=3)
    sign_in(client, third.user)
    found = pages(client, *(f"/assess/seats/{third.pk}/{page}" for page in SEAT_PAGES))
    assert not [name for name in ("Ann", "Bo says", "Bo keeps") if name in found]


@pytest.mark.parametrize(
    "page", ["", "read/", "evidence/1/", "judge/", "feedback/", "more/", "hand-in/", "answer/"]
)
def test_anothers_seat_is_not_there(client: Client, page: str) -> None:
    one = a_submission("submitted")
    first = a_seat(one, "ann")
    a_seat(one, "bo", number=2)
    for name in ("bo", "nobody", "officer"):
        sign_in(client, somebody(name))
        address = f"/assess/seats/{first.pk}/{page}"
        gets = client.get(address).status_code
        assert gets in {404, 405}
        assert client.post(address, {"say": "no"}).status_code in {404, 405}
        assert 404 in {gets, client.post(address).status_code}


def test_who_said_no_or_was_stood_down_reads_no_more(client: Client) -> None:
    one = a_submission("submitted")
    seat = a_seat(one, "ann")
    sign_in(client, seat.user)
    assert client.get(f"/assess/seats/{seat.pk}/read/").status_code == 200
    actions.decline_seat(actor=Actor.of(seat.user), seat=seat)
    assert client.get(f"/assess/seats/{seat.pk}/read/").status_code == 404
    assert client.get(f"/assess/seats/{seat.pk}/").status_code == 200


def test_who_was_asked_and_has_not_said_yes_reads_nothing(client: Client) -> None:
    seat = a_seat(a_submission("submitted"), state="invited")
    sign_in(client, seat.user)
    assert client.get(f"/assess/seats/{seat.pk}/read/").status_code == 404


def test_an_officer_who_sits_reads_their_own_alone(client: Client) -> None:
    """A duty does not go round the seat: who reviews is blind to the others like anybody."""
    with_duties("bo", "assign")
    one = a_submission("submitted")
    first, second = a_seat(one, "ann"), a_seat(one, "bo", number=2)
    hand_in(first)
    judge(second)
    sign_in(client, second.user)
    found = pages(client, f"/assess/submissions/{one.key}/")
    assert "What Ann says" not in found
    assert "What Ann keeps" not in found


def test_the_holders_name_stays_away_from_reviewers(client: Client) -> None:
    place = an_organisation("hidden-hall")
    one = a_submission("submitted", version=a_hiding_standard("holder"), organisation=place)
    friend = Supporter.objects.create(
        submission=one,
        name="Freda Friend",
        relation="A colleague",
        employer="Hidden Hall",
        email="friend@example.org",
        token_digest="x" * 64,
        expires_at=timezone.now(),
    )
    SupporterStatement.objects.create(supporter=friend, area="bench", text="It is tidy.")
    seat = a_seat(one)
    sign_in(client, seat.user)
    addresses = ["/assess/", *(f"/assess/seats/{seat.pk}/{page}" for page in SEAT_PAGES)]
    found = pages(client, *addresses)
    kept = ("Hidden Hall", "hidden-hall", "Hedda Made-Up", "Freda Friend", str(one.key))
    assert [name for name in kept if name in found] == []
    assert "It is tidy." in found
    assert "A colleague" in found
    table = client.get("/assess/seats.csv").content.decode()
    assert "Hidden Hall" not in table
    hand_in(seat)
    assert "Hidden Hall" not in pages(client, f"/assess/seats/{seat.pk}/")


@pytest.mark.parametrize("hidden", [True, False])
def test_reviewers_names_reach_the_holder_as_the_standard_says(
    client: Client, monkeypatch: pytest.MonkeyPatch, hidden: bool
) -> None:
    place = an_organisation("northmoor")
    head = a_member(place)
    version = a_hiding_standard(*(["reviewers"] if hidden else []))
    one = a_submission("submitted", version=version, organisation=place)
    monkeypatch.setattr(writing_rules, "leads", [lambda actor, _: actor.account == head])
    seats = [a_seat(one, "ann"), a_seat(one, "bo", number=2)]
    for kind in CommentKind:
        actions.add_feedback(
            actor=Actor.of(seats[0].user),
            seat=seats[0],
            kind=kind,
            text="A tidy one.",
            area="bench",
        )
    for seat in seats:
        hand_in(seat)
    one.refresh_from_db()
    officer = with_duties("officer", "assign", standard="blind-bench")
    sign_in(client, head)
    before = pages(client, f"/forms/{one.key}/outcome/")
    assert "A tidy one." not in before
    actions.release_feedback(actor=Actor.of(officer), submission=one)
    after = pages(client, f"/forms/{one.key}/outcome/")
    assert after.count("A tidy one.") == 2
    assert ("Ann" in after) is not hidden
    assert "What Ann keeps" not in after
    assert "What Ann says" not in after


def test_reviewers_read_what_was_sent_and_nothing_since(client: Client) -> None:
    """The frozen version, also while more is being written and even signed."""
    one = a_submission("in-review")
    seat = one.seats.get(number=1)
    sign_in(client, seat.user)
    address = f"/assess/seats/{seat.pk}/read/"
    actions.ask_for_more(
        actor=Actor.of(seat.user), seat=seat, text="A photograph?", due_on=timezone.localdate()
    )
    one.refresh_from_db()
    actions.save_statement(
        actor=SYSTEM, submission=one, criterion="clear", text="Quite new words.", based_on=1
    )
    actions.add_link(
        actor=SYSTEM, submission=one, title="A new log", url="https://example.org/new",
        serves={"clear": "It is new."},
    )  # fmt: skip
    found = pages(client, address)
    assert "What is said of clear." in found
    assert "Quite new words." not in found
    assert "A new log" not in found
    signed(one)
    assert "Quite new words." not in pages(client, address)
    actions.answer_request(actor=SYSTEM, submission=one)
    after = pages(client, address)
    assert "Quite new words." in after
    assert "A new log" in after
    assert "What it said before" in after


def test_only_a_file_that_was_sent_in_is_handed_out(client: Client) -> None:
    one = a_submission()
    kept = MediaStorage().save("private/evidence/a.txt", ContentFile(b"Swept at five."))
    sent = file_of(one, kept, "1" * 64)
    one = finish(one)
    later = file_of(one, kept, "2" * 64)
    other = file_of(a_submission(), kept, "1" * 64)
    seat = a_seat(one)
    sign_in(client, seat.user)
    answer = client.get(f"/assess/seats/{seat.pk}/evidence/{sent.pk}/")
    assert answer.getvalue() == b"Swept at five."
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    for pk in (later.pk, other.pk, 999_999):
        assert client.get(f"/assess/seats/{seat.pk}/evidence/{pk}/").status_code == 404


def file_of(one: Submission, name: str, digest: str) -> Evidence:
    return Evidence.objects.create(
        submission=one, kind="file", title="Rota", file=name, file_name="a “rota”.txt",
        file_digest=digest, file_size=14,
    )  # fmt: skip


def finish(one: Submission) -> Submission:
    for step in WAYS["submitted"]:
        step(one)
    one.refresh_from_db()
    return one
