"""What roles are filtered by: each facet, its values, and which roles have them."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db import models

from benchside.careers.enums import Hands, Indoors, Level, People, Place, RouteKind
from benchside.careers.facets import Facets, Kind, kind_of
from benchside.careers.models import Role

Options = Sequence[tuple[str, str]]
TAGS: tuple[tuple[str, str, type[models.TextChoices]], ...] = (
    ("hands", "Hands or screen", Hands),
    ("indoors", "Indoors or out", Indoors),
    ("people", "People or quiet", People),
    ("place", "One place or travel", Place),
)
EITHER = "both"
OF_ROLE: dict[str, Callable[[Role], Iterable[str]]] = {
    "subject": lambda role: [term.slug for term in role.subjects.all()],
    "sector": lambda role: [role.sector.slug],
    "level": lambda role: [str(role.level)],
    "setting": lambda role: [term.slug for term in role.settings.all()],
    "way": lambda role: [way.route.kind for way in role.ways()],
    "kit": lambda role: [kit.term.slug for kit in role.kit_list.all()],
}


def facets_of(roles: Sequence[Role], terms: Mapping[str, Options]) -> Facets:
    """The facets over `roles`, in the order they are shown and stand in an address.

    `terms` are (slug, name) of "sectors", "subjects", "settings" and "kit".
    """
    levels = [(str(level), label) for level, label in Level.choices]
    records = [(role.pk, role) for role in roles]

    def kind(name: str, label: str, options: Options) -> Kind:
        return kind_of(name, label, options, records, OF_ROLE[name])

    return Facets(
        frozenset(key for key, _ in records),
        [
            kind("subject", "Subjects you like", terms["subjects"]),
            kind("sector", "Sector", terms["sectors"]),
            kind("level", "Starting level", levels),
            kind("setting", "Where you work", terms["settings"]),
            kind("way", "Way in", RouteKind.choices),
            *(_tag(name, label, choices, records) for name, label, choices in TAGS),
            kind("kit", "Kit you use", terms["kit"]),
        ],
    )


def _tag(
    name: str, label: str, choices: type[models.TextChoices], records: Sequence[tuple[int, Role]]
) -> Kind:
    """Two values to choose from; a role that is both has either."""
    options = [(value, text) for value, text in choices.choices if value != EITHER]
    both = [value for value, _ in options]

    def slugs_of(role: Role) -> list[str]:
        value = getattr(role, name)
        return both if value == EITHER else [value]

    return kind_of(name, label, options, records, slugs_of)
