"""What can be done with applications for a mark, one function a verb."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import begin_submission, link_renewal, save_statement
from benchside.assessment.actions.renewals import renewing_move
from benchside.assessment.awarding import queries as awarding
from benchside.assessment.limits import whole
from benchside.assessment.models import Award, Interest, StandardVersion, Submission
from benchside.assessment.panels import shortfalls_of
from benchside.assessment.periods import months_after
from benchside.assessment.signatures import lapse_signatures
from benchside.assessment.writing_rules import can_lead
from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.core.registries import publish
from benchside.organisations.models import Organisation
from benchside.recognition.events import MARKS_CHANGED
from benchside.recognition.marks import queries, rules
from benchside.recognition.marks.service_factor import Line
from benchside.recognition.models import (
    Application,
    FollowUp,
    Mark,
    SubjectHours,
    Target,
    TaughtHours,
)

FOLLOW_UP_MONTHS = 12
ADVISES = "Advises this school"
EDITABLE = ("name", "about", "price", "contact", "is_open")


def begin_application(
    *, actor: Actor, mark: Mark, organisation: Organisation, level: str
) -> Application:
    """Begin one for a school, with the answers of its last one already there.

    Within the time the standard gives, a second try after one that was not met is free. For a
    holder it is a renewal. Raises Denied; Refused for a technician of the school, for a mark that
    takes no applications now, and when one is under way.
    """
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        _refuse(actor, mark, organisation)
        version = queries.version_of(mark)
        if version is None or not mark.is_open:
            raise Refused(f"{mark.name} takes no applications now.", "Come back later.")
        held = queries.award_of(mark, organisation)
        renews = _to_renew(held, version, level)
        failed = queries.last_failed(mark, organisation)
        last = queries.applications_of(organisation).filter(mark=mark).first()
        submission = begin_submission(
            actor=actor, version=version, organisation=organisation, level=level, purpose=mark.slug
        )
        with acting("mark.apply", actor=actor, subject=organisation, may=rules.can_apply) as act:
            made = Application.objects.create(
                submission=submission,
                mark=mark,
                before=failed.application if failed and failed.is_free else None,
            )
            act.about(made)
            act.note(mark=mark.slug, level=level, free=made.is_free)
        if renews is not None:
            link_renewal(submission=submission, award=renews)
        if last is not None:
            _fill_from(actor, last.submission, submission)
    return made


def _refuse(actor: Actor, mark: Mark, organisation: Organisation) -> None:
    if rules.is_technician_there(actor, organisation):
        raise Refused(
            "You are on the school’s staff list as a technician, and this is for those who lead.",
            "Ask your headteacher or line manager to begin it. You should read it before it goes.",
        )
    if not rules.can_apply(actor, organisation):
        raise Denied("mark.apply")
    if mark.kind and mark.kind != organisation.kind:
        raise Refused(f"{mark.name} is for another kind of organisation.")
    if queries.open_application(mark, organisation) is not None:
        raise Refused("There is one under way already.", "Open that one and go on with it.")


def _to_renew(held: Award | None, version: StandardVersion, level: str) -> Award | None:
    """The award that this would renew. Raises Refused while there is nothing to gain by it."""
    if held is None or renewing_move(held) is None:
        return None
    is_early = held.state == awarding.rules_of(held).start
    order = [one.key for one in version.standard.levels]
    is_higher = level in order and order.index(level) > _place(order, held.level)
    if is_early and not is_higher:
        until = f"{held.period_end:%-d %B %Y}" if held.period_end else "further notice"
        raise Refused(
            f"The school holds this until {until}.", "We write to you when it is time to renew."
        )
    return held


def _place(order: list[str], level: str) -> int:
    return order.index(level) if level in order else -1


def _fill_from(actor: Actor, old: Submission, new: Submission) -> None:
    """Take over what was written before, where the question is still asked."""
    asked = {one.key: one for one in new.version.standard.criteria}
    for said in old.statements.all():
        one = asked.get(said.criterion)
        if one is None or not (said.text or said.choice):
            continue
        choice = said.choice if said.choice in one.options else ""
        save_statement(
            actor=actor,
            submission=new,
            criterion=one.key,
            text=said.text,
            choice=choice,
            based_on=0,
        )
    for line in SubjectHours.objects.filter(submission=old):
        line.pk, line.submission = None, new
        line.save(force_insert=True)
    for taught in TaughtHours.objects.filter(submission=old):
        TaughtHours.objects.create(submission=new, hours=taught.hours)


def give_order_number(*, actor: Actor, application: Application, number: str) -> None:
    """Write down the purchase order. Raises Denied; Refused without one, or after assessment."""
    number = whole(number, 60, "The order number")
    if not number:
        raise Refused("The order number is missing.", "Your school office has it.")
    submission = application.submission
    may = rules.can_apply | rules.can_run
    with acting(
        "mark.order", actor=actor, subject=application, may=lambda who, _: may(who, submission)
    ):
        if submission.closed_at is not None:
            raise Refused("This is decided already.", "Write to whoever runs the mark.")
        application.order_number, application.order_at = number, timezone.now()
        application.save(update_fields=["order_number", "order_at"])


def name_adviser(*, actor: Actor, application: Application, adviser: User) -> None:
    """Say whom the school can ask. An adviser is no judge: the engine gives them no seat on it.

    Raises Denied; Refused for whoever sits on it, or may not be named.
    """
    with acting("mark.advise", actor=actor, subject=application, may=rules.can_run) as act:
        submission = application.submission
        if not queries.advisers(application.mark).filter(pk=adviser.pk).exists():
            raise Refused("They are not on the list of advisers.", "Choose somebody on it.")
        if submission.seats.filter(user=adviser).exists():
            raise Refused("They assess this application.", "Name somebody else.")
        Interest.objects.get_or_create(user=adviser, submission=submission, what=ADVISES)
        application.adviser, application.adviser_since = adviser, timezone.now()
        application.save(update_fields=["adviser", "adviser_since"])
        act.note(person=str(adviser.person_id))


def save_hours(
    *, actor: Actor, submission: Submission, taught: Decimal | None, lines: Iterable[Line]
) -> None:
    """Write the hours sheet anew. Signatures lapse when it says something else.

    Raises Denied; Refused when it can no longer be changed.
    """
    with acting("hours.save", actor=actor, subject=submission, may=can_lead):
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        if not held.is_open:
            raise Refused("This was sent in: it can no longer be changed.")
        new = {one.subject: one for one in lines}
        if (taught, new) == _kept(held):
            return
        SubjectHours.objects.filter(submission=held).delete()
        TaughtHours.objects.filter(submission=held).delete()
        SubjectHours.objects.bulk_create(
            SubjectHours(
                submission=held,
                subject=one.subject,
                people=one.people,
                hours=one.hours,
                weeks=one.weeks,
            )
            for one in new.values()
        )
        if taught is not None:
            TaughtHours.objects.create(submission=held, hours=taught)
        lapse_signatures(held)


def _kept(submission: Submission) -> tuple[Decimal | None, dict[str, Line]]:
    taught = TaughtHours.objects.filter(submission=submission).first()
    lines = SubjectHours.objects.filter(submission=submission)
    return taught.hours if taught else None, {one.subject: as_line(one) for one in lines}


def as_line(one: SubjectHours) -> Line:
    return Line(subject=one.subject, hours=one.hours, weeks=one.weeks, people=one.people)


def set_targets(*, application: Application) -> int:
    """What was not met, as targets with the assessors' reasons; the same however often it is
    done. Called when a decision says no."""
    unmet = shortfalls_of(application.submission)
    with transaction.atomic():
        for one, why in unmet:
            Target.objects.update_or_create(
                application=application,
                criterion=one.key,
                defaults={"title": one.title, "words": why[:4000]},
            )
        gone = Target.objects.filter(application=application)
        gone.exclude(criterion__in=[one.key for one, _ in unmet]).delete()
    return len(unmet)


def plan_follow_up(*, award: Award) -> FollowUp:
    """A visit or a call a year after the period began; planned once a period."""
    due = months_after(award.period_start, FOLLOW_UP_MONTHS) or award.period_start
    found, _ = FollowUp.objects.get_or_create(award=award, due_on=due)
    return found


def record_follow_up(*, actor: Actor, follow_up: FollowUp, words: str, done_on: date) -> None:
    """Write down what the adviser found. Raises Denied; Refused without words, or twice."""
    may = rules.can_follow_up
    with acting("mark.follow_up", actor=actor, subject=follow_up, may=may):
        if follow_up.done_on is not None:
            raise Refused("This was written down already.", "Open it again to read it.")
        if done_on > timezone.localdate():
            raise Refused("That day is still to come.", "Give the day you spoke with the school.")
        if not words.strip():
            raise Refused("There is nothing in it.", "Write what you found, and what is next.")
        follow_up.words = whole(words, 4000, "What you found")
        follow_up.done_on, follow_up.done_by = done_on, actor.person_id
        follow_up.save(update_fields=["words", "done_on", "done_by"])


def change_mark(*, actor: Actor, mark: Mark, **fields: Any) -> None:
    """Say anew what it is called, costs, whether it takes applications. Afterwards: its pages
    leave the cache. Raises Denied."""
    with acting("mark.change", actor=actor, subject=mark, may=rules.can_run) as act:
        for name in EDITABLE:
            setattr(mark, name, fields[name])
        mark.save(update_fields=EDITABLE)
        act.note(fields=[*EDITABLE])
        publish(MARKS_CHANGED.key, mark=mark.slug)
