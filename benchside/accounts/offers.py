"""What rooms above offer beside an account, such as a role in an organisation.

An invitation of such a purpose is sent in Benchside's own name by the room that offers: it has
asked who may. Accepting calls `accepted(invitation_id, person_id)` in the same transaction.

A higher room may make a purpose its own kind: an offer whose key is "purpose:kind" answers for
invitations of that purpose whose `about` begins with "kind:".
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from benchside.accounts.models import Invitation
from benchside.core.registries import Registry

NO = (("", "No, thank you"),)


def _nothing_more(_invitation_id: int, _answer: str) -> None:
    """Most rooms need not hear of a no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """`key` is the purpose, or purpose:kind; `landing(invitation_id)` is where to go once it is
    accepted.

    `letter` is the message sent, `page` a template that says on the page of the link what is
    offered. `refusals` are the ways of saying no, (answer, words on the button); the answer given
    goes to `declined(invitation_id, answer)` in the same transaction.
    """

    key: str
    accepted: Callable[[int, uuid.UUID], object]
    landing: Callable[[int], str]
    letter: str = "accounts/invitation"
    page: str = ""
    refusals: tuple[tuple[str, str], ...] = NO
    declined: Callable[[int, str], object] = _nothing_more


offers: Registry[Offer] = Registry("offers of an invitation")


def offer_of(invitation: Invitation) -> Offer | None:
    """What a room offers, its own kind first; None for a plain account."""
    kind, colon, _ = invitation.about.partition(":")
    keys = [f"{invitation.purpose}:{kind}", invitation.purpose] if colon else [invitation.purpose]
    known = {one.key: one for one in offers}
    return next((known[key] for key in keys if key in known), None)
