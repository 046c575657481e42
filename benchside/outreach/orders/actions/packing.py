"""The desk's side of an order: pack it, send it, or say why not."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from benchside.core.actions import Actor, Refused
from benchside.core.states import move
from benchside.outreach.enums import RefusalReason, StockMove
from benchside.outreach.models import Order, OrderLine
from benchside.outreach.orders import ledger, mails
from benchside.outreach.orders.actions.placing import GONE
from benchside.outreach.orders.ledger import hold
from benchside.outreach.orders.states import ORDER


def pack_order(
    *,
    actor: Actor,
    order: Order,
    packed: Mapping[int, int] | None = None,
    rest_follows: bool = True,
) -> None:
    """Say what lies in the parcel: all that is left, or so many `packed` of each item by its key.

    Of what is missing, `rest_follows` says whether it comes in a later parcel or not at all.
    Raises NeedsMore for an empty parcel, Refused for more than was asked; Denied, NoSuchMove.
    """
    with transaction.atomic():
        hold(order)
        for line in order.lines.select_related("item"):
            line.packed = line.left if packed is None else packed.get(line.item_id, 0)
            if not 0 <= line.packed <= line.left:
                raise Refused(f"“{line.item.title}”: at most {line.left} are still to come.")
            line.save(update_fields=["packed"])
        move(
            table=ORDER,
            subject=order,
            verb="pack",
            actor=actor,
            columns={"rest_follows": rest_follows},
        )


def unpack_order(*, actor: Actor, order: Order) -> None:
    """Take a parcel apart that has not gone: it waits to be packed again."""
    with transaction.atomic():
        hold(order)
        order.lines.update(packed=0)
        nobody = {"packed_at": None, "packed_by": None}
        move(table=ORDER, subject=order, verb="unpack", actor=actor, columns=nobody)


def send_order(*, actor: Actor, order: Order) -> None:
    """The parcel is in the post. Mails what is in it.

    With nothing left to come the order is sent and its postal address blanked. With a rest that
    follows, it waits to be packed again and keeps the address; a rest that does not is free again.
    """
    with transaction.atomic():
        hold(order)
        parcel = [
            (line, line.packed)
            for line in order.lines.select_related("item").order_by("item_id")
            if line.packed
        ]
        rest = _rest(order)
        if rest == "follows":
            nobody = {"packed_at": None, "packed_by": None}
            move(table=ORDER, subject=order, verb="send_part", actor=actor, columns=nobody)
        else:
            ended = {**GONE, "ended_at": timezone.now()}
            move(table=ORDER, subject=order, verb="send", actor=actor, columns=ended)
        _take_from_the_shelf(order, parcel, actor)
        if rest == "dropped":
            changes = {pk: -left for pk, left in ledger.left_of(order).items()}
            year = order.year or 0
            ledger.promise(order=order, year=year, changes=changes, by=actor.person_id)
        mails.sent(order, parcel, rest=rest)


def _rest(order: Order) -> str:
    if all(line.left == line.packed for line in order.lines.all()):
        return ""
    return "follows" if order.rest_follows else "dropped"


def _take_from_the_shelf(order: Order, parcel: list[tuple[OrderLine, int]], actor: Actor) -> None:
    for line, packs in parcel:
        ledger.post(
            item_id=line.item_id,
            move=StockMove.SENT,
            on_hand=-packs,
            reserved=-packs,
            order=order,
            by=actor.person_id,
        )
        OrderLine.objects.filter(pk=line.pk).update(sent=line.sent + packs, packed=0)


def refuse_order(*, actor: Actor, order: Order, reason: RefusalReason) -> None:
    """Send nothing (more), and say kindly why by e-mail. What was promised is free again, the
    postal address is blanked."""
    with transaction.atomic():
        hold(order)
        ledger.give_back(order=order, by=actor.person_id)
        order.lines.update(packed=0)
        columns = {**GONE, "refusal": reason}
        detail = {"reason": str(reason)}
        move(table=ORDER, subject=order, verb="refuse", actor=actor, columns=columns, detail=detail)
        mails.refused(order)


def come_back(*, actor: Actor, order: Order) -> None:
    """The post brought it back: its packs lie on the shelf again and no longer count for the
    school. Mails that it can be ordered anew; where it went is not known any more."""
    with transaction.atomic():
        hold(order)
        move(table=ORDER, subject=order, verb="come_back", actor=actor)
        for line in order.lines.order_by("item_id"):
            if line.sent:
                ledger.count_down(order, line.item_id, line.sent)
                ledger.post(
                    item_id=line.item_id,
                    move=StockMove.RETURNED,
                    on_hand=line.sent,
                    order=order,
                    by=actor.person_id,
                )
        mails.returned(order)
