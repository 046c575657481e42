"""What can be asked about reviews, starting from what the asker may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import rules
from benchside.assessment.enums import DutyKind, SeatState, SubmissionState
from benchside.assessment.models import (
    Decision,
    Duty,
    EvidenceRequest,
    Feedback,
    Interest,
    Judgement,
    Partnership,
    Reviewer,
    Seat,
    StandardVersion,
    Submission,
)
from benchside.assessment.models.reviews import STANDING
from benchside.assessment.narrowing import submissions_read_by
from benchside.core.actions import Actor

OPEN = (SeatState.INVITED, SeatState.ACCEPTED)
HOLDER = Coalesce(Lower("organisation__name"), Lower("technician__name"))


# --- a reviewer's own seats ----------------------------------------------------------------------
SEAT_SORTS: dict[str, tuple[Any, ...]] = {
    "due": (F("due_on").asc(nulls_last=True), "pk"),
    "state": ("state", "pk"),
    "standard": ("submission__version__title", "pk"),
    "asked": ("invited_at", "pk"),
}
SHOWN = {
    "open": OPEN,
    "asked": (SeatState.INVITED,),
    "reading": (SeatState.ACCEPTED,),
    "done": (SeatState.SUBMITTED,),
    "over": (SeatState.DECLINED, SeatState.STOOD_DOWN),
}


def seats_of(user: User, *, shown: str = "", sort: str = "due") -> QuerySet[Seat]:
    """Somebody's own, with how many judgements each has as `judged`."""
    found: Any = Seat.objects.filter(user=user).select_related(
        "submission__version", "submission__organisation", "submission__technician"
    )
    given = Count("judgements", filter=~Q(judgements__grade=""))
    found = found.annotate(judged=given)
    if shown in SHOWN:
        found = found.filter(state__in=SHOWN[shown])
    found = found.order_by(*SEAT_SORTS[sort.removeprefix("-")])
    return found.reverse() if sort.startswith("-") else found


def seat_of(user: User, pk: int) -> Seat | None:
    """One of somebody's own; that it was given to another is not for them to know."""
    return seats_of(user).prefetch_related("judgements").filter(pk=pk).first()


def own_judgements(seat: Seat) -> dict[str, Judgement]:
    return {one.criterion: one for one in seat.judgements.all()}


def own_feedback(seat: Seat) -> QuerySet[Feedback]:
    return Feedback.objects.filter(seat=seat)


# --- for those who run a standard ----------------------------------------------------------------
def run_by(user: User) -> set[str]:
    """The standards somebody assigns or ratifies for."""
    return rules.standards_of(Actor.of(user), DutyKind.ASSIGN, DutyKind.RATIFY)


def titles_of(keys: set[str]) -> list[tuple[str, str]]:
    """(key, title) of standards, by title; the newest version's."""
    found = StandardVersion.objects.filter(key__in=keys).order_by("valid_from")
    return sorted(dict(found.values_list("key", "title")).items(), key=lambda pair: pair[1].lower())


def has_desk(user: User) -> bool:
    """Whether the desk has anything for somebody: a seat they were ever given, or a duty."""
    held = Duty.objects.filter(user=user, kind__in=(DutyKind.ASSIGN, DutyKind.RATIFY))
    return Seat.objects.filter(user=user).exists() or held.exists()


CASE_SORTS: dict[str, tuple[Any, ...]] = {
    "holder": (HOLDER, "pk"),
    "standard": ("version__title", "pk"),
    "state": ("state", "pk"),
    "sent": (F("submitted_at").asc(nulls_last=True), "pk"),
    "round": ("round", "pk"),
    "due": (F("first_due").asc(nulls_last=True), "pk"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list of submissions was asked for; `waits` is a key of WAITS."""

    sort: str = "-sent"
    standard: str = ""
    state: str = ""
    waits: str = ""
    round: str = ""
    words: str = ""


# What waits for whom: key, words, whose duty.
WAITS = {
    "check": ("To check and give to reviewers", DutyKind.ASSIGN),
    "seat": ("One more reviewer is needed", DutyKind.ASSIGN),
    "late": ("A review is late", DutyKind.ASSIGN),
    "silent": ("More was asked for, and its day is over", DutyKind.ASSIGN),
    "release": ("Feedback to word and release", DutyKind.ASSIGN),
    "recommend": ("To be recommended", DutyKind.ASSIGN),
    "conditions": ("Conditions whose day is over", DutyKind.ASSIGN),
    "ratify": ("To be ratified", DutyKind.RATIFY),
    "hear": ("Appeals to be heard", DutyKind.RATIFY),
}


def cases(user: User, wanted: Wanted | None = None) -> QuerySet[Submission]:
    """What was ever sent in under the standards somebody runs, as far as it was asked for.

    With `first_due`: the day the first open review is due.
    """
    wanted = wanted or Wanted()
    found: Any = _annotated(_all_cases(user))
    for name in ("state", "round"):
        if value := getattr(wanted, name):
            found = found.filter(**{name: value})
    if wanted.standard:
        found = found.filter(version__key=wanted.standard)
    if wanted.waits in WAITS:
        found = found.filter(waiting_for(user)[wanted.waits])
    for word in wanted.words.split():
        found = found.filter(Q(organisation__name__icontains=word) | _named(word))
    found = found.order_by(*CASE_SORTS.get(wanted.sort.removeprefix("-"), CASE_SORTS["sent"]))
    return found.reverse() if wanted.sort.startswith("-") else found


def _named(word: str) -> Q:
    return Q(technician__name__icontains=word)


def _all_cases(user: User) -> QuerySet[Submission]:
    """Of the standards they run, and of those they only ratify for what is theirs to read."""
    found = Submission.objects.filter(submissions_read_by(user), submitted_at__isnull=False)
    return found.select_related("version", "organisation", "technician")


def _annotated(found: QuerySet[Submission]) -> QuerySet[Submission]:
    of_it = Seat.objects.filter(submission=OuterRef("pk"))
    unread = Feedback.objects.filter(submission=OuterRef("pk"), released_at__isnull=True)
    unmet = Decision.objects.filter(
        submission=OuterRef("pk"),
        overturned_at__isnull=True,
        conditions_met_at__isnull=True,
        conditions_unmet_at__isnull=True,
        conditions_by__lt=timezone.localdate(),
    )
    silent = EvidenceRequest.objects.open().filter(
        submission=OuterRef("pk"), due_on__lt=timezone.localdate()
    )
    first = of_it.filter(state__in=OPEN).order_by(F("due_on").asc(nulls_last=True))
    return found.annotate(
        first_due=first.values("due_on")[:1],
        is_late=Exists(of_it.filter(state__in=OPEN, due_on__lt=timezone.localdate())),
        has_open=Exists(of_it.filter(state__in=OPEN)),
        has_words=Exists(unread),
        has_silent=Exists(silent),
        has_unmet=Exists(unmet),
    )


def waiting_for(user: User) -> dict[str, Q]:
    """By key of WAITS, which of `cases` wait so: only for duties that this person has."""
    actor = Actor.of(user)
    versions = StandardVersion.objects.filter(key__in=run_by(user))
    # Never empty: one condition that nothing can meet would empty all the counts beside it.
    decides = [0, *(one.pk for one in versions if one.standard.decides)]
    read = Q(state__in=(SubmissionState.REVIEWED, SubmissionState.RECOMMENDED,
                        SubmissionState.APPROVED, SubmissionState.DECLINED))  # fmt: skip
    under = Q(state__in=(SubmissionState.IN_REVIEW, SubmissionState.SUBMITTED))
    asked = {
        "check": Q(state=SubmissionState.SUBMITTED),
        "seat": Q(state=SubmissionState.IN_REVIEW, has_open=False),
        "late": under & Q(is_late=True),
        "silent": Q(state=SubmissionState.MORE_ASKED, has_silent=True),
        "release": (read & Q(has_words=True))
        | Q(state=SubmissionState.REVIEWED, released_at__isnull=True) & ~Q(version__in=decides),
        "recommend": Q(state=SubmissionState.REVIEWED, version__in=decides),
        "conditions": Q(state=SubmissionState.APPROVED, has_unmet=True),
        "ratify": Q(state=SubmissionState.RECOMMENDED),
        "hear": Q(state=SubmissionState.APPEALED),
    }
    mine = {
        kind: Q(version__key__in={"", *rules.standards_of(actor, kind)})
        for kind in (DutyKind.ASSIGN, DutyKind.RATIFY)
    }
    return {key: query & mine[WAITS[key][1]] for key, query in asked.items()}


def how_many_wait(user: User) -> list[tuple[str, str, int]]:
    """(key, words, how many), of what waits at all."""
    counted = {key: Count("pk", filter=query) for key, query in waiting_for(user).items()}
    found = _annotated(_all_cases(user)).order_by().aggregate(**counted)
    return [(key, WAITS[key][0], found[key]) for key in WAITS if found[key]]


def rounds_of(user: User) -> list[str]:
    found = _all_cases(user).exclude(round="").order_by("round")
    return list(found.values_list("round", flat=True).distinct())


def case_of(user: User, key: UUID) -> Submission | None:
    """One of those, with its seats and who holds them."""
    seats = Prefetch("seats", queryset=Seat.objects.select_related("user"))
    found = _all_cases(user).filter(key=key)
    return found.prefetch_related(seats, "seats__judgements", "returns", "requests").first()


# --- reviewers -----------------------------------------------------------------------------------
REVIEWER_SORTS: dict[str, tuple[Any, ...]] = {
    "name": (Lower("user__name"), "pk"),
    "load": ("load", "pk"),
    "trained": (F("trained_on").asc(nulls_last=True), "pk"),
    "refresh": (F("refresh_by").asc(nulls_last=True), "pk"),
}
_LOAD = Count("user__seats", filter=Q(user__seats__state__in=OPEN), distinct=True)
_DONE = Count("user__seats", filter=Q(user__seats__state=SeatState.SUBMITTED), distinct=True)


def reviewers(
    user: User, *, sort: str = "name", standard: str = "", words: str = "", shown: str = ""
) -> list[Reviewer]:
    """Those trained on a standard that somebody runs, with their `load` now and what they have
    `done`. `shown`: "stale" for training that is over, "left" for those who are not asked."""
    keys = {standard} & run_by(user) if standard else run_by(user)
    found: Any = Reviewer.objects.select_related("user").annotate(load=_LOAD, done=_DONE)
    if shown == "stale":
        found = found.filter(refresh_by__lt=timezone.localdate())
    found = found.filter(is_active=shown != "left")
    for word in words.split():
        found = found.filter(Q(user__name__icontains=word) | Q(user__email__icontains=word))
    found = found.order_by(*REVIEWER_SORTS[sort.removeprefix("-")])
    found = found.reverse() if sort.startswith("-") else found
    # A list in JSON cannot be asked for alike in SQLite and PostgreSQL; reviewers are hundreds.
    return [one for one in found if keys & set(one.standards)]


def reviewer_of(user: User, pk: int) -> Reviewer | None:
    found = Reviewer.objects.select_related("user").filter(pk=pk).first()
    return found if found and set(found.standards) & run_by(user) else None


def is_trained(reviewer: Reviewer, day: date | None = None) -> bool:
    """Whether their training holds on a day, today unless said."""
    return reviewer.refresh_by is None or reviewer.refresh_by >= (day or timezone.localdate())


def interests_of(user: User) -> QuerySet[Interest]:
    return Interest.objects.filter(user=user).select_related(
        "organisation", "submission__version", "submission__organisation", "submission__technician"
    )


def partnerships(words: str = "") -> QuerySet[Partnership]:
    found = Partnership.objects.select_related("one", "other").order_by(Lower("one__name"), "pk")
    for word in words.split():
        found = found.filter(Q(one__name__icontains=word) | Q(other__name__icontains=word))
    return found


def duties(*, standard: str = "", words: str = "", sort: str = "standard") -> QuerySet[Duty]:
    found = Duty.objects.select_related("user")
    if standard:
        found = found.filter(standard=standard)
    for word in words.split():
        found = found.filter(Q(user__name__icontains=word) | Q(user__email__icontains=word))
    sorts: dict[str, Sequence[Any]] = {
        "standard": ("standard", "kind", "pk"),
        "name": (Lower("user__name"), "pk"),
        "kind": ("kind", "pk"),
        "since": ("given_at", "pk"),
    }
    found = found.order_by(*sorts.get(sort.removeprefix("-"), sorts["standard"]))
    return found.reverse() if sort.startswith("-") else found


def standing_seats(submission: Submission) -> list[Seat]:
    """Those that were given and not given up, in order, from what was read already."""
    return [one for one in submission.seats.all() if one.state in STANDING]
