"""Beginning an application to a register, with what is known already filled in."""

from dataclasses import dataclass

from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import begin_submission, save_statement
from benchside.assessment.awarding.queries import rules_of, state_of
from benchside.assessment.models import StandardVersion, Submission
from benchside.core.actions import Actor, Refused, acting
from benchside.core.permissions import is_signed_in
from benchside.organisations.models import Employment
from benchside.people.models import Technician
from benchside.people.queries import technician_of
from benchside.recognition.models import Register, RegisterApplication
from benchside.recognition.registers import queries
from benchside.recognition.registers.actions.details import Details
from benchside.recognition.registers.doors import leads_back


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen(Details):
    """What whoever begins has chosen: the route, the body, and the name to be registered."""

    route: str


def begin_application(*, actor: Actor, register: Register, chosen: Chosen) -> RegisterApplication:
    """Begin one's own application; what the profile and the staff list say stands in it already.

    Raises Denied; Refused without a record, for a register or a body that takes none now, when one
    is under way, when they are on the register or have another way back, and too soon after a no.
    """
    columns = chosen.columns()
    with acting("register.apply", actor=actor, subject=register, may=is_signed_in) as act:
        technician = _technician(actor)
        # One at a time: of two windows in which somebody begins, the second is told.
        Technician.objects.select_for_update().get(pk=technician.pk)
        version = _refuse(register, technician, chosen)
        work = queries.employer_of(technician)
        submission = begin_submission(
            actor=actor,
            version=version,
            technician=technician,
            organisation=work.organisation if work else None,
            route=chosen.route,
            purpose=register.slug,
        )
        made = RegisterApplication.objects.create(
            submission=submission,
            register=register,
            number=_number(version, submission),
            **columns,
        )
        act.about(made)
        act.note(register=register.slug, route=chosen.route, body=chosen.body.pk)
        _fill_in(actor, register, submission, technician, work)
    return made


def _technician(actor: Actor) -> Technician:
    found = technician_of(actor.account) if isinstance(actor.account, User) else None
    if found is None:
        raise Refused("You have no record as a technician yet.", "Begin your record first.")
    return found


def _refuse(register: Register, technician: Technician, chosen: Chosen) -> StandardVersion:
    """The version it is made under. Raises Refused."""
    version = queries.version_of(register)
    if version is None or not register.is_open:
        raise Refused(f"{register.name} takes no applications now.", "Come back later.")
    if chosen.body not in queries.bodies_of(register):
        raise Refused(
            f"{chosen.body.name} has no licence for this register now.", "Choose another body."
        )
    refuse_to_begin(register, technician)
    return version


def refuse_to_begin(register: Register, technician: Technician) -> None:
    """Whatever body they would choose. Raises Refused when one is under way, when they are on the
    register or have another way back, and too soon after a no."""
    if queries.open_application(register, technician) is not None:
        raise Refused("There is one under way already.", "Open that one and go on with it.")
    _refuse_held(register, technician)
    first = queries.may_try_from(register, technician)
    if first is not None and timezone.localdate() < first:
        raise Refused(f"You can apply again from {first:%-d %B %Y}.", "Your answers stay here.")


def _refuse_held(register: Register, technician: Technician) -> None:
    award = queries.last_award(register, technician)
    if award is None:
        return
    if state_of(award).stands:
        raise Refused("You are on this register.", f"Your number is {award.number}.")
    ends = award.events.changes().order_by("-number")
    last = ends.values_list("effective_on", flat=True).first()
    days = (timezone.localdate() - last).days if last else 0
    if leads_back(rules_of(award), award.state, days):
        raise Refused(
            f"You were on this register, as {award.number}, and have another way back.",
            "Ask the registrar: you need not write all of it again.",
        )


def _number(version: StandardVersion, submission: Submission) -> str:
    """From the prefix of the register's own numbers, so that the two are told apart by a letter."""
    award = version.standard.award
    prefix = award.number.removesuffix("-") if award else ""
    return f"{prefix}A-{submission.pk:06d}"


def _fill_in(
    actor: Actor,
    register: Register,
    submission: Submission,
    technician: Technician,
    work: Employment | None,
) -> None:
    """Write what is known already where the register's file says so; they change what is wrong."""
    known = {"work": _work(work), "qualifications": _qualifications(technician)}
    asked = {one.key for one in submission.version.standard.asked_at(None, submission.route)}
    for key, what in register.rules.known.items():
        if key in asked and known[what]:
            save_statement(
                actor=actor, submission=submission, criterion=key, text=known[what], based_on=0
            )


def _work(work: Employment | None) -> str:
    if work is None:
        return ""
    post = work.posts.filter(ended_on__isnull=True).order_by("-is_main", "pk").first()
    where = f"I work at {work.organisation.name}"
    as_what = f", as {post.title}" if post else ""
    since = f", since {work.started_on:%-d %B %Y}" if work.started_on else ""
    return f"{where}{as_what}{since}."


def _qualifications(technician: Technician) -> str:
    if not hasattr(technician, "profile"):
        return ""
    return "\n".join(
        ", ".join(str(part) for part in (one.title, one.awarded_by, one.year) if part)
        for one in technician.profile.qualifications.all()
    )
