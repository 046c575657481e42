"""Who technicians are, and what they choose to show."""

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
    "Language",
    "Profile",
    "ProfileKit",
    "ProfileSkill",
    "Qualification",
    "Technician",
    "TechnicianQuerySet",
]
