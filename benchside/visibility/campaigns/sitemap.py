"""Public addresses of campaigns and their days; none of a draft, none of a school's own."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from benchside.visibility.campaigns import queries


def entries() -> Iterator[tuple[str, date | None]]:
    yield reverse("visibility:campaigns"), None
    for campaign in queries.public_campaigns():
        yield campaign.get_absolute_url(), None
        for day in campaign.days.all():
            day.campaign = campaign
            yield day.get_absolute_url(), None
