"""The analysis over 150 public plans of 34 actions each, uncached, beside a floor.

The floor is the bare count of the same actions by state.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from benchmarks import ground
from benchmarks.search import timed

PLANS, ACTIONS = 150, 34
Row = tuple[str, str, str]


def run() -> Iterator[Row]:
    ground.use_here()
    from django.db import connection, transaction

    with transaction.atomic():
        fill()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield from measure()
        transaction.set_rollback(True)


def measure() -> Iterator[Row]:
    from django.db.models import Count
    from django.test import Client

    from benchside.impact.models import Action

    def floor() -> object:
        found = Action.objects.filter(plan__cycle__signatory__charter__slug="bench-charter")
        return list(found.values("state").annotate(count=Count("pk")).order_by("state"))

    def page() -> object:
        response = Client(HTTP_HOST="127.0.0.1").get("/charters/bench-charter/analysis/")
        assert response.status_code == 200
        assert response.context is None or response.context["figures"]["total"]["plans"] == PLANS
        return response

    bare, took = timed(floor), timed(page)
    name = f"analysis over {PLANS} plans x {ACTIONS} actions"
    yield f"{name}: bare count by state", f"{bare:.0f} ms", "floor"
    yield f"{name}, the whole page uncached", f"{took:.0f} ms, {took / bare:.0f}x", "< 300 ms"


def fill() -> None:
    from django.utils import timezone

    from benchside.impact.enums import ActionState, Area, Delivery, PlanState, SignatoryState
    from benchside.impact.models import Action, Charter, Cohort, Cycle, Plan, Signatory, Success
    from benchside.impact.plans.themes import BY_KEY
    from benchside.organisations.enums import Kind
    from benchside.organisations.models import Organisation

    chance, now, start = random.Random(2026), timezone.now(), date(2025, 1, 1)
    model = Organisation.objects.open().first()
    charter = Charter.objects.create(slug="bench-charter", name="Bench Charter", owner="Bench")
    cohorts = [
        Cohort.objects.create(charter=charter, title=f"Cohort {n}", announced_on=start)
        for n in range(6)
    ]
    kinds = [Kind.UNIVERSITY, Kind.INSTITUTE, Kind.EMPLOYER]
    places = Organisation.objects.bulk_create(
        Organisation(
            slug=f"bench-{n}", name=f"Bench {n}", kind=kinds[n % 3], state=model.state,
            applied_by=model.applied_by, decided_by=model.decided_by, decided_at=now,
        )
        for n in range(PLANS)
    )  # fmt: skip
    signed = Signatory.objects.bulk_create(
        Signatory(
            charter=charter, organisation=one, state=SignatoryState.ANNOUNCED, announced_on=start,
            cohort=cohorts[n % 6],
        )
        for n, one in enumerate(places)
    )  # fmt: skip
    cycles = Cycle.objects.bulk_create(
        Cycle(signatory=one, stage=n % 3 + 1, plan_months=24, first_due_on=start, due_on=start)
        for n, one in enumerate(signed)
    )
    plans = Plan.objects.bulk_create(
        Plan(
            organisation=cycle.signatory.organisation, cycle=cycle, title="Plan", starts_on=start,
            ends_on=date(2027, 1, 1), state=PlanState.AGREED, agreed_at=now, published_at=now,
        )
        for cycle in cycles
    )  # fmt: skip
    states = [one for one in ActionState if one != ActionState.PROPOSED]
    words = "What is to be done by then, and why it would help people who work there. " * 5
    actions = []
    for plan in plans:
        for number in range(ACTIONS):
            state, due = chance.choice(states), start + timedelta(days=chance.randrange(700))
            done = state in {ActionState.COMPLETE, ActionState.EMBEDDED}
            actions.append(
                Action(
                    plan=plan, code=f"V-{number:03d}", title="Do something", text=words,
                    areas=chance.sample(Area.values, chance.choice([1, 1, 2])),
                    themes=chance.sample(list(BY_KEY), 2), state=state, due_on=due,
                    state_why="Because" if state == ActionState.STOPPED else "",
                    delivery=chance.choice([Delivery.GREEN, Delivery.BLUE, ""]),
                    completed_at=now if done else None, rationale=words, objective=words,
                )
            )  # fmt: skip
    actions = Action.objects.bulk_create(actions, 500)
    Success.objects.bulk_create(
        [Success(action=one, title="Measure", baseline=1, target=2) for one in actions[::2]], 500
    )
