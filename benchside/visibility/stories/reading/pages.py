"""What the pages of stories are given, besides the story itself."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from benchside.careers.jsonld import script_text
from benchside.careers.live import LiveCatalogue, RoleCard, live_catalogue
from benchside.visibility.stories.reading import jsonld, oembed
from benchside.visibility.stories.reading.queries import LINKED, about_roles, cards, public
from benchside.visibility.stories.reading.shown import Card, Told, posts

OTHERS = 3
FEWEST_OF_A_KIND = 1


def context(story: Told, live: LiveCatalogue | None = None) -> dict[str, Any]:
    """What `visibility/stories/story.html` is given.

    story        of `Told`
    roles        of `RoleCard`: the job it is about, then those near it
    others       of `Card`: up to three more, the same job first, then the same sector, then any
    posts        of (what it is for, the words): ready to copy; none where the person did not say
                 yes to being shown elsewhere
    snippet      the frame for a partner's page, or "" where the person said no
    card_url, square_url   the picture a link shows, "" where the person said no
    oembed_url   where other sites ask how to show it, or ""
    picture_url  the photograph's own address for machines, or ""
    letters      of each zone, by its id: a story without a film begins with its words
    jsonld       schema.org Article, safe inside a script element
    """
    live = live or live_catalogue()
    url = f"{settings.BASE_URL}{story.url}"
    picture_url = picture_of(story)
    return {
        "story": story,
        "roles": role_cards(story),
        "others": others(story, live),
        "posts": posts(story, url) if story.uses.on_social else (),
        "snippet": snippet(story) if story.uses.by_partners else "",
        "card_url": _card(story, "visibility:story_card") if story.uses.on_social else "",
        "square_url": _card(story, "visibility:story_square") if story.uses.on_social else "",
        "oembed_url": oembed_url(story) if story.uses.by_partners else "",
        "picture_url": picture_url,
        "letters": letters(story),
        "jsonld": script_text(jsonld.article(story, picture_url)),
    }


def letters(story: Told) -> dict[str, str]:
    has = {"film": story.film, "words": True, "way": story.steps, "you": True, "about": True}
    return dict(zip((zone for zone, there in has.items() if there), "ABCDE", strict=False))


def role_cards(story: Told) -> list[RoleCard]:
    first = [RoleCard(story.role, f"what {story.called} does")] if story.role else []
    return [*first, *(RoleCard(role, "close to it") for role in story.roles)]


def others(story: Told, live: LiveCatalogue) -> Sequence[Card]:
    """Without this one."""
    slugs = [role.slug for role in (story.role, *story.roles) if role]
    near = cards(about_roles(slugs).exclude(pk=story.key)[:OTHERS], live)
    if len(near) == OTHERS:
        return near
    seen = [story.key, *(card.key for card in near)]
    sector = story.role.sector_id if story.role else None
    rest = public().exclude(pk__in=seen)
    kin = cards(rest.filter(role__sector=sector)[: OTHERS - len(near)], live) if sector else []
    found = [*near, *kin]
    if len(found) == OTHERS:
        return found
    known = [*seen, *(card.key for card in kin)]
    return [*found, *cards(rest.exclude(pk__in=known)[: OTHERS - len(found)], live)]


def picture_of(story: Card) -> str:
    """Where the photograph lies, absolute; "" without one."""
    if story.photo is None:
        return ""
    return f"{settings.BASE_URL}{story.photo.get_rendition(LINKED).url}"


def snippet(story: Told) -> str:
    url = f"{settings.BASE_URL}{reverse('visibility:story_embed', args=[story.slug])}"
    return oembed.snippet(url, story.title, oembed.Size(oembed.WIDTH, oembed.HEIGHT))


def oembed_url(story: Told) -> str:
    asked = urlencode({"url": f"{settings.BASE_URL}{story.url}", "format": "json"})
    return f"{settings.BASE_URL}{reverse('visibility:oembed')}?{asked}"


def _card(story: Told, name: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=[story.slug])}"
