"""What a pupil's page carries in place of a cookie: signed here, read here, kept nowhere.

A quiz page for a class carries a *page ticket*: a random number of its own. The result carries a
*hand-in ticket*: that number and the roles that came out. Both are signed, so nobody makes up a
result; neither holds an answer. The number is known to the database by its hash alone, and only
to count a page once.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing

PAGE, HAND_IN = "careers.class.page", "careers.class.hand-in"


class BadTicket(ValueError):  # noqa: N818
    """Not signed here, or changed on the way."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A result as it is handed in: to which class, from which page, which roles (slugs)."""

    class_id: int
    page: str
    roles: tuple[str, ...]


def new_page(class_id: int) -> str:
    """The ticket of a quiz page that is being made now."""
    return signing.dumps([class_id, secrets.token_urlsafe(18)], salt=PAGE)


def kept_page(ticket: str, class_id: int) -> str:
    """The same ticket if it is one of this class, else a new one: a pupil never loses a result."""
    try:
        is_ours = _read(ticket, PAGE)[0] == class_id
    except BadTicket:
        is_ours = False
    return ticket if is_ours else new_page(class_id)


def hand_in_ticket(page_ticket: str, roles: Sequence[str]) -> str:
    """What the button of a result sends. Raises BadTicket for a forged page."""
    class_id, page = _read(page_ticket, PAGE)
    return signing.dumps([class_id, page, list(roles)], salt=HAND_IN)


def read_hand_in(ticket: str) -> Handed:
    """Raises BadTicket."""
    class_id, page, roles = _read(ticket, HAND_IN)
    return Handed(class_id, page, tuple(roles))


def hashed(secret: str) -> str:
    """What is kept in place of something random and long: SHA-256, as 64 hexadecimal figures."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _read(ticket: str, salt: str) -> list[Any]:
    try:
        found: list[Any] = signing.loads(ticket, salt=salt)
    except signing.BadSignature as error:
        raise BadTicket(str(error)) from error
    return found
