"""What the register gives a person of theirs, and how it forgets them."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from benchside.core.models import ImportedValue
from benchside.core.registries import PersonalDataExport
from benchside.recognition.entries import names
from benchside.recognition.models import Entry, FormerName, FormerNumber, HidingRequest

BROUGHT = "recognition.entries"  # the importer of lists that a body brings
ERASED = "erased at the person’s wish"


def _entries(person: UUID) -> QuerySet[Entry]:
    mine = Q(award__technician__person_id=person) | Q(award__technician__account__person_id=person)
    return Entry.objects.filter(mine).select_related("register", "award")


def export(person: UUID) -> dict[str, Any]:
    return {
        "entries": [
            {
                "register": one.register.name,
                "number": one.award.number,
                "name": one.name,
                "state": one.award.state,
                "admitted": one.admitted_on.isoformat(),
                "area": one.area,
                "employer": one.employer,
                "membership": one.membership,
                "shown": not one.is_hidden,
                "other numbers": list(one.former_numbers.values("number", "said")),
                "former names": list(one.former_names.values_list("name", flat=True)),
            }
            for one in _entries(person)
        ]
    }


def erase(person: UUID) -> None:
    """Blank the names; number, states and days stay, as those of nobody, shown to nobody."""
    for one in _entries(person):
        others = FormerNumber.objects.filter(entry=one)
        numbers = [one.award.number, *others.values_list("number", flat=True)]
        others.update(said={})
        FormerName.objects.filter(entry=one).delete()
        HidingRequest.objects.filter(entry=one).delete()
        one.name = one.area = one.employer = one.membership = ""
        one.shows_area = one.shows_employer = False
        one.is_hidden, one.hidden_basis = True, ERASED
        one.save()
        names.index(one)
        ImportedValue.objects.filter(importer=BROUGHT, key__in=numbers).delete()


OURS = PersonalDataExport(
    key="recognition.entries",
    title="Your entries on registers",
    export=export,
    erase=erase,
    order=330,
)
