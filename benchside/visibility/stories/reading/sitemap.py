"""Every public address of stories, and of nothing that is not told."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from benchside.visibility.stories.reading.queries import public

MOST = 40_000  # a sitemap may hold 50,000 addresses


def entries() -> Iterator[tuple[str, date | None]]:
    yield reverse("visibility:stories"), None
    for slug, published_at in public().values_list("slug", "published_at")[:MOST]:
        yield (
            reverse("visibility:story", args=[slug]),
            published_at.date() if published_at else None,
        )
