"""The two plans before the made-up university's own, so that its actions have a past to read.

Every action and figure is made up. Each of `PAST` is: the words of the action today, how it stood
in the first plan and in the second (state, delivery, and what the next plan said of it, and why),
and its words then, where they were others.
"""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.core.actions import Actor
from benchside.impact.enums import LETTERS, Origin, PlanState
from benchside.impact.lineage import actions
from benchside.impact.models import Action, Carrying, Cycle, Observation, Plan, Success
from benchside.impact.plans import codes
from benchside.organisations.models import Organisation

LATE = {
    "amber": "It began a year late.",
    "red": "Nobody had the time that was written down for it.",
}
Ended = tuple[str, str, str, str]  # state, delivery, what the next plan said, why
PAST: list[tuple[str, Ended | None, Ended, str]] = [
    (
        "Give every technician who wants one a page with a photograph",
        ("in-progress", "amber", "extended", "Those without a desk were forgotten."),
        ("in-progress", "amber", "revised", "Nobody should have to have a page."),
        "Give every technician a page",
    ),
    (
        "Seat two elected technicians on Senate and one on each faculty board",
        None,
        ("in-progress", "green", "extended", "Senate agreed to two."),
        "Seat one technician on each faculty board",
    ),
    (
        "Hold an open day of workshops each summer, run by technicians",
        ("complete", "blue", "continued", ""),
        ("complete", "blue", "continued", ""),
        "",
    ),
    (
        "Pay the first year of professional registration for forty technicians",
        ("in-progress", "red", "narrowed", "A hundred was more than we have mentors for."),
        ("in-progress", "amber", "continued", ""),
        "Pay the first year of professional registration for a hundred technicians",
    ),
    (
        "Give six technician awards a year, chosen by technicians and students",
        ("complete", "blue", "extended", "Three were too few for five faculties."),
        ("complete", "blue", "continued", ""),
        "Give three technician awards a year",
    ),
    (
        "Run ten shadowing weeks a year between departments",
        None,
        ("in-progress", "red", "narrowed", "Two a faculty are as many as can be covered."),
        "Run thirty shadowing weeks a year between departments",
    ),
    (
        "Take on four apprentices a year in workshops and laboratories",
        ("in-progress", "green", "continued", ""),
        ("in-progress", "green", "continued", ""),
        "",
    ),
    (
        "Count all technicians twice a year from one list that HR keeps",
        ("complete", "blue", "continued", ""),
        ("embedded", "blue", "continued", ""),
        "",
    ),
    (
        "Ask all technicians every second year, and answer within three months",
        ("complete", "blue", "revised", "People asked what came of it."),
        ("in-progress", "green", "continued", ""),
        "Ask all technicians every second year",
    ),
]
# Actions of the first plan that came to an end: words, area, state, delivery, why it was stopped.
OVER = [
    ("Write a first list of who our technicians are", "visibility", "embedded", "blue", ""),
    ("Print a calendar with twelve technicians", "visibility", "in-progress", "red",
     "Nobody hung it up."),
    ("Buy a stand for the careers fair", "sustainability", "complete", "blue", ""),
]  # fmt: skip
MEASURED = "Give every technician who wants one a page with a photograph"


def create() -> None:
    university = Organisation.objects.filter(name="Made-Up University").first()
    lead = User.objects.filter(email=f"lead{DEMONSTRATION_DOMAIN}").first()
    if university is None or lead is None:
        return
    now = Plan.objects.filter(organisation=university, before=None).order_by("-starts_on").first()
    if now is None or Plan.objects.filter(organisation=university).count() > 1:
        return
    actor = Actor.of(lead)
    second = _plan(university, now, 36)
    first = _plan(university, second, 24)
    _second_and_first(actor, now, second, first)
    for words, area, state, delivery, why in OVER:
        letter_of = next(one for one in LETTERS if str(one) == area)
        code, number = codes.next_code(university.pk, letter_of)
        made = _action(first, code, number, [area], words, state, delivery)
        if why:
            Carrying.objects.create(
                plan=second, earlier=made, carried="stopped", why=why, decided_by=lead.person_id
            )


def _second_and_first(actor: Actor, now: Plan, second: Plan, first: Plan) -> None:
    Plan.objects.filter(pk=now.pk).update(before=second)
    Plan.objects.filter(pk=second.pk).update(before=first)
    now.refresh_from_db()
    second.refresh_from_db()
    for words, oldest, older, then in PAST:
        today = now.actions.filter(title=words).select_related("plan").first()
        if today is None:
            continue
        middle = _copy(today, second, older, then)
        _link(actor, today, middle, older)
        if oldest is not None:
            _link(actor, middle, _copy(today, first, oldest, then), oldest)
        if words == MEASURED:
            _measure(middle, 14, 61)


def _link(actor: Actor, later: Action, earlier: Action, ended: Ended) -> None:
    _, _, carried, why = ended
    actions.link(actor=actor, action=later, earlier=earlier, carried=carried, why=why)


def _plan(university: Organisation, after: Plan, months: int) -> Plan:
    """The plan before one, closed the day before that one began; of the stage before, if any."""
    starts = _months_before(after.starts_on, months)
    cycle = None
    if after.cycle is not None:
        earlier = Cycle.objects.filter(
            signatory=after.cycle.signatory_id, stage=after.cycle.stage - 1, plan=None
        )
        cycle = earlier.first()
    ended = _moment(after.starts_on)
    return Plan.objects.create(
        organisation=university,
        cycle=cycle,
        title=f"Plan for technicians {starts.year} to {after.starts_on.year}",
        starts_on=starts,
        ends_on=after.starts_on,
        state=PlanState.CLOSED,
        made_at=_moment(starts),
        agreed_at=_moment(starts),
        closed_at=ended,
    )


def _copy(today: Action, plan: Plan, ended: Ended, then: str) -> Action:
    state, delivery, *_ = ended
    words = then or today.title
    made = _action(plan, today.code, today.number, today.areas, words, state, delivery)
    Action.objects.filter(pk=made.pk).update(owner=today.owner, owner_post=today.owner_post)
    return made


def _action(
    plan: Plan, code: str, number: int, areas: list[str], words: str, state: str, delivery: str
) -> Action:
    ended = _moment(plan.ends_on)
    done: dict[str, Any] = {"completed_at": ended} if state in {"complete", "embedded"} else {}
    if state == "embedded":
        done["embedded_at"] = ended
    return Action.objects.create(
        plan=plan, code=code, number=number, areas=areas, title=words, text=words, state=state,
        delivery=delivery, delivery_why=LATE.get(delivery, ""), delivery_at=ended,
        due_on=plan.ends_on, origin=Origin.LEAD, position=plan.actions.count(), **done,
    )  # fmt: skip


def _measure(action: Action, baseline: int, seen: int) -> None:
    plan = action.plan
    made = Success.objects.create(
        action=action, title="Technicians with a public page", unit="people", baseline=baseline,
        baseline_on=plan.starts_on, target=100, target_on=plan.ends_on,
        denominator="all technicians on the staff list", source="Counted by technical services",
    )  # fmt: skip
    Observation.objects.create(success=made, value=seen, observed_on=plan.ends_on)


def _months_before(day: date, months: int) -> date:
    place = day.year * 12 + day.month - 1 - months
    return day.replace(year=place // 12, month=place % 12 + 1, day=1)


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))
