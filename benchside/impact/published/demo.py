"""The university's plan before everyone, and small plans of other made-up signatories."""

from datetime import date, datetime, time
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.assessment.enums import SubmissionState
from benchside.core.actions import SYSTEM, Actor
from benchside.impact.enums import Area, PlanState, SignatoryState
from benchside.impact.models import Action, Cycle, Plan
from benchside.impact.plans import actions as plans
from benchside.impact.published.actions import publish_plan

MOST = 7  # plans made here
V, R, C, S, I = Area.VISIBILITY, Area.RECOGNITION, Area.CAREERS, Area.SUSTAINABILITY, Area.IMPACT  # noqa: E741
# What, area, themes, post, how one will know (what, from, to, unit) or nothing.
POOL = (
    ("Show every workshop and who runs it on one map", V, ["visibility"], "Web editor",
     ("Workshops on the map", 0, 24, "workshops")),
    ("Give technicians a seat on the research committee", V, ["governance"], "Registrar", None),
    ("Hold a spring fair where each workshop shows one thing", V, ["networks", "visibility"],
     "Technical manager", ("Workshops that took part", 4, 15, "workshops")),
    ("Pay the fee for professional registration, first year and after", R, ["registration"],
     "Head of people", ("Technicians registered", 6, 30, "people")),
    ("Name technicians in the thanks of every thesis they helped with", R, ["credit"],
     "Dean of the graduate school", None),
    ("Give a prize for the best idea that made a bench safer", R, ["awards", "wellbeing"],
     "Safety officer", ("Ideas sent in", 0, 20, "ideas")),
    ("Write down three ways up from each grade", C, ["pathways", "roles"], "Head of people",
     ("Grades with a way up written down", 1, 6, "grades")),
    ("Find a mentor for everyone in their first year", C, ["mentoring", "recruiting"],
     "Technical manager", ("New technicians with a mentor", 3, 12, "people")),
    ("Keep four days a year free for training, in writing", C, ["training"], "Head of people",
     ("Days of training a person", Decimal("1.5"), 4, "days")),
    ("Take on two apprentices each September", S, ["apprentices"], "Technical manager",
     ("Apprentices in post", 0, 4, "people")),
    ("List each skill that only one person holds, and train a second", S, ["continuity"],
     "Technical manager", ("Skills held by one person", 17, 5, "skills")),
    ("Turn freezers up to minus seventy", S, ["environment"], "Sustainability officer",
     ("Freezers at minus seventy", 2, 40, "freezers")),
    ("Lend instruments between departments by one calendar", S, ["equipment"], "Stores manager",
     ("Instruments in the calendar", 0, 60, "instruments")),
    ("Ask all technicians the same ten questions every autumn", I, ["voice"],
     "Chair of the steering group", ("Answers to the ten questions", 41, 120, "answers")),
    ("Tell the board once a year how this plan goes", I, ["steering"],
     "Chair of the steering group", None),
    ("Cost technicians’ time in every bid above a limit", I, ["bids", "money"],
     "Head of research finance", ("Bids with technicians’ time in them", 8, 50, "bids")),
)  # fmt: skip
# How far an action has come, in turn; what is late says why.
PATHS = (
    (("start", "complete", "embed"), "", ""),
    (("start",), "green", ""),
    (("start", "complete"), "", ""),
    ((), "", ""),
    (("start",), "amber", "The post behind it was empty for a term."),
    (("start",), "green", ""),
    (("start", "complete"), "", ""),
    (("start",), "red", "No money was found this year."),
    (("stop",), "", "Another project does the same."),
)


def create() -> None:
    _publish_university()
    for place, cycle in enumerate(_cycles()):
        _plan(cycle, place)


def _publish_university() -> None:
    lead = User.objects.filter(email=f"lead{DEMONSTRATION_DOMAIN}").first()
    if lead is None:
        return
    found = Plan.objects.filter(
        organisation__name="Made-Up University", state=PlanState.AGREED, published_at=None
    )
    for plan in found:
        publish_plan(actor=Actor.of(lead), plan=plan)


def _cycles() -> list[Cycle]:
    """The last stage that lies behind each signatory of a made-up charter, where it has no plan;
    none whose self-assessment is in somebody's hands."""
    done = Q(closed_at__isnull=False) | Q(
        submission__state__in=(SubmissionState.REVIEWED, SubmissionState.APPROVED)
    )
    found = (
        Cycle.objects.filter(
            done,
            signatory__state=SignatoryState.ANNOUNCED,
            signatory__charter__name__contains="Made-Up",
        )
        .exclude(signatory__organisation__name="Made-Up University")
        .select_related("signatory__organisation", "plan")
        .order_by("signatory", "-stage")
    )
    latest: dict[int, Cycle] = {}
    for cycle in found:
        latest.setdefault(cycle.signatory_id, cycle)
    return [one for one in latest.values() if not hasattr(one, "plan")][:MOST]


def _plan(cycle: Cycle, place: int) -> None:
    first = cycle.due_on.replace(day=1)
    until = _months(first, cycle.plan_months)
    plan = plans.begin_plan(
        actor=SYSTEM,
        organisation=cycle.signatory.organisation,
        title=f"Technicians’ plan {first.year} to {until.year}",
        starts_on=first,
        ends_on=until,
        cycle=cycle,
    )
    count = 6 + place % 5
    made = [_action(plan, place * 3 + turn, turn) for turn in range(count)]
    plans.agree_plan(actor=SYSTEM, plan=plan)
    for turn, action in enumerate(made):
        action.refresh_from_db()
        _go_on(action, PATHS[(turn + place) % len(PATHS)])
    Plan.objects.filter(pk=plan.pk).update(
        published_at=_noon(min(_months(first, 2), timezone.localdate()))
    )


def _action(plan: Plan, number: int, turn: int) -> Action:
    title, area, themes, post, measure = POOL[number % len(POOL)]
    action = plans.propose_action(actor=SYSTEM, plan=plan, title=title, areas=[area])
    due = _months(plan.starts_on, 6 + turn * 2)
    plans.change_action(
        actor=SYSTEM,
        action=action,
        changes={"themes": themes, "owner_post": post, "due_on": due, "starts_on": plan.starts_on},
    )
    if measure and turn % 4 != 3:  # one in four has not thought of it yet
        name, before, aim, unit = measure
        values = {"title": name, "baseline": before, "target": aim, "unit": unit}
        plans.add_success(actor=SYSTEM, action=action, values=values | {"target_on": due})
    return action


def _go_on(action: Action, path: tuple[tuple[str, ...], str, str]) -> None:
    verbs, delivery, why = path
    for verb in verbs:
        plans.move_action(actor=SYSTEM, action=action, verb=verb, why=why)
    if delivery:
        plans.say_delivery(actor=SYSTEM, action=action, delivery=delivery, why=why)
    if action.completed_at and action.due_on:
        late = 1 if action.pk % 3 == 0 else -1
        day = min(_months(action.due_on, late), timezone.localdate())
        Action.objects.filter(pk=action.pk).update(completed_at=_noon(day))


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def _months(day: date, count: int) -> date:
    place = day.year * 12 + day.month - 1 + count
    return date(place // 12, place % 12 + 1, 1)
