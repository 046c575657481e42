"""This part of the demonstration: a registrar's desk on which something waits in each corner."""

from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.assessment.actions import grant_award
from benchside.assessment.actions.awards import Given
from benchside.assessment.awarding import clock as engine
from benchside.assessment.awarding import loading as standards
from benchside.assessment.awarding.queries import version_in_force
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Award, Duty, Reviewer
from benchside.core.actions import SYSTEM, VISITOR, Actor
from benchside.organisations.actions.members import start
from benchside.organisations.enums import Kind, MemberRole, OrganisationState
from benchside.organisations.models import Membership, Organisation
from benchside.people.models import Technician
from benchside.recognition.entries import names
from benchside.recognition.models import Entry, Licence, Register
from benchside.recognition.registers import loading
from benchside.recognition.registry import actions, clock

STANDARD = "registered-technician"
BODY = "The Made-Up Institute of Technicians"
ASSESSORS = ("register-assessor", "other-register-assessor", "third-register-assessor")
# Made-up people of this desk: name, and how many days ago they came onto the register.
HELD = {
    "Brenda Made-Up-Break": 100,
    "Connie Made-Up-Concern": 120,
    "Dora Made-Up-Due": 330,
    "Gil Made-Up-Grace": 395,
    "Lal Made-Up-Lapsed": 520,
    "Sam Made-Up-Second": 200,
}


def create() -> None:
    """Once; in front of a register and a body that other parts may have made before."""
    registrar = _user("registrar")
    register = _register()
    if registrar is None or register is None:
        return
    body = _body(register)
    _give_duties(registrar, register)
    _seconds(register, body)
    own = _own_entry(register, body)
    if own is not None and not own.requests.exists():
        actions.ask_for(
            actor=Actor.of(own.award.technician.account),  # type: ignore[union-attr, arg-type]
            entry=own,
            verb="begin-break",
            reason="Parental leave",
            begins=timezone.localdate(),
            until=timezone.localdate() + timedelta(days=270),
        )
    if not Entry.objects.filter(register=register, name__in=HELD).exists():
        made = {name: _hold(register, body, name, days) for name, days in HELD.items()}
        _happen(Actor.of(registrar), made)


def _user(local: str) -> User | None:
    return User.objects.filter(email=local + DEMONSTRATION_DOMAIN).first()


def _register() -> Register | None:
    for one in standards.compared():
        if one.standard.key == STANDARD and one.waits == standards.Waits.FIRST:
            standards.take(one)
    found = loading.make_register(STANDARD)
    return found if found and version_in_force(STANDARD) else None


def _body(register: Register) -> Organisation:
    """The first that is licensed; a made-up one where none is."""
    licence = Licence.objects.filter(register=register).select_related("body").first()
    if licence is not None:
        return licence.body
    admin = _user("administrator")
    person = admin.person_id if admin else uuid4()
    body, _ = Organisation.objects.get_or_create(
        slug="made-up-institute-of-technicians",
        defaults={
            "name": BODY,
            "kind": Kind.BODY,
            "state": OrganisationState.APPROVED,
            "applied_by": person,
            "decided_by": person,
            "decided_at": timezone.now(),
        },
    )
    Licence.objects.create(register=register, body=body, starts_on=date(2026, 1, 1))
    return body


def _give_duties(registrar: User, register: Register) -> None:
    for kind in (DutyKind.ASSIGN, DutyKind.KEEP):
        Duty.objects.get_or_create(user=registrar, standard=register.standard, kind=kind)
    today = timezone.localdate()
    for number, local in enumerate(ASSESSORS):
        if (user := _user(local)) is None:
            continue
        found, _ = Reviewer.objects.get_or_create(
            user=user,
            defaults={
                "trained_on": today - timedelta(days=300 * (number + 1)),
                "refresh_by": today + timedelta(days=400 - 200 * number),
            },
        )
        if register.standard not in found.standards:
            found.standards = [*found.standards, register.standard]
            found.save(update_fields=["standards"])


def _seconds(register: Register, body: Organisation) -> None:
    """Whoever ratifies for the body, and is the second person."""
    user = _user("body-ratifier")
    if user is None:
        return
    if not Membership.objects.live().filter(user=user, organisation=body).exists():
        start(body.pk, user, MemberRole.SIGNER)
    Duty.objects.get_or_create(user=user, standard=register.standard, kind=DutyKind.RATIFY)


def _own_entry(register: Register, body: Organisation) -> Entry | None:
    """The entry of the registered person of the demonstration."""
    user = _user("registered")
    if user is None:
        return None
    found = Entry.objects.filter(award__technician__account=user).first()
    if found is not None:
        return found
    technician, _ = Technician.objects.get_or_create(
        account=user, defaults={"name": "Regina Made-Up", "claimed_at": timezone.now()}
    )
    return _admit(register, body, technician, 290)


def _hold(register: Register, body: Organisation, name: str, days: int) -> Entry:
    return _admit(register, body, Technician.objects.create(name=name), days)


def _admit(register: Register, body: Organisation, technician: Technician, days: int) -> Entry:
    """As if long ago; then the clock does what it would have done since."""
    version, today = version_in_force(register.standard), timezone.localdate()
    if version is None:
        raise LookupError(register.standard)
    since = today - timedelta(days=days)
    award: Award = grant_award(
        actor=SYSTEM, version=version, given=Given(technician=technician, starts_on=since)
    )
    entry = Entry.objects.create(
        award=award, register=register, body=body, name=technician.name, admitted_on=since
    )
    names.index(entry)
    engine.walk(award, today)
    clock.look_after(entry, today)
    return entry


def _happen(registrar: Actor, made: dict[str, Entry]) -> None:
    """A break, a concern that is looked into, a suspension that waits for a second person."""
    today = timezone.localdate()
    actions.move_entry(
        actor=registrar,
        entry=made["Brenda Made-Up-Break"],
        verb="begin-break",
        reason="Study",
        effective_on=today - timedelta(days=60),
        until=today - timedelta(days=5),
    )
    case = actions.raise_concern(
        actor=VISITOR,
        entry=made["Connie Made-Up-Concern"],
        said="A made-up concern: a logbook was filled in for a check that was never made.",
    )
    actions.look_into(
        actor=registrar, case=case, told="A check of the autoclave is said not to have been made."
    )
    actions.write_note(
        actor=registrar, case=case, text="A made-up note: the employer is asked for the logbook."
    )
    actions.propose_move(
        actor=registrar,
        entry=made["Sam Made-Up-Second"],
        verb="suspend-for-health",
        reason="Health",
        words="A made-up letter of the made-up doctor is with the file.",
    )
