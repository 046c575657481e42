"""Ways in and advice for each of the four nations, whether we hold a route there or not."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchside.careers.enums import FROM_18, Nation
from benchside.careers.models import Advice, NationWay, Role, RoleRoute


@dataclass(frozen=True, slots=True)
class NationWays:
    """What one nation offers on the way to a role.

    `routes` are the role's own that are open there today; `ways` the kinds of way in the nation
    has, in general words. Where it has neither, `advice` is where to ask; None until one is set.
    """

    slug: str
    label: str
    routes: list[RoleRoute]
    ways: list[NationWay]
    advice: Advice | None

    @property
    def at_16(self) -> list[RoleRoute]:
        return [one for one in self.routes if one.route.kind not in FROM_18]

    @property
    def at_18(self) -> list[RoleRoute]:
        return [one for one in self.routes if one.route.kind in FROM_18]

    @property
    def early(self) -> list[NationWay]:
        """Kinds that may be begun before 18."""
        return [way for way in self.ways if way.starts < 18]

    @property
    def late(self) -> list[NationWay]:
        return [way for way in self.ways if way.starts >= 18]


def ways_by_nation(
    role: Role, advice: Sequence[Advice], ways: Sequence[NationWay]
) -> list[NationWays]:
    """All four nations in order, with the routes that are open today."""
    found = {one.nation: one for one in advice}
    return [
        NationWays(
            slug,
            label,
            [one for one in role.ways() if one.route.nation == slug],
            [way for way in ways if way.nation == slug],
            found.get(slug),
        )
        for slug, label in Nation.choices
    ]
