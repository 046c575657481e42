"""The addresses of the wall that a search engine should know."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from benchside.visibility.models import Photo

MOST = 5_000  # the newest; a sitemap may hold 50,000 addresses of all kinds


def entries() -> Iterator[tuple[str, date | None]]:
    yield reverse("visibility:wall"), None
    yield reverse("visibility:wall_schools"), None
    shown = Photo.objects.on_wall().order_by("-approved_at", "-pk")
    for key, approved_at in shown.values_list("key", "approved_at")[:MOST]:
        yield reverse("visibility:wall_photo", args=[key]), timezone.localdate(approved_at)
