"""The storage: one door, two rooms, and no picture through it that was not made safe."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.test import Client
from PIL import Image

from benchside.core.media import PictureRefused
from benchside.core.storage import MediaStorage
from tests.core.pictures import MARK, PAYLOAD, encoded


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    own_media(settings, tmp_path)


def own_media(settings: Any, tmp_path: Path) -> None:
    """Files of a test lie in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "public"
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


def test_default_storage_is_the_safe_one() -> None:
    assert isinstance(storages["default"], MediaStorage)
    assert MediaStorage().deconstruct() == ("benchside.core.storage.MediaStorage", (), {})


def test_first_part_of_the_name_decides(tmp_path: Path) -> None:
    storage = MediaStorage()
    assert storage.save("public/a/b.txt", ContentFile(b"1")) == "public/a/b.txt"
    assert storage.save("private/a/b.txt", ContentFile(b"2")) == "private/a/b.txt"
    assert storage.save("documents/b.txt", ContentFile(b"3")) == "documents/b.txt"
    assert (tmp_path / "public/a/b.txt").read_bytes() == b"1"
    assert (tmp_path / "private/a/b.txt").read_bytes() == b"2"
    assert (tmp_path / "private/documents/b.txt").read_bytes() == b"3"


def test_private_files_have_no_public_address() -> None:
    storage = MediaStorage()
    assert storage.url("public/pictures/x/a.jpg") == "/media/pictures/x/a.jpg"
    assert storage.url("private/pictures/x/a.jpg") == "/files/pictures/x/a.jpg"
    with pytest.raises(NotImplementedError):
        storage.url("documents/a.pdf")


def test_reading_and_deleting() -> None:
    storage = MediaStorage()
    name = storage.save("public/a/b.txt", ContentFile(b"hello"))
    assert storage.exists(name)
    assert storage.size(name) == 5
    assert storage.listdir("public/a") == ([], ["b.txt"])
    assert storage.path(name).endswith("public/a/b.txt")
    with storage.open(name) as file:
        assert file.read() == b"hello"
    storage.delete(name)
    assert not storage.exists(name)


def test_taken_name_gets_another() -> None:
    storage = MediaStorage()
    first = storage.save("public/a.txt", ContentFile(b"1"))
    second = storage.save("public/a.txt", ContentFile(b"2"))
    assert first != second
    assert second.startswith("public/a_")


@pytest.mark.parametrize("name", ["public/../../x.txt", "private/../x.txt", "../x.txt", "/x.txt"])
def test_no_way_out_of_the_folder(name: str) -> None:
    with pytest.raises(SuspiciousFileOperation):
        MediaStorage().save(name, ContentFile(b"1"))


@pytest.mark.parametrize("name", ["evidence/photo.jpg", "evidence/notes.txt", "evidence/nothing"])
def test_picture_is_made_safe_whatever_it_calls_itself(name: str) -> None:
    """A photograph saved by any field of any room, under any name."""
    data = encoded("JPEG")
    assert MARK in data
    stored = default_storage.save(name, ContentFile(data))
    assert stored.endswith(".jpg")
    with default_storage.open(stored) as file:
        assert MARK not in file.read()


@pytest.mark.parametrize("name", ["a.jpg", "a.PNG", "a.svg", "a.heic"])
def test_what_only_calls_itself_a_picture_is_refused(name: str) -> None:
    with pytest.raises(PictureRefused):
        default_storage.save(name, ContentFile(PAYLOAD))


def test_svg_and_tiff_are_refused_under_any_name() -> None:
    tiff = BytesIO()
    Image.new("L", (3, 3)).save(tiff, "TIFF")
    for data in [b"<svg onload='alert(1)'/>", tiff.getvalue()]:
        with pytest.raises(PictureRefused):
            default_storage.save("a.txt", ContentFile(data))


@pytest.mark.parametrize("data", [b"name,post\nBM Smith,x", b"%PDF-1.7 ...", b"PK\x03\x04", b""])
def test_other_files_are_left_alone(data: bytes) -> None:
    name = default_storage.save("a.csv", ContentFile(data))
    with default_storage.open(name) as file:
        assert file.read() == data


# --- handed out -------------------------------------------------------------------------------
def test_public_file_is_handed_out(client: Client) -> None:
    name = default_storage.save("public/pictures/k/a.jpg", ContentFile(encoded("JPEG")))
    response = client.get(default_storage.url(name))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    caching = set(response["Cache-Control"].split(", "))
    assert caching == {"immutable", "max-age=31536000", "public", "s-maxage=300"}
    assert response.getvalue().startswith(b"\xff\xd8")
    assert not response.cookies


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/media/pictures/none.jpg",
        "/media/page.html",
        "/media/../private/secret.jpg",
        "/media/%2e%2e/private/secret.jpg",
        "/media/..%2fprivate%2fsecret.jpg",
        "/media//etc/secret.jpg",
        "/media/pictures",
        "/media/a%00.jpg",
    ],
)
def test_nothing_else_is(client: Client, address: str, tmp_path: Path) -> None:
    for folder in ("public", "private"):
        (tmp_path / folder).mkdir()
    (tmp_path / "public/page.html").write_bytes(PAYLOAD)
    (tmp_path / "private/secret.jpg").write_bytes(b"secret")
    assert client.get(address).status_code == 404


def test_public_files_are_only_read(client: Client) -> None:
    assert client.post("/media/a.jpg").status_code == 405
