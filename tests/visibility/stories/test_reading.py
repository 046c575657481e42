"""What the world reads of stories: the list, one story, and that nothing else is told."""

import json
import re
import uuid
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from benchside.careers.models import Role
from benchside.core.actions import Actor
from benchside.visibility.enums import CampaignState, NameMode
from benchside.visibility.models import Campaign, Story, StoryPage
from benchside.visibility.stories import actions
from benchside.visibility.stories.reading import elsewhere, queries
from tests.factories import stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
SURNAME = "Featherstonehaugh"


def get(address: str, status: int = 200, **headers: Any) -> str:
    answer = Client().get(address, **headers)
    assert answer.status_code == status, f"{address}: {answer.status_code}"
    return unescape(answer.content.decode())


def told(role: str = "rov-pilot-technician", *, uses: bool = True, **values: Any) -> Story:
    """A published story of one role; `uses` says yes to every place."""
    values = {"role": stories.a_role(role), **values}
    reviewer = stories.reviewer(f"Reviewer {Story.objects.count()}")
    draft = stories.a_draft(photos=values.pop("photos", 0), **values)
    yes = stories.signed(on_social=uses, in_print=uses, by_partners=uses)
    actions.sign_consent(actor=stories.teller(draft), story=draft, yes=yes)
    actions.send_story(actor=stories.teller(draft), story=draft)
    stories.agreed(draft, reviewer)
    actions.publish_story(actor=Actor.of(reviewer), story=draft, review_on=stories.in_a_year())
    return draft


def hooks(page: str) -> list[str]:
    return re.findall(r"<h3><a[^>]*>“([^”]+)”", page)


# --- the list -----------------------------------------------------------------------------------
def test_it_says_what_to_do_while_nobody_has_told_anything() -> None:
    page = get("/stories/")
    assert "Nobody has told a story yet" in page
    assert "Tell your story" in page
    assert "Nobody has told a story yet" not in get("/")
    assert "Ask somebody" not in get("/")


def test_what_is_not_published_is_nowhere() -> None:
    draft, sent = stories.a_draft(hook="Still a draft"), stories.a_sent_story(hook="Only sent")
    for address in ("/stories/", "/stories.atom", "/stories/embed/", "/api/v1/stories",
                    "/sitemap.xml", "/search/?q=only+sent", "/"):  # fmt: skip
        page = get(address)
        for told_too_soon in ("Only sent", "Still a draft", sent.slug, draft.slug):
            assert told_too_soon not in page, address
    get(f"/stories/{sent.slug}/", 404)
    get(f"/stories/{sent.slug}/embed/", 404)


def test_newest_first_and_sorted_as_asked() -> None:
    told("wind-turbine-technician", hook="First told", years_in_role=9)
    told("cad-technician", hook="Then told", years_in_role=1)
    assert hooks(get("/stories/")) == ["Then told", "First told"]
    assert hooks(get("/stories/?sort=job")) == ["Then told", "First told"]
    assert hooks(get("/stories/?sort=years")) == ["Then told", "First told"]
    told("animal-technologist", hook="Last told", years_in_role=30)
    assert hooks(get("/stories/?sort=job"))[0] == "Last told"
    assert hooks(get("/stories/?sort=years"))[-1] == "Last told"


FILTERED = {
    "sector": "energy-and-water",
    "role": "wind-turbine-technician",
    "way": "apprenticeship",
    "nation": "wales",
    "region": "ynys-mon",
    "letters": "EngTech",
}


@pytest.fixture
def two() -> None:
    told(
        "wind-turbine-technician", hook="High in the wind", way="apprenticeship", nation="wales",
        region="Ynys Môn", letters="BSc, EngTech",
    )  # fmt: skip
    told(
        "lighting-technician", hook="In the dark", way="t-level", nation="england",
        region="London", letters="RSci",
    )  # fmt: skip


@pytest.mark.parametrize("name", FILTERED)
@pytest.mark.usefixtures("two")
def test_each_filter_narrows_and_counts(name: str) -> None:
    page = get(f"/stories/?{name}={FILTERED[name]}")
    assert hooks(page) == ["High in the wind"]
    box = re.search(rf'value="{FILTERED[name]}" checked>.*?<span class="n">(\d+)', page)
    assert box is not None
    assert box[1] == "1"


@pytest.mark.usefixtures("two")
def test_filters_together_and_words() -> None:
    assert hooks(get("/stories/?nation=wales&nation=england")) == [
        "In the dark",
        "High in the wind",
    ]
    page = get("/stories/?nation=wales&way=t-level")
    assert "Nobody fits all of that yet" in page
    assert "Take away Wales" in page
    assert "Take away T Level" in page
    assert hooks(get("/stories/?q=WIND+high")) == ["High in the wind"]
    assert hooks(get("/stories/?q=dark+lighting")) == ["In the dark"]
    assert hooks(get("/stories/?q=dark+high")) == []


@pytest.mark.usefixtures("two")
def test_letters_are_whole_words() -> None:
    assert hooks(get("/stories/?letters=RSci")) == ["In the dark"]
    assert hooks(get("/stories/?letters=IEng")) == []


def test_a_role_near_to_theirs_finds_them_too() -> None:
    story = told("lighting-technician", hook="In the dark")
    story.more_roles.set([stories.a_role("sound-technician")])
    assert hooks(get("/stories/?role=sound-technician")) == ["In the dark"]


@pytest.mark.usefixtures("two")
def test_what_cannot_be_used_is_named() -> None:
    page = get("/stories/?nation=atlantis&colour=blue&sort=salary")
    assert "“atlantis”" in page
    assert "“colour”" in page
    assert "“salary”" in page
    assert hooks(page) == ["In the dark", "High in the wind"]


def test_a_page_beyond_the_last_shows_the_last_and_says_so() -> None:
    told()
    assert "There is no page 7" in get("/stories/?page=7", 404)


@pytest.mark.parametrize(
    "address",
    ["?q=%00", "?q=" + "a" * 5000, "?region=%27%22", "?page=99999999999999", "?page=-1",
     "?nation=%28%5B", "?q=%25_%27", "?sector=" + "x" * 3000, "?role=&role=", "?page=²"],
)  # fmt: skip
def test_no_address_breaks_it(address: str) -> None:
    told()
    for page in ("/stories/", "/stories/embed/", "/stories.atom"):
        assert Client().get(f"{page}{address}").status_code in {200, 404}


# --- one story ----------------------------------------------------------------------------------
def test_the_page_shows_words_route_school_and_consent() -> None:
    story = told(
        answers={"day": "I check it twice.", "school": "I took clocks apart."},
        route=[{"when": "2019", "what": "Apprentice at a boat yard"}], letters="RSciTech",
    )  # fmt: skip
    page = get(f"/stories/{story.slug}/")
    for words in ("I check it twice.", "Apprentice at a boat yard", "I took clocks apart.",
                  "RSciTech", "Edie said yes to being shown here", "on social media, in print and",
                  "Is something wrong? Tell us", "/careers/quiz/",
                  "/careers/roles/rov-pilot-technician/#ways"):  # fmt: skip
        assert words in page, words
    assert page.count("I took clocks apart.") == 2  # once on the page, and in what machines read


def test_strange_words_stay_words() -> None:
    strange = "</script><b>Bold & “brave”"
    story = told(hook=strange, answers={"day": strange}, employer="<i>Firm", region="<u>Here")
    page = Client().get(f"/stories/{story.slug}/").content.decode()
    for tag in ("<b>Bold", "<i>Firm", "<u>Here"):
        assert tag not in page
    assert article(page)["headline"] == strange


def test_a_control_sign_in_one_story_breaks_no_feed() -> None:
    told(employer="Nowhere\x0b \ud7ff Marine", hook="I fly\x1b robots \uffff.", name="E\x08die")
    feed = ElementTree.fromstring(get("/stories.atom"))
    titles = [one.text or "" for one in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert any(title.startswith("Edie,") for title in titles)
    get("/sitemap.xml")


def article(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found is not None
    kept: dict[str, Any] = json.loads(found[1])
    return kept


def test_machines_are_told_what_is_shown_and_no_more() -> None:
    story = told(photos=1, letters="EngTech")
    found = article(get(f"/stories/{story.slug}/"))
    assert found["@type"] == "Article"
    assert found["mentions"] == {
        "@type": "Person", "name": "Edie", "jobTitle": "ROV pilot technician",
        "honorificSuffix": "EngTech",
        "worksFor": {"@type": "Organization", "name": "Madeup Marine"},
    }  # fmt: skip
    assert found["about"]["url"].endswith("/careers/roles/rov-pilot-technician/")
    assert found["image"]["caption"] == "Hands on a robot, 0"


@pytest.mark.parametrize("mode", [NameMode.FIRST, NameMode.EMPLOYER])
def test_no_way_out_tells_a_name_that_is_hidden(mode: NameMode, monkeypatch: Any) -> None:
    monkeypatch.setattr(stories, "SIGNED", f"Edie {SURNAME}")
    story = told(photos=1, name_mode=mode, name="Edie" if mode == NameMode.FIRST else "")
    for address in (
        f"/stories/{story.slug}/", "/stories/", "/stories.atom", f"/stories/{story.slug}/embed/",
        f"/api/v1/stories/{story.slug}", f"/oembed?url={home()}/stories/{story.slug}/", "/",
        "/careers/roles/rov-pilot-technician/", "/search/?q=robot", f"/search/?q={SURNAME}x",
    ):  # fmt: skip
        assert SURNAME.lower() not in get(address).lower().replace(f"{SURNAME.lower()}x", "")
    if mode == NameMode.EMPLOYER:
        page = get(f"/stories/{story.slug}/")
        assert "Edie" not in page
        assert "mentions" not in article(page)
        assert "this technician" in page.lower()


def home() -> str:
    return "http://testserver"


# --- beside other things ------------------------------------------------------------------------
def test_a_role_shows_who_does_it_and_asks_where_nobody_does() -> None:
    told("wind-turbine-technician", hook="High in the wind")
    page = get("/careers/roles/wind-turbine-technician/")
    assert "“High in the wind”" in page
    assert "Read Edie’s story" in page
    assert "Nobody has told us about it yet" in get("/careers/roles/radar-technician/")


def test_a_sector_and_the_first_page_show_them() -> None:
    told("wind-turbine-technician", hook="High in the wind")
    assert "High in the wind" in get("/careers/sectors/energy-and-water/")
    assert "High in the wind" not in get("/careers/sectors/health/")
    assert "High in the wind" in get("/")


def test_a_quiz_leads_to_somebody_who_does_what_it_found() -> None:
    answers = {"card-calm-dog": "2", "card-cake-stall": "0"}
    before = Client().post("/careers/quiz/result/", answers).content.decode()
    slug = re.findall(r'data-quiz-role="([^"]+)"', before)[0]
    told(slug, hook="I do the very first")
    for address in ("/careers/quiz/result/", "/careers/quiz/embed/result/"):
        page = Client().post(address, answers).content.decode()
        assert "I do the very first" in page
    assert 'target="_blank"' in page.split("I do the very first")[0].rsplit("<h3>", 1)[1]


def test_best_match_first_and_each_job_once() -> None:
    for number in range(3):
        told("cad-technician", hook=f"Drawn {number}")
    told("sound-technician", hook="Heard")
    shown = elsewhere.beside_result("sound-technician,cad-technician", None)
    assert shown is not None
    assert [card.hook for card in shown["cards"]] == ["Heard", "Drawn 2", "Drawn 1"]


def test_the_search_finds_what_is_told_now() -> None:
    story = told(hook="Zebra crossing lights")
    assert story.slug in get("/search/?q=zebra")
    actions.withdraw_story(actor=stories.teller(story), story=story)
    assert story.slug not in get("/search/?q=zebra")


def test_roles_without_a_story_are_those_nobody_tells_of() -> None:
    told("wind-turbine-technician")
    slugs = {role.slug for role in queries.roles_without()}
    assert "wind-turbine-technician" not in slugs
    assert len(slugs) == Role.objects.filter(live=True).count() - 1


def test_words_to_copy_carry_the_hashtags_of_the_campaign() -> None:
    Campaign.objects.create(
        slug="now", name="Now", message="Thank you", hashtags="TECHOGNITION ThankATech",
        state=CampaignState.OPEN, starts_on="2026-01-01", ends_on="2026-12-31",
    )  # fmt: skip
    story = told()
    page = get(f"/stories/{story.slug}/")
    said = re.search(r'<textarea class="snippet" id="copy-1"[^>]*>(.*?)</textarea>', page, re.S)
    assert said is not None
    assert "#TECHOGNITION #ThankATech" in said[1]
    assert said[1].endswith(f"/stories/{story.slug}/")
    assert len(said[1]) <= 280


# --- how much it asks of the database -----------------------------------------------------------
ADDRESSES = {
    "/stories/": 12, "/stories/?nation=scotland&sort=job": 12, "/stories/embed/": 12,
    "/stories.atom": 12, "/api/v1/stories": 12, "/": 18, "/search/?q=robot": 15,
    "/careers/roles/rov-pilot-technician/": 12, "/careers/sectors/animals-land-and-sea/": 12,
}  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asks_the_same_for_few_and_for_many(
    address: str, django_assert_max_num_queries: Any
) -> None:
    story = told(photos=1, hook="I fly a robot")
    get(address), get(address)  # renditions are drawn once
    with django_assert_max_num_queries(ADDRESSES[address]) as few:
        get(address)
    copies(story, 60)
    get(address)
    with django_assert_max_num_queries(ADDRESSES[address]) as many:
        get(address)
    assert len(many) <= len(few) + 1, [one["sql"][:150] for one in many]


def copies(story: Story, number: int) -> None:
    """So many more published records with the words of one: quicker than telling each."""
    index = story.page.get_parent() if story.page else None
    assert index is not None
    for place in range(number):
        slug = f"{story.slug}-{place}"
        page = index.add_child(
            instance=StoryPage(title=f"I fly a robot {place}", slug=slug, live=True)
        )
        more = Story.objects.get(pk=story.pk)
        more.pk, more.photo = None, None
        more.key, more.slug, more.page = uuid.uuid4(), slug, page
        more._state.adding = True
        more.save()
