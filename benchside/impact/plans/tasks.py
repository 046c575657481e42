"""By the clock: owners are reminded, and measures that Benchside keeps observe themselves."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core import mail
from benchside.core.disclosure import WORKFORCE, protect_count
from benchside.core.registries import Measured, measures
from benchside.core.schedule import daily
from benchside.core.tasks import task
from benchside.impact.enums import PlanState, ReminderKind
from benchside.impact.models import Action, ActionReminder, Observation, Success
from benchside.impact.plans import links, queries
from benchside.organisations.models import Membership
from benchside.organisations.staff.releasing import is_census

SOON = timedelta(days=14)
QUIET = timedelta(days=28)
LATER = 60  # a census may be counted so many days after its day


# --- reminders ----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Due:
    """What somebody is to be reminded of, and of which day."""

    action: Action
    kind: str
    about_on: date


@daily(at="07:10")
@task(attempts=3)
def remind_owners() -> None:
    """One letter to each owner with all that is due soon, late, or not spoken of for a month."""
    by_owner: dict[tuple[int, int], list[Due]] = defaultdict(list)
    for due in _to_remind(timezone.localdate()):
        by_owner[due.action.owner_id or 0, due.action.plan.organisation_id].append(due)
    for (owner, _), found in by_owner.items():
        _remind(User.objects.get(pk=owner), found)


def _to_remind(today: date) -> Iterator[Due]:
    found = (
        Action.objects.filter(plan__state=PlanState.AGREED, state__in=queries.OPEN)
        .filter(owner__is_active=True)
        .select_related("plan__organisation", "owner")
        .prefetch_related("notes")
        .order_by("due_on", "pk")
    )
    live = set(Membership.objects.live().values_list("user", "organisation"))
    for action in found:
        if (action.owner_id, action.plan.organisation_id) not in live:
            continue
        if action.due_on and action.due_on < today:
            yield Due(action, ReminderKind.LATE, action.due_on)
        elif action.due_on and action.due_on <= today + SOON:
            yield Due(action, ReminderKind.SOON, action.due_on)
        elif _is_quiet(action, today):
            yield Due(action, ReminderKind.MONTH, today.replace(day=1))


def _is_quiet(action: Action, today: date) -> bool:
    """Under way, and nothing was said of it for a month."""
    if (action.starts_on or action.plan.starts_on) > today - QUIET:
        return False
    said = [timezone.localdate(one.written_at) for one in action.notes.all()]
    said.append(timezone.localdate(action.changed_at))
    return max(said) < today - QUIET


def _remind(owner: User, found: list[Due]) -> None:
    """Each of a kind and day once; the letter is queued in the same transaction."""
    with transaction.atomic():
        new = [
            due
            for due in found
            if ActionReminder.objects.get_or_create(
                action=due.action, user=owner, kind=due.kind, about_on=due.about_on
            )[1]
        ]
        if not new:
            return
        context = {
            "name": owner.get_short_name(),
            "organisation": new[0].action.plan.organisation.name,
            "lines": [
                {
                    "code": due.action.code,
                    "title": due.action.title,
                    "due": due.action.due_on,
                    "why": ReminderKind(due.kind).label,
                    "link": links.address_of(due.action, owner),
                }
                for due in new
            ],
            "days": links.LASTS.days,
        }
        mail.send("impact/plan_reminder", owner.email, context)


# --- measures that observe themselves -----------------------------------------------------------
@daily(at="02:50")
@task(attempts=3)
def observe_measures() -> None:
    """On census days, as soon as the figure is there; each measure once for each census."""
    today = timezone.localdate()
    for day in _censuses(today):
        waiting = (
            Success.objects.exclude(measure="")
            .filter(action__plan__starts_on__lte=day, action__plan__ends_on__gte=day)
            .exclude(action__plan__state=PlanState.CLOSED)
            .exclude(observations__observed_on=day)
            .select_related("action__plan")
        )
        for success in waiting:
            observe_by_itself(success, day)


def _censuses(today: date) -> list[date]:
    days = (today - timedelta(days=back) for back in range(LATER))
    return [day for day in days if is_census(day)]


def observe_by_itself(success: Success, day: date) -> Observation | None:
    """The figure of that day, as it may be shown to everybody; None where there is none."""
    if success.measure not in measures:
        return None
    measure = measures[success.measure]
    figure = measure.observe(success.action.plan.organisation_id, day)
    shown = _shown(figure, measure.policy) if figure is not None else None
    if shown is None:
        return None
    value, people = shown
    return Observation.objects.get_or_create(
        success=success, observed_on=day, defaults={"value": value, "people": people}
    )[0]


def _shown(figure: Measured, policy: str) -> tuple[Decimal, int | None] | None:
    """Numbers of people are kept only as they may leave: to the nearest five."""
    if not policy:
        return Decimal(str(figure.value)), figure.people
    cell = protect_count(figure.value, policy=WORKFORCE, closed=True)
    if cell.value is None:
        return None
    people = None
    if figure.people is not None:
        whole = protect_count(figure.people, policy=WORKFORCE, closed=True).value
        people = int(whole) if whole is not None else None
    return Decimal(str(cell.value)), people
