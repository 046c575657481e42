"""One change to many actions: tried first, shown line by line, then done to all or to none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from benchside.accounts.models import User
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.states import NoSuchMove
from benchside.impact.enums import ActionState, Delivery
from benchside.impact.models import Action
from benchside.impact.plans import themes
from benchside.impact.plans.actions import change_action, move_action
from benchside.impact.plans.states import ACTION
from benchside.impact.plans.wording import VERBS


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """`what` is a field of `forms.BulkForm`; `value` what it becomes."""

    what: str
    value: Any
    why: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What the change makes of one action, or why it cannot be made."""

    code: str
    title: str
    was: str
    now: str
    refused: str

    @property
    def is_same(self) -> bool:
        return not self.refused and self.was == self.now


class _Tried(Exception):  # noqa: N818 - it undoes what was only tried
    pass


def preview(*, actor: Actor, actions: Sequence[Action], choice: Choice) -> list[Line]:
    """What would come of it: done for real and undone, so that it says what applying will say."""
    lines: list[Line] = []
    try:
        with transaction.atomic():
            lines = [_one(actor, action, choice) for action in actions]
            raise _Tried
    except _Tried:
        return lines


def apply(*, actor: Actor, actions: Sequence[Action], choice: Choice) -> list[Line]:
    """Do it to all; when one is refused, to none. The lines say which."""
    lines: list[Line] = []
    try:
        with transaction.atomic():
            lines = [_one(actor, action, choice) for action in actions]
            if any(line.refused for line in lines):
                raise _Tried
    except _Tried:
        pass
    return lines


def _one(actor: Actor, action: Action, choice: Choice) -> Line:
    was, state, why = _told(action, choice), action.state, action.state_why
    try:
        with transaction.atomic():
            _do(actor, action, choice)
    except (Refused, Denied) as refused:
        action.state, action.state_why = state, why
        said = str(refused) if isinstance(refused, Refused) else "You may not change this one."
        return Line(action.code, action.title, was, "", said)
    return Line(action.code, action.title, was, _told(action, choice), "")


def _do(actor: Actor, action: Action, choice: Choice) -> None:
    if choice.what == "state":
        _move(actor, action, choice)
        return
    changes: dict[str, Any] = {choice.what: choice.value}
    if choice.what == "delivery":
        changes["delivery_why"] = choice.why
    elif choice.what in {"add_theme", "drop_theme"}:
        kept = [one for one in action.themes if one != choice.value]
        changes = {"themes": [*kept, choice.value] if choice.what == "add_theme" else kept}
    elif choice.what == "due_on":
        _refuse_past_end(action, choice.value)
    change_action(actor=actor, action=action, changes=changes)


def _move(actor: Actor, action: Action, choice: Choice) -> None:
    """Refuses in the words of the buttons, what the table of states refuses in its own."""
    try:
        move_action(actor=actor, action=action, verb=choice.value, why=choice.why)
    except NoSuchMove as no_such:
        state = ActionState(action.state)
        open_to = [VERBS[row.verb].lower() for row in ACTION.rows if row.source == state]
        raise Refused(
            f"It is {state.label.lower()}.", f"What can follow: {', '.join(open_to)}."
        ) from no_such


def _refuse_past_end(action: Action, due: date | None) -> None:
    if due and action.starts_on and due < action.starts_on:
        raise Refused(
            f"It starts on {action.starts_on:%d/%m/%Y}, after that.", "Choose a later day."
        )


def _told(action: Action, choice: Choice) -> str:
    """How the field stands, in words."""
    if choice.what == "owner":
        owner: User | None = action.owner
        return owner.get_full_name() if owner else "Nobody"
    if choice.what == "due_on":
        return f"{action.due_on.day} {action.due_on:%B %Y}" if action.due_on else "No date"
    if choice.what == "state":
        return str(ActionState(action.state).label)
    if choice.what == "delivery":
        said = str(Delivery(action.delivery).label)
        return f"{said}: {action.delivery_why}" if action.delivery_why else said
    return ", ".join(themes.titles(action.themes)) or "No theme"
