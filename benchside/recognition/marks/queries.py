"""What can be asked about marks."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.awarding import queries as awarding
from benchside.assessment.enums import DutyKind, SubmissionState
from benchside.assessment.models import Award, Duty, Reviewer, StandardVersion
from benchside.assessment.models.submissions import CLOSED
from benchside.organisations.models import Organisation
from benchside.recognition.models import Application, FollowUp, Mark

SORTS = {
    "school": ("submission__organisation__name", "-pk"),
    "state": ("submission__state", "-pk"),
    "sent": ("submission__submitted_at", "-pk"),
    "level": ("submission__level", "-pk"),
}


def version_of(mark: Mark) -> StandardVersion | None:
    """What is asked today."""
    return awarding.version_in_force(mark.standard)


def marks() -> QuerySet[Mark]:
    """Those the public sees: with a version that is or was published."""
    published = StandardVersion.objects.filter(key=OuterRef("standard")).exclude(state="draft")
    return Mark.objects.filter(Exists(published))


def register(mark: Mark, *, words: str = "", level: str = "") -> QuerySet[Award]:
    return awarding.holders([mark.standard], words=words, level=level)


# --- a school -----------------------------------------------------------------------------------
def applications_of(organisation: Organisation) -> QuerySet[Application]:
    """A school's own, latest first."""
    return (
        Application.objects.filter(submission__organisation=organisation)
        .select_related("submission__version", "mark", "adviser", "before")
        .prefetch_related("targets")
        .order_by("-pk")
    )


def open_application(mark: Mark, organisation: Organisation) -> Application | None:
    found = applications_of(organisation).filter(mark=mark)
    return found.exclude(submission__state__in=CLOSED).first()


def award_of(mark: Mark, organisation: Organisation) -> Award | None:
    """What it holds, or held last."""
    found = Award.objects.filter(version__key=mark.standard, organisation=organisation)
    return found.select_related("version", "organisation", "technician").order_by("-pk").first()


def standing_award(organisation: Organisation, number: str) -> Award | None:
    """One of its awards, while it stands: certificate and banner are for holders only."""
    keys = list(Mark.objects.values_list("standard", flat=True))
    found = awarding.holders(keys).filter(organisation=organisation, number=number)
    return found.first()


@dataclass(frozen=True, slots=True)
class Failed:
    """An application that was not met, and until when another try is free."""

    application: Application
    until: date

    @property
    def is_free(self) -> bool:
        return timezone.localdate() <= self.until


def last_failed(mark: Mark, organisation: Organisation) -> Failed | None:
    """The latest one, if it was declined and nobody has tried again; a try that was withdrawn
    takes nothing from it."""
    gone = (SubmissionState.WITHDRAWN, SubmissionState.EXPIRED)
    tried = applications_of(organisation).filter(mark=mark)
    last = tried.exclude(submission__state__in=gone).first()
    if last is None or last.submission.state != SubmissionState.DECLINED:
        return None
    if last.submission.closed_at is None:
        return None
    days = last.submission.version.standard.decision.try_again_days
    closed = timezone.localdate(last.submission.closed_at)
    return Failed(last, closed + timedelta(days=days))


# --- those who run it ---------------------------------------------------------------------------
def applications(
    *, words: str = "", state: str = "", mark: str = "", waits: str = "", sort: str = "-sent"
) -> QuerySet[Application]:
    found = Application.objects.select_related(
        "submission__version", "submission__organisation", "mark", "adviser"
    )
    for word in words.split()[:8]:
        found = found.filter(
            Q(submission__organisation__name__icontains=word) | Q(order_number__icontains=word)
        )
    if state:
        found = found.filter(submission__state=state)
    if mark:
        found = found.filter(mark__slug=mark)
    if waits == "order":
        found = found.filter(order_number="", before__isnull=True)
    if waits == "adviser":
        found = found.filter(adviser__isnull=True)
    fields = SORTS[sort.removeprefix("-")]
    return found.order_by(*(_turned(one) if sort.startswith("-") else one for one in fields))


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"


def advisers(mark: Mark) -> QuerySet[User]:
    """Who may be named: its assessors, and whoever assigns them."""
    trained = [
        one.user_id
        for one in Reviewer.objects.filter(is_active=True)
        if mark.standard in one.standards
    ]
    officers = Duty.objects.filter(standard=mark.standard, kind=DutyKind.ASSIGN)
    people = Q(pk__in=trained) | Q(pk__in=officers.values("user"))
    return User.objects.filter(people, is_active=True).order_by("name", "pk")


def officers_of(mark: Mark) -> QuerySet[User]:
    return User.objects.filter(
        is_active=True, duties__standard=mark.standard, duties__kind=DutyKind.ASSIGN
    ).distinct()


def follow_ups() -> QuerySet[FollowUp]:
    """All that are to be done, the first due first, then what was done."""
    return FollowUp.objects.select_related(
        "award__organisation", "award__version", "award__submission__application__adviser"
    ).order_by(F("done_on").asc(nulls_first=True), "due_on", "pk")


def follow_ups_of(user: User) -> QuerySet[FollowUp]:
    """Those of the schools somebody advises."""
    return follow_ups().filter(award__submission__application__adviser=user)
