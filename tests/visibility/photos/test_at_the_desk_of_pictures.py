"""What was sent in is for moderators alone: the desk of pictures, where editors arrange those of
pages, neither shows it, lists it, offers it, makes it public nor throws it away."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from benchside.accounts.models import User
from benchside.core import pictures
from benchside.core.actions import Actor, Denied
from benchside.core.models import Picture
from benchside.visibility.enums import InPicture
from benchside.visibility.models import Photo
from tests.factories.desk import edith
from tests.factories.wall import a_photo, a_picture, mo, on_the_wall

pytestmark = pytest.mark.django_db


def boss() -> User:
    return get_user_model().objects.create_superuser("boss@example.org", "x" * 20)


WHO = pytest.mark.parametrize("who", [edith, boss])


def desk(user: User, settings: Any) -> Client:
    settings.REQUIRE_SECOND_FACTOR = False
    client = Client()
    client.force_login(user)
    return client


def a_childs() -> tuple[Photo, list[Picture]]:
    """A photograph whose face was covered: what it was before lies there still."""
    before = a_picture(description="With her face")
    photo = a_photo(in_picture=InPicture.CHILD, child_may_be_seen=True, original=before)
    assert photo.picture is not None
    return photo, [photo.picture, before]


@WHO
@pytest.mark.parametrize("verb", ["approve", "withdraw", "remove"])
def test_no_verb_of_the_desk_reaches_it(who: Any, verb: str) -> None:
    user, (_, kept) = who(), a_childs()
    for picture in kept:
        with pytest.raises(Denied):
            getattr(pictures, verb)(actor=Actor.of(user), picture=picture)
    assert not Picture.objects.filter(approved_at__isnull=False).exists()
    assert Picture.objects.count() == 2


@WHO
def test_no_page_of_the_desk_knows_it(who: Any, settings: Any) -> None:
    client, (_, kept) = desk(who(), settings), a_childs()
    free = a_picture(description="An oven")
    for picture in kept:
        for way in (
            f"/desk/images/{picture.pk}/",
            f"/desk/images/{picture.pk}/delete/",
            f"/desk/images/{picture.pk}/preview/original/",
            f"/desk/images/chooser/{picture.pk}/",
            f"/desk/images/chooser/{picture.pk}/select_format/",
            f"/desk/api/main/images/{picture.pk}/",
        ):
            answer = client.get(way)
            assert answer.status_code in {302, 403, 404}, way
    for listing in ("/desk/images/", "/desk/images/chooser/results/", "/desk/api/main/images/"):
        shown = client.get(listing).content.decode()
        for picture in kept:
            assert f"/{picture.pk}/" not in shown, listing
        assert f"/{free.pk}/" in shown, listing


@WHO
def test_not_in_bulk_either(who: Any, settings: Any) -> None:
    client, (_, kept) = desk(who(), settings), a_childs()
    ids = "&".join(f"id={picture.pk}" for picture in kept)
    for action in ("approve", "withdraw", "delete", "add_to_collection"):
        client.post(f"/desk/bulk/core/picture/{action}/?{ids}&next=/desk/images/")
    assert Picture.objects.filter(approved_at__isnull=True).count() == 2


def test_on_the_wall_it_is_the_moderators_still() -> None:
    photo = on_the_wall()
    with pytest.raises(Denied):
        pictures.withdraw(actor=Actor.of(edith()), picture=photo.picture)


def test_a_moderator_sees_it() -> None:
    moderator, editor, (_, kept) = mo(), edith(), a_childs()
    assert all(pictures.may_see(moderator, picture) for picture in kept)
    assert not any(pictures.may_see(editor, picture) for picture in kept)
