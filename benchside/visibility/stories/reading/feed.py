"""Stories as an Atom feed (RFC 4287): the newest first, each with its words."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape, linebreaks

from benchside.core.xml_text import xml_text
from benchside.visibility.stories.reading.shown import Told

MOST = 50


def atom(stories: Sequence[Told], heading: str, url: str, feed_url: str) -> str:
    """The feed's text. `url` and `feed_url` are paths: the list's, and the feed's own."""
    feed = Atom1Feed(
        title=f"{heading} - {settings.SITE_NAME}",
        subtitle="Technicians tell what they do and how they got there.",
        link=f"{settings.BASE_URL}{url}",
        feed_url=f"{settings.BASE_URL}{feed_url}",
        description="",
        language="en-GB",
        author_name=settings.SITE_NAME,
    )
    for story in stories:
        link = f"{settings.BASE_URL}{story.url}"
        feed.add_item(
            title=xml_text(story.title),
            link=link,
            unique_id=link,
            description=xml_text(_html(story)),
            pubdate=story.published_at,
            updateddate=story.changed_at,
            categories=[story.role.title] if story.role else [],
        )
    return str(feed.writeString("utf-8"))


def feed_url(query: str = "") -> str:
    url = reverse("visibility:stories_feed")
    return f"{url}?{query}" if query else url


def _html(story: Told) -> str:
    parts = [f"<blockquote><p>{escape(story.hook)}</p></blockquote>"]
    for one in story.answers:
        parts.append(f"<h2>{escape(one.question)}</h2>{linebreaks(one.text, autoescape=True)}")
    return "".join(parts)
