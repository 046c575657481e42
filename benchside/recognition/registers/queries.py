"""What can be asked about registers, applications and fees."""

from datetime import date, timedelta
from statistics import median

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.awarding import queries as awarding
from benchside.assessment.enums import DutyKind, SubmissionState
from benchside.assessment.models import Award, StandardVersion
from benchside.assessment.models.submissions import CLOSED
from benchside.assessment.rules import standards_of
from benchside.assessment.standards import Route
from benchside.core.actions import Actor
from benchside.organisations.models import Employment, Organisation
from benchside.people.models import Technician
from benchside.recognition.enums import FeeState
from benchside.recognition.models import Entry, Fee, Licence, Register, RegisterApplication

FEWEST_MEASURED = 5  # decisions below which no time is told: it would be somebody's
MEASURED_OVER = timedelta(days=730)
SORTS = {
    "number": ("pk",),
    "name": ("name", "pk"),
    "state": ("submission__state", "pk"),
    "sent": ("submission__submitted_at", "pk"),
    "body": ("body__name", "pk"),
}
WAITS = {
    "check": "To be checked",
    "fee": "A fee is open",
    "interview": "Interview to be recorded",
    "pay": "Approved, not paid",
}


# --- registers ----------------------------------------------------------------------------------
def registers() -> QuerySet[Register]:
    """Those the public sees: with a version that is or was published."""
    published = StandardVersion.objects.filter(key=OuterRef("standard")).exclude(state="draft")
    return Register.objects.filter(Exists(published))


def version_of(register: Register) -> StandardVersion | None:
    """What is asked today."""
    return awarding.version_in_force(register.standard)


def live_licences(on: date | None = None) -> QuerySet[Licence]:
    day = on or timezone.localdate()
    ends = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    return Licence.objects.filter(ends, starts_on__lte=day).select_related("body")


def bodies_of(register: Register) -> list[Organisation]:
    """Through whom one may apply today, by name."""
    found = live_licences().filter(register=register).order_by("body__name", "pk")
    return list(dict.fromkeys(one.body for one in found))


def days_to_decision(register: Register) -> int | None:
    """The days from sending in to the decision that half of the applications of the last two years
    took at most; none while there are too few to tell."""
    since = timezone.now() - MEASURED_OVER
    decided = RegisterApplication.objects.filter(
        register=register,
        submission__state__in=(SubmissionState.APPROVED, SubmissionState.DECLINED),
        submission__closed_at__gte=since,
    ).values_list("submission__submitted_at", "submission__closed_at")
    spans = [
        (timezone.localdate(closed) - timezone.localdate(sent)).days
        for sent, closed in decided
        if sent and closed
    ]
    return round(median(spans)) if len(spans) >= FEWEST_MEASURED else None


def route_of(application: RegisterApplication) -> Route | None:
    submission = application.submission
    return submission.version.standard.route(submission.route)


# --- a person -----------------------------------------------------------------------------------
def _applications() -> QuerySet[RegisterApplication]:
    return RegisterApplication.objects.select_related(
        "register", "body", "submission__version", "submission__technician__account",
        "submission__organisation",
    ).prefetch_related("fees")  # fmt: skip


def applications_of(user: User) -> QuerySet[RegisterApplication]:
    """Somebody's own, latest first."""
    return _applications().filter(submission__technician__account=user).order_by("-pk")


def entries_of(user: User) -> QuerySet[Entry]:
    """Where somebody is or was on a register."""
    mine = Entry.objects.filter(award__technician__account=user)
    return mine.select_related("award__version", "register", "body").order_by("-pk")


def is_over(application: RegisterApplication) -> bool:
    """Decided and done with: nothing more comes of it."""
    state = application.submission.state
    if state == SubmissionState.APPROVED:
        return application.admitted_at is not None or application.unpaid_at is not None
    return state in CLOSED


def open_application(register: Register, technician: Technician) -> RegisterApplication | None:
    found = _applications().filter(register=register, submission__technician=technician)
    return next((one for one in found if not is_over(one)), None)


def last_award(register: Register, technician: Technician) -> Award | None:
    found = Award.objects.filter(version__key=register.standard, technician=technician)
    return found.select_related("version").order_by("-pk").first()


def may_try_from(register: Register, technician: Technician) -> date | None:
    """The first day on which somebody who was declined may apply again."""
    last = (
        _applications()
        .filter(
            register=register,
            submission__technician=technician,
            submission__state=SubmissionState.DECLINED,
        )
        .order_by("-submission__closed_at")
        .first()
    )
    if last is None or last.submission.closed_at is None:
        return None
    days = last.submission.version.standard.decision.try_again_days
    return timezone.localdate(last.submission.closed_at) + timedelta(days=days)


def employer_of(technician: Technician) -> Employment | None:
    """Where they work now, by the newest list they are on."""
    current = Employment.objects.current().filter(technician=technician)
    return current.select_related("organisation").order_by("-pk").first()


# --- fees ---------------------------------------------------------------------------------------
def open_fees(application: RegisterApplication) -> QuerySet[Fee]:
    """Neither paid nor waived."""
    settled = (FeeState.PAID, FeeState.WAIVED)
    return Fee.objects.filter(application=application).exclude(state__in=settled)


# --- registrars ---------------------------------------------------------------------------------
def run_by(actor: Actor) -> QuerySet[Register]:
    """The registers somebody checks, assigns or keeps entries for."""
    kept = standards_of(actor, DutyKind.ASSIGN, DutyKind.KEEP)
    return Register.objects.filter(standard__in=kept)


def applications_to(
    register: Register, *, words: str = "", state: str = "", waits: str = "", sort: str = "-sent"
) -> QuerySet[RegisterApplication]:
    """What a registrar sees: all that was ever sent in, and nothing that is still being written."""
    found = _applications().filter(register=register, submission__submitted_at__isnull=False)
    for word in words.split()[:8]:
        found = found.filter(Q(name__icontains=word) | Q(number__iexact=word))
    if state:
        found = found.filter(submission__state=state)
    found = _waiting(found, waits)
    fields = SORTS[sort.removeprefix("-")]
    return found.order_by(*(f"-{one}" if sort.startswith("-") else one for one in fields))


def _waiting(found: QuerySet[RegisterApplication], waits: str) -> QuerySet[RegisterApplication]:
    if waits == "check":
        unseen = Q(checked_at__isnull=True) | Q(checked_at__lt=F("submission__submitted_at"))
        return found.filter(unseen, submission__state=SubmissionState.SUBMITTED)
    unsettled = Fee.objects.filter(application=OuterRef("pk")).exclude(
        state__in=(FeeState.PAID, FeeState.WAIVED)
    )
    if waits == "fee":
        gone = (SubmissionState.WITHDRAWN, SubmissionState.EXPIRED)
        live = found.exclude(submission__state__in=gone)
        return live.filter(Exists(unsettled), unpaid_at__isnull=True)
    if waits == "interview":
        return found.filter(submission__interview__outcome="").exclude(submission__state__in=CLOSED)
    if waits == "pay":
        return found.filter(
            submission__state=SubmissionState.APPROVED,
            admitted_at__isnull=True,
            unpaid_at__isnull=True,
        )
    return found
