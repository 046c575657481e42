"""What templates ask of the catalogue: ways in to scale, the hundred, sectors, words for levels."""

from collections.abc import Iterable, Sequence

from django import template

from benchside.careers.lanes import RouteFacts, chart, length_in_words
from benchside.careers.live import live_catalogue
from benchside.careers.models import Role, RoleRoute, Sector
from benchside.careers.wording import inside, listed

register = template.Library()


@register.inclusion_tag("sheet/routes.html")
def ways_in(ways: Iterable[RoleRoute]) -> dict[str, object]:
    """Lanes drawn to scale, one to a route of a role."""
    return {"chart": chart(way.route for way in ways)}


@register.inclusion_tag("sheet/routes.html")
def way_alone(route: RouteFacts) -> dict[str, object]:
    """One lane, drawn to scale."""
    return {"chart": chart([route])}


@register.filter
def length_words(months: int | None) -> str:
    """For a cell: 24 is "2 years"; "" where nobody says."""
    return length_in_words(months).removeprefix("About ") if months else ""


@register.filter
def level(number: int) -> str:
    return f"Level {number}"


@register.filter
def names(things: Iterable[object]) -> str:
    """Their names in a row, as a sentence has them: "Maths, physics and chemistry"."""
    said = [str(thing) for thing in things]
    return listed(said[:1] + [inside(name) for name in said[1:]])


@register.filter
def beside(ones: Sequence[object], others: Sequence[object]) -> Iterable[tuple[object, object]]:
    """Two rows of the same length, pair by pair."""
    return zip(ones, others, strict=True)


@register.simple_tag
def the_hundred() -> tuple[Role, ...]:
    """Every live role by number."""
    return live_catalogue().roles


@register.simple_tag
def sectors_with_a_face() -> list[tuple[Sector, Role]]:
    """Every sector with roles (each has its `role_count`), and the role whose drawing it wears."""
    live = live_catalogue()
    return [(sector, live.roles_in(sector)[0]) for sector in live.sectors]
