"""What organisations are made of."""

from benchside.organisations.models.equipment import Equipment, Runs
from benchside.organisations.models.members import Membership, RoleInvitation
from benchside.organisations.models.organisations import Organisation, Unit
from benchside.organisations.models.places import KnownPlace
from benchside.organisations.models.posts import Employment, Post
from benchside.organisations.models.same_people import CountMeIn, Merger, NotTheSame
from benchside.organisations.models.staff_files import StaffFile
from benchside.organisations.models.staff_lists import (
    ColumnMapping,
    OwnWord,
    StaffListSettings,
    StaffRun,
    StaffSnapshot,
    StagedPerson,
    TechnicianDefinition,
    TitleDecision,
)

__all__ = [
    "ColumnMapping",
    "CountMeIn",
    "Employment",
    "Equipment",
    "KnownPlace",
    "Membership",
    "Merger",
    "NotTheSame",
    "Organisation",
    "OwnWord",
    "Post",
    "RoleInvitation",
    "Runs",
    "StaffFile",
    "StaffListSettings",
    "StaffRun",
    "StaffSnapshot",
    "StagedPerson",
    "TechnicianDefinition",
    "TitleDecision",
    "Unit",
]
