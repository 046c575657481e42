"""Facts that have grown older than they may: the catalogue's, and written pages beside them."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone
from wagtail.models import Page

from benchside.careers import queries as careers
from benchside.careers.queries import StaleFact
from benchside.website.models.pages import SheetPage

CHECK_PAGES_EVERY = timedelta(days=365)
KINDS = {
    "closed": "Way in that is not open",
    "route": "Way in",
    "way": "Ways in of a nation",
    "role": "Role",
    "advice": "Careers service",
    "page": "Page",
}


def stale_facts(today: date | None = None) -> list[StaleFact]:
    """All of them, the longest stale first."""
    day = today or timezone.localdate()
    found = [*careers.stale_facts(day), *_pages(day)]
    return sorted(found, key=lambda one: (one.since or date.min, one.what))


def _pages(today: date) -> Iterator[StaleFact]:
    for page in Page.objects.live().public().specific():
        if not isinstance(page, SheetPage):
            continue
        since = page.review_by or page.checked_on + CHECK_PAGES_EVERY
        if since < today:
            yield StaleFact(
                kind="page",
                record=page,
                where=page.title,
                fact="the whole page",
                source="our own reading",
                as_of=page.checked_on,
                since=since,
            )
