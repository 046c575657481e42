"""What this room holds about a person, and how it forgets: for the registry of all rooms."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from benchside.core.registries import PersonalDataExport
from benchside.organisations.events import staff_changed
from benchside.organisations.models import (
    Employment,
    Equipment,
    Membership,
    Organisation,
    Post,
    Runs,
    StaffListSettings,
    StagedPerson,
)


def export(person_id: UUID) -> dict[str, Any]:
    held = Membership.objects.filter(user__person_id=person_id)
    asked = Organisation.objects.filter(applied_by=person_id)
    known = Employment.objects.filter(technician__account__person_id=person_id)
    return {
        "roles": [
            {
                "organisation": one.organisation.name,
                "role": one.get_role_display(),
                "unit": one.unit.name if one.unit else None,
                "from": one.started_on.isoformat(),
                "until": one.ended_on.isoformat() if one.ended_on else None,
            }
            for one in held.select_related("organisation", "unit").order_by("pk")
        ],
        "applications": [
            {"organisation": one.name, "your_job": one.job, "state": one.state}
            for one in asked.order_by("pk")
        ],
        "in_staff_lists": [
            _employment(one)
            for one in known.select_related("organisation").prefetch_related("posts__unit")
        ],
        "equipment_you_run": [
            {
                "item": one.equipment.name,
                "organisation": one.equipment.organisation.name,
                "what_you_do": one.get_level_display(),
                "since": one.since,
                "agreed": one.is_confirmed,
                "ended": one.ended_on.isoformat() if one.ended_on else None,
            }
            for one in Runs.objects.filter(technician__account__person_id=person_id)
            .select_related("equipment__organisation")
            .order_by("pk")
        ],
    }


def _employment(one: Employment) -> dict[str, Any]:
    return {
        "organisation": one.organisation.name,
        "staff_number": one.staff_number,
        "age_band": one.age_band,
        "age_band_of": one.age_as_of.isoformat() if one.age_as_of else None,
        "sex": one.sex,
        "ethnicity": one.ethnicity,
        "disability": one.disability,
        "from": one.started_on.isoformat() if one.started_on else None,
        "left": one.left_on.isoformat() if one.left_on else None,
        "posts": [
            {
                "title": post.title,
                "unit": post.unit.name if post.unit else None,
                "grade": post.grade,
                "share_of_full_time": str(post.fte) if post.fte is not None else None,
                "from": post.started_on.isoformat() if post.started_on else None,
                "until": post.ended_on.isoformat() if post.ended_on else None,
            }
            for post in one.posts.all()
        ],
    }


def erase(person_id: UUID) -> None:
    """End every role, also a last lead's: the desk is shown organisations without one.

    What a staff list said of the person alone is blanked; posts stay, as posts of nobody.
    A difference made from the list as it was before is stale from now on.
    """
    today = timezone.localdate()
    Membership.objects.live().filter(user__person_id=person_id).update(ended_on=today)
    Organisation.objects.filter(contact__person_id=person_id).update(contact=None)
    Organisation.objects.filter(applied_by=person_id).update(job="")
    Runs.objects.filter(technician__account__person_id=person_id).delete()
    Equipment.objects.filter(contact__account__person_id=person_id).update(contact=None)
    known = Employment.everything.filter(technician__account__person_id=person_id)
    # In one order, so that two who erase at once do not wait for each other in a ring.
    touched = StaffListSettings.objects.filter(
        pk__in=StaffListSettings.objects.filter(organisation__employments__in=known).values("pk")
    )
    for settings in touched.select_for_update().order_by("pk"):
        staff_changed(settings)
    Post.everything.filter(employment__in=known).update(contract_key="")
    Post.everything.filter(manager__in=known).update(manager=None)
    StagedPerson.objects.filter(employment__in=known).update(
        key="", before=None, after=None, old={}
    )
    known.update(
        key="", staff_number="", age_band="", age_as_of=None, sex="", ethnicity="",
        disability="", leaving_reason="", destination="",
    )  # fmt: skip


ORGANISATIONS = PersonalDataExport(
    key="organisations", title="Your organisations", export=export, erase=erase, order=400
)
