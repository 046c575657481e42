"""When a route is open to new starters: by whom it is closed and opened."""

from benchside.careers.enums import RouteStatus
from benchside.careers.rules import can_change_routes
from benchside.core.states import StateTable, Transition

ROUTE = StateTable(
    "route",
    title="Route",
    states=RouteStatus,
    start=RouteStatus.OPEN,
    field="status",
    rows=[
        Transition(
            source=RouteStatus.OPEN,
            verb="retire",
            target=RouteStatus.RETIRED,
            may=can_change_routes,
        ),
        Transition(
            source=RouteStatus.COMING,
            verb="retire",
            target=RouteStatus.RETIRED,
            may=can_change_routes,
        ),
        Transition(
            source=RouteStatus.COMING, verb="open", target=RouteStatus.OPEN, may=can_change_routes
        ),
        Transition(
            source=RouteStatus.RETIRED, verb="open", target=RouteStatus.OPEN, may=can_change_routes
        ),
    ],
)
