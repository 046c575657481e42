"""Competitions at the desk: set them up, read what came in, judge, decide."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from benchside.visibility.desk_pages import TeamPage
from benchside.visibility.models import Competition


class CompetitionPage(TeamPage):
    """A page of one competition, found by its slug."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.slug = kwargs["slug"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kwargs.pop("slug")
        return super().dispatch(request, *args, **kwargs)

    @property
    def competition(self) -> Competition:
        if not hasattr(self, "_competition"):
            found = Competition.objects.select_related("campaign")
            self._competition = get_object_or_404(found, slug=self.slug)
        return self._competition

    def steps_here(self) -> list[tuple[str, str]]:
        one = self.competition
        return [
            (reverse("desk_competitions"), "Competitions"),
            (reverse("desk_competition", args=[one.slug]), one.title),
        ]
