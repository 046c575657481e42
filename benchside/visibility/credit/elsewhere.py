"""Credit on pages of other rooms: equipment, and what it made possible."""

import uuid

from benchside.core.registries import Context
from benchside.visibility.credit.queries import made_with

MOST = 12


def made_possible(equipment_id: str, viewer_id: uuid.UUID | None) -> Context | None:
    """Confirmed work done with a public item; None without any. The same for everybody."""
    works = made_with(int(equipment_id), MOST)
    return {"works": works} if works else None
