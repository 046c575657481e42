"""The tables of states of the catalogue's records."""

from benchside.careers.enums import ClassState, RouteStatus
from benchside.careers.models import QuizClass
from benchside.careers.rules import can_change_routes, can_close_class
from benchside.core.states import Need, StateTable, Transition, state_tables


def _is_of_today(quiz_class: QuizClass) -> bool:
    return not quiz_class.is_over


QUIZ_CLASS = state_tables.register(
    StateTable(
        "quiz_class",
        title="A class that takes the quiz",
        states=ClassState,
        start=ClassState.OPEN,
        rows=[
            Transition(
                source=ClassState.OPEN,
                verb="close",
                target=ClassState.CLOSED,
                may=can_close_class,
                needs=(
                    Need("a class that is not over", _is_of_today, "Open a new one for today."),
                ),
                at="closed_at",
            ),
        ],
    )
)

# When a route is open to new starters: by whom it is closed and opened.
ROUTE = state_tables.register(
    StateTable(
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
                source=RouteStatus.COMING,
                verb="open",
                target=RouteStatus.OPEN,
                may=can_change_routes,
            ),
            Transition(
                source=RouteStatus.RETIRED,
                verb="open",
                target=RouteStatus.OPEN,
                may=can_change_routes,
            ),
        ],
    )
)
