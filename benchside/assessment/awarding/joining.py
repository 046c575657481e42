"""One person with two records: what they hold moves from the one to the other."""

from benchside.assessment.models import Award
from benchside.people.models import Technician


def move_awards(kept: Technician, gone: Technician) -> None:
    """Chains name an award by its number, never its holder, so they hold as before."""
    Award.objects.filter(technician=gone).update(technician=kept)
