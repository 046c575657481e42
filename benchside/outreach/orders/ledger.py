"""The stock as a ledger, and what schools are promised of it. Called by actions, inside theirs.

Every change is one UPDATE that names what must still be true, so that of many at once none
promises a pack twice; the constraints of the tables stand behind it. Items are always taken in
the order of their numbers, so that two orders never wait for each other.
"""

import uuid
from collections.abc import Mapping

from django.db.models import F, Q

from benchside.core.actions import Refused
from benchside.core.registries import publish
from benchside.outreach.enums import PROMISED, StockMove
from benchside.outreach.events import ITEMS_CHANGED
from benchside.outreach.models import Item, Order, SchoolTally, StockEntry


class NotThere(Refused):
    """Fewer packs are free than asked for."""


class LimitReached(Refused):
    """The school would have more packs than it may in a school year."""


def post(
    *,
    item_id: int,
    move: StockMove,
    on_hand: int = 0,
    reserved: int = 0,
    order: Order | None = None,
    reason: str = "",
    by: uuid.UUID | None = None,
) -> StockEntry:
    """Write one line and change the item by it. Pages of items are made anew when the item runs
    out or comes back. Raises NotThere; then nothing has changed."""
    changed = Item.objects.filter(
        Q(on_hand__gte=-on_hand),
        Q(reserved__gte=-reserved),
        Q(on_hand__gte=F("reserved") + (reserved - on_hand)),
        pk=item_id,
    ).update(on_hand=F("on_hand") + on_hand, reserved=F("reserved") + reserved)
    item = Item.objects.get(pk=item_id)  # this transaction holds the row now
    if not changed:
        raise NotThere(*_not_there(item, move))
    free_before = item.free - (on_hand - reserved)
    if (free_before > 0) != (item.free > 0):
        publish(ITEMS_CHANGED.key)
    return StockEntry.objects.create(
        item=item,
        move=move,
        on_hand=on_hand,
        reserved=reserved,
        on_hand_after=item.on_hand,
        reserved_after=item.reserved,
        order=order,
        reason=reason,
        by=by,
    )


def _not_there(item: Item, move: StockMove) -> tuple[str, str]:
    if move == StockMove.RESERVED:
        said = f"Only {item.free} are left" if item.free > 0 else "None are left"
        return f"“{item.title}”: {said}.", "Ask for fewer, or leave it out."
    return (
        f"“{item.title}”: {item.on_hand} are on the shelf, {item.reserved} of them promised.",
        "Count again and correct the stock first.",
    )


def promise(
    *, order: Order, year: int, changes: Mapping[int, int], by: uuid.UUID | None = None
) -> None:
    """Promise the school so many packs more (or fewer) of each item, by the item's key.

    Raises NotThere, LimitReached; the caller's transaction then undoes what was done before.
    """
    for item_id, packs in sorted(changes.items()):
        if packs > 0:
            _count_up(order, item_id, year, packs)
            post(item_id=item_id, move=StockMove.RESERVED, reserved=packs, order=order, by=by)
        elif packs < 0:
            count_down(order, item_id, -packs)
            post(item_id=item_id, move=StockMove.RELEASED, reserved=packs, order=order, by=by)


def _count_up(order: Order, item_id: int, year: int, packs: int) -> None:
    limit = Item.objects.values_list("limit_per_school", flat=True).get(pk=item_id)
    tally, _ = SchoolTally.objects.get_or_create(
        school_key=order.school_key, item_id=item_id, year=year
    )
    room = SchoolTally.objects.filter(pk=tally.pk, packs__lte=limit - packs)
    if room.update(packs=F("packs") + packs):
        return
    tally.refresh_from_db()
    left = max(limit - tally.packs, 0)
    raise LimitReached(
        f"“{tally.item.title}”: a school may have {limit} in a school year, and {left} "
        f"{'is' if left == 1 else 'are'} left for yours.",
        "Ask for fewer, or leave it out.",
    )


def count_down(order: Order, item_id: int, packs: int) -> None:
    """Give back what a school did not get."""
    tally = SchoolTally.objects.filter(
        school_key=order.school_key, item_id=item_id, year=order.year or 0, packs__gte=packs
    )
    tally.update(packs=F("packs") - packs)


def left_of(order: Order) -> dict[int, int]:
    """Packs that have not gone out, by the item's key."""
    return {line.item_id: line.left for line in order.lines.all()}


def give_back(*, order: Order, by: uuid.UUID | None = None) -> None:
    """Free what is promised to an order and has not gone out."""
    if order.state in PROMISED and order.year is not None:
        changes = {pk: -packs for pk, packs in left_of(order).items()}
        promise(order=order, year=order.year, changes=changes, by=by)


def hold(order: Order) -> None:
    """Keep others from this order until the transaction ends, and see it as it is now."""
    now = Order.objects.select_for_update().get(pk=order.pk)
    for field in Order._meta.concrete_fields:
        setattr(order, field.attname, getattr(now, field.attname))
