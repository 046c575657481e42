"""Public stories, as they are shown: where everything that readers see begins."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from benchside.careers.live import LiveCatalogue, live_catalogue
from benchside.careers.models import Role
from benchside.core.models import Picture
from benchside.visibility.enums import CampaignState
from benchside.visibility.models import Campaign, Story, StoryFilm
from benchside.visibility.stories.film_links import FilmLink
from benchside.visibility.stories.queries import public_stories
from benchside.visibility.stories.questions import BY_KEY
from benchside.visibility.stories.reading.shown import Answer, Card, Film, Step, Told, Uses

PORTRAIT = "fill-480x600|format-webp"
LARGE = "fill-960x1200|format-webp"
LINKED = "fill-1200x1200-c60|format-jpeg"  # what machines are given: every one of them can read it
SQUARE = "fill-240x240|format-webp"
DRAWN = (PORTRAIT, LARGE, LINKED, SQUARE)
POSTER = "fill-960x540|format-webp"
AT_SCHOOL = BY_KEY["school"].text


def public() -> QuerySet[Story]:
    """Newest first, without what hangs on them: each reader fetches what it shows."""
    return public_stories().select_related(None)


def for_partners() -> QuerySet[Story]:
    """Those whose person said yes to being shown by partners, on pages of their own."""
    return public().filter(by_partners=True)


def cards(stories: QuerySet[Story], live: LiveCatalogue | None = None) -> list[Card]:
    """In the order of `stories`, in four queries however many there are; one for none."""
    found = list(
        stories.select_related("page")
        .defer("page__answers", "page__steps", "told")
        .annotate(has_film=_has_film())
        .prefetch_related(_photo())
    )
    if not found:
        return []
    live = live or live_catalogue()
    return [Card(**_card(story, live)) for story in found]


def told(stories: QuerySet[Story], live: LiveCatalogue | None = None) -> list[Told]:
    """The same with all their words."""
    found = list(
        stories.select_related("page", "film__film__poster")
        .annotate(has_film=_has_film())
        .prefetch_related(_photo(), _poster(), "more_roles")
    )
    if not found:
        return []
    live = live or live_catalogue()
    tags = _hashtags()
    return [_told(story, live, tags) for story in found]


def story_at(slug: str) -> Told | None:
    return next(iter(told(public().filter(slug=slug))), None)


def about_roles(slugs: Iterable[str]) -> QuerySet[Story]:
    """Stories of people who do one of these jobs, or say that it is near to theirs."""
    named = list(slugs)
    near = Story.more_roles.through.objects.filter(story=OuterRef("pk"), role__slug__in=named)
    return public().filter(Q(role__slug__in=named) | Exists(near))


def roles_without() -> Sequence[Role]:
    """Live roles that nobody tells a story of, by number."""
    told_of = set(public().exclude(role=None).values_list("role", flat=True))
    return [role for role in live_catalogue().roles if role.pk not in told_of]


# --- how they are made ----------------------------------------------------------------------------
def _has_film() -> Exists:
    """A film that may be seen."""
    kept = StoryFilm.objects.filter(story=OuterRef("pk"))
    return Exists(kept.filter(~Q(site="") | Q(film__approved_at__isnull=False)))


def _photo() -> Prefetch[str]:
    return Prefetch("photo", Picture.objects.prefetch_renditions(*DRAWN))


def _poster() -> Prefetch[str]:
    return Prefetch("film__film__poster", Picture.objects.prefetch_renditions(POSTER))


def _card(story: Story, live: LiveCatalogue) -> dict[str, Any]:
    photo = story.photo if story.photo and story.photo.is_approved else None
    return {
        "key": story.pk,
        "slug": story.slug,
        "url": story.get_absolute_url(),
        "name": story.name,
        "hook": story.page.title if story.page else "",
        "role": live.by_id.get(story.role_id) if story.role_id else None,
        "employer": story.employer,
        "nation": story.get_nation_display(),
        "region": story.region,
        "letters": story.letters,
        "years": story.years_in_role,
        "photo": photo,
        "has_film": story.has_film,  # type: ignore[attr-defined]  # annotated above
        "way": story.way,
        "way_name": story.get_way_display() if story.way else "",
        "published_at": story.published_at,
    }


def _told(story: Story, live: LiveCatalogue, hashtags: tuple[str, ...]) -> Told:
    page, told_on = story.page, story.published_at
    assert page is not None and told_on is not None  # noqa: PT018 - the database sees to it
    answers = [Answer(one.value["question"], one.value["answer"]) for one in page.answers]
    school = next((one for one in answers if one.question == AT_SCHOOL), None)
    near = [live.by_id[role.pk] for role in story.more_roles.all() if role.pk in live.by_id]
    return Told(
        **_card(story, live),
        roles=tuple(near),
        at_school=school.text if school else "",
        answers=tuple(one for one in answers if one is not school),
        steps=tuple(Step(block.value["when"], block.value["what"]) for block in page.steps),
        film=_film(story.film_or_none),
        uses=Uses(story.on_social, story.in_print, story.by_partners, story.consent_until),
        review_on=story.review_on,
        changed_at=page.last_published_at or told_on,
        hashtags=hashtags,
    )


def _film(kept: StoryFilm | None) -> Film | None:
    """One of ours once it may be seen, or one elsewhere."""
    if kept is None:
        return None
    if kept.site:
        link = FilmLink(kept.site, kept.number)
        return Film(
            transcript=kept.transcript,
            site=kept.get_site_display(),
            site_url=link.url,
            frame_url=link.frame_url,
        )
    ours = kept.film
    if ours is None or not ours.is_approved:
        return None
    poster = ours.poster if ours.poster and ours.poster.is_approved else None
    return Film(
        transcript=ours.transcript,
        url=ours.url,
        captions_url=ours.captions_url,
        poster_url=poster.get_rendition(POSTER).url if poster else "",
        seconds=round(ours.seconds or 0),
        width=ours.width or 0,
        height=ours.height or 0,
    )


def _hashtags() -> tuple[str, ...]:
    """Of the campaign that is open now, the newest first, for words to copy."""
    found = Campaign.objects.filter(state=CampaignState.OPEN).values_list("hashtags", flat=True)
    return tuple((found.first() or "").split())
