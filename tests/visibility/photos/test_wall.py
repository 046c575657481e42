"""The wall: what hangs, in which order, by which address; and that nothing else is ever there."""

import json
import re
import uuid
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchside.careers.models import Role
from benchside.core.actions import Actor
from benchside.core.reading import grade
from benchside.visibility.enums import CampaignState, PhotoState
from benchside.visibility.models import Campaign, Photo
from benchside.visibility.photos import moderation
from benchside.visibility.photos.wall_queries import A_PAGE
from tests.factories.wall import a_photo, drawn, mo, on_the_wall

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
WAYS_OUT = ("/wall/", "/wall/screen/", "/wall/embed/", "/wall.atom", "/wall/schools/",
            "/api/v1/wall", "/sitemap.xml")  # fmt: skip


def captions(page: str) -> list[str]:
    return re.findall(r'<figcaption><a href="[^"]+">([^<]+)</a>', page)


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def copies(photo: Photo, count: int) -> None:
    """Many more on the wall, which share the drawn sizes of one: as quick as rows."""
    from benchside.core.models import Picture, Rendition

    picture = photo.picture
    assert picture is not None
    drawn_sizes = list(picture.renditions.all())
    fields = {f.attname: getattr(picture, f.attname) for f in Picture._meta.concrete_fields}
    pictures = []
    for _ in range(count):
        row = Picture(**{**fields, "id": None, "key": uuid.uuid4()})
        pictures.append(row)
    Picture.objects.bulk_create(pictures)
    Rendition.objects.bulk_create(
        Rendition(
            image=one, filter_spec=size.filter_spec, file=size.file.name, width=size.width,
            height=size.height, focal_point_key=size.focal_point_key,
        )
        for one in pictures
        for size in drawn_sizes
    )  # fmt: skip
    now = timezone.now()
    Photo.objects.bulk_create(
        Photo(
            state=PhotoState.APPROVED, picture=one, caption=f"Copy {number}", in_picture="nobody",
            approved_at=now - timezone.timedelta(minutes=number + 10), drawn_at=now,
            approved_by=uuid.uuid4(), school=f"School {number % 7}",
            school_slug=f"school-{number % 7}",
        )
        for number, one in enumerate(pictures)
    )  # fmt: skip


# --- what hangs -----------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [state for state in PhotoState if state != "approved"])
def test_nothing_leaves_by_any_way_before_approval(client: Client, state: str) -> None:
    more: dict[str, Any] = {
        "refused": {"refused_for": "quality"},
        "asked": {"question": "Who?"},
        "once-approved": {"child_may_be_seen": True, "first_approved_by": uuid.uuid4()},
    }.get(state, {})
    photo = a_photo(state, caption="Zebra waits", school="Zebra School", **more)
    Photo.objects.filter(pk=photo.pk).update(school_slug="zebra-school")
    for address in WAYS_OUT:
        assert "Zebra" not in read(client, address)
        assert str(photo.key) not in read(client, address)
    assert client.get(f"/wall/{photo.key}/").status_code == 404
    assert client.get(f"/api/v1/wall/{photo.key}").status_code == 404
    assert client.get("/wall/embed/?school=zebra-school").status_code == 404
    assert client.get("/wall.atom?school=zebra-school").status_code == 404
    name = photo.picture.file.name.removeprefix("private/")
    for path in (f"/media/{name}", f"/media/private/{name}", f"/media/originals/{name}"):
        assert client.get(path).status_code == 404


def test_approved_and_not_yet_drawn_hangs_nowhere(client: Client) -> None:
    photo = a_photo(caption="Zebra waits")
    moderation.approve(actor=Actor.of(mo()), photo=photo)
    for address in WAYS_OUT:
        assert "Zebra" not in read(client, address)


def test_a_page_of_the_wall_draws_nothing(client: Client) -> None:
    photo = on_the_wall()
    before = photo.picture.renditions.count()
    for address in (*WAYS_OUT, f"/wall/{photo.key}/", f"/api/v1/wall/{photo.key}"):
        read(client, address)
    assert photo.picture.renditions.count() == before == 6


def test_the_newest_hang_first_with_words_and_measures(client: Client) -> None:
    on_the_wall(ago=5, caption="Older")
    on_the_wall(ago=1, caption="Newer", data=drawn(300, 600))
    page = read(client, "/wall/")
    assert captions(page) == ["Newer", "Older"]
    assert "2 photographs" in page
    images = re.findall(r"<img [^>]+>", page)
    assert all('width="' in one and 'height="' in one for one in images)
    assert all('alt="A made-up technician"' in one for one in images)
    assert page.count("shot--tall") == 1
    assert "set-cookie" not in {name.lower() for name in client.get("/wall/").headers}


# --- reading on -----------------------------------------------------------------------------------
def test_reading_on_and_back_meets_each_picture_once(client: Client) -> None:
    copies(on_the_wall(caption="First"), 2 * A_PAGE + 5)
    met, address = [], "/wall/"
    while address:
        page = read(client, address)
        met += captions(page)
        found = re.search(r'href="([^"]+)" rel="next"', page)
        address = found[1].replace("&amp;", "&") if found else ""
    assert len(met) == len(set(met)) == 2 * A_PAGE + 6
    back = re.search(r'href="([^"]+)" rel="prev"', page)
    assert back is not None
    assert captions(read(client, back[1])) == met[A_PAGE : 2 * A_PAGE]


def test_two_approved_at_one_moment_are_both_met(client: Client) -> None:
    photo = on_the_wall()
    copies(photo, A_PAGE + 3)
    Photo.objects.update(approved_at=timezone.now())
    first = read(client, "/wall/")
    more = re.search(r'href="([^"]+)" rel="next"', first)
    assert more is not None
    both = captions(first) + captions(read(client, more[1]))
    assert len(both) == len(set(both)) == A_PAGE + 4


FAR = "older=7fffffffffffffff-1"
ODD = ["older=x", "older=zz-zz", "older=-1--1", "newer=" + "f" * 60, FAR, "year=0000", "year=%00"]


@pytest.mark.parametrize("asked", ODD)
def test_any_address_is_answered(client: Client, asked: str) -> None:
    on_the_wall()
    assert client.get(f"/wall/?{asked}").status_code == 200


@pytest.mark.parametrize("count", [3, 60])
def test_as_many_questions_at_any_size(client: Client, count: int) -> None:
    copies(on_the_wall(), count)
    client.get("/wall/")
    with CaptureQueriesContext(connection) as seen:
        client.get("/wall/")
    assert len(seen) == 7
    with CaptureQueriesContext(connection) as seen:
        client.get("/api/v1/wall?limit=50")
    assert len(seen) == 4


# --- narrowed -------------------------------------------------------------------------------------
def test_by_school_job_year_and_campaign(client: Client, db: None) -> None:
    from django.core.management import call_command

    call_command("load_catalogue", verbosity=0)
    today = timezone.localdate()
    campaign = Campaign.objects.create(
        slug="thanks", name="Thanks", state=CampaignState.OPEN, message="m", starts_on=today,
        ends_on=today,
    )  # fmt: skip
    role = Role.objects.get(slug="wind-turbine-technician")
    on_the_wall(caption="Here", school="Northmoor", role=role, campaign=campaign, year=2026)
    on_the_wall(caption="There", school="Southmoor", year=2025)
    for asked in ("school=northmoor", "trade=wind-turbine-technician", "year=2026",
                  "campaign=thanks", "school=northmoor&year=2026&campaign=thanks"):  # fmt: skip
        assert captions(read(client, f"/wall/?{asked}")) == ["Here"], asked
    nothing = read(client, "/wall/?school=southmoor&year=2026")
    assert "Nothing hangs here yet" in nothing
    unknown = read(client, "/wall/?school=atlantis")
    assert "no pictures of the school" in unknown
    assert len(captions(unknown)) == 2
    assert client.get("/api/v1/wall?school=atlantis").status_code == 422
    assert "There" in read(client, "/wall/embed/?school=southmoor")
    assert "Here" not in read(client, "/wall/embed/?school=southmoor")
    listed = read(client, "/wall/schools/")
    assert "?school=northmoor" in listed


# --- one ------------------------------------------------------------------------------------------
def test_one_has_its_neighbours(client: Client) -> None:
    newer, middle, older = (on_the_wall(ago=n, caption=f"No {n}") for n in (1, 2, 3))
    page = read(client, f"/wall/{middle.key}/")
    assert f'href="/wall/{newer.key}/" rel="prev"' in page
    assert 'rel="next"' in page
    assert str(older.key) in page
    assert f"http://testserver/wall/{middle.key}/" in page
    assert "kind=picture" in page


def test_the_concern_form_comes_filled_in(client: Client) -> None:
    page = read(client, "/concern/?about=/wall/&kind=picture")
    assert re.search(r'value="picture"[^>]*checked', page)


# --- for machines ---------------------------------------------------------------------------------
def test_a_control_sign_in_one_caption_breaks_no_feed(client: Client) -> None:
    on_the_wall(caption="Olu\x0b at \uffff the \x1b[31mlathe", display_name="Made-Up\x08 High")
    feed = ElementTree.fromstring(client.get("/wall.atom").content)
    titles = [one.text for one in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert "Olu at  the [31mlathe" in titles


def test_the_feed_is_atom_with_the_pictures_enclosed(client: Client) -> None:
    photo = on_the_wall(caption="Bench & lathe <1>", display_name="Olu & Edie")
    response = client.get("/wall.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{photo.key}"
    assert entry.findtext(f"{ATOM}title") == "Bench & lathe <1>"
    enclosure = entry.find(f"{ATOM}link[@rel='enclosure']")
    assert enclosure is not None
    path = enclosure.get("href", "").removeprefix("http://testserver")
    got = client.get(path)
    body = b"".join(got.streaming_content)  # type: ignore[arg-type]
    assert (got["Content-Type"], str(len(body))) == ("image/jpeg", enclosure.get("length"))


def test_json_has_the_same_and_reads_on(client: Client) -> None:
    copies(on_the_wall(), 4)
    page = json.loads(read(client, "/api/v1/wall?limit=3"))
    assert (len(page["items"]), page["total"]) == (3, 5)
    more = json.loads(read(client, page["next"].removeprefix("http://testserver")))
    assert len(more["items"]) == 2
    assert more["next"] is None
    one = json.loads(read(client, f"/api/v1/wall/{page['items'][0]['id']}"))
    assert one == page["items"][0]
    assert client.get("/api/v1/wall?older=x").status_code == 422
    assert client.get("/api/v1/wall?colour=red").status_code == 400


@pytest.mark.parametrize("address", ["/wall/", "/wall/schools/", "/wall/screen/", "/wall/embed/"])
def test_the_words_can_be_read_by_a_child(client: Client, address: str) -> None:
    on_the_wall(school="Northmoor")
    page = read(client, address)
    main = re.search(r"<main.*?</main>", page, re.S)
    assert main is not None
    words = re.sub(r"<[^>]+>", " ", re.sub(r"<(textarea|option).*?</\1>", "", main[0], flags=re.S))
    assert grade(words) <= 6.5


def test_a_hall_without_script_has_the_page_loaded_anew(client: Client) -> None:
    on_the_wall(school="Northmoor", caption="Hangs")
    assert "Refresh" not in client.get("/wall/screen/").headers
    page = read(client, "/wall/screen/?school=northmoor")
    assert "/wall/screen/?school=northmoor&amp;plain=yes" in page
    plain = client.get("/wall/screen/?school=northmoor&plain=yes")
    assert plain["Refresh"] == "60"
    assert "Hangs" in plain.content.decode()
    assert "<script" not in plain.content.decode()
