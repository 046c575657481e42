"""The stock: what came, what a count says, and what an item is."""

from collections.abc import Mapping
from typing import Any

from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import publish
from benchside.outreach.enums import StockMove
from benchside.outreach.events import ITEMS_CHANGED
from benchside.outreach.models import Item
from benchside.outreach.orders import ledger, rules


def keep_item(*, actor: Actor, item: Item | None, values: Mapping[str, Any]) -> Item:
    """Add an item or change what is said of it; the stock changes by the ledger alone.
    Afterwards: the page to order from is made anew."""
    with acting("item.keep", actor=actor, subject=item, may=rules.can_pack) as act:
        kept = item or Item()
        for name, value in values.items():
            setattr(kept, name, value)
        kept.save()
        act.about(kept)
        publish(ITEMS_CHANGED.key)
    return kept


def receive_stock(*, actor: Actor, item: Item, packs: int, reason: str = "") -> None:
    """So many packs came from the printer. Raises Refused for none."""
    with acting("item.receive", actor=actor, subject=item, may=rules.can_pack) as act:
        if packs < 1:
            raise Refused("Nothing came.", "Give how many packs, one at least.")
        _post(actor, item, StockMove.RECEIVED, packs, reason)
        act.note(packs=packs)


def correct_stock(*, actor: Actor, item: Item, counted: int, reason: str) -> None:
    """So many packs lie on the shelf, by a count; `reason` says why the ledger was wrong.

    Raises Refused when nothing differs or no reason is given, NotThere when fewer are there than
    are promised: then an order must be refused first.
    """
    with acting("item.correct", actor=actor, subject=item, may=rules.can_pack) as act:
        if not reason.strip():
            raise Refused("A correction needs a reason.", "Say what happened, in a few words.")
        on_hand = Item.objects.select_for_update().get(pk=item.pk).on_hand
        if counted == on_hand:
            raise Refused(f"There are {on_hand} in the ledger too.", "Nothing was changed.")
        _post(actor, item, StockMove.CORRECTED, counted - on_hand, reason.strip())
        act.note(packs=counted - on_hand)


def _post(actor: Actor, item: Item, what: StockMove, packs: int, reason: str) -> None:
    ledger.post(item_id=item.pk, move=what, on_hand=packs, reason=reason, by=actor.person_id)
    item.refresh_from_db()
