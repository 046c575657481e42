"""Off the wall means off every page, feed and file at once, page cache on."""

import re

import pytest
from django.test import Client

from benchside.core.actions import SYSTEM, VISITOR, Actor
from benchside.core.states import move
from benchside.visibility.models import Photo
from benchside.visibility.photos import moderation
from benchside.visibility.photos.states import PHOTO
from tests.factories.wall import mo, on_the_wall
from tests.visibility.test_obeyed_at_once import Front

pytestmark = pytest.mark.django_db(transaction=True)


def take_off(photo: Photo, how: str) -> None:
    if how == "withdraw":
        move(table=PHOTO, subject=photo, verb="withdraw", actor=SYSTEM)
        moderation.wall_events.gone(photo)
    elif how == "report":
        for _ in range(moderation.REPORTS_THAT_HIDE):
            moderation.report(actor=VISITOR, photo=photo)
    else:
        getattr(moderation, how)(actor=Actor.of(mo()), photo=photo)


@pytest.mark.parametrize("how", ["hide", "raise_child", "look_again", "report", "withdraw"])
def test_what_is_taken_off_is_on_no_page_any_more(how: str) -> None:
    photo = on_the_wall(caption="Zebra hangs", school="Zebra")
    front = Front()
    one = f"/wall/{photo.key}/"
    pages = ["/wall/", "/wall.atom", "/wall/embed/", "/wall/screen/", "/wall/schools/",
             "/wall/?school=zebra", "/api/v1/wall", f"/api/v1/wall/{photo.key}", one]  # fmt: skip
    for _ in range(2):
        assert all("Zebra" in front.get(page) for page in pages)
    assert front.asked == len(pages)  # the second time the cache answered
    assert str(photo.key) in front.get("/sitemap.xml")
    take_off(photo, how)
    assert [page for page in pages if "Zebra hangs" in front.get(page)] == []
    assert front.status(one).startswith("404")
    assert str(photo.key) not in front.get("/sitemap.xml")


@pytest.mark.parametrize("how", ["hide", "raise_child", "look_again", "report"])
def test_its_files_are_gone_with_it(how: str) -> None:
    photo = on_the_wall()
    assert photo.picture is not None
    names = [one.file.name.removeprefix("public/") for one in photo.picture.renditions.all()]
    client = Client()

    def status(name: str) -> int:
        response = client.get(f"/media/{name}")
        response.close()
        return response.status_code

    assert {status(name) for name in names} == {200}
    take_off(photo, how)
    assert {status(name) for name in names} == {404}


def test_three_visitors_who_report_a_picture_take_it_off() -> None:
    photo, other = on_the_wall(caption="Zebra hangs"), on_the_wall()
    client = Client(HTTP_REFERER="http://testserver/concern/")
    page = client.get(f"/concern/?about=/wall/{photo.key}/&kind=picture").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    said = {"token": token[1], "kind": "picture", "about": f"/wall/{photo.key}/"}
    for count in range(moderation.REPORTS_THAT_HIDE):
        assert Photo.objects.get(pk=photo.pk).reports == count
        assert client.post("/concern/", said).status_code == 302
    held = Photo.objects.get(pk=photo.pk)
    assert (held.state, held.hidden_for) == ("hidden", "reports")
    assert Photo.objects.get(pk=other.pk).state == "approved"
    # About another page it is no report of a picture.
    client.post("/concern/", said | {"about": "/wall/"})
    assert Photo.objects.get(pk=other.pk).reports == 0
