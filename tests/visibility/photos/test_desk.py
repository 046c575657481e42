"""The desk of photographs as a moderator meets it, without script: pages and forms."""

import csv
import re
import uuid
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from benchside.core.actions import Actor
from benchside.visibility.enums import InPicture, PhotoState, RefusedFor
from benchside.visibility.models import Photo
from benchside.visibility.photos import moderation
from benchside.visibility.photos.moderation_queue import Among, take_turn
from tests.factories.desk import edith
from tests.factories.people import give_app
from tests.factories.wall import a_photo, a_picture, mia, mo, on_the_wall

pytestmark = pytest.mark.django_db
DESK = "/desk/photos/"


def at_the_desk(user: Any) -> Client:
    give_app(user)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def client() -> Client:
    return at_the_desk(mo())


def address(photo: Photo) -> str:
    return f"{DESK}{photo.key}/"


def send(client: Client, photo: Photo, verb: str, **more: Any) -> Any:
    photo = Photo.objects.get(pk=photo.pk)
    said = {
        "verb": verb, "seen": str(photo.picture_id), "caption": photo.caption,
        "display_name": photo.display_name, "in_picture": photo.in_picture,
        "description": photo.picture.description if photo.picture else "", **more,
    }  # fmt: skip
    return client.post(address(photo), said)


def state(photo: Photo) -> str:
    return Photo.objects.values_list("state", flat=True).get(pk=photo.pk)


# --- who ------------------------------------------------------------------------------------------
def test_to_everybody_else_there_is_no_desk() -> None:
    photo = a_photo()
    for path in (DESK, f"{DESK}list/", f"{DESK}list.csv", f"{DESK}figures/", address(photo),
                 f"{address(photo)}picture/", f"{DESK}sheet/"):  # fmt: skip
        assert at_the_desk_of_an_editor().get(path).status_code == 404
        assert Client().get(path).status_code == 302


def at_the_desk_of_an_editor() -> Client:
    from benchside.accounts.models import User

    found = User.objects.filter(email="edith@example.org").first()
    if found is None:
        return at_the_desk(edith())
    client = Client()
    client.force_login(found)
    return client


def test_the_policy_is_as_strict_as_anywhere(client: Client) -> None:
    response = client.get(address(a_photo()))
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert " style=" not in response.content.decode()


# --- one after the other --------------------------------------------------------------------------
def test_the_oldest_comes_first_and_the_next_follows(client: Client) -> None:
    younger = a_photo(caption="Younger")
    older = a_photo(caption="Older", look_after=timezone.now() - timedelta(hours=1))
    response = client.get(f"{DESK}next/", follow=True)
    assert response.request["PATH_INFO"] == address(older)
    assert f"{address(younger)}picture/" in response.content.decode()  # made ready
    response = send(client, older, "approve")
    assert response.url == f"{DESK}next/"
    response = client.get(response.url, follow=True)
    assert response.request["PATH_INFO"] == address(younger)
    assert "Approved." in response.content.decode()
    assert "Undo: approved" in response.content.decode()
    response = client.post(f"{DESK}undo/", follow=True)
    assert response.request["PATH_INFO"] == address(older)
    assert state(older) == PhotoState.QUEUED


def test_two_moderators_get_different_ones(client: Client) -> None:
    for number in range(4):
        a_photo(caption=f"No {number}")
    other = at_the_desk(mia())
    first = client.get(f"{DESK}next/", follow=True).request["PATH_INFO"]
    second = other.get(f"{DESK}next/", follow=True).request["PATH_INFO"]
    assert first != second
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        third = other.get(f"{DESK}next/", follow=True).request["PATH_INFO"]
    assert third == first  # the first one's time is over


def test_whoever_stops_lets_go(client: Client) -> None:
    photo = a_photo()
    client.get(address(photo))
    assert take_turn(mia().person_id) == []
    client.post(f"{DESK}stop/")
    assert [one.pk for one in take_turn(uuid.uuid4())] == [photo.pk]


def test_a_first_yes_does_not_come_back_to_whoever_gave_it(client: Client) -> None:
    photo = a_photo(in_picture=InPicture.CHILD, child_may_be_seen=True)
    send(client, photo, "approve")
    assert state(photo) == PhotoState.ONCE_APPROVED
    assert client.get(f"{DESK}next/").url == DESK
    response = send(client, photo, "approve")
    assert state(photo) == PhotoState.ONCE_APPROVED
    assert "second person" in response.content.decode()
    other = at_the_desk(mia())
    send(other, photo, "approve")
    assert state(photo) == PhotoState.APPROVED


def test_only_of_one_school(client: Client) -> None:
    a_photo(caption="Elsewhere")
    mine = a_photo(caption="Here", school="Northmoor")
    response = client.get(f"{DESK}next/?school=Northmoor", follow=True)
    assert response.request["PATH_INFO"] == address(mine)
    assert take_turn(mo_person(), Among(school="Northmoor"))[0].pk == mine.pk


def mo_person() -> uuid.UUID:
    from benchside.accounts.models import User

    return User.objects.get(email="mo@example.org").person_id


# --- decided --------------------------------------------------------------------------------------
def test_words_are_mended_with_the_same_press(client: Client) -> None:
    photo = a_photo(picture=a_picture(description=""))
    response = send(client, photo, "approve", caption="Olu at the lathe")
    assert response.status_code == 422
    page = response.content.decode()
    assert "Say what it shows" in page
    assert "Olu at the lathe" in page
    send(client, photo, "approve", description="A woman sets up a lathe", caption="Olu")
    held = Photo.objects.get(pk=photo.pk)
    assert (held.state, held.caption) == (PhotoState.APPROVED, "Olu")
    assert held.picture is not None
    assert held.picture.description == "A woman sets up a lathe"


@pytest.mark.parametrize("reason", ["quality", "rights"])
def test_refused_with_a_reason_from_the_list(client: Client, reason: str) -> None:
    photo = a_photo()
    send(client, photo, "refuse", reason=reason)
    assert Photo.objects.get(pk=photo.pk).refused_for == reason


@pytest.mark.parametrize("reason", ["", "because", "'; drop"])
def test_no_other_reason(client: Client, reason: str) -> None:
    photo = a_photo()
    send(client, photo, "refuse", reason=reason)
    assert state(photo) == PhotoState.QUEUED


def test_covered_by_squares_and_by_boxes(client: Client) -> None:
    photo = a_photo()
    page = client.get(f"{address(photo)}?tool=cover").content.decode()
    assert page.count('name="square"') == 100
    send(client, photo, "cover", square=["4-2", "5-2"], box=["100,100,80,90"])
    held = Photo.objects.get(pk=photo.pk)
    assert held.original == photo.picture
    picture = client.get(f"{address(held)}picture/")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
    send(client, held, "restore")
    assert Photo.objects.get(pk=photo.pk).picture == photo.picture


@pytest.mark.parametrize("box", ["", "1,2,3", "900,900,900,900", "x,x,x,x"])
def test_what_is_no_box_covers_nothing(client: Client, box: str) -> None:
    photo = a_photo()
    send(client, photo, "cover", box=[box] if box else [])
    assert Photo.objects.get(pk=photo.pk).original is None


def test_cut_by_numbers_and_errors_name_the_place(client: Client) -> None:
    photo = a_photo()
    response = send(client, photo, "cut", left="60", top="0", right="60", bottom="0")
    assert response.status_code == 422
    assert "Too little would be left" in response.content.decode()
    send(client, photo, "cut", left="50", top="0", right="0", bottom="0")
    held = Photo.objects.get(pk=photo.pk)
    assert held.picture is not None
    assert (held.picture.width, held.picture.height) == (240, 360)


def test_a_yes_to_another_picture_than_was_seen_is_none(client: Client) -> None:
    photo = a_photo()
    seen = photo.picture_id
    send(client, photo, "cover", square="4-2")
    response = send(client, photo, "approve", seen=str(seen))
    assert state(photo) == PhotoState.QUEUED
    assert "changed meanwhile" in client.get(response.url).content.decode()


def test_no_verb_of_ones_own(client: Client) -> None:
    assert send(client, a_photo(), "publish").status_code == 404


def test_alike_stand_side_by_side(client: Client) -> None:
    first = on_the_wall(caption="First")
    copy = a_photo(caption="Copy", near_duplicate_of=first)
    page = client.get(address(copy)).content.decode()
    assert f"{address(first)}small/" in page
    assert "On the wall, " in page


def test_as_many_questions_for_each_photograph(client: Client) -> None:
    photos = [a_photo() for _ in range(12)]
    client.get(address(photos[0]))
    with CaptureQueriesContext(connection) as few:
        client.get(address(photos[0]))
    for photo in photos[1:6]:
        photo.near_duplicate_of = photos[0]
        photo.save()
    with CaptureQueriesContext(connection) as many:
        client.get(address(photos[0]))
    assert len(few) == len(many)
    assert len(many) <= 30


# --- answered -------------------------------------------------------------------------------------
def test_a_sender_answers_without_an_account(client: Client) -> None:
    from benchside.visibility.photos.moderation_links import answer_url

    photo = a_photo(reply_to="edie@benchside.example")
    send(client, photo, "ask", question="Who is on the left?")
    assert state(photo) == PhotoState.ASKED
    path = answer_url(photo).removeprefix("http://testserver")
    sender = Client(HTTP_REFERER=f"http://testserver{path}")
    page = sender.get(path)
    assert "Who is on the left?" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert not page.cookies
    token = re.search(r'name="token" value="([^"]+)"', page.content.decode())
    assert token is not None
    empty = sender.post(path, {"token": token[1], "words": " "})
    assert empty.status_code == 422
    sender.post(path, {"token": token[1], "words": "That is Olu. She said yes."})
    assert state(photo) == PhotoState.QUEUED
    assert "She said yes" in client.get(address(photo)).content.decode()
    assert "Thank you" in sender.get(path).content.decode()
    assert sender.get("/wall/answer/forged/").status_code == 404


# --- lists ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [2, 30])
def test_the_list_asks_as_often_at_any_length(client: Client, count: int) -> None:
    for number in range(count):
        a_photo(caption=f"No {number}", school="Northmoor")
    client.get(f"{DESK}list/")
    with CaptureQueriesContext(connection) as seen:
        client.get(f"{DESK}list/")
    assert len(seen) == 8


def test_narrowed_sorted_and_taken_away(client: Client) -> None:
    a_photo(caption="=cmd()", school="Northmoor")
    other = a_photo(caption="B")
    moderation.refuse(actor=Actor.of(mia()), photo=other, reason=RefusedFor.RIGHTS)
    text = client.get(f"{DESK}list.csv?state=queued").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert [row["Caption"] for row in rows] == ["'=cmd()"]
    page = client.get(f"{DESK}list/?reason=rights").content.decode()
    assert "1 photograph<" in page
    up = client.get(f"{DESK}list/?sort=caption").content.decode()
    down = client.get(f"{DESK}list/?sort=-caption").content.decode()
    assert up.index("cmd()") < up.index(">B</a>")
    assert down.index(">B</a>") < down.index("cmd()")
    assert client.get(f"{DESK}list/?sort=nonsense&state=x&page=zz").status_code == 200


# --- a school at once -----------------------------------------------------------------------------
def test_each_picture_of_a_school_is_seen_and_decided_on_its_own(client: Client) -> None:
    yes, no, left = (a_photo(school="Northmoor") for _ in range(3))
    child = a_photo(school="Northmoor", in_picture=InPicture.CHILD, child_may_be_seen=True)
    unseen = a_photo(school="Southmoor")
    assert "?school=Northmoor" in client.get(f"{DESK}sheet/").content.decode()
    page = client.get(f"{DESK}sheet/?school=Northmoor").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    assert f'name="photo-{child.pk}"' not in page
    said = {
        "token": token[1], f"photo-{yes.pk}": "approve", f"photo-{no.pk}": "quality",
        f"photo-{left.pk}": "", f"photo-{child.pk}": "approve", f"photo-{unseen.pk}": "approve",
    }  # fmt: skip
    response = client.post(f"{DESK}sheet/?school=Northmoor", said, follow=True)
    assert "1 approved, 1 refused." in response.content.decode()
    assert "Open it and look at it alone" in response.content.decode()
    assert [state(one) for one in (yes, no, left, child, unseen)] == [
        "approved", "refused", "queued", "queued", "queued",
    ]  # fmt: skip
    other = at_the_desk(mia())
    said[f"photo-{left.pk}"] = "approve"
    other.post(f"{DESK}sheet/?school=Northmoor", said)
    assert state(left) == "queued"  # somebody else's sheet


# --- figures --------------------------------------------------------------------------------------
def test_figures_by_hand(client: Client) -> None:
    start = timezone.now() - timedelta(days=5)
    for hours in (1, 3, 50):
        photo = a_photo(school="Northmoor", received_at=start)
        Photo.objects.filter(pk=photo.pk).update(
            state="approved", approved_by=uuid.uuid4(), approved_at=start + timedelta(hours=hours)
        )
    other = a_photo(school="Southmoor")
    moderation.refuse(actor=Actor.of(mia()), photo=other, reason=RefusedFor.DATA)
    page = client.get(f"{DESK}figures/").content.decode()
    assert "3 hours" in page  # the median of 1, 3 and 50
    assert "67 %" in page  # two of three
    assert "Private details can be read in it" in page
    text = client.get(f"{DESK}figures.csv").content.decode("utf-8-sig")
    rows = {row["School"]: row for row in csv.DictReader(StringIO(text))}
    assert rows["Northmoor"]["Median hours to approval"] == "3.0"
    assert rows["Southmoor"]["Refused"] == "1"


def test_the_desk_says_what_to_do_first(client: Client) -> None:
    assert "Nothing waits for you" in client.get(DESK).content.decode()
    a_photo()
    assert "Look at photographs" in client.get(DESK).content.decode()
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "one photograph to look at" in home
    assert "No photograph yet" not in client.get(f"{DESK}list/").content.decode()
