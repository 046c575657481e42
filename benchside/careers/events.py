"""What this room tells the others: the catalogue has changed."""

from collections.abc import Iterable

from benchside.careers.models import Role
from benchside.careers.search import index_roles, index_routes
from benchside.core.registries import Event, publish

CATALOGUE_CHANGED = Event(key="careers.catalogue_changed", fields=frozenset())


def catalogue_changed() -> None:
    """Say so to the search now, and to everybody else once it is committed."""
    index_roles()
    publish(CATALOGUE_CHANGED.key)


def role_changed(role: Role) -> None:
    """The same of one role that was published, changed or withdrawn."""
    index_roles([role.pk])
    publish(CATALOGUE_CHANGED.key)


def routes_changed(ids: Iterable[int]) -> None:
    """The same of routes that were written, retired or opened, and of the roles they open."""
    index_routes(ids)
    publish(CATALOGUE_CHANGED.key)
