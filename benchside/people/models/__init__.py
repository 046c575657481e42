"""Who technicians are, and what they choose to show."""

from benchside.people.models.cpd import (
    CpdActivity,
    CpdBreak,
    CpdEvidence,
    CpdLog,
    CpdShare,
)
from benchside.people.models.media_consents import MediaConsent, MediaConsentQuerySet
from benchside.people.models.profiles import (
    ClaimInvitation,
    Consent,
    Language,
    Profile,
    ProfileKit,
    ProfileSkill,
    Qualification,
)
from benchside.people.models.technicians import Technician, TechnicianQuerySet

__all__ = [
    "ClaimInvitation",
    "Consent",
    "CpdActivity",
    "CpdBreak",
    "CpdEvidence",
    "CpdLog",
    "CpdShare",
    "Language",
    "MediaConsent",
    "MediaConsentQuerySet",
    "Profile",
    "ProfileKit",
    "ProfileSkill",
    "Qualification",
    "Technician",
    "TechnicianQuerySet",
]
