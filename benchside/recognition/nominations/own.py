"""What this part has for somebody's own space: where they are nominated, the rounds they run."""

from collections.abc import Sequence

from django.db.models import Count, Q
from django.urls import reverse

from benchside.accounts.models import User
from benchside.assessment.enums import SubmissionState
from benchside.core.registries import OwnSource, ToDo
from benchside.recognition.enums import NominationState
from benchside.recognition.models import Nomination
from benchside.recognition.nominations import queries
from benchside.recognition.nominations.states import JUDGED


def things_to_do(user: User) -> Sequence[ToDo]:
    return [_asked(one) for one in queries.to_answer(user)]


def _asked(one: Nomination) -> ToDo:
    by = one.nominator.get_full_name() if one.nominator else "Somebody"
    return ToDo(
        title=f"You are nominated for the {one.round.name}",
        why=f"By {by}. Say yes or no by {one.round.closes_on:%-d %B %Y}.",
        do="Read why, and answer",
        url=reverse("recognition:my_nomination", args=[one.pk]),
        order=one.round.closes_on.toordinal(),
    )


TO_DO = OwnSource(key="recognition.nominations", things=things_to_do)


def desks(user: User) -> Sequence[ToDo]:
    """The rounds somebody runs, or may begin."""
    rounds = list(queries.run_by(user)[:2])
    if not rounds and not queries.may_begin(user):
        return []
    url = reverse("recognition:run_rounds")
    if len(rounds) == 1:
        url = reverse("recognition:run_round", args=[rounds[0].slug])
    return [
        ToDo(
            title="Rounds you run" if len(rounds) != 1 else f"Round you run: {rounds[0].name}",
            why=_waits(user) if rounds else "None is begun yet.",
            do="Open the desk",
            url=url,
            order=40,
        )
    ]


def _waits(user: User) -> str:
    """What an officer has to do next with nominations that are not their own."""
    found = Nomination.objects.filter(round__in=queries.run_by(user))
    found = found.exclude(nominator=user).exclude(technician__account=user)
    agreed, listed = Q(state=NominationState.AGREED), Q(state=NominationState.SHORTLISTED)
    count = found.aggregate(
        given=Count("pk", filter=agreed & Q(submission__state=SubmissionState.SUBMITTED)),
        judged=Count("pk", filter=agreed & Q(submission__state__in=JUDGED)),
        undecided=Count("pk", filter=listed & ~Q(submission__state__in=queries.DECIDED)),
    )
    words = [
        f"{count[key]} {said}"
        for key, said in (
            ("given", "to give to judges"),
            ("judged", "judged, for the shortlist or not"),
            ("undecided", "on a shortlist to be decided"),
        )
        if count[key]
    ]
    return f"{', '.join(words)}." if words else "Nothing waits for you."


DESKS = OwnSource(key="recognition.nominations", things=desks)
