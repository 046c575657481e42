"""Exhibitions at the desk: panels, stops, visitors."""

from django.urls import reverse

from benchside.visibility.desk_pages import OnePage
from benchside.visibility.models import Exhibition


class ExhibitionPage(OnePage):
    """A page of one exhibition, found by its slug."""

    model = Exhibition
    header_icon = "image"

    @property
    def exhibition(self) -> Exhibition:
        found: Exhibition = self.one
        return found

    def steps_here(self) -> list[tuple[str, str]]:
        one = self.exhibition
        return [
            (reverse("desk_exhibitions"), "Exhibitions"),
            (reverse("desk_exhibition", args=[one.slug]), one.title),
        ]
