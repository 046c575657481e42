"""Who sits where in a workspace, in plain values: every room that is asked is told the same."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A member at their place in an organisation: looked up once a page, told to all who ask."""

    organisation_id: int
    slug: str
    kind: str
    viewer_id: uuid.UUID
    roles: frozenset[str]
    known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def has_one_of(self, roles: Iterable[str]) -> bool:
        return not self.roles.isdisjoint(roles)

    def once(self, key: str, ask: Callable[[int], Any]) -> Any:
        """What several offers of one room need of the organisation, asked once a page.

        `key` begins with the room's name, so that no two rooms meet.
        """
        if key not in self.known:
            self.known[key] = ask(self.organisation_id)
        return self.known[key]
