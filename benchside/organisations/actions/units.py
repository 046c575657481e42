"""Shape the tree of units, one change at a time, under the organisation's lock."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.organisations import queries, rules, tree
from benchside.organisations.actions.members import lock
from benchside.organisations.models import Organisation, Unit

DEEPEST = 8


def add_unit(*, actor: Actor, organisation: Organisation, name: str, above: Unit | None) -> Unit:
    """Make a unit, on top or under another.

    Raises Refused when one of that name stands beside it, or the tree would grow too deep.
    """
    with acting("unit.add", actor=actor, subject=organisation, may=rules.can_shape_units) as act:
        lock(organisation.pk)
        _refuse_place(organisation, above)
        unit = Unit(organisation=organisation, name=name, above=above)
        _save(unit)
        act.note(unit=unit.pk, above=above.pk if above else None)
    return unit


def rename_unit(*, actor: Actor, unit: Unit, name: str) -> None:
    """Give a unit another name. Raises Refused when one of that name stands beside it."""
    with acting("unit.rename", actor=actor, subject=unit, may=rules.can_shape_units) as act:
        act.about(lock(unit.organisation_id))
        _refuse_closed(unit)
        unit.name = name
        _save(unit)
        act.note(unit=unit.pk)


def move_unit(*, actor: Actor, unit: Unit, above: Unit | None) -> None:
    """Put a unit, with all below it, under another one or on top.

    Raises Refused when it would stand under itself, beside one of its name, or too deep.
    """
    with acting("unit.move", actor=actor, subject=unit, may=rules.can_shape_units) as act:
        organisation = lock(unit.organisation_id)
        act.about(organisation)
        _refuse_closed(unit)
        nodes = queries.nodes_of(organisation)
        if above and above.pk in tree.with_all_below(unit.pk, nodes):
            raise Refused(
                f"{above.name} is a part of {unit.name}, so it cannot stand above it.",
                "Choose a unit that is not below this one.",
            )
        _refuse_place(organisation, above, carrying=_height(unit.pk, nodes))
        act.note(unit=unit.pk, before=unit.above_id, above=above.pk if above else None)
        unit.above = above
        _save(unit)


def close_unit(*, actor: Actor, unit: Unit) -> None:
    """Close a unit from today. Its history stays; nothing new can point to it.

    Raises Refused while open units, posts, roles or equipment in use still hang on it.
    """
    with acting("unit.close", actor=actor, subject=unit, may=rules.can_shape_units) as act:
        act.about(lock(unit.organisation_id))
        _refuse_closed(unit)
        if held := queries.what_hangs_on(unit):
            raise Refused(f"{unit.name} still has {held}.", "Move or end these first.")
        unit.closed_on = timezone.localdate()
        unit.save(update_fields=["closed_on"])
        act.note(unit=unit.pk)


def _save(unit: Unit) -> None:
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError as error:
        raise Refused(
            f"There is a unit called {unit.name} in that place already.", "Use another name."
        ) from error


def _refuse_closed(unit: Unit) -> None:
    """Read again under the lock: somebody else may just have moved or closed it."""
    unit.refresh_from_db()
    if unit.closed_on:
        raise Refused(f"{unit.name} is closed.")


def _refuse_place(organisation: Organisation, above: Unit | None, carrying: int = 1) -> None:
    if above is None:
        return
    if above.organisation_id != organisation.pk:
        raise Refused("This unit is not one of yours.", "Choose another.")
    _refuse_closed(above)
    depth = len(tree.way_down(above.pk, queries.nodes_of(organisation)))
    if depth + carrying > DEEPEST:
        raise Refused(
            f"Units can stand {DEEPEST} deep, and this would be deeper.", "Choose one higher up."
        )


def _height(unit_id: int, nodes: list[tree.Node]) -> int:
    """How many levels a unit and what is below it take."""
    ids = tree.with_all_below(unit_id, nodes)
    branches = tree.in_order(node for node in nodes if node.id in ids)
    return 1 + max(branch.depth for branch in branches)
