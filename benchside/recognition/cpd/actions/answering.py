"""What somebody who was drawn can do: show their year, ask for more time."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from benchside.assessment.limits import whole
from benchside.core.actions import Actor, Refused
from benchside.core.states import move
from benchside.people.cpd.actions import freeze_share, share_year
from benchside.recognition.cpd import letters
from benchside.recognition.cpd.enums import LetterKind
from benchside.recognition.cpd.states import CASES
from benchside.recognition.models import AuditCase

READABLE_DAYS = 730  # an audit, its second look and an appeal are over by then
MOST_MORE = 366


def submit_year(*, actor: Actor, case: AuditCase, summary: str) -> None:
    """Share the log of the months that are asked for, held as it stands now, with a summary.

    Afterwards: a letter says it came. Raises Denied, NoSuchMove, Overtaken; Refused for a log with
    nothing in those months.
    """
    summary = whole(summary, 4000, "Your summary")
    run, technician = case.run, case.entry.award.technician
    if technician is None:
        raise Refused("This entry has no record behind it.", "Write to the registrar.")
    with transaction.atomic():
        share = share_year(
            actor=actor,
            technician=technician,
            begins=run.begins_on,
            ends=run.ends_on,
            with_whom=f"{run.register.name}, CPD audit of {run.year}",
            until=timezone.localdate() + timedelta(days=READABLE_DAYS),
        )
        held = freeze_share(actor=actor, share=share)
        if not held.values["activities"] and not summary:
            raise Refused(
                "Your log has nothing in these months.",
                "Add what you did to your log first, or say in the summary why there is nothing.",
            )
        move(
            table=CASES,
            subject=case,
            verb="submit",
            actor=actor,
            columns={"share": share, "share_digest": held.digest, "summary": summary},
            detail={"digest": held.digest},
        )
        letters.send_once(case, LetterKind.RECEIVED)


def ask_for_time(*, actor: Actor, case: AuditCase, until: date, why: str) -> None:
    """Ask the registrar for more time. Raises Denied, NoSuchMove; NeedsMore once it was refused,
    until they are asked again; Refused without a reason, or for a day that is no later or more
    than a year off."""
    why = whole(why, 1000, "The reason")
    today = timezone.localdate()
    if not why:
        raise Refused("Say why you need more time.", "A few words are enough.")
    if until <= max(today, case.due_on or today):
        raise Refused("That day is no later than the one you have.", "Give a later day.")
    if (until - today).days > MOST_MORE:
        raise Refused("That is more than a year away.", "Give a day within a year.")
    move(
        table=CASES,
        subject=case,
        verb="ask-for-time",
        actor=actor,
        columns={"more_time": why, "more_until": until},
        detail={"until": until.isoformat()},
    )


def give_time(*, actor: Actor, case: AuditCase, until: date, words: str = "") -> None:
    """Give more time, until a day. Afterwards: a letter. Raises Denied, NoSuchMove, Refused."""
    if until <= timezone.localdate():
        raise Refused("That day is over.", "Give a day that is still to come.")
    with transaction.atomic():
        move(
            table=CASES,
            subject=case,
            verb="give-time",
            actor=actor,
            columns={"due_on": until, "words": whole(words, 4000, "What you say")},
            detail={"until": until.isoformat()},
        )
        letters.send_once(case, LetterKind.TIME_GIVEN)


def refuse_time(*, actor: Actor, case: AuditCase, words: str) -> None:
    """Say that there is no more time, and why, once a round; two weeks remain at least.
    Afterwards: a letter. Raises Denied, NoSuchMove; Refused without words."""
    words = whole(words, 4000, "What you say")
    if not words:
        raise Refused("Say why there is no more time.", "They read it.")
    least = timezone.localdate() + timedelta(days=14)
    with transaction.atomic():
        move(
            table=CASES,
            subject=case,
            verb="refuse-time-again" if case.rounds else "refuse-time",
            actor=actor,
            columns={"due_on": max(case.due_on or least, least), "words": words},
        )
        letters.send_once(case, LetterKind.TIME_REFUSED)
