"""The film model: out of reach until it is made ready, private until approved, gone when asked."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from benchside.core import films
from benchside.core.actions import Refused
from benchside.core.film import FilmRefused
from benchside.core.models import Film, FilmState, Picture
from tests.core.films import MARK, PLACE, film
from tests.core.test_images import on_disk
from tests.core.test_storage import own_media

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    own_media(settings, tmp_path)


def taken_in(**options: Any) -> Film:
    taken = films.take_in(ContentFile(film(**options), name="Ada at home.MOV"))
    assert taken.state == FilmState.WAITING
    return taken


def ready(**options: Any) -> Film:
    waiting = taken_in(**options)
    films.make_ready.func(waiting.pk)
    return told(Film.objects.get(pk=waiting.pk))


def told(film: Film) -> Film:
    film.description, film.transcript = "A technician solders.", "Hello"
    film.captions = "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nHello\n"
    film.save()
    return film


def test_raw_film_is_out_of_reach_and_then_gone(
    client: Client, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    waiting = taken_in()
    raw = waiting.incoming
    assert (tmp_path / "private" / raw).exists()
    for address in (f"/files/{raw}", f"/media/{raw}", waiting.url, f"/media/../private/{raw}"):
        assert client.get(address).status_code == 404

    with django_capture_on_commit_callbacks(execute=True):
        films.make_ready.func(waiting.pk)

    found = Film.objects.get(pk=waiting.pk)
    assert found.state == FilmState.READY
    assert found.has_sound
    assert found.poster is not None
    assert not (tmp_path / "private" / raw).exists()
    stored = [(tmp_path / "private" / name).read_bytes() for name in on_disk(tmp_path, "private")]
    assert len(stored) == 2
    assert not any(MARK in data or PLACE.encode() in data for data in stored)
    assert on_disk(tmp_path, "public") == []


def test_made_ready_twice_is_made_once(tmp_path: Path) -> None:
    found = ready()
    before = on_disk(tmp_path, "private")
    films.make_ready.func(found.pk)
    assert on_disk(tmp_path, "private") == before
    assert Picture.objects.count() == 1


def test_broken_film_is_refused_and_its_bytes_go(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    waiting = films.take_in(ContentFile(film()[:900]))
    with django_capture_on_commit_callbacks(execute=True):
        films.make_ready.func(waiting.pk)
    found = Film.objects.get(pk=waiting.pk)
    assert (found.state, found.refusal) == (FilmState.REFUSED, "broken")
    assert on_disk(tmp_path, "private") == []


@pytest.mark.parametrize(("data", "code"), [(b"", "empty"), (b"hello", "unknown")])
def test_what_can_be_told_at_once(data: bytes, code: str) -> None:
    with pytest.raises(FilmRefused) as refused:
        films.take_in(ContentFile(data))
    assert refused.value.code == code
    assert not Film.objects.exists()


def test_nothing_else_may_be_stored_as_film() -> None:
    with pytest.raises(TypeError):
        Film().file.save("a.mp4", ContentFile(film()))
    for name in ("a.mp4", "a.txt", "evidence/plan.pdf"):
        with pytest.raises(FilmRefused):
            default_storage.save(name, ContentFile(film()))
    with pytest.raises(FilmRefused):
        default_storage.save("private/films/a.mp4", ContentFile(b"<html>"))


# --- shown ------------------------------------------------------------------------------------
def test_private_until_approved_and_again_after(client: Client) -> None:
    found = ready()
    public = f"/media/films/{found.key}"
    for address in (found.url, f"{public}.mp4", f"{public}.vtt"):
        assert client.get(address).status_code == 404

    films.make_public(found)
    response = client.get(found.url)
    assert found.url == f"{public}.mp4"
    assert response.status_code == 200
    assert response["Content-Type"] == "video/mp4"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "max-age=300" in response["Cache-Control"]
    assert not response.cookies
    served = response.getvalue()
    assert MARK not in served
    assert PLACE.encode() not in served
    assert client.get(found.captions_url)["Content-Type"].startswith("text/vtt")

    films.make_private(found)
    for address in (f"{public}.mp4", f"{public}.vtt"):
        assert client.get(address).status_code == 404
    assert not Picture.objects.get().is_approved


def test_who_may_see_it_before(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    found = ready()
    user = get_user_model().objects.create_user("ada@example.org", "x" * 20)
    client.force_login(user)
    assert client.get(found.url).status_code == 404
    monkeypatch.setattr(films, "viewers", [lambda who, film: who.pk == user.pk])
    response = client.get(found.url)
    assert response.status_code == 200
    assert response.getvalue()
    assert "no-store" in response["Cache-Control"]
    assert client.get(found.captions_url).status_code == 200


@pytest.mark.parametrize("missing", ["description", "captions", "transcript"])
def test_no_film_without_words(missing: str) -> None:
    found = ready()
    setattr(found, missing, "")
    found.save()
    with pytest.raises(Refused):
        films.make_public(found)
    with pytest.raises(IntegrityError), transaction.atomic():
        Film.objects.update(approved_at="2026-11-25T10:00Z")


def test_silent_film_needs_no_captions() -> None:
    found = ready(sound=False)
    found.captions = ""
    found.save()
    films.make_public(found)
    assert found.is_approved


def test_destroyed_with_all_its_files(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        films.destroy(ready())
    assert not Film.objects.exists()
    assert not Picture.objects.exists()
    assert on_disk(tmp_path, "private") == []


# --- handed out in parts ------------------------------------------------------------------------
@pytest.fixture
def shown() -> tuple[str, bytes]:
    found = ready()
    films.make_public(found)
    with found.file.open() as file:
        return found.url, file.read()


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=100-", 100, None), ("bytes=-50", -50, None),
     ("bytes=10-99999999", 10, None)],
)  # fmt: skip
def test_parts(
    client: Client, shown: tuple[str, bytes], asked: str, first: int, last: int | None
) -> None:
    url, whole = shown
    response = client.get(url, headers={"range": asked})
    wanted = whole[first : None if last is None else last + 1]
    assert response.status_code == 206
    assert response.getvalue() == wanted
    assert int(response["Content-Length"]) == len(wanted)
    begin = first % len(whole)
    assert response["Content-Range"] == f"bytes {begin}-{begin + len(wanted) - 1}/{len(whole)}"


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0", "bytes=9-3"])
def test_no_such_part(client: Client, shown: tuple[str, bytes], asked: str) -> None:
    response = client.get(shown[0], headers={"range": asked})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(shown[1])}"


@pytest.mark.parametrize("asked", ["bytes=0-1,3-4", "lines=1-2", "bytes=a-b", "bytes=-"])
def test_other_wishes_get_the_whole(client: Client, shown: tuple[str, bytes], asked: str) -> None:
    response = client.get(shown[0], headers={"range": asked})
    assert response.getvalue() == shown[1]


def test_a_changed_film_is_not_continued(client: Client, shown: tuple[str, bytes]) -> None:
    url, _ = shown
    tag = client.get(url)["ETag"]
    for said, status in ((tag, 206), ('"another"', 200)):
        response = client.get(url, headers={"range": "bytes=5-", "if-range": said})
        assert response.status_code == status
        assert response.getvalue()
    assert client.get(url, headers={"if-none-match": tag}).status_code == 304


# --- the desk -----------------------------------------------------------------------------------
def test_a_film_put_in_as_a_document_or_a_picture_is_refused(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(get_user_model().objects.create_superuser("e@example.org", "x" * 20))
    for place, name in (("documents", "plan.pdf"), ("documents", "a.mp4"), ("images", "a.jpg")):
        file = SimpleUploadedFile(name, film())
        response = client.post(
            f"/desk/{place}/add/", {"title": "x", "file": file, "description": "x", "tags": ""},
            headers={"x-requested-with": "XMLHttpRequest"},
        )  # fmt: skip
        assert response.status_code < 500, (place, name)
    assert not any(MARK in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
