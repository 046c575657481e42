"""The next code of an action: V-012. A letter's numbers go up in an organisation, never reused."""

import hashlib

from django.db.models import F

from benchside.impact.enums import LETTERS, Area
from benchside.impact.models import PlanNumbers

LONGEST_REF = 80


def ref(origin_ref: str) -> str:
    """An origin's own word for it as it is kept: one too long is kept as its digest."""
    if len(origin_ref) <= LONGEST_REF:
        return origin_ref
    return hashlib.sha256(origin_ref.encode()).hexdigest()


def next_code(organisation_id: int, area: str) -> tuple[str, int]:
    """Code and number. The row of the letter is locked until the caller's transaction ends, so
    that of many at once each gets its own, and one that fails leaves no gap."""
    letter = LETTERS[Area(area)]
    PlanNumbers.objects.get_or_create(organisation_id=organisation_id, letter=letter)
    mine = PlanNumbers.objects.filter(organisation_id=organisation_id, letter=letter)
    mine.update(last=F("last") + 1)
    number = mine.get().last
    return f"{letter}-{number:03d}", number
