"""What the register gives a person of theirs, and how it forgets them."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from benchside.core.models import ImportedValue
from benchside.core.registries import PersonalDataExport, publish
from benchside.recognition.entries import names
from benchside.recognition.events import ENTRY_CHANGED
from benchside.recognition.models import Entry, FormerName, FormerNumber, HidingRequest
from benchside.recognition.registry import outliving

BROUGHT = "recognition.entries"  # the importer of lists that a body brings
ERASED = "erased at the person’s wish"


def _entries(person: UUID) -> QuerySet[Entry]:
    mine = Q(award__technician__person_id=person) | Q(award__technician__account__person_id=person)
    return Entry.objects.filter(mine).select_related("register", "award__version")


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
    """Blank all that is said of them but their number, states and days. The name goes with it,
    unless something keeps it for a time (`registry.outliving`)."""
    for one in _entries(person):
        others = FormerNumber.objects.filter(entry=one)
        numbers = [one.award.number, *others.values_list("number", flat=True)]
        others.update(said={})
        FormerName.objects.filter(entry=one).delete()
        HidingRequest.objects.filter(entry=one).delete()
        one.area = one.employer = one.membership = ""
        one.shows_area = one.shows_employer = False
        one.hidden_basis = ERASED if one.is_hidden else ""
        one.forget_asked_at = one.forget_asked_at or timezone.now()
        one.save()
        ImportedValue.objects.filter(importer=BROUGHT, key__in=numbers).delete()
        if outliving.kept(one, timezone.localdate()) is None:
            forget_name(one)
        else:
            names.index(one)
            publish(ENTRY_CHANGED.key, entry_id=one.pk, register=one.register.slug)


def forget_name(entry: Entry) -> None:
    """Number, states and days stay, as those of nobody, shown to nobody."""
    entry.name, entry.is_hidden, entry.hidden_basis = "", True, ERASED
    entry.save(update_fields=["name", "is_hidden", "hidden_basis"])
    names.index(entry)
    publish(ENTRY_CHANGED.key, entry_id=entry.pk, register=entry.register.slug)


OURS = PersonalDataExport(
    key="recognition.entries",
    title="Your entries on registers",
    export=export,
    erase=erase,
    order=330,
)
