"""Items of a register, people of the list who may run them, and clients signed in as them."""

from typing import Any

from django.test import Client
from django.urls import reverse

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.organisations.actions import equipment as actions
from benchside.organisations.models import Employment, Equipment, Organisation
from benchside.people.actions.claiming import claim_by_address
from benchside.people.enums import Audience
from benchside.people.models import Technician
from tests.factories.people import person


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(name: str, *args: Any) -> str:
    return reverse(f"organisations:{name}", args=["northmoor", *args])


def an_item(here: Organisation, by: User, name: str = "Diffractometer", **values: Any) -> Equipment:
    return actions.add_item(actor=Actor.of(by), organisation=here, values={"name": name, **values})


def on_the_list(here: Organisation, name: str = "Edie Made-Up") -> Technician:
    local = name.split()[0].lower()
    made = Technician.objects.create(name=name, work_email=f"{local}@benchside.example")
    Employment.objects.create(organisation=here, technician=made, key=name)
    return made


def claimed(technician: Technician) -> User:
    """They sign in, claim their record, and show everybody everything that is asked for here."""
    user = person(technician.work_email)
    claim_by_address(actor=Actor.of(user), user=user, technician=technician)
    technician.refresh_from_db()
    profile = technician.profile
    profile.is_shown = True
    profile.name_to = profile.kit_to = profile.unit_to = Audience.EVERYONE
    profile.save()
    return user


def typed(**values: Any) -> dict[str, Any]:
    return {"name": "Furnace", "kind": "equipment", **values}
