"""What somebody asks for their own entry, and what a registrar makes of it."""

from collections.abc import Collection
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.assessment.limits import whole
from benchside.core.actions import Actor, Refused, acting
from benchside.core.states import move
from benchside.recognition.models import Entry, EntryRequest
from benchside.recognition.registry import life, mails, rules
from benchside.recognition.registry.actions.coming_back import agree, drop_fee
from benchside.recognition.registry.actions.moves import move_entry, refuse_until
from benchside.recognition.registry.states import REQUESTS


def ask_for(
    *,
    actor: Actor,
    entry: Entry,
    verb: str,
    reason: str = "",
    words: str = "",
    begins: date | None = None,
    until: date | None = None,
) -> EntryRequest:
    """Ask for a break, its end, to leave or to come back. Raises Denied; Refused for what the
    register's file lets nobody ask for, and while another thing is asked for."""
    with acting("entry.ask", actor=actor, subject=entry, may=rules.is_holder) as act:
        step = life.step_of(entry, verb)
        if step is None or verb not in entry.register.rules.asked_by_holder:
            raise Refused("You cannot ask for this now.", "Choose one of those that are there.")
        day = begins or timezone.localdate()
        if step.move.reasons and reason not in step.move.reasons:
            raise Refused("Say why.", "Choose one of the reasons.")
        if step.last is not None and day > step.last:
            raise Refused(
                f"The last day for this is {step.last:%-d %B %Y}.", "Give an earlier one."
            )
        until = until if step.may_end else None
        refuse_until(step, day, until)
        if until is not None and until < day:
            raise Refused("The last day is before the first.", "Give a later one.")
        try:
            with transaction.atomic():
                made = EntryRequest.objects.create(
                    entry=entry,
                    verb=verb,
                    reason=reason,
                    words=whole(words, 2000, "What you wrote"),
                    begins=day,
                    until=until,
                )
        except IntegrityError as error:
            raise Refused(
                "You have asked for something already.", "Take it back, or wait for the answer."
            ) from error
        act.note(request=made.pk, verb=verb)
    return made


def grant_request(
    *, actor: Actor, request: EntryRequest, confirmed: Collection[str] = (), answer: str = ""
) -> None:
    """Do what was asked, from the day it was asked for. Where the register's file has a fee for
    it, agree to it: it is done once the fee is settled.

    Raises Denied, NoSuchMove, Overtaken; Refused when it cannot be done, and before that day."""
    if life.fee_asked(request.entry, request.verb):
        agree(actor=actor, request=request, confirmed=confirmed, answer=answer)
        return
    if (day := life.day_to_grant(request)) is not None:
        raise Refused(
            f"They ask for it from {day:%-d %B %Y} on.", "Come back on that day: it waits for you."
        )
    with transaction.atomic():
        move(
            table=REQUESTS,
            subject=request,
            verb="grant",
            actor=actor,
            columns={"answer": whole(answer, 2000, "The answer")},
        )
        entry = request.entry
        day = max(request.begins, life.began(entry))
        move_entry(
            actor=actor,
            entry=entry,
            verb=request.verb,
            reason=request.reason,
            effective_on=day,
            until=request.until,
            confirmed=confirmed,
            detail={"request": request.pk},
        )


def refuse_request(*, actor: Actor, request: EntryRequest, answer: str) -> None:
    """Say no, and why. Raises Denied, NoSuchMove, Overtaken; Refused without words. Afterwards:
    the person gets a letter."""
    if not answer.strip():
        raise Refused("You have not said why.", "Write it: they read it.")
    with transaction.atomic():
        move(
            table=REQUESTS,
            subject=request,
            verb="refuse",
            actor=actor,
            columns={"answer": whole(answer, 2000, "The answer")},
        )
        drop_fee(request, "It was not granted after all.")
        mails.request_refused(request)


def withdraw_request(*, actor: Actor, request: EntryRequest) -> None:
    """Take it back, and owe nothing for it. Raises Denied, NoSuchMove, Overtaken."""
    with transaction.atomic():
        move(table=REQUESTS, subject=request, verb="withdraw", actor=actor)
        drop_fee(request, "It was taken back before it was paid.")
