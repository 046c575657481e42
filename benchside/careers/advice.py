"""Ways in and advice for each of the four nations, whether we hold a route there or not."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from benchside.careers.enums import Nation
from benchside.careers.models import Advice, Role, Route


@dataclass(frozen=True, slots=True)
class NationWays:
    """`routes` may be empty: then `advice` is where to ask. `advice` is None until one is set."""

    slug: str
    label: str
    routes: list[Route]
    advice: Advice | None


def ways_by_nation(role: Role, advice: Sequence[Advice]) -> list[NationWays]:
    """All four nations in order, with the routes that hold today."""
    today = timezone.localdate()
    valid = [route for route in role.routes.all() if route.is_valid_on(today)]
    found = {one.nation: one for one in advice}
    return [
        NationWays(slug, label, [one for one in valid if one.nation == slug], found.get(slug))
        for slug, label in Nation.choices
    ]
