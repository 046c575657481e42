"""Technicians with an account and a profile, and clients signed in as them."""

from typing import Any

from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.people.enums import Audience
from benchside.people.fields import FIELDS
from benchside.people.models import Profile, Technician
from tests.factories.people import person


def a_profile(local: str = "edie", *, to: Audience | None = None, **fields: Any) -> Profile:
    """Somebody who has claimed their record; `to` shows every field to that audience."""
    user = person(f"{local}@benchside.example")
    technician = Technician.objects.create(
        name=f"{local.title()} Made-Up", account=user, claimed_at=timezone.now()
    )
    if to is not None:
        fields = {f"{field.key}_to": to for field in FIELDS} | {"is_shown": True} | fields
    return Profile.objects.create(technician=technician, **fields)


def as_themselves(profile: Profile) -> Client:
    client = Client()
    client.force_login(User.objects.get(technician=profile.technician))
    return client
