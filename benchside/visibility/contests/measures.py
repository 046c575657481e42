"""The figures competitions publish: entries of an organisation's own schools."""

import datetime

from django.db.models import Q

from benchside.core.registries import Measure, Measured
from benchside.organisations.models import Organisation
from benchside.visibility.models import Entry


def entries(organisation_id: int, on: datetime.date) -> Measured | None:
    """Entries in the running that came from it by then: by its code, or in its name."""
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        return None
    theirs = Q(pledge__organisation=organisation) | Q(school__iexact=organisation.name)
    found = Entry.objects.running().filter(theirs, sent_at__date__lte=on)
    return Measured(value=found.count())


MEASURES = (
    Measure(
        key="visibility.contest_entries",
        title="Entries to competitions",
        unit="entries",
        policy="",
        observe=entries,
        order=40,
    ),
)
