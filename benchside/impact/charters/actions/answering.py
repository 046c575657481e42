"""The officers' side: a yes or a no, the day of the announcement, and the end of it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import Actor, Refused, acting
from benchside.core.states import move
from benchside.impact.charters import mails, queries, rules
from benchside.impact.charters.actions import awards, stages
from benchside.impact.charters.deadlines import Rulebook
from benchside.impact.charters.states import SIGNATORY, tell
from benchside.impact.enums import Part, SignatoryState
from benchside.impact.models import Charter, Cohort, Cycle, Signatory
from benchside.organisations.models import Organisation


def accept_signatory(*, actor: Actor, signatory: Signatory, cohort: Cohort) -> None:
    """Yes: it is announced with a cohort, on its day. Its leads are told. Raises Denied."""
    if cohort.charter_id != signatory.charter_id:
        raise Refused("That cohort is of another charter.", "Choose one of this charter's.")
    with transaction.atomic():
        move(
            table=SIGNATORY,
            subject=signatory,
            verb="accept",
            actor=actor,
            columns={"cohort": cohort, "answer": ""},
        )
        mails.accepted(signatory)


def decline_signatory(*, actor: Actor, signatory: Signatory, answer: str) -> None:
    """No, with a reason that its leads are told. Raises Denied, Refused without a reason."""
    _answer(actor, signatory, "decline", answer)


def return_signatory(*, actor: Actor, signatory: Signatory, answer: str) -> None:
    """Send it back to be put right; both must sign anew. Raises Denied, Refused."""
    _answer(
        actor, signatory, "return", answer,
        head_signed_at=None, head_signed_by=None, lead_signed_at=None,
    )  # fmt: skip


def _answer(
    actor: Actor, signatory: Signatory, verb: str, answer: str, **columns: UUID | None
) -> None:
    if not answer.strip():
        raise Refused("The reason is missing.", "Say what is wrong: its leads read it.")
    with transaction.atomic():
        move(
            table=SIGNATORY,
            subject=signatory,
            verb=verb,
            actor=actor,
            columns={"answer": answer.strip()[:500], **columns},
        )
        mails.answered(signatory, is_no=verb == "decline")


def announce_cohort(*, actor: Actor, cohort: Cohort, today: date | None = None) -> int:
    """Announce all of a cohort that are accepted: status, first stage, public page, a letter each.

    Raises Denied; Refused before its day. By the clock Benchside does it on the day itself.
    """
    today = today or timezone.localdate()
    with acting("cohort.announce", actor=actor, subject=cohort, may=rules.can_announce) as act:
        if cohort.announced_on > today:
            raise Refused(f"Its day is {cohort.announced_on:%d/%m/%Y}.", "Wait, or change the day.")
        found = list(
            cohort.signatory_set.select_for_update(of=("self",))
            .filter(state=SignatoryState.ACCEPTED)
            .select_related("charter", "organisation")
        )
        for signatory in found:
            _announce(actor, signatory, cohort.announced_on)
            mails.announced(signatory)
        act.note(count=len(found))
    return len(found)


def _announce(actor: Actor, signatory: Signatory, day: date) -> None:
    signatory.award = awards.grant(signatory, day)
    move(
        table=SIGNATORY,
        subject=signatory,
        verb="announce",
        actor=actor,
        columns={"announced_on": day, "award": signatory.award},
    )
    if signatory.part == Part.SIGNATORY:
        stages.open_stage(signatory, 1, queries.rulebook(signatory.charter).first_due(day))


def record_signatory(
    *,
    actor: Actor,
    charter: Charter,
    organisation: Organisation,
    cohort: Cohort,
    part: Part = Part.SIGNATORY,
    stage: int = 1,
    lead: User | None = None,
    contact: Sequence[str] = ("", ""),
) -> Signatory:
    """Put on record who signed before Benchside was there, at the stage it has come to.

    Earlier stages stand as done, on the days the rules give. Raises Denied, Refused.
    """
    if not 1 <= stage <= 20:
        raise Refused("There is no such stage.", "Give a number from 1 to 20.")
    with acting("signatory.record", actor=actor, subject=charter, may=rules.can_run) as act:
        signatory = Signatory(
            charter=charter, organisation=organisation, part=part, cohort=cohort,
            state=SignatoryState.ANNOUNCED, announced_on=cohort.announced_on, lead=lead,
            contact_name=contact[0], contact_email=contact[1],
        )  # fmt: skip
        try:
            with transaction.atomic():
                signatory.save()
        except IntegrityError:
            raise Refused(f"{organisation} is on record already.") from None
        signatory.award = awards.grant(signatory, cohort.announced_on)
        signatory.save(update_fields=["award"])
        if part == Part.SIGNATORY:
            _put_stages(signatory, queries.rulebook(charter), stage)
        act.about(signatory)
        act.note(stage=stage, part=part)
        act.afterwards(lambda: tell(signatory))
    return signatory


def _put_stages(signatory: Signatory, book: Rulebook, upto: int) -> None:
    due = book.first_due(signatory.announced_on or timezone.localdate())
    for number in range(1, upto + 1):
        cycle = stages.open_stage(signatory, number, due)
        if number < upto:
            Cycle.objects.filter(pk=cycle.pk).update(closed_at=timezone.now())
        due = book.next_due(cycle.due_on, cycle.plan_months)


def say_left(*, actor: Actor, signatory: Signatory, reason: str, on: date) -> None:
    """It is no signatory from a day on, with one of the reasons of the standard's file."""
    with transaction.atomic():
        if signatory.announced_on and on < signatory.announced_on:
            raise Refused("It was not announced by then.", "Give a later day.")
        move(
            table=SIGNATORY,
            subject=signatory,
            verb="leave",
            actor=actor,
            columns={"left_on": on},
            detail={"reason": reason},
        )
        awards.move_if(signatory, "leave", reason=reason, on=on)
