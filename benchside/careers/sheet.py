"""Everything the page of one role shows, of a live role or of an editor's draft."""

from typing import Any

from django.conf import settings

from benchside.careers.advice import ways_by_nation
from benchside.careers.enums import Level
from benchside.careers.jsonld import occupation, script_text
from benchside.careers.live import LiveCatalogue, live_catalogue
from benchside.careers.models import Role
from benchside.core.registries import Context, Panel, panels_at

PLACE = "careers.role"
SECTOR_PLACE = "careers.sector"  # what it is about: the slug of the sector
RESULT_PLACE = "careers.result"  # the slugs of the roles a quiz has found, best first, by commas


def context(role: Role, live: LiveCatalogue | None = None) -> dict[str, Any]:
    """What `careers/role.html` is given.

    role        with all relations fetched
    sector      its sector
    level       what its starting level is like, in words
    kit_list    of `RoleKit`: `term` (name, sentence, symbol) and `why`
    ways        of `RoleRoute`: the routes open today, in order
    nations     all four, in order, of `advice.NationWays`: routes there, kinds of way in, advice
    pay         of `Advice`, one a nation: `pay_url` looks pay up, since we publish no figure
    related     up to four of `RoleCard`: `role` and `why`
    previous, next  the live roles before and after it by number, or None
    panels      of (`Panel`, what its template needs): what other rooms show of this role
    jsonld      schema.org Occupation, safe inside a script element
    """
    live = live or live_catalogue()
    previous, following = live.neighbours_of(role)
    url = f"{settings.BASE_URL}{role.get_absolute_url()}"
    return {
        "role": role,
        "sector": role.sector,
        "level": Level(role.level).label,
        "kit_list": list(role.kit_list.all()),
        "ways": role.ways(),
        "nations": ways_by_nation(role, live.advice, live.ways),
        "pay": live.advice,
        "related": live.related_to(role),
        "previous": previous,
        "next": following,
        "panels": panels_of(role),
        "jsonld": script_text(occupation(role, url)),
    }


def panels_of(role: Role) -> list[tuple[Panel, Context]]:
    """What others show beside this role, the same for every reader; none beside a draft."""
    return panels_at(PLACE, role.slug) if role.live else []
