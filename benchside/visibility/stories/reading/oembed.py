"""oEmbed (oembed.com, version 1.0): another site asks what to show for the address of a story."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html

from benchside.visibility.stories.reading.shown import Told

WIDTH, HEIGHT = 480, 640
LEAST = 240  # px: narrower, nobody can read it
CACHE_SECONDS = 600  # a story may be taken back: ask again soon


@dataclass(frozen=True, slots=True)
class Size:
    width: int
    height: int


def slug_of(address: str) -> str:
    """The story an absolute address of this site means, or ""."""
    try:
        asked, home = urlsplit(address), urlsplit(settings.BASE_URL)
        if asked.scheme not in {"http", "https"} or asked.netloc != home.netloc:
            return ""
        match = resolve(asked.path)
    except (ValueError, Resolver404):
        return ""
    is_story = match.view_name in {"visibility:story", "visibility:story_embed"}
    return str(match.kwargs["slug"]) if is_story else ""


def size(width: str, height: str) -> Size:
    """No larger than asked for; what cannot be read is not asked for."""
    return Size(_at_most(WIDTH, width), _at_most(HEIGHT, height))


def answer(story: Told, asked: Size) -> dict[str, Any]:
    """Of the type "rich": the frame. No picture of its own, which could outlive a withdrawal."""
    url = f"{settings.BASE_URL}{reverse('visibility:story_embed', args=[story.slug])}"
    return {
        "version": "1.0",
        "type": "rich",
        "title": story.title,
        "provider_name": settings.SITE_NAME,
        "provider_url": f"{settings.BASE_URL}/",
        "cache_age": CACHE_SECONDS,
        "width": asked.width,
        "height": asked.height,
        "html": snippet(url, story.title, asked),
    }


def snippet(url: str, title: str, asked: Size) -> str:
    """The frame to copy. It may load nothing else and knows nothing of the page around it."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" '
        'referrerpolicy="no-referrer" sandbox="allow-popups allow-popups-to-escape-sandbox">'
        "</iframe>",
        url,
        title,
        asked.width,
        asked.height,
    )


def _at_most(usual: int, given: str) -> int:
    if given.isascii() and given.isdecimal() and len(given) < 6:
        return max(LEAST, min(usual, int(given)))
    return usual
