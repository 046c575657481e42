"""One person with two records: what organisations know moves from the one to the other."""

from benchside.core.actions import Refused
from benchside.organisations.equipment import same_people
from benchside.organisations.models import Employment, Runs
from benchside.people.models import Technician


def move_employments(kept: Technician, gone: Technician) -> None:
    """Raises Refused where one organisation knows both: its lead has to say who is who."""
    theirs = Employment.everything.filter(technician=gone)
    twice = Employment.everything.filter(
        technician=kept, organisation__in=theirs.values("organisation")
    ).select_related("organisation")
    if both := twice.first():
        raise Refused(
            f"{both.organisation.name} has you on its list twice.",
            "Ask its lead to make one of the two, then claim it.",
        )
    theirs.update(technician=kept)
    same_people.hand_over(gone, kept)
    Runs.objects.filter(technician=gone).delete()  # said twice
