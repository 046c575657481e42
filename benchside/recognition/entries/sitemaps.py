"""Every entry that stands and that everybody may see, for search engines: pages under an index, so
that none is left out however long the registers are.

Which page an entry is on follows from its id alone and never changes: a page stays as it was while
others grow.
"""

from collections.abc import Iterator

from django.db.models import F, QuerySet

from benchside.assessment.awarding import queries as awarding
from benchside.recognition.entries.publishing import published, readable_many
from benchside.recognition.models import Entry, Register

A_PAGE = 10_000  # a sitemap may hold 50,000 addresses (sitemaps.org)


def _standing() -> QuerySet[Entry]:
    keys = list(Register.objects.values_list("standard", flat=True))
    return Entry.objects.filter(
        is_hidden=False, award__in=awarding.holders(keys).order_by().values("pk")
    )


def pages() -> list[int]:
    """The numbers of the pages that there are, from 1."""
    found = _standing().order_by().annotate(page=(F("pk") - 1) / A_PAGE)
    return sorted(number + 1 for number in set(found.values_list("page", flat=True).distinct()))


def page(number: int) -> Iterator[tuple[str, str]]:
    """Register and number of each entry of a page."""
    last = number * A_PAGE
    found = readable_many(_standing().filter(pk__gt=last - A_PAGE, pk__lte=last)).order_by("pk")
    for entry in found.iterator(chunk_size=500):
        if (shown := published(entry)) is not None and shown.stands:
            yield shown.register.slug, shown.number
