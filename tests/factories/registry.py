"""A register's desk with its people: two registrars' worth, two ratifiers, somebody registered."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.awarding.queries import rules_of
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Award, AwardEvent, Duty
from benchside.core.actions import Actor
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Membership, Organisation
from benchside.people.models import Technician
from benchside.recognition.models import Entry, Register
from tests.factories import registers
from tests.factories.people import person, sign_in


@dataclass
class Desk:
    register: Register
    body: Organisation
    registrar: Actor
    ratifier: Actor
    other_ratifier: Actor


def a_desk() -> Desk:
    body = registers.a_body()
    return Desk(
        registers.a_register(),
        body,
        Actor.of(registers.a_registrar()),
        Actor.of(registers.a_ratifier(body)),
        Actor.of(another_ratifier(body)),
    )


def another_ratifier(body: Organisation, email: str = "second@institute.example") -> User:
    user = person(email)
    Membership.objects.create(user=user, organisation=body, role=MemberRole.SIGNER)
    Duty.objects.create(user=user, standard=registers.STANDARD, kind=DutyKind.RATIFY)
    return user


def somebody(name: str = "Siobhán O’Brien", *, days: int = 30, **fields: object) -> Entry:
    """On the register since so many days, with an account of their own."""
    local = name.split()[0].lower().encode("ascii", "ignore").decode()
    holder = registers.an_applicant(f"{local}@work.example")
    since = timezone.localdate() - timedelta(days=days)
    made = registers.an_entry(name, technician=holder, since=since, **fields)  # type: ignore[arg-type]
    return Entry.objects.select_related("award__version", "register", "body").get(pk=made.pk)


def needs_of(entry: Entry, verb: str) -> tuple[str, ...]:
    """What whoever does it confirms, as the file has it."""
    return next(one.needs for one in rules_of(entry.award).moves if one.verb == verb)


def holder_of(entry: Entry) -> Actor:
    technician = entry.award.technician
    assert technician is not None
    assert technician.account is not None
    return Actor.of(technician.account)


def own_entry(actor: Actor) -> Entry:
    """Of somebody who has a duty there too."""
    technician = Technician.objects.create(
        account_id=actor.account.pk,  # type: ignore[union-attr]
        name="Dee Made-Up",
        claimed_at=timezone.now(),
    )
    made = registers.an_entry("Dee Made-Up", technician=technician)
    return Entry.objects.select_related("award__version", "register", "body").get(pk=made.pk)


def browser(actor: Actor) -> Client:
    return sign_in(Client(), User.objects.get(person_id=actor.person_id))


def put_into(entry: Entry, state: str) -> None:
    """As if it had been in a state since its first event; only for walking the table."""
    Award.objects.filter(pk=entry.award_id).update(state=state)
    entry.award.refresh_from_db()


def began(entry: Entry) -> date:
    return AwardEvent.objects.filter(award=entry.award).latest("number").effective_on
