"""Badges made and signed: a registered person's, a school's; keys in a folder of the test's own."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from benchside.assessment.actions import grant_award
from benchside.assessment.actions.awards import Given
from benchside.assessment.models import Award, StandardVersion
from benchside.core.actions import SYSTEM, Actor
from benchside.people.models import Technician
from benchside.recognition.credentials import actions, tasks
from benchside.recognition.models import Credential, CredentialClaim, Endorsement, Entry
from tests.factories import marks, registers
from tests.factories.organisations import an_organisation
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


def many_claimed(count: int) -> list[Award]:
    """So many on a register who have all asked for their badge; none is made yet. Written by the
    thousand, past every action: only for what has to be shown of many."""
    register, body, today = registers.a_register(), registers.a_body(), timezone.localdate()
    version = StandardVersion.objects.in_force(registers.STANDARD)
    people = Technician.objects.bulk_create(
        Technician(name=f"Demonstration Person {number}") for number in range(count)
    )
    awards = Award.objects.bulk_create(
        Award(
            number=f"RT-{number:06}", version=version, holder="person", technician=person,
            state="active", period_start=today, period_end=today + timedelta(days=364),
        )
        for number, person in enumerate(people, 1)
    )  # fmt: skip
    Entry.objects.bulk_create(
        Entry(award=one, register=register, body=body, name=person.name, admitted_on=today)
        for one, person in zip(awards, people, strict=True)
    )
    CredentialClaim.objects.bulk_create(CredentialClaim(award=one) for one in awards)
    return awards


def spoken_for(standard: str, count: int) -> None:
    """By so many organisations, and its keeper said yes."""
    for number in range(count):
        Endorsement.objects.create(
            organisation=an_organisation(f"speaker-{number}"), standard=standard,
            words="We ask for it when we appoint.", made_by=uuid4(), state="shown",
        )  # fmt: skip


def document_of(credential: Credential) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(credential.document)
    return found
