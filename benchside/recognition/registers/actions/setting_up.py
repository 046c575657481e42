"""Setting registers up: a file, the bodies that may bring people onto one, whether it is open."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import publish
from benchside.organisations.enums import Kind, OrganisationState
from benchside.organisations.models import Organisation
from benchside.recognition.enums import LicenceScope
from benchside.recognition.events import REGISTERS_CHANGED
from benchside.recognition.models import Licence, Register
from benchside.recognition.registers import loading, rules
from benchside.recognition.registers.reader import BrokenRegister
from benchside.recognition.registers.shapes import RegisterFile


def load_register(*, actor: Actor, file: RegisterFile) -> Register:
    """Make a register of a file, or let one say what its file says now; at once for everybody.
    Prices, targets and rules of CPD carry the day they hold from.

    Afterwards: its pages leave the cache. Raises Denied; BrokenRegister, naming every fault, when
    it does not fit its standard or another register has that one.
    """
    with acting("register.load", actor=actor, subject=None, may=rules.can_set_up) as act:
        if faults := list(loading.faults_of(file)):
            raise BrokenRegister(faults)
        found, is_new = Register.objects.update_or_create(
            slug=file.key, defaults=loading.fields_of(file)
        )
        act.about(found)
        act.note(new=is_new)
        publish(REGISTERS_CHANGED.key, register=found.slug)
    return found


def open_or_close(*, actor: Actor, register: Register, is_open: bool) -> None:
    """Whether it takes applications; those begun go on. Raises Denied."""
    with acting("register.open", actor=actor, subject=register, may=rules.can_set_up) as act:
        register.is_open = is_open
        register.save(update_fields=["is_open"])
        act.note(open=is_open)
        publish(REGISTERS_CHANGED.key, register=register.slug)


def give_licence(
    *,
    actor: Actor,
    register: Register,
    body: Organisation,
    scope: LicenceScope,
    starts_on: date,
    ends_on: date | None = None,
) -> Licence:
    """Let a professional body bring people onto a register. Raises Denied; Refused for whoever is
    no professional body here, days that do not follow, and while it has one for these days."""
    with acting("licence.give", actor=actor, subject=register, may=rules.can_set_up) as act:
        Register.objects.select_for_update().get(pk=register.pk)
        if body.kind != Kind.BODY or body.state != OrganisationState.APPROVED:
            raise Refused(f"{body.name} is no professional body here.", "Choose one of the list.")
        if ends_on is not None and ends_on < starts_on:
            raise Refused("It ends before it begins.", "Give a later last day, or none.")
        if _meets(register, body, starts_on, ends_on):
            raise Refused(f"{body.name} has a licence for these days.", "End that one first.")
        made = _make(register, body, scope, starts_on, ends_on)
        act.about(made)
        act.note(register=register.slug, body=body.pk, scope=str(scope))
        publish(REGISTERS_CHANGED.key, register=register.slug)
    return made


def _meets(register: Register, body: Organisation, begins: date, ends: date | None) -> bool:
    held = Licence.objects.filter(register=register, body=body)
    return any(
        (ends is None or one.starts_on <= ends) and (one.ends_on is None or begins <= one.ends_on)
        for one in held
    )


def _make(
    register: Register,
    body: Organisation,
    scope: LicenceScope,
    starts_on: date,
    ends_on: date | None,
) -> Licence:
    try:
        with transaction.atomic():
            return Licence.objects.create(
                register=register, body=body, scope=scope, starts_on=starts_on, ends_on=ends_on
            )
    except IntegrityError as error:
        raise Refused("It has a licence from that day.", "Reload the page.") from error


def end_licence(*, actor: Actor, licence: Licence, ends_on: date) -> None:
    """Say on which day it ends. What is under way then is moved to another body by the registrar.

    Raises Denied; Refused for a day before it began, or before today.
    """
    with acting("licence.end", actor=actor, subject=licence, may=rules.can_set_up) as act:
        if ends_on < timezone.localdate():
            raise Refused("That day is over.", "Give today or a later day.")
        if ends_on < licence.starts_on:
            begins = f"{licence.starts_on:%-d %B %Y}"
            raise Refused("It ends before it begins.", f"It begins on {begins}.")
        licence.ends_on = ends_on
        licence.save(update_fields=["ends_on"])
        act.note(ends_on=ends_on.isoformat())
        publish(REGISTERS_CHANGED.key, register=licence.register.slug)
