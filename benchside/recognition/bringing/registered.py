"""What an employer is told of its technicians' registrations, starting from what each lets it see.

Somebody is named when the register publishes their entry, they have claimed their record, and they
show their letters to their organisation; or when they asked it to pay their fee. All others are
counted, and the counts are rounded.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from benchside.assessment.awarding import queries as awarding
from benchside.core.disclosure import WORKFORCE, Cell, protect_list
from benchside.organisations.models import Employment, Organisation
from benchside.organisations.staff.kept import DECLINED
from benchside.people.enums import Audience
from benchside.people.models import Technician
from benchside.recognition.enums import FeeState
from benchside.recognition.models import Entry, Fee, FeeSupport, Register, RegisterApplication
from benchside.recognition.registers.queries import live_fees

SOON = 60  # days
UNSETTLED = (FeeState.DUE, FeeState.INVOICED)
SORTS: dict[str, tuple[str, ...]] = {
    "name": ("name", "pk"),
    "register": ("register__name", "name"),
    "number": ("award__number",),
    "ends": ("award__period_end", "name"),
}


def staff_of(organisation_id: int, on: date | None = None) -> QuerySet[Employment]:
    """Its technicians on a day, today unless said otherwise."""
    found = Employment.objects.filter(organisation=organisation_id)
    found = found.exclude(leaving_reason=DECLINED)
    if on is None:
        return found.filter(left_on__isnull=True)
    begun = Q(started_on__isnull=True) | Q(started_on__lte=on)
    return found.filter(begun, Q(left_on__isnull=True) | Q(left_on__gt=on))


def standards() -> list[str]:
    return list(Register.objects.order_by("name").values_list("standard", flat=True))


def named(
    organisation: Organisation,
    *,
    words: str = "",
    register: str = "",
    due: bool = False,
    sort: str = "name",
    keys: Collection[str] | None = None,
) -> QuerySet[Entry]:
    """The entries of its technicians that it may see by name. `keys` are the standards of all
    registers, where whoever asks has them already."""
    found = Entry.objects.filter(
        award__technician__in=staff_of(organisation.pk).values("technician"),
        award__in=awarding.public_awards(standards() if keys is None else keys).values("pk"),
        award__technician__account__isnull=False,
        award__technician__profile__is_shown=True,
        award__technician__profile__letters_to__gte=Audience.ORGANISATION,
        is_hidden=False,
    )
    for word in words.split()[:8]:
        found = found.filter(Q(name__icontains=word) | Q(award__number__icontains=word))
    if register:
        found = found.filter(register__slug=register)
    if due:
        found = ends_soon(found)
    fields = SORTS[sort.removeprefix("-")]
    ordered = (f"-{one}" if sort.startswith("-") else one for one in fields)
    return found.select_related("register", "body", "award__version").order_by(*ordered)


def ends_soon(
    found: QuerySet[Entry], today: date | None = None, *, keys: Collection[str] | None = None
) -> QuerySet[Entry]:
    """Those whose period ends within sixty days, or is over and can still be renewed."""
    last = (today or timezone.localdate()) + timedelta(days=SOON)
    standing = awarding.holders(standards() if keys is None else keys).values("pk")
    return found.filter(award__in=standing, award__period_end__lte=last)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many are on a register now, how many of the others apply to one, and how many do
    neither, rounded."""

    registered: Cell
    applying: Cell
    others: Cell
    total: Cell


def counted(organisation: Organisation) -> Counted:
    staff = staff_of(organisation.pk).values("technician")
    total = staff.count()
    keys = standards()
    on_one = _people_on(keys, staff)
    on_none = applying(staff).exclude(submission__technician__in=_held_by(keys, staff))
    apply = people_of(on_none)
    counts = {"registered": on_one, "applying": apply, "others": total - on_one - apply}
    table = protect_list(counts, policy=WORKFORCE, closed=True)
    cells = table.cells
    return Counted(cells["registered"], cells["applying"], cells["others"], table.total)


def _people_on(keys: Collection[str], staff: Any, on: date | None = None) -> int:
    """How many of them stand on one of these registers."""
    return _held_by(keys, staff, on).distinct().count()


def _held_by(keys: Collection[str], staff: Any, on: date | None = None) -> Any:
    """Those of them who stand on one of these registers, by id."""
    held = awarding.holders(keys, on=on).filter(technician__in=staff)
    return held.order_by().values("technician")


def applying(staff: Any, on: date | None = None) -> QuerySet[RegisterApplication]:
    """Applications of theirs that are begun and not decided, now or on a day."""
    found = RegisterApplication.objects.filter(submission__technician__in=staff)
    if on is None:
        return found.filter(submission__closed_at__isnull=True)
    open_then = Q(submission__closed_at__isnull=True) | Q(submission__closed_at__date__gt=on)
    return found.filter(open_then, submission__created_at__date__lte=on)


def people_of(found: QuerySet[RegisterApplication]) -> int:
    return found.order_by().values("submission__technician").distinct().count()


# --- fees -----------------------------------------------------------------------------------------
def holder_of(fee: Fee) -> Technician | None:
    if fee.application is not None:
        return fee.application.submission.technician
    return fee.entry.award.technician if fee.entry else None


def register_of(fee: Fee) -> Register | None:
    if fee.application is not None:
        return fee.application.register
    return fee.entry.register if fee.entry else None


def fees_of(technician: Technician) -> QuerySet[Fee]:
    """What somebody owes or paid, and what was asked of whom for it."""
    mine = Q(application__submission__technician=technician) | Q(
        entry__award__technician=technician
    )
    found = live_fees(Fee.objects.filter(mine)).select_related(
        "application__register", "application__submission__technician", "entry__register",
        "entry__award__technician",
    ).prefetch_related("asks__organisation")  # fmt: skip
    return found.order_by("-pk")


def employers_of(technician: Technician) -> QuerySet[Organisation]:
    current = Employment.objects.filter(technician=technician, left_on__isnull=True)
    return Organisation.objects.filter(pk__in=current.values("organisation")).order_by("name")


def asked_of(organisation: Organisation) -> QuerySet[FeeSupport]:
    """Fees its technicians asked it to pay, but for those they took back."""
    found = FeeSupport.objects.filter(organisation=organisation, taken_back_at__isnull=True)
    return found.select_related(
        "fee__application__register", "fee__application__submission__technician",
        "fee__entry__register", "fee__entry__award__technician",
    )  # fmt: skip


def _of_staff(organisation: Organisation) -> Q:
    """Asked by somebody who works there now: what who has left owes is nobody's business there."""
    staff = staff_of(organisation.pk).values("technician")
    return Q(fee__application__submission__technician__in=staff) | Q(
        fee__entry__award__technician__in=staff
    )


def answered(organisation: Organisation) -> QuerySet[FeeSupport]:
    """What it answered, the newest first. Of who has left, only what it pays for."""
    found = asked_of(organisation).filter(answered_at__isnull=False)
    found = found.filter(_of_staff(organisation) | Q(is_paid_by_them=True))
    return found.order_by("-answered_at", "-pk")


def waiting(organisation: Organisation) -> QuerySet[FeeSupport]:
    """Those still to answer, without fees of what came to nothing since or of who has left."""
    asked = asked_of(organisation).filter(answered_at__isnull=True, fee__state__in=UNSETTLED)
    asked = asked.filter(_of_staff(organisation)).order_by("asked_at", "pk")
    return asked.filter(fee__in=live_fees(Fee.objects.all()).values("pk"))


def is_owed(fee: Fee) -> bool:
    """Whether anybody asks for it still."""
    return live_fees(Fee.objects.filter(pk=fee.pk, state__in=UNSETTLED)).exists()


# --- figures --------------------------------------------------------------------------------------
def registered_on(organisation_id: int, on: date, keys: Collection[str]) -> tuple[int, int]:
    """How many of its technicians stood on these registers on a day, and how many there were."""
    staff = staff_of(organisation_id, on).values("technician")
    return _people_on(keys, staff, on), staff.count()
