"""A photograph as the pages of the wall show it: its sizes and its words, ready for a template."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchside.visibility.models import Photo
from benchside.visibility.photos.wall_pictures import Shot, large, small


@dataclass(frozen=True, slots=True)
class Hanging:
    """`loading` is "eager" for what is seen first."""

    photo: Photo
    shot: Shot
    loading: str


def hanging(photos: Sequence[Photo], *, at_once: int, whole: bool = False) -> list[Hanging]:
    """Small, for a grid; or whole, for a hall and for feeds, where the photographs come with the
    sizes `wall_queries.WHOLE`."""
    sized = large if whole else small
    return [
        Hanging(photo, sized(photo.picture), "eager" if place < at_once else "lazy")
        for place, photo in enumerate(photos)
        if photo.picture is not None
    ]
