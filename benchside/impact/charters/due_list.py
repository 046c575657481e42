"""The officers' list of stages: where each stands, in one query, sorted, filtered and paged."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from benchside.assessment.enums import CommentKind
from benchside.assessment.models import Feedback
from benchside.impact.charters import progress
from benchside.impact.charters.deadlines import round_key
from benchside.impact.enums import SignatoryState
from benchside.impact.models import Charter, Cycle, Signatory

SORTS: dict[str, tuple[Any, ...]] = {
    "organisation": (Lower("signatory__organisation__name"), "stage"),
    "stage": ("stage", Lower("signatory__organisation__name")),
    "due": ("due_on", Lower("signatory__organisation__name"), "pk"),
    "phase": ("phase", "due_on", "pk"),
    "cohort": ("signatory__announced_on", Lower("signatory__organisation__name"), "stage"),
    "sent": (F("submission__submitted_at").asc(nulls_last=True), "pk"),
}
# What an officer asks for that is no phase by itself.
MORE = {"open": "Not sent in yet", "extended": "Extended", "set": "Set by an officer"}
_ANSWERED = Feedback.objects.filter(
    submission=OuterRef("submission"), kind=CommentKind.RECOMMEND, response="",
    released_at__isnull=False,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """`sort` is a key of SORTS, "-" reverses; `phase` one of progress.PHASES or of MORE."""

    sort: str = "due"
    phase: str = ""
    stage: str = ""
    window: str = ""
    cohort: str = ""
    words: str = ""


def with_phase(found: QuerySet[Cycle], today: date) -> Any:
    """Each with its `phase`, the same word that `progress.phase` gives."""
    sent = Q(submission__state__in=progress.SENT)
    released = Q(submission__released_at__isnull=False)
    return found.annotate(to_answer=Exists(_ANSWERED)).annotate(
        phase=Case(
            When(closed_at__isnull=False, then=Value("closed")),
            When(sent & released & Q(to_answer=True), then=Value("feedback")),
            When(sent & released, then=Value("answered")),
            When(submission__state="submitted", then=Value("sent")),
            When(sent, then=Value("in-review")),
            When(due_on__lt=today, then=Value("late")),
            When(
                submission__state__in=(progress.WRITING, progress.RETURNED), then=Value("writing")
            ),
            default=Value("due"),
            output_field=CharField(),
        )
    )


def due_list(charter: Charter, wanted: Wanted, today: date) -> Any:
    """Stages of those who are announced; of those who are done only when asked for."""
    found = with_phase(_of(charter), today)
    if wanted.phase in progress.PHASES:
        found = found.filter(phase=wanted.phase)
    elif wanted.phase == "open":
        found = found.filter(phase__in=("due", "writing", "late"))
    elif wanted.phase == "extended":
        found = found.filter(extended_at__isnull=False)
    elif wanted.phase == "set":
        found = found.filter(overridden_at__isnull=False)
    else:
        found = found.exclude(phase="closed")
    if wanted.stage.isdecimal():
        found = found.filter(stage=int(wanted.stage[:4]))
    if wanted.cohort.isdecimal():
        found = found.filter(signatory__cohort=int(wanted.cohort[:9]))
    if month := _month(wanted.window):
        found = found.filter(due_on__year=month[0], due_on__month=month[1])
    for word in wanted.words.split():
        found = found.filter(signatory__organisation__name__icontains=word)
    found = found.select_related(
        "signatory__organisation", "signatory__cohort", "signatory__lead", "submission"
    ).order_by(*SORTS.get(wanted.sort.removeprefix("-"), SORTS["due"]))
    return found.reverse() if wanted.sort.startswith("-") else found


def _of(charter: Charter) -> QuerySet[Cycle]:
    return Cycle.objects.filter(
        signatory__charter=charter, signatory__state=SignatoryState.ANNOUNCED
    )


def _month(window: str) -> tuple[int, int] | None:
    year, _, month = window.partition("-")
    if len(window) != 7 or not (year.isdecimal() and month.isdecimal()):
        return None
    return int(year), int(month)


@dataclass(frozen=True, slots=True)
class Round:
    """One window: how many are due in it, and how far they are."""

    key: str
    day: date
    total: int
    phases: tuple[tuple[str, int], ...]


def rounds(charter: Charter, today: date) -> list[Round]:
    """Every window that has a stage, the newest first."""
    found: dict[str, list[tuple[date, str]]] = {}
    for day, phase in with_phase(_of(charter), today).values_list("due_on", "phase"):
        found.setdefault(round_key(day), []).append((day, phase))
    return [
        Round(key, max(day for day, _ in lines), len(lines), _counted(lines))
        for key, lines in sorted(found.items(), reverse=True)
    ]


def _counted(lines: list[tuple[date, str]]) -> tuple[tuple[str, int], ...]:
    counts = Counter(phase for _, phase in lines)
    return tuple((title, counts[key]) for key, title in progress.PHASES.items() if counts[key])


def counts(charter: Charter, today: date) -> list[tuple[str, str, int]]:
    """How many stages stand where: (phase, title, count), those with none left out."""
    found = Counter(with_phase(_of(charter), today).values_list("phase", flat=True))
    return [(key, title, found[key]) for key, title in progress.PHASES.items() if found[key]]


# --- signatories ---------------------------------------------------------------------------------
SIGNATORY_SORTS: dict[str, tuple[Any, ...]] = {
    "organisation": (Lower("organisation__name"), "pk"),
    "state": ("state", Lower("organisation__name"), "pk"),
    "part": ("part", Lower("organisation__name"), "pk"),
    "cohort": (F("announced_on").asc(nulls_last=True), Lower("organisation__name"), "pk"),
    "began": ("began_at", "pk"),
}


def signatories(
    charter: Charter, *, words: str = "", state: str = "", part: str = "", sort: str = ""
) -> Any:
    """All that ever began, as the officers see them."""
    found = Signatory.objects.filter(charter=charter)
    found = found.filter(state=state) if state else found
    found = found.filter(part=part) if part else found
    for word in words.split():
        found = found.filter(organisation__name__icontains=word)
    found = found.select_related("organisation", "cohort", "lead", "award__version").order_by(
        *SIGNATORY_SORTS.get(sort.removeprefix("-"), SIGNATORY_SORTS["organisation"])
    )
    return found.reverse() if sort.startswith("-") else found
