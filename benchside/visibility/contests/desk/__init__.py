"""Competitions at the desk: set them up, read what came in, judge, decide."""

from django.urls import reverse

from benchside.visibility.desk_pages import OnePage
from benchside.visibility.models import Competition


class CompetitionPage(OnePage):
    """A page of one competition, found by its slug."""

    model = Competition

    @property
    def competition(self) -> Competition:
        found: Competition = self.one
        return found

    def steps_here(self) -> list[tuple[str, str]]:
        one = self.competition
        return [
            (reverse("desk_competitions"), "Competitions"),
            (reverse("desk_competition", args=[one.slug]), one.title),
        ]
