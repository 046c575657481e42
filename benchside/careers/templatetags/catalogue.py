"""What templates ask of the catalogue: ways in to scale, the hundred, sectors, words for levels."""

from collections.abc import Iterable

from django import template
from django.db.models import Count, Q, QuerySet

from benchside.careers.enums import Level
from benchside.careers.lanes import RouteFacts, chart
from benchside.careers.models import Role, Sector

register = template.Library()


@register.inclusion_tag("sheet/routes.html")
def ways_in(routes: Iterable[RouteFacts]) -> dict[str, object]:
    """Lanes drawn to scale, one to a route."""
    return {"chart": chart(routes)}


@register.filter
def level(number: int) -> str:
    return f"Level {number}"


@register.filter
def level_in_words(number: int) -> str:
    """ "Level 3 (like A levels)": what a level is like, for those who do not count in levels."""
    return str(Level(number).label)


@register.simple_tag
def the_hundred() -> QuerySet[Role]:
    """Every live role by number, with what the sheet of a hundred shows. One query."""
    return Role.objects.filter(live=True).only("number", "slug", "short", "title")


@register.simple_tag
def sectors() -> QuerySet[Sector]:
    """Every sector with `role_count`, its number of live roles. One query."""
    return Sector.objects.annotate(role_count=Count("roles", filter=Q(roles__live=True)))
