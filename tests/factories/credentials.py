"""Badges made and signed: a registered person's, a school's; keys in a folder of the test's own."""

import json
from typing import Any

from django.utils import timezone

from benchside.assessment.actions import grant_award
from benchside.assessment.actions.awards import Given
from benchside.assessment.models import Award, StandardVersion
from benchside.core.actions import SYSTEM, Actor
from benchside.people.models import Technician
from benchside.recognition.credentials import actions, tasks
from benchside.recognition.models import Credential, Entry
from tests.factories import marks, registers
from tests.factories.people import person


def sign_all() -> None:
    """What the worker would do."""
    tasks.sign_what_waits.func()


def a_registered_person(email: str = "regina@work.example", **fields: Any) -> Entry:
    """With an account, on the register, without a credential."""
    user = person(email)
    technician = Technician.objects.create(name=user.name, account=user, claimed_at=timezone.now())
    return registers.an_entry(technician.name, technician=technician, **fields)


def claimed(entry: Entry) -> Credential:
    """Asked for by its holder, and signed."""
    technician = entry.award.technician
    assert technician is not None
    assert technician.account is not None
    made = actions.claim(actor=Actor.of(technician.account), award=entry.award)
    sign_all()
    made.refresh_from_db()
    return made


def a_marked_school(slug: str = "north-high", level: str = "gold") -> Award:
    """A school that holds a mark; its credential is made at once."""
    marks.a_mark()
    version = StandardVersion.objects.in_force(marks.STANDARD)
    assert version is not None
    given = Given(organisation=marks.a_school(slug), level=level, starts_on=timezone.localdate())
    award = grant_award(actor=SYSTEM, version=version, given=given)
    actions.keep_in_step(award=award)  # what the event does once it is committed
    return award


def document_of(credential: Credential) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(credential.document)
    return found
