"""Give points, hand them in, and be given them back."""

from collections.abc import Mapping

from django.db import transaction

from benchside.core.actions import Actor, Refused, acting
from benchside.core.states import move
from benchside.visibility.contests import queries, rules
from benchside.visibility.contests.actions.competitions import lock
from benchside.visibility.contests.enums import CompetitionState, JudgeState
from benchside.visibility.contests.states import JUDGE
from benchside.visibility.models import Entry, Judge, Score


def give_scores(*, actor: Actor, judge: Judge, entry: Entry, points: Mapping[int, int]) -> None:
    """Write what the judge gives an entry: points by the number of the criterion, all of them.

    Raises Denied; Refused for an entry they may not judge, a criterion left out, and points beyond
    what it can get.
    """
    with acting("judge.score", actor=actor, subject=judge, may=rules.can_judge) as act:
        held = lock(judge.competition)
        judge.refresh_from_db()
        if held.state != CompetitionState.JUDGING or judge.state != JudgeState.DECLARED:
            raise Refused("You cannot give points now.", "They are handed in, or it is too late.")
        if not queries.entries_before(judge).filter(pk=entry.pk).exists():
            raise Refused("This entry is not yours to judge.", "Go on with another.")
        criteria = {one.pk: one for one in held.criteria.all()}
        if set(points) != set(criteria):
            raise Refused("Points are missing.", "Give points for every line.")
        for number, given in points.items():
            most = criteria[number].most
            if not 0 <= given <= most:
                raise Refused(
                    f"{criteria[number].title} gets 0 to {most} points.", "Choose one of these."
                )
            Score.objects.update_or_create(
                judge=judge, entry=entry, criterion=criteria[number], defaults={"points": given}
            )
        act.note(entry=entry.pk)


def submit(*, actor: Actor, judge: Judge) -> None:
    """Hand all points in. From then on they stand, and the meeting sees them.

    Raises Denied; Refused while an entry has none.
    """
    with transaction.atomic():
        lock(judge.competition)
        judge.refresh_from_db()
        if waiting := queries.unjudged(judge):
            numbers = ", ".join(str(one.number) for one in waiting[:5])
            raise Refused(f"Not judged yet: {numbers}.", "Give them points, then hand in.")
        move(table=JUDGE, subject=judge, verb="submit", actor=actor)


def give_back(*, actor: Actor, judge: Judge) -> None:
    """Let a judge change what they handed in. Raises Denied, Refused once the judges have met."""
    with transaction.atomic():
        lock(judge.competition)
        judge.refresh_from_db()
        move(
            table=JUDGE,
            subject=judge,
            verb="give_back",
            actor=actor,
            columns={"submitted_at": None},
        )
