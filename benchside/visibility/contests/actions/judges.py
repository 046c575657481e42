"""Ask people to judge; let them say whom they know; keep them from what they know."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from benchside.accounts import actions as accounts
from benchside.accounts.enums import Purpose
from benchside.accounts.models import User
from benchside.core.actions import SYSTEM, Actor, Refused, acting
from benchside.core.states import move
from benchside.visibility.contests import queries, rules
from benchside.visibility.contests.actions.competitions import lock
from benchside.visibility.contests.enums import CompetitionState, JudgeState
from benchside.visibility.contests.states import JUDGE
from benchside.visibility.models import Competition, Conflict, Entry, Judge

TOO_LATE = (CompetitionState.MEETING, CompetitionState.DECIDED, CompetitionState.CANCELLED)
MOST_PLACES = 20


def invite_judge(*, actor: Actor, sender: User, competition: Competition, email: str) -> Judge:
    """Ask somebody by e-mail to judge. Afterwards: the letter with its link.

    Raises Denied; Refused when they were asked already, and once the judges have met.
    """
    with acting("judge.invite", actor=actor, subject=competition, may=rules.can_run) as act:
        held = lock(competition)
        if held.state in TOO_LATE:
            raise Refused("The judges have met.", "Nobody can join them now.")
        if held.judges.active().filter(user__email=email.lower()).exists():
            raise Refused("This person is a judge already.")
        sent = accounts.invite(
            actor=SYSTEM,
            sender=sender,
            email=email,
            purpose=Purpose.JUDGE,
            about=f"competition:{held.pk}",
            offer=f"to judge “{held.title}”",
        )
        judge = Judge.objects.create(competition=held, invitation=sent)
        act.note(judge=judge.pk, invitation=sent.pk)
    return judge


def resend_invitation(*, actor: Actor, judge: Judge) -> None:
    """Send the letter anew, for two more weeks. Raises Denied, Refused."""
    with acting("judge.resend", actor=actor, subject=judge, may=rules.can_run):
        if judge.state != JudgeState.INVITED or judge.invitation is None:
            raise Refused("This person has answered.")
        accounts.resend_invitation(actor=SYSTEM, invitation=judge.invitation)


def take_up(*, actor: Actor, judge: Judge) -> None:
    """Become a judge, as whoever holds the link of the letter. What the site knows of where they
    work is put down as a conflict. Raises Denied; Refused when it is too late, or done twice."""
    with transaction.atomic():
        if lock(judge.competition).state in TOO_LATE:
            raise Refused("The judges have met.", "Thank you all the same.")
        user = User.objects.get(person_id=str(actor.person_id))
        try:
            with transaction.atomic():
                move(table=JUDGE, subject=judge, verb="accept", actor=actor, columns={"user": user})
        except IntegrityError as error:
            raise Refused("You judge this competition already.") from error
        for place in sorted(queries.places_of(user)):
            Conflict.objects.get_or_create(judge=judge, place=place, defaults={"is_found": True})


def declare(*, actor: Actor, judge: Judge, places: Sequence[str]) -> None:
    """Say at which schools and employers one knows people; none is an answer too. Said again, it
    takes the place of what was said before; what the site found itself stays.

    Points given to an entry of such a place are thrown away. Raises Denied, Refused.
    """
    said = list(dict.fromkeys(" ".join(place.split())[:200] for place in places if place.strip()))
    if len(said) > MOST_PLACES:
        raise Refused(f"That is more than {MOST_PLACES} places.", "Name those you know best.")
    with transaction.atomic():
        lock(judge.competition)
        judge.refresh_from_db()
        move(table=JUDGE, subject=judge, verb="declare", actor=actor, detail={"places": len(said)})
        judge.conflicts.filter(is_found=False, entry__isnull=True).delete()
        for place in said:
            Conflict.objects.get_or_create(judge=judge, place=place)
        _throw_away_points(judge)


def recognise(*, actor: Actor, judge: Judge, entry: Entry) -> None:
    """Say that one knows whose an entry is: it is not shown again, and points for it are gone.

    Raises Denied, Refused.
    """
    with acting("judge.recognise", actor=actor, subject=judge, may=rules.can_judge) as act:
        lock(judge.competition)
        judge.refresh_from_db()
        if judge.state != JudgeState.DECLARED or entry.competition_id != judge.competition_id:
            raise Refused("You are not judging this now.", "Write to the campaign team.")
        Conflict.objects.get_or_create(judge=judge, entry=entry)
        _throw_away_points(judge)
        act.note(entry=entry.pk)


def stand_down(*, actor: Actor, judge: Judge) -> None:
    """End somebody's judging, or take an invitation back; their points do not count.

    Raises Denied; Refused once the judges have met.
    """
    with transaction.atomic():
        lock(judge.competition)
        judge.refresh_from_db()
        was_invited = judge.state == JudgeState.INVITED
        move(table=JUDGE, subject=judge, verb="stand_down", actor=actor)
        if was_invited and judge.invitation is not None and judge.invitation.is_open:
            accounts.revoke_invitation(actor=SYSTEM, invitation=judge.invitation)


def _throw_away_points(judge: Judge) -> None:
    barred = queries.barred_from(judge)
    judge.scores.filter(entry__in=barred).delete()
