"""What organisations are made of."""

from benchside.organisations.models.members import Membership, RoleInvitation
from benchside.organisations.models.organisations import Organisation, Unit
from benchside.organisations.models.places import KnownPlace
from benchside.organisations.models.posts import Employment, Post

__all__ = [
    "Employment",
    "KnownPlace",
    "Membership",
    "Organisation",
    "Post",
    "RoleInvitation",
    "Unit",
]
