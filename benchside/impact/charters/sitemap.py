"""Public addresses of charters, with the day each last changed."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from benchside.impact.charters import addresses, queries
from benchside.impact.models import Charter


def entries() -> Iterator[tuple[str, date | None]]:
    yield reverse("impact:charters"), None
    for charter in Charter.objects.order_by("slug"):
        yield reverse("impact:charter", args=[charter.slug]), None
        for one in queries.public_signatories(charter):
            yield addresses.of_signatory(one), one.announced_on
