"""What rooms above offer beside an account, such as a role in an organisation.

An invitation of such a purpose is sent in Benchside's own name by the room that offers: it has
asked who may. Accepting calls `accepted(invitation_id, person_id)` in the same transaction.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from benchside.core.registries import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """`key` is the purpose; `landing(invitation_id)` is where to go once it is accepted; `letter`
    is the folder of the message it is sent by."""

    key: str
    accepted: Callable[[int, uuid.UUID], object]
    landing: Callable[[int], str]
    letter: str = "accounts/invitation"


offers: Registry[Offer] = Registry("offers of an invitation")
