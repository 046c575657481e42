"""The states of a request to be counted as a technician."""

from benchside.core.actions import Actor
from benchside.core.permissions import predicate
from benchside.core.states import StateTable, Transition, state_tables
from benchside.organisations.enums import RequestState
from benchside.organisations.models import CountMeIn
from benchside.organisations.staff_rules import can_keep_list


@predicate("whoever asked")
def is_asker(actor: Actor, subject: CountMeIn) -> bool:
    return actor.account is not None and subject.user_id == actor.account.pk


REQUESTS = state_tables.register(
    StateTable(
        "count_me_in",
        title="A request to be counted",
        states=RequestState,
        start=RequestState.WAITING,
        rows=[
            Transition(source="waiting", verb=verb, target=target, may=may, at=at, by=by)
            for verb, target, may, at, by in [
                ("accept", "accepted", can_keep_list, "answered_at", "answered_by"),
                ("decline", "declined", can_keep_list, "answered_at", "answered_by"),
                ("withdraw", "withdrawn", is_asker, "", ""),
            ]
        ],
    )
)
