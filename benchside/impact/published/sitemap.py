"""Every public plan, and the analysis of each charter's."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from benchside.impact.models import Charter
from benchside.impact.published import queries

MOST = 10_000


def entries() -> Iterator[tuple[str, date | None]]:
    yield reverse("impact:public_plans"), None
    for slug in Charter.objects.order_by("slug").values_list("slug", flat=True):
        yield reverse("impact:analysis", args=[slug]), None
    for plan in queries.public().order_by("pk")[:MOST]:
        yield queries.url_of(plan), None
