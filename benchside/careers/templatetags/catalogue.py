"""What templates ask of the catalogue: ways in to scale, the hundred, sectors, words for levels."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from benchside.careers.lanes import RouteFacts, chart, length_in_words
from benchside.careers.listing import Facet
from benchside.careers.live import LiveCatalogue, live_catalogue
from benchside.careers.models import Role, RoleRoute, Sector
from benchside.careers.route_list import Facet as RouteFacet
from benchside.careers.wording import inside, listed

register = template.Library()
TICK_BOX = (
    '<label class="check{0}" for="{1}-{2}"><input type="checkbox" form="find" id="{1}-{2}" '
    'name="{1}" value="{2}"{3}>{4}<span class="n">{5}<span class="vh"> {7}{6}</span></span>'
    "</label>\n"
)


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
def catalogue_now() -> LiveCatalogue:
    """What is live, for a page whose view does not know this room."""
    return live_catalogue()


@register.filter
def with_a_face(sectors: Iterable[Sector], live: LiveCatalogue) -> list[tuple[Sector, Role]]:
    """Sectors (each has its `role_count`), and the role whose drawing each wears."""
    return [(sector, live.roles_in(sector)[0]) for sector in sectors]


@register.simple_tag
def tick_boxes(facet: Facet | RouteFacet, of: str) -> SafeString:
    """The values of a facet, with the count `of` what fits each.

    Two hundred on a page: no template a box.
    """
    return format_html_join(
        "",
        TICK_BOX,
        (
            (
                SafeString("" if one.count or one.checked else " check--none"),
                facet.name,
                one.value,
                SafeString(" checked" if one.checked else ""),
                one.label,
                str(one.count),
                "" if one.count == 1 else "s",
                of,
            )
            for one in facet.options
        ),
    )
