"""Exhibitions at the desk: panels, stops, visitors."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from benchside.visibility.desk_pages import TeamPage
from benchside.visibility.models import Exhibition


class ExhibitionPage(TeamPage):
    """A page of one exhibition, found by its slug."""

    header_icon = "image"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.slug = kwargs["slug"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kwargs.pop("slug")
        return super().dispatch(request, *args, **kwargs)

    @property
    def exhibition(self) -> Exhibition:
        if not hasattr(self, "_exhibition"):
            found = Exhibition.objects.select_related("campaign")
            self._exhibition = get_object_or_404(found, slug=self.slug)
        return self._exhibition

    def steps_here(self) -> list[tuple[str, str]]:
        one = self.exhibition
        return [
            (reverse("desk_exhibitions"), "Exhibitions"),
            (reverse("desk_exhibition", args=[one.slug]), one.title),
        ]
