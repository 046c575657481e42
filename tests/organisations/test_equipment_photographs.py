"""Photographs of equipment: what is taken in, what of it is kept."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from benchside.accounts.models import User
from benchside.core.models import Picture
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Organisation
from tests.core.pictures import MARK, PAYLOAD, encoded, place_of
from tests.factories.equipment import an_item, page, signed_in
from tests.factories.organisations import a_member, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Organisation:
    return an_organisation(town="Northmoor Town")


@pytest.fixture
def lead(here: Organisation) -> User:
    return a_member(here, MemberRole.LEAD)


# --- its photograph ------------------------------------------------------------------------------
def test_a_photograph_does_not_say_where_it_was_taken(here: Organisation, lead: User) -> None:
    item, client = an_item(here, lead, is_public=True), signed_in(lead)
    data = encoded("JPEG")
    assert place_of(data)  # the file tells where it was taken
    file = SimpleUploadedFile("mill.jpg", data, "image/jpeg")
    client.post(page("equipment_photo", item.pk), {"file": file, "description": "A green mill."})
    item.refresh_from_db()
    assert item.photo is not None
    with item.photo.file.open() as stored:
        kept = stored.read()
    assert kept
    assert place_of(kept) == {}
    assert MARK not in kept
    shown = Client().get(item.get_absolute_url()).content.decode()
    image = re.search(r'<img[^>]*alt="A green mill\."[^>]*>', shown)
    assert image is not None
    rendition = Client().get(image[0].split('src="')[1].split('"')[0])
    assert rendition.status_code == 200
    assert MARK not in b"".join(rendition)
    client.post(page("equipment_photo", item.pk), {"verb": "take-down"})
    item.refresh_from_db()
    assert item.photo is None
    assert not Picture.objects.exists()
    assert "A green mill." not in Client().get(item.get_absolute_url()).content.decode()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("filename", "data", "description"),
    [
        ("mill.svg", SVG, "A mill."),
        ("mill.jpg", SVG, "A mill."),
        ("mill.jpg", PAYLOAD, "A mill."),
        ("mill.jpg", encoded("JPEG"), ""),
        ("mill.jpg", encoded("JPEG"), "   "),
    ],
    ids=["SVG", "SVG by another name", "a page", "no words for it", "blank words for it"],
)
def test_what_is_no_photograph_with_words_is_not_taken_in(
    here: Organisation, lead: User, filename: str, data: bytes, description: str
) -> None:
    item, client = an_item(here, lead), signed_in(lead)
    told = client.post(
        page("equipment_photo", item.pk),
        {"file": SimpleUploadedFile(filename, data), "description": description},
    )
    assert told.status_code == 422
    assert "The photograph was not taken in" in told.content.decode()
    item.refresh_from_db()
    assert item.photo is None
    assert not Picture.objects.exists()
