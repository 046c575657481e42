"""What can be asked about registers, applications and fees."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.awarding import queries as awarding
from benchside.assessment.enums import DecisionOutcome, DutyKind, SubmissionState
from benchside.assessment.models import Award, Decision, StandardVersion, Submission
from benchside.assessment.models.submissions import CLOSED
from benchside.assessment.rules import standards_of
from benchside.assessment.standards import Route, Standard
from benchside.assessment.timing import Spell, spent_by
from benchside.core.actions import Actor
from benchside.organisations.models import Employment, Organisation
from benchside.people.models import Technician
from benchside.recognition.entries import searching
from benchside.recognition.enums import FeeKind, FeeState
from benchside.recognition.models import (
    Entry,
    Fee,
    Interview,
    Licence,
    Register,
    RegisterApplication,
)
from benchside.recognition.registers.shapes import WayIn

FEWEST_MEASURED = 5  # decisions below which no time is told: it would be somebody's
MEASURED_OVER = timedelta(days=730)
DECIDED = (SubmissionState.APPROVED, SubmissionState.DECLINED)
LIVE = Q(unpaid_at__isnull=True, unmet_at__isnull=True)  # what has not lapsed
SETTLED = (FeeState.PAID, FeeState.WAIVED)
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


def ways_of(register: Register, standard: Standard) -> list[WayIn]:
    """The questions whose route the standard has: one that is gone, or is still to come, leads
    nowhere."""
    return [one for one in register.rules.ways if standard.route(one.route)]


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
    ended = Submission.objects.filter(register_application__register=register, closed_at__gte=since)
    days = [_days_between(spells, since) for spells in spent_by(ended).values()]
    spans = [one for one in days if one is not None]
    return round(median(spans)) if len(spans) >= FEWEST_MEASURED else None


def _days_between(spells: Sequence[Spell], since: datetime) -> int | None:
    """From the first time it was sent in to the first time it was decided, as the trail has them:
    sending in again and an appeal move the days that stand on the application itself. None for
    what was never decided, or before `since`."""
    sent = next((one.begins for one in spells if one.state == SubmissionState.SUBMITTED), None)
    decided = next((one.begins for one in spells if one.state in DECIDED), None)
    if sent is None or decided is None or decided < since:
        return None
    return (timezone.localdate(decided) - timezone.localdate(sent)).days


def route_of(application: RegisterApplication) -> Route | None:
    submission = application.submission
    return submission.version.standard.route(submission.route)


def interview_of(submission: Submission) -> Interview | None:
    """The one that counts: what was set aside on appeal does not."""
    return Interview.objects.filter(submission=submission, set_aside_at__isnull=True).first()


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
    found = mine.select_related("award__version", "register", "body").order_by("-pk")
    return found.prefetch_related("renewals__fee")


def is_over(application: RegisterApplication) -> bool:
    """Decided and done with: nothing more comes of it."""
    state = application.submission.state
    if state == SubmissionState.APPROVED:
        return application.admitted_at is not None or application.has_lapsed
    return state in CLOSED


def conditions_of(application: RegisterApplication) -> Decision | None:
    """The decision that stands, while it has conditions that nobody has said are met."""
    return next(
        (
            one
            for one in application.submission.decisions.all()
            if one.outcome == DecisionOutcome.CONDITIONS
            and one.ratified_at is not None
            and one.overturned_at is None
            and one.conditions_met_at is None
        ),
        None,
    )


def conditions_by(application: RegisterApplication) -> date | None:
    """The last day to meet them: the decision's, or the last one to pay where it names none. None
    where there are none."""
    found = conditions_of(application)
    return (found.conditions_by or application.pay_by) if found else None


def may_change_details(application: RegisterApplication) -> bool:
    """Whether whoever applies may still change their name, body and number: it is theirs to
    write, or to complete."""
    return application.submission.state in {SubmissionState.DRAFT, SubmissionState.RETURNED}


def bodies_for(application: RegisterApplication) -> list[Organisation]:
    """Which it may go through: those of its register today, and the one it goes through."""
    return list(dict.fromkeys([application.body, *bodies_of(application.register)]))


def open_application(register: Register, technician: Technician) -> RegisterApplication | None:
    found = _applications().filter(register=register, submission__technician=technician)
    return next((one for one in found if not is_over(one)), None)


def done_anew(application: RegisterApplication) -> str:
    """What has become of somebody since their approval was closed unpaid, in a sentence."""
    technician = application.submission.technician
    if technician is None:
        return ""
    if (other := open_application(application.register, technician)) is not None:
        return f"They have applied anew since: {other.number}."
    award = last_award(application.register, technician)
    if award is not None and awarding.state_of(award).stands:
        return f"They are on the register already: {award.number}."
    return ""


def last_award(register: Register, technician: Technician) -> Award | None:
    found = Award.objects.filter(version__key=register.standard, technician=technician)
    return found.select_related("version").order_by("-pk").first()


def may_try_from(register: Register, technician: Technician) -> date | None:
    """The first day on which somebody who was declined may apply again: counted from the decision,
    not from the day on which an appeal against it was dismissed."""
    said = Decision.objects.filter(
        submission__register_application__register=register,
        submission__technician=technician,
        submission__state=SubmissionState.DECLINED,
        overturned_at__isnull=True,
        ratified_at__isnull=False,
    )
    last = said.select_related("submission__version").order_by("-ratified_at").first()
    if last is None:
        return None
    days = last.submission.version.standard.decision.try_again_days
    return timezone.localdate(last.ratified_at) + timedelta(days=days)


def employer_of(technician: Technician) -> Employment | None:
    """Where they work now, by the newest list they are on."""
    current = Employment.objects.current().filter(technician=technician)
    return current.select_related("organisation").order_by("-pk").first()


# --- fees ---------------------------------------------------------------------------------------
def open_fees(application: RegisterApplication) -> QuerySet[Fee]:
    """Neither paid nor waived."""
    return Fee.objects.filter(application=application).exclude(state__in=SETTLED)


def owed_back(application: RegisterApplication) -> Fee | None:
    """What was paid for a year on the register by somebody who does not come onto it."""
    return Fee.objects.filter(
        application=application, kind=FeeKind.YEAR, state=FeeState.PAID
    ).first()


def fees_owed_by(user: User) -> list[Fee]:
    """The fees somebody has to pay: invoiced or not, of what is still under way."""
    mine = Q(application__submission__technician__account=user) | Q(
        entry__award__technician__account=user
    )
    found = live_fees(Fee.objects.filter(mine)).exclude(state__in=SETTLED)
    return list(found.select_related("application"))


def live_fees(found: QuerySet[Fee]) -> QuerySet[Fee]:
    """Without what nobody asks for any more: open fees of an application that came to nothing."""
    over = (SubmissionState.WITHDRAWN, SubmissionState.EXPIRED)
    gone = Q(application__submission__state__in=over)
    gone |= Q(application__unpaid_at__isnull=False) | Q(application__unmet_at__isnull=False)
    return found.exclude(gone & ~Q(state__in=SETTLED))


# --- registrars ---------------------------------------------------------------------------------
def run_by(actor: Actor) -> QuerySet[Register]:
    """The registers somebody checks, assigns or keeps entries for."""
    kept = standards_of(actor, DutyKind.ASSIGN, DutyKind.KEEP)
    return Register.objects.filter(standard__in=kept)


def applications_to(
    register: Register,
    *,
    reader: User,
    words: str = "",
    state: str = "",
    waits: str = "",
    sort: str = "-sent",
) -> QuerySet[RegisterApplication]:
    """What a registrar sees: all that was ever sent in, and nothing that is still being written,
    nor their own."""
    found = _applications().filter(register=register, submission__submitted_at__isnull=False)
    found = found.exclude(submission__technician__account=reader)
    found = found.filter(searching.having(words, ("name",), ("number",)))
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
        return live.filter(Exists(unsettled), LIVE)
    if waits == "interview":
        open_ = Interview.objects.filter(outcome="", submission=OuterRef("submission"))
        return found.filter(Exists(open_)).exclude(submission__state__in=CLOSED)
    if waits == "pay":
        return found.filter(
            submission__state=SubmissionState.APPROVED,
            admitted_at__isnull=True,
        ).filter(LIVE)
    return found
