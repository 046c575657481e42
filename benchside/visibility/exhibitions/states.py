"""The tables of states of exhibitions, panels and stops."""

from benchside.core.states import Need, StateTable, Transition, state_tables
from benchside.visibility.exhibitions import rules
from benchside.visibility.exhibitions.enums import ExhibitionState, PanelState, StopState
from benchside.visibility.models import Exhibition

E, P, S = ExhibitionState, PanelState, StopState


def _has_panels(one: Exhibition) -> bool:
    return one.panels.filter(state=P.HANGING).exists()


PANELS = Need("a panel that may hang", _has_panels, "Make one from a story or a photograph.")

EXHIBITION = state_tables.register(
    StateTable(
        "exhibition",
        title="Exhibition",
        states=ExhibitionState,
        start=E.DRAFT,
        rows=[
            Transition(
                source=E.DRAFT, verb="open", target=E.OPEN, may=rules.can_run, needs=(PANELS,)
            ),
            Transition(source=E.OPEN, verb="end", target=E.OVER, may=rules.can_run),
            Transition(source=E.OVER, verb="open", target=E.OPEN, may=rules.can_run),
        ],
    )
)

PANEL = state_tables.register(
    StateTable(
        "panel",
        title="Panel of an exhibition",
        states=PanelState,
        start=P.HANGING,
        rows=[
            Transition(
                source=P.HANGING,
                verb="take_down",
                target=P.TAKE_DOWN,
                may=rules.can_take_down,
                at="take_down_at",
            ),
            *(
                Transition(
                    source=state,
                    verb="is_down",
                    target=P.GONE,
                    may=rules.can_run,
                    at="taken_down_at",
                )
                for state in (P.HANGING, P.TAKE_DOWN)
            ),
        ],
    )
)

STOP = state_tables.register(
    StateTable(
        "stop",
        title="Stop of an exhibition",
        states=StopState,
        start=S.PLANNED,
        rows=[
            Transition(source=S.PLANNED, verb="cancel", target=S.CANCELLED, may=rules.can_run),
            Transition(source=S.CANCELLED, verb="plan_again", target=S.PLANNED, may=rules.can_run),
        ],
    )
)
