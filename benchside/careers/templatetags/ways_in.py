"""Ways into a role, drawn to scale."""

from collections.abc import Iterable

from django import template

from benchside.careers.lanes import FIRST_AGE, LAST_AGE, RouteFacts, lanes

register = template.Library()


@register.inclusion_tag("sheet/routes.html")
def ways_in(routes: Iterable[RouteFacts]) -> dict[str, object]:
    return {"lanes": lanes(routes), "ages": range(FIRST_AGE, LAST_AGE + 1)}
