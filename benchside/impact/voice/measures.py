"""How many technicians had a say: a figure, and evidence that any self-assessment can cite."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from benchside.core.registries import EvidenceKind, Measure, Measured
from benchside.impact.models import Opinion, Plan, Suggestion
from benchside.impact.voice import queries
from benchside.organisations.models import Employment, Membership


def voices(organisation_id: int, on: date) -> Measured:
    """Technicians who by that day had suggested an action or said what they think of one, of all
    who work there now."""
    made = Suggestion.objects.filter(
        plan__organisation=organisation_id,
        state__in=queries.SAID,
        technician__isnull=False,
        made_at__date__lte=on,
    ).values_list("technician", flat=True)
    said = Opinion.objects.filter(
        action__plan__organisation=organisation_id, said_at__date__lte=on
    ).values_list("technician", flat=True)
    here = Employment.objects.current().filter(organisation=organisation_id)
    people = set(here.order_by().values_list("technician", flat=True))
    return Measured(value=len({*made, *said} & people), people=len(people))


VOICES = Measure(
    key="impact.technician_voice",
    title="Technicians who had a say about the action plan",
    unit="people",
    policy="workforce",
    observe=voices,
    order=40,
)


def describe(record_id: str, viewer_id: uuid.UUID | None) -> Mapping[str, Any] | None:
    """What technicians suggested of a plan, by its key; counts of suggestions, not of people.

    Members read it, and of a public plan everyone. Only members can follow to what stands behind.
    """
    try:
        key = uuid.UUID(record_id)
    except ValueError:
        return None
    plan = Plan.objects.filter(key=key).select_related("organisation").first()
    if plan is None:
        return None
    is_member = viewer_id is not None and (
        Membership.objects.live()
        .filter(organisation=plan.organisation_id, user__person_id=viewer_id)
        .exists()
    )
    if not is_member and plan.published_at is None:
        return None
    title = queries.tally(Suggestion.objects.filter(plan=plan)).words
    url = reverse("impact:voice", args=[plan.organisation.slug]) if is_member else ""
    return {"title": title, "url": url}


EVIDENCE = EvidenceKind(
    key="impact.voice", title="What technicians suggested", describe=describe, order=20
)
