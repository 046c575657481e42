"""What this room holds about a person, and how it forgets: for the registry of all rooms."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from benchside.accounts.models import Invitation
from benchside.core import pictures
from benchside.core.registries import PersonalDataExport, publish
from benchside.people.enums import Audience
from benchside.people.events import MEDIA_CONSENT_WITHDRAWN, PROFILE_CHANGED
from benchside.people.fields import FIELDS
from benchside.people.models import MediaConsent, Profile, Technician


def export(person_id: UUID) -> dict[str, Any]:
    found = Technician.objects.filter(account__person_id=person_id).first()
    if found is None:
        return {}
    profile = Profile.objects.filter(technician=found).first()
    return {
        "name": found.name,
        "work_email": found.work_email,
        "known_since": found.created_at.isoformat(),
        "claimed": found.claimed_at.isoformat() if found.claimed_at else None,
        "profile": _profile(profile) if profile else None,
        "consents": [
            {
                "about": one.about,
                "words": one.words,
                "given": one.given_at.isoformat(),
                "withdrawn": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
            }
            for one in found.consents.all()
        ],
    }


def _profile(profile: Profile) -> dict[str, Any]:
    return {
        "address": f"/technicians/{profile.public_id}/",
        "shown": profile.is_shown,
        "headline": profile.headline,
        "about": profile.about,
        "role": profile.role.title if profile.role else None,
        "letters": profile.letters,
        "contact_email": profile.contact_email,
        "contact_url": profile.contact_url,
        "orcid": profile.orcid,
        "photograph": profile.photo is not None,
        "skills": [one.term.name for one in profile.skills.select_related("term")],
        "kit": [one.term.name for one in profile.kit.select_related("term")],
        "qualifications": list(profile.qualifications.values("title", "awarded_by", "year")),
        "languages": [one.name for one in profile.languages.all()],
        "shown_to": {
            field.key: str(Audience(getattr(profile, f"{field.key}_to")).label) for field in FIELDS
        },
    }


def erase(person_id: UUID) -> None:
    """Delete the profile with its photograph, blank the record and let go of the account; posts
    lose the name and stay counted."""
    found = Technician.objects.filter(account__person_id=person_id).first()
    if found is None:
        return
    for profile in Profile.objects.filter(technician=found).select_related("photo"):
        photo, public_id = profile.photo, profile.public_id
        profile.delete()
        if photo is not None:
            pictures.destroy(photo)
        publish(PROFILE_CHANGED.key, technician_id=found.pk, public_id=public_id)
    found.consents.all().delete()
    # The letters, with the work address they went to.
    Invitation.objects.filter(claim__technician=found).delete()
    Technician.objects.filter(pk=found.pk).update(
        name="", work_email="", account=None, claimed_at=None, erased_at=timezone.now()
    )


def export_consents(person_id: UUID) -> dict[str, Any]:
    found = MediaConsent.objects.filter(person_id=person_id)
    return {
        "to_be_shown": [
            {
                "in": one.subject,
                "covers": one.get_covers_display(),
                "named": one.who,
                "words": one.words,
                "given": one.given_at.isoformat(),
                "withdrawn": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
            }
            for one in found
        ]
    }


def erase_consents(person_id: UUID) -> None:
    """End them, which takes down what they are consents to, and blank who it was."""
    found = MediaConsent.objects.filter(person_id=person_id)
    for one in found.filter(withdrawn_at__isnull=True):
        publish(MEDIA_CONSENT_WITHDRAWN.key, subject=one.subject, consent_id=one.pk)
    found.take_back()
    found.update(who=ERASED, signed_as=ERASED, evidence="", person_id=None)


ERASED = "Erased"
CONSENTS = PersonalDataExport(
    key="media_consents",
    title="Consents to be shown",
    export=export_consents,
    erase=erase_consents,
    order=400,
)
TECHNICIAN = PersonalDataExport(
    key="technician", title="You as a technician", export=export, erase=erase, order=500
)
