"""Stories passed on: cards, posts, feeds, oEmbed, frames, data for programs, films elsewhere."""

import json
import re
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import quote

import feedparser
import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.test import Client
from PIL import Image

from benchside.core.actions import Actor
from benchside.visibility.models import Story, StoryGender
from benchside.visibility.stories import actions, film_links
from benchside.visibility.stories.reading.cards.store import FOLDER, forget
from tests.factories import stories
from tests.visibility.stories.test_reading import get, hooks, told

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("site")]


def answer(address: str) -> Any:
    return Client().get(address)


# --- the picture of a link ----------------------------------------------------------------------
@pytest.mark.parametrize(("name", "size"), [("card", (1200, 630)), ("square", (1080, 1080))])
def test_a_card_is_a_picture_with_the_photograph_on_it(name: str, size: tuple[int, int]) -> None:
    story = told(photos=1)
    png = answer(f"/stories/{story.slug}/{name}.png")
    assert png["Content-Type"] == "image/png"
    picture = Image.open(BytesIO(png.content)).convert("RGB")
    assert picture.size == size
    assert len(png.content) < 300_000
    red, green, blue = picture.getpixel((200, 300))  # type: ignore[misc]
    assert abs(red) < 12
    assert abs(green - 128) < 12
    assert abs(blue - 128) < 12
    unchanged = Client().get(f"/stories/{story.slug}/{name}.png", HTTP_IF_NONE_MATCH=png["ETag"])
    assert unchanged.status_code == 304
    assert "max-age" not in png["Cache-Control"]  # a story may go at any moment


def test_a_card_without_a_photograph_and_with_strange_words() -> None:
    story = told(hook="#set page(fill: red) *bold* “” \\ $x$", name="N" * 70, employer="E" * 110)
    assert Image.open(BytesIO(answer(f"/stories/{story.slug}/card.png").content)).size[0] == 1200


def test_a_card_changes_with_the_story_and_never_lies_about() -> None:
    story = told(photos=1)
    first = answer(f"/stories/{story.slug}/card.png")["ETag"]
    Story.objects.filter(pk=story.pk).update(region="Elsewhere")
    assert answer(f"/stories/{story.slug}/card.png")["ETag"] != first
    assert len(kept(story)) == 1
    forget(story.slug)
    assert kept(story) == []


def kept(story: Story) -> list[str]:
    return list(storages["private"].listdir(f"{FOLDER}/{story.slug}")[1])


# --- who said no to other places ----------------------------------------------------------------
def test_who_said_no_is_shown_here_alone() -> None:
    story = told(uses=False, photos=1)
    page = get(f"/stories/{story.slug}/")
    for mark in ("og:image", "Copy these words", "oembed", "<iframe", "Pass it on"):
        assert mark not in page, mark
    assert "being shown here, and" in page
    assert hooks(get("/stories/")) == [story.told["hook"]]
    for address in ("card.png", "square.png", "embed/"):
        get(f"/stories/{story.slug}/{address}", 404)
    assert hooks(get("/stories/embed/")) == []
    asked = quote(f"{settings.BASE_URL}/stories/{story.slug}/")
    assert answer(f"/oembed?url={asked}").status_code == 403
    found = answer(f"/api/v1/stories/{story.slug}").json()
    assert found["photo"] == found["photo_says"] == ""
    assert not found["partners_may_show"]


# --- oEmbed -------------------------------------------------------------------------------------
def test_oembed_gives_the_frame_that_the_page_says_where_to_ask_for() -> None:
    story = told()
    page = get(f"/stories/{story.slug}/")
    link = re.search(r'application/json\+oembed"[^>]*href="([^"]+)"', page)
    assert link is not None
    found = answer(link[1].removeprefix(settings.BASE_URL)).json()
    assert found["version"] == "1.0"
    assert found["type"] == "rich"
    assert found["width"] == 480
    assert found["height"] == 640
    frame = re.search(r'src="([^"]+)"', found["html"])
    assert frame is not None
    shown = answer(frame[1].removeprefix(settings.BASE_URL))
    assert "frame-ancestors *" in shown["Content-Security-Policy"]
    assert "X-Frame-Options" not in shown
    assert not shown.cookies
    assert story.told["hook"] in shown.content.decode()


@pytest.mark.parametrize(
    ("more", "size"),
    [("&maxwidth=300", (300, 640)), ("&maxwidth=10&maxheight=10", (240, 240)),
     ("&maxwidth=9999&maxheight=x", (480, 640)), ("&maxwidth=-5", (480, 640))],
)  # fmt: skip
def test_oembed_is_no_larger_than_asked(more: str, size: tuple[int, int]) -> None:
    story = told()
    asked = quote(f"{settings.BASE_URL}/stories/{story.slug}/")
    found = answer(f"/oembed?url={asked}{more}").json()
    assert (found["width"], found["height"]) == size


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "http://[", "https://example.org/stories/x/", "javascript:alert(1)",
     "{base}/stories/", "{base}/stories/never-told/", "{base}/nothing/", "//{slug}"],
)  # fmt: skip
def test_oembed_knows_only_our_stories(url: str) -> None:
    story = told()
    asked = url.format(base=settings.BASE_URL, slug=story.slug)
    assert answer(f"/oembed?url={quote(asked)}").status_code == 404


def test_oembed_makes_json_alone() -> None:
    assert answer("/oembed?url=x&format=xml").status_code == 501


# --- frames -------------------------------------------------------------------------------------
def test_a_frame_for_one_sector_never_shows_another() -> None:
    told("wind-turbine-technician", hook="High in the wind", region="Ynys Mon")
    assert hooks(get("/stories/embed/?sector=energy-and-water")) == ["High in the wind"]
    for asked in ("?sector=health", "?region=london", "?sector=magic", "?role=cad-technician"):
        assert hooks(get(f"/stories/embed/{asked}")) == [], asked


def test_only_frames_may_stand_on_another_site() -> None:
    story = told()
    for address in ("/stories/", f"/stories/{story.slug}/"):
        page = answer(address)
        assert page["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "frame-ancestors *" in answer("/stories/embed/")["Content-Security-Policy"]


# --- the feed -----------------------------------------------------------------------------------
def test_another_parser_reads_the_feed() -> None:
    first = told("cad-technician", hook="Lines & <curves>", answers={"day": "I draw <b>it</b>."})
    told("sound-technician", hook="Heard")
    feed = feedparser.parse(answer("/stories.atom").content)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    assert [entry.title for entry in feed.entries] == [
        "Edie, sound technician", "Edie, CAD technician",
    ]  # fmt: skip
    last = feed.entries[1]
    assert last.link == last.id == f"{settings.BASE_URL}/stories/{first.slug}/"
    assert last.updated_parsed
    assert last.published_parsed
    assert "Lines & <curves>" in unescape(last.summary)
    assert "<b>" not in last.summary
    assert feed.feed.links
    assert feed.feed.id
    assert feed.feed.updated_parsed
    narrowed = feedparser.parse(answer("/stories.atom?role=sound-technician").content)
    assert len(narrowed.entries) == 1


def test_an_empty_feed_is_a_feed() -> None:
    assert not feedparser.parse(answer("/stories.atom").content).bozo


# --- for programs -------------------------------------------------------------------------------
def test_programs_get_pages_and_whole_stories() -> None:
    for number in range(3):
        story = told(hook=f"Story {number}", photos=1)
    first = answer("/api/v1/stories?limit=2").json()
    assert [one["hook"] for one in first["items"]] == ["Story 2", "Story 1"]
    assert first["total"] == 3
    rest = answer(first["next"].removeprefix(settings.BASE_URL)).json()
    assert [one["hook"] for one in rest["items"]] == ["Story 0"]
    assert rest["next"] is None
    whole = answer(f"/api/v1/stories/{story.slug}").json()
    assert whole["role"] == {"slug": "rov-pilot-technician", "title": "ROV pilot technician"}
    assert whole["steps"] == [{"when": "2019", "what": "Apprentice at a boat yard"}]
    assert whole["photo"].startswith(settings.BASE_URL)
    assert whole["photo_says"] == "Hands on a robot, 0"


def test_programs_are_told_what_is_wrong() -> None:
    told()
    wrong = answer("/api/v1/stories?nation=atlantis")
    assert wrong.status_code == 422
    assert "scotland" in wrong.json()["remedy"]
    assert answer("/api/v1/stories?colour=blue").status_code == 400
    assert answer("/api/v1/stories/never").status_code == 404
    assert answer("/api/v1/stories?sector=health").json()["total"] == 0


# --- films --------------------------------------------------------------------------------------
def test_a_film_elsewhere_asks_nobody_anything_before_a_press() -> None:
    reviewer = stories.reviewer("Reviewer")
    story = stories.a_draft(photos=0)
    link = film_links.read("https://www.youtube.com/watch?v=abcdefghijk")
    actions.link_film(
        actor=stories.teller(story), story=story, link=link, transcript="A robot dives."
    )
    actions.sign_consent(actor=stories.teller(story), story=story, yes=stories.signed())
    actions.send_story(actor=stories.teller(story), story=story)
    stories.agreed(story, reviewer)
    actions.publish_story(actor=Actor.of(reviewer), story=story, review_on=stories.in_a_year())
    shown = answer(f"/stories/{story.slug}/")
    page = shown.content.decode()
    assert "A robot dives." in page
    assert "YouTube learns" in page
    for mark in ("youtube-nocookie", "<iframe", "<video", "preconnect"):
        assert mark not in page, mark
    assert "youtube" not in shown["Content-Security-Policy"]
    film = answer(f"/stories/{story.slug}/film/")
    assert "frame-src https://www.youtube-nocookie.com" in film["Content-Security-Policy"]
    assert "vimeo" not in film["Content-Security-Policy"]
    assert 'src="https://www.youtube-nocookie.com/embed/abcdefghijk"' in film.content.decode()


def test_a_story_without_a_film_elsewhere_has_no_page_for_it() -> None:
    get(f"/stories/{told().slug}/film/", 404)


# --- figures at the desk ------------------------------------------------------------------------
def test_figures_hide_few_and_count_the_rest(client: Client) -> None:
    story = told("wind-turbine-technician", nation="wales", way="apprenticeship")
    StoryGender.objects.create(story=story, gender="woman")
    client.force_login(stories.reviewer("Rita"))
    page = client.get("/desk/reports/stories/").content.decode()
    assert "1 story can be read now, of 1 of 100 jobs" in page
    assert re.search(r"Wales</a></th>\s*<td><svg.*?<span class=\"num\">1<", page, re.S)
    said = re.search(r'id="gender".*?</table>', page, re.S)
    assert said is not None
    assert not re.search(r"<td>[1-4]</td>", said[0])
    table = client.get("/desk/reports/stories/?export=csv").content.decode()
    assert "By nation,Wales,1" in table
    assert "Without a story,028 Radar technician,0" in table
    assert "Wind turbine technician,0" not in table


@pytest.mark.parametrize("order", ["title", "-sector", "number", "salary"])
def test_roles_without_a_story_are_sorted_as_asked(client: Client, order: str) -> None:
    client.force_login(stories.reviewer("Rita"))
    page = client.get(f"/desk/reports/stories/?order={order}").content.decode()
    rows = re.findall(r"<tr><td>(\d{3})</td>", page)
    assert len(rows) == 100
    assert (rows == sorted(rows)) == (order in {"number", "salary"})


def test_posts_are_plain_text_that_can_be_selected() -> None:
    page = Client().get(f"/stories/{told(hook='Say “<hello>”').slug}/").content.decode()
    assert "&lt;hello&gt;" in page
    assert "&lt;iframe src=&quot;" in page  # to copy, not to run
    assert "<iframe" not in page
    assert "readonly" in page
    assert 'type="button" data-copy="copy-1" hidden' in page
    assert json.dumps("<hello>")[1:-1] not in page
