"""Public stories, as they are shown: where everything that readers see begins."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from benchside.careers.live import LiveCatalogue, live_catalogue
from benchside.careers.models import Role
from benchside.core.models import Picture
from benchside.visibility.models import Campaign, Story, StoryFilm
from benchside.visibility.stories.reading.shown import Answer, Card, Film, Step, Told, Uses

PORTRAIT = "fill-480x600|format-webp"
LARGE = "fill-960x1200|format-webp"
LINKED = "fill-1200x1200-c60|format-jpeg"  # what machines are given: every one of them can read it
SQUARE = "fill-240x240|format-webp"
DRAWN = (PORTRAIT, LARGE, LINKED, SQUARE)
AT_SCHOOL = "At school I"


def public() -> QuerySet[Story]:
    """Newest first. The one scope of all that is read here."""
    return Story.objects.public().order_by("-published_at", "-pk")


def for_partners() -> QuerySet[Story]:
    """Those whose person said yes to being shown by partners, on pages of their own."""
    return public().filter(by_partners=True)


def cards(stories: QuerySet[Story], live: LiveCatalogue | None = None) -> list[Card]:
    """In the order of `stories`, in four queries however many there are; one for none."""
    found = list(
        stories.select_related("page")
        .defer("page__answers", "page__steps", "told")
        .annotate(has_film=Exists(StoryFilm.objects.filter(story=OuterRef("pk"))))
        .prefetch_related(_photo())
    )
    if not found:
        return []
    live = live or live_catalogue()
    return [Card(**_card(story, live)) for story in found]


def told(stories: QuerySet[Story], live: LiveCatalogue | None = None) -> list[Told]:
    """The same with all their words."""
    found = list(
        stories.select_related("page", "film__poster")
        .annotate(has_film=Exists(StoryFilm.objects.filter(story=OuterRef("pk"))))
        .prefetch_related(_photo(), "more_roles")
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
def _photo() -> Prefetch[str]:
    return Prefetch("photo", Picture.objects.prefetch_renditions(*DRAWN))


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
    page = story.page
    answers = [Answer(one.value["question"], one.value["answer"]) for one in page.answers]
    school = next((one for one in answers if one.question.startswith(AT_SCHOOL)), None)
    near = [live.by_id[role.pk] for role in story.more_roles.all() if role.pk in live.by_id]
    return Told(
        **_card(story, live),
        roles=tuple(near),
        at_school=school.text if school else "",
        answers=tuple(one for one in answers if one is not school),
        steps=tuple(Step(block.value["when"], block.value["what"]) for block in page.steps),
        film=_film(story),
        uses=Uses(story.on_social, story.in_print, story.by_partners, story.consent_until),
        review_on=story.review_on,
        changed_at=page.last_published_at or story.published_at,
        hashtags=hashtags,
    )
