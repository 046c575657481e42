"""Hostile files by every way in: what is stored and served is a clean picture or nothing."""

from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from benchside.core.actions import VISITOR
from benchside.core.media import PictureRefused
from benchside.core.models import Picture
from benchside.visibility.enums import InPicture
from benchside.visibility.models import Photo
from benchside.visibility.photos import doors, sending
from tests.core.films import PLACE
from tests.core.hostile import FAMILIES
from tests.core.pictures import MARK
from tests.core.test_storage import own_media
from tests.visibility.photos.sent import filled_in, pledge, post, row

pytestmark = pytest.mark.django_db
NEVER_TAKEN = {"disguised", "bombs", "moving"}
ALWAYS_TAKEN = {"jpegs", "others", "appended"}
SIZES = ("max-300x300|format-webp", "width-100|format-avif", "max-200x200|format-jpeg")


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    own_media(settings, tmp_path)
    settings.REQUIRE_SECOND_FACTOR = False
    cache.clear()


def assert_clean(data: bytes, what: str) -> None:
    assert MARK not in data, what
    assert PLACE.encode() not in data, what
    for trace in (b"Exif\0", b"ns.adobe.com", b"Photoshop 3.0", b"<html", b"<?php", b"PK\x03\x04"):
        assert trace not in data, (what, trace)
    image = Image.open(BytesIO(data))
    image.load()
    assert image.format in {"JPEG", "PNG", "WEBP", "AVIF"}, what
    assert not dict(image.getexif()), what
    assert not dict(image.getexif().get_ifd(0x8825)), what
    assert MARK not in (image.info.get("icc_profile") or b""), what


def test_there_are_more_than_two_hundred() -> None:
    made = [data for make in FAMILIES.values() for data in make().values()]
    assert len(made) >= 200
    assert len(set(made)) >= 200


@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_sent_in_is_stored_clean_or_not_at_all(family: str, tmp_path: Path) -> None:
    for name, data in FAMILIES[family]().items():
        before = sum(1 for _ in tmp_path.rglob("*.*"))
        sent = sending.Sent(
            sending=uuid4(), file=ContentFile(data, name="a.jpg"), in_picture=InPicture.NOBODY,
            display_name="A bench", signed_as="Edie Made-Up", words="Yes.",
        )  # fmt: skip
        try:
            photo = sending.send_photo(actor=VISITOR, door=doors.OWN, sent=sent)
        except PictureRefused:
            assert family not in ALWAYS_TAKEN, name
            assert sum(1 for _ in tmp_path.rglob("*.*")) == before, name
            continue
        assert family not in NEVER_TAKEN, name
        assert photo.picture is not None
        with photo.picture.file.open() as file:
            assert_clean(file.read(), f"{family}: {name}")
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize("family", ["jpegs", "pngs", "others", "appended"])
def test_every_size_that_is_served_is_clean(family: str, tmp_path: Path, client: Client) -> None:
    for name, data in list(FAMILIES[family]().items())[:8]:
        try:
            picture = Picture.objects.create(
                title="x", description="A bench.", file=SimpleUploadedFile("a.jpg", data)
            )
        except PictureRefused:
            continue
        Picture.objects.filter(pk=picture.pk).update(approved_at="2026-11-25T10:00Z")
        for rendition in Picture.objects.get(pk=picture.pk).get_renditions(*SIZES).values():
            response = client.get(rendition.url)
            assert response.status_code == 200, name
            assert_clean(response.getvalue(), f"{family}: {name}")


def _by_code(client: Client, name: str, data: bytes) -> None:
    post(client, pledge().code, filled_in([row(0, data, name=name)]))


def _by_script(client: Client, name: str, data: bytes) -> None:
    post(client, pledge().code, filled_in([row(0, data, name=name)]), json=True)


def _from_my_space(client: Client, name: str, data: bytes) -> None:
    user = get_user_model().objects.create_user(f"{uuid4().hex}@benchside.example", "x" * 20)
    client.force_login(user)
    client.post(
        "/my/photos/send/", filled_in([row(0, data, name=name)]),
        headers={"origin": "http://testserver"},
    )  # fmt: skip


def _at_the_desk(client: Client, name: str, data: bytes, place: str = "images") -> None:
    address = f"{uuid4().hex}@benchside.example"
    client.force_login(get_user_model().objects.create_superuser(address, "x" * 20))
    file = SimpleUploadedFile(name, data)
    response = client.post(
        f"/desk/{place}/add/",
        {"title": "x", "description": "A bench", "tags": "", "collection": 1, "file": file},
    )
    assert response.status_code < 500, name


def _as_a_document(client: Client, name: str, data: bytes) -> None:
    _at_the_desk(client, f"{name.rpartition('.')[0]}.pdf", data, place="documents")


WAYS = {
    "by code": _by_code,
    "by script": _by_script,
    "from my space": _from_my_space,
    "at the desk": _at_the_desk,
    "as a document": _as_a_document,
}
SOME = [
    ("jpegs", "IPTC"), ("jpegs", "thumbnail and MakerNote"), ("jpegs", "C2PA"), ("pngs", "eXIf"),
    ("others", "all of HEIF"), ("others", "all of AVIF"), ("others", "WebP EXIF twice"),
    ("appended", "PHP after JPEG"), ("appended", "motion photo after JPEG"),
    ("disguised", "SVG called a.png"), ("bombs", "PNG of (30000, 30000)"), ("moving", "GIF"),
    ("moving", "film called a picture"), ("truncated", "60% of a JPEG"), ("strange", "TIFF"),
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_by_every_way_in(client: Client, way: str, tmp_path: Path) -> None:
    families = {family: FAMILIES[family]() for family, _ in SOME}
    for family, name in SOME:
        WAYS[way](client, "a.jpg", families[family][name])
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept, "nothing came in at all, so this proves nothing"
    for path in kept:
        assert_clean(path.read_bytes(), f"{way}: {path.name}")
    assert Photo.objects.exists() or way in {"at the desk", "as a document"}
