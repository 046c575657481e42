"""The register that comes with the program, a body that is licensed for it, people on it."""

from datetime import date
from typing import Any

from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import grant_award, load_standard, publish_standard
from benchside.assessment.actions.awards import Given
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Duty, Reviewer, StandardVersion
from benchside.assessment.standards import read
from benchside.core.actions import SYSTEM
from benchside.organisations.enums import Kind, MemberRole
from benchside.organisations.models import Membership, Organisation
from benchside.people.models import Technician
from benchside.recognition.entries import names
from benchside.recognition.models import Entry, Licence, Register
from benchside.recognition.registers import loading
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import person

STANDARD = "registered-technician"
FILE = loading.FOLDER.parent.parent / "standards" / f"{STANDARD}.toml"


def a_register() -> Register:
    """With its standard published."""
    version = load_standard(actor=SYSTEM, standard=read(FILE))
    if version.state == "draft":
        publish_standard(actor=SYSTEM, version=version)
    register = loading.make_register(STANDARD)
    assert register is not None
    return register


def a_body(slug: str = "made-up-institute", **licence: Any) -> Organisation:
    """A professional body that may bring people onto the register."""
    register = a_register()
    found = Organisation.objects.filter(slug=slug).first()
    body = found or an_organisation(slug, kind=Kind.BODY)
    if not Licence.objects.filter(register=register, body=body).exists():
        Licence.objects.create(register=register, body=body, **licence)
    return body


def a_registrar(email: str = "registrar@council.example") -> User:
    """Checks, assigns, recommends and keeps entries."""
    return give_duties(person(email))


def give_duties(user: User) -> User:
    for kind in (DutyKind.ASSIGN, DutyKind.KEEP):
        Duty.objects.get_or_create(user=user, standard=STANDARD, kind=kind)
    return user


def a_ratifier(body: Organisation | None = None, *, user: User | None = None) -> User:
    """Ratifies for a body, of which they are a member."""
    body = body or a_body()
    if user is None:
        user = a_member(body, MemberRole.SIGNER)
    else:
        Membership.objects.create(user=user, organisation=body, role=MemberRole.SIGNER)
    Duty.objects.get_or_create(user=user, standard=STANDARD, kind=DutyKind.RATIFY)
    return user


def an_assessor(email: str = "assessor@council.example") -> User:
    user = person(email)
    Reviewer.objects.get_or_create(user=user, defaults={"standards": [STANDARD]})
    return user


def an_applicant(email: str = "applicant@work.example", *, user: User | None = None) -> Technician:
    """Somebody with an account and a claimed record."""
    user = user or person(email)
    made, _ = Technician.objects.get_or_create(
        account=user, defaults={"name": user.name, "claimed_at": timezone.now()}
    )
    return made


def an_entry(
    name: str = "Siobhán O’Brien",
    *,
    technician: Technician | None = None,
    body: Organisation | None = None,
    since: date | None = None,
    **fields: Any,
) -> Entry:
    """Somebody on the register, admitted on a day."""
    register, since = a_register(), since or timezone.localdate()
    holder = technician or Technician.objects.create(name=name)
    version = StandardVersion.objects.in_force(STANDARD)
    assert version is not None
    award = grant_award(
        actor=SYSTEM, version=version, given=Given(technician=holder, starts_on=since)
    )
    made = Entry.objects.create(
        award=award,
        register=register,
        body=body or a_body(),
        name=name,
        admitted_on=since,
        **fields,
    )
    names.index(made)
    return made
