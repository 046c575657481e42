"""Technicians with a profile, at an organisation, showing what a test says."""

from typing import Any

from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.careers.models import KitTerm, SkillTerm
from benchside.organisations.models import Employment, Organisation, Post, Unit
from benchside.people.enums import Audience
from benchside.people.fields import FIELDS
from benchside.people.models import (
    Language,
    Profile,
    ProfileKit,
    ProfileSkill,
    Qualification,
    Technician,
)
from tests.factories.people import person

EVERYTHING = {f"{field.key}_to": Audience.EVERYONE for field in FIELDS}


def a_technician(name: str = "Edie Made-Up", **fields: Any) -> Technician:
    """A record that nobody has claimed."""
    return Technician.objects.create(name=name, **fields)


def a_profile(name: str = "Edie Made-Up", *, is_shown: bool = True, **fields: Any) -> Profile:
    """A claimed record that shows everything to everyone, unless `fields` say otherwise."""
    local = f"{name.lower().replace(' ', '.')}.{Technician.objects.count()}"
    account = person(f"{local}@benchside.example", name=name)
    technician = a_technician(name, account=account, claimed_at=timezone.now())
    return Profile.objects.create(
        technician=technician, is_shown=is_shown, **{**EVERYTHING, **fields}
    )


def at_work(
    technician: Technician,
    organisation: Organisation,
    unit: Unit | None = None,
    title: str = "Workshop technician",
) -> Employment:
    employment = Employment.objects.create(organisation=organisation, technician=technician)
    Post.objects.create(employment=employment, unit=unit, title=title)
    return employment


def a_skill(name: str) -> SkillTerm:
    return SkillTerm.objects.get_or_create(slug=name.lower().replace(" ", "-"), name=name)[0]


def a_kit(name: str) -> KitTerm:
    return KitTerm.objects.get_or_create(
        slug=name.lower().replace(" ", "-"), name=name, symbol="flask"
    )[0]


def tell(
    profile: Profile, *, skill: str = "", kit: str = "", award: str = "", tongue: str = ""
) -> None:
    """Add lines to a profile."""
    if skill:
        ProfileSkill.objects.create(profile=profile, term=a_skill(skill))
    if kit:
        ProfileKit.objects.create(profile=profile, term=a_kit(kit))
    if award:
        Qualification.objects.create(profile=profile, title=award)
    if tongue:
        Language.objects.create(profile=profile, name=tongue)


def a_fresh_profile(local: str = "edie", *, to: Audience | None = None, **fields: Any) -> Profile:
    """Somebody who has just claimed their record and is hidden; `to` shows every field to that
    audience."""
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
