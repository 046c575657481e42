"""An action plan of 500 actions as one page, uncached, beside a floor.

The floor is the bare query of the same rows: what any page of them must ask.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from benchmarks import ground
from benchmarks.search import timed

ACTIONS = 500
Row = tuple[str, str, str]
LOOKS = {"table": "", "table sorted and sifted": "&sort=-due&state=open", "board": "board/"}


def run() -> Iterator[Row]:
    ground.use_here()
    from django.db import transaction

    with transaction.atomic():
        yield from measure()
        transaction.set_rollback(True)


def measure() -> Iterator[Row]:
    from django.test import Client

    from benchside.impact.models import Action

    plan, lead = fill()

    def floor() -> object:
        return list(Action.objects.filter(plan=plan).values_list("code", "title", "owner__name"))

    bare = timed(floor)
    yield f"plan of {ACTIONS}: bare rows", f"{bare:.1f} ms", "floor"
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(lead)
    start = f"/org/{plan.organisation.slug}/impact/plan/{plan.key}/"
    for name, look in LOOKS.items():
        address = f"{start}{look}" if look.endswith("/") else f"{start}?show=all{look}"
        assert client.get(address).status_code == 200, address
        took = timed(partial(client.get, address))
        goal = "< 100 ms" if name == "table" else "-"
        yield f"plan of {ACTIONS}, {name}, the whole page uncached", f"{took:.0f} ms", goal


def fill():  # type: ignore[no-untyped-def]
    """A plan and its lead."""
    from benchside.impact.enums import ActionState, Area, Delivery
    from benchside.impact.models import Action, Plan
    from benchside.organisations.models import Membership, Organisation

    lead = Membership.objects.leads().select_related("user", "organisation")[0]
    here: Organisation = lead.organisation
    plan = Plan.objects.create(
        organisation=here, title="Bench", starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31)
    )
    areas, states, goes = list(Area.values), list(ActionState.values), list(Delivery.values)
    Action.objects.bulk_create(
        Action(
            plan=plan,
            code=f"V-{number:03d}",
            number=number,
            areas=[areas[number % 5]],
            themes=["voice", "training"],
            title=f"Give every technician of department {number} a page with a photograph",
            owner=lead.user,
            starts_on=date(2026, 1, 1),
            due_on=date(2026, 1, 1) + timedelta(days=2 * number),
            state=states[number % len(states)],
            state_why="As agreed.",
            delivery=goes[number % len(goes)],
            delivery_why="The hall is being rewired until May.",
        )
        for number in range(ACTIONS)
    )
    return plan, lead.user
