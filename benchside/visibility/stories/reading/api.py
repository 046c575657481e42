"""Stories for programs: what technicians tell everybody, no key, no cookie."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from benchside.careers.api_lists import Slugs, given, next_page, not_found, refuse_strangers
from benchside.careers.live import live_catalogue
from benchside.core.public_api import PROBLEMS
from benchside.visibility.stories.reading.listing import SORTS, story_listing
from benchside.visibility.stories.reading.pages import picture_of
from benchside.visibility.stories.reading.queries import cards, public, story_at
from benchside.visibility.stories.reading.shown import Card, Film, Told

MOST = 100
LONGEST = 120
router = Router(tags=["Stories"])


class StoryRole(Schema):
    slug: str
    title: str


class StoryInList(Schema):
    """A story in short. `name` is as the person shows it; empty for somebody without one."""

    slug: str
    url: str
    name: str
    who: str = Field(description="The name, or what they are: A calibration technician")
    hook: str
    role: StoryRole | None
    employer: str
    years_in_role: int | None
    nation: str
    region: str
    letters: str
    way_in: str = Field(description="Kind of route taken, in words")
    has_film: bool
    published: date


class AnswerOut(Schema):
    question: str
    answer: str


class StepOut(Schema):
    when: str
    what: str


class FilmOut(Schema):
    url: str = Field(description="The film, or its page where it is elsewhere")
    captions: str = Field(description="WebVTT, or empty where the film is elsewhere")
    transcript: str
    seconds: int


class StoryOut(StoryInList):
    """A story. `partners_may_show`: only then does its photograph come along."""

    near: list[StoryRole] = Field(description="Other jobs that are near to theirs")
    at_school: str
    answers: list[AnswerOut]
    steps: list[StepOut]
    film: FilmOut | None
    photo: str = Field(description="Address, or empty where partners may not show it")
    photo_says: str = Field(description="What the photograph shows, in words")
    partners_may_show: bool
    shown_until: date | None = Field(description="Ask again by then; a story may go on any day")


class StoryPage(Schema):
    items: list[StoryInList]
    total: int
    limit: int
    offset: int
    next: str | None = Field(description="Where the next page is")


class StoryQuery(Schema):
    """Repeat a parameter for either (`sector=a&sector=b`); different ones narrow the list."""

    q: str = Field("", max_length=LONGEST, description="Words of the hook, the job, the place")
    sector: Slugs = Field([], description="Slugs of sectors: see /api/v1/sectors")
    role: Slugs = Field([], description="Slugs of roles: see /api/v1/roles")
    way: Slugs = Field([], description="Kinds of way in, such as t-level")
    nation: Slugs = Field([], description="england, scotland, wales, northern-ireland, elsewhere")
    region: Slugs = Field([], description="Regions as people name them, such as north-wales")
    letters: Slugs = Field([], description="Letters after the name, such as RSciTech")
    sort: str = Field("", description="best, new, job or years")
    limit: int = Field(20, ge=1, le=MOST, description=f"Stories a page, at most {MOST}")
    offset: int = Field(0, ge=0, le=1_000_000, description="How many to pass over")

    def filters(self) -> dict[str, list[str]]:
        """As an address has them, without what is not given."""
        return given(self)


@router.get(
    "/stories", response={200: StoryPage, **PROBLEMS}, summary="Stories that fit, a page at a time"
)
def list_stories(request: HttpRequest, asked: Query[StoryQuery]) -> StoryPage:
    """Newest first. An unknown value or name is refused. What is withdrawn is gone at once."""
    filters = asked.filters()
    found = story_listing(live_catalogue(), filters)
    refuse_strangers(request, filters, found.facets_of, StoryQuery, SORTS)
    until = asked.offset + asked.limit
    keys = [one.key for one in found.found[asked.offset : until]]
    by_key = {card.key: card for card in cards(public().filter(pk__in=keys), found.live)}
    return StoryPage(
        items=[StoryInList(**_short(by_key[key])) for key in keys if key in by_key],
        total=found.total,
        limit=asked.limit,
        offset=asked.offset,
        next=next_page("stories", filters, asked.limit, until) if until < found.total else None,
    )


@router.get("/stories/{slug}", response={200: StoryOut, **PROBLEMS}, summary="One story")
def one_story(request: HttpRequest, slug: str) -> StoryOut:
    story = story_at(slug)
    if story is None:
        raise not_found("story", slug, [], "/api/v1/stories")
    return _whole(story)


def _short(card: Card) -> dict[str, Any]:
    return {
        "slug": card.slug,
        "url": f"{settings.BASE_URL}{card.url}",
        "name": card.name,
        "who": card.who,
        "hook": card.hook,
        "role": _role(card.role) if card.role else None,
        "employer": card.employer,
        "years_in_role": card.years,
        "nation": card.nation,
        "region": card.region,
        "letters": card.letters,
        "way_in": card.way_name,
        "has_film": card.has_film,
        "published": card.published_at.date(),
    }


def _whole(story: Told) -> StoryOut:
    photo = picture_of(story) if story.uses.by_partners else ""
    return StoryOut(
        **_short(story),
        near=[_role(role) for role in story.roles],
        at_school=story.at_school,
        answers=[AnswerOut(question=one.question, answer=one.text) for one in story.answers],
        steps=[StepOut(when=one.when, what=one.text) for one in story.steps],
        film=_film(story.film) if story.film else None,
        photo=photo,
        photo_says=story.alt if photo else "",
        partners_may_show=story.uses.by_partners,
        shown_until=story.uses.until,
    )


def _film(film: Film) -> FilmOut:
    def whole(url: str) -> str:
        return f"{settings.BASE_URL}{url}" if url.startswith("/") else url

    return FilmOut(
        url=whole(film.url) or film.site_url,
        captions=whole(film.captions_url),
        transcript=film.transcript,
        seconds=film.seconds,
    )


def _role(role: object) -> StoryRole:
    return StoryRole.from_orm(role)
