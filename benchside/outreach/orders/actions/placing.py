"""The school's side of an order: ask, say yes by the link, change, cancel."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.core.states import move
from benchside.outreach.enums import PROMISED, OrderState
from benchside.outreach.models import Item, Order, OrderLine
from benchside.outreach.orders import ledger, mails, rules
from benchside.outreach.orders.ledger import hold
from benchside.outreach.orders.schools import school_year
from benchside.outreach.orders.states import ORDER

MOST_WAITING = 3  # orders of one mailbox that nobody has said yes to
GONE = {"address": "", "postcode": ""}


def place_order(
    *, actor: Actor, details: Mapping[str, Any], packs: Mapping[int, int], once: str
) -> Order:
    """Take in an order. Nothing is promised yet: a mail asks for a yes, which proves the address.

    `details` are the order's own fields; `packs` how many of each item, by its key; `once` is the
    same for the same form sent twice, and then gives the same order and no second mail. A mailbox
    with several unanswered orders gets no further mail. Raises Refused for nothing to send.
    """
    items = _offered(packs)
    with acting("order.place", actor=actor, subject=None, may=rules.can_order) as act:
        try:
            with transaction.atomic():
                order = Order.objects.create(once=once, **details)
        except IntegrityError:
            order = Order.objects.get(once=once)  # sent twice
            act.about(order)
            act.note(again=True)
            return order
        OrderLine.objects.bulk_create(
            [OrderLine(order=order, item=item, packs=packs[item.pk]) for item in items]
        )
        act.about(order)
        act.note(packs={item.slug: packs[item.pk] for item in items})
        waiting = Order.objects.filter(email__iexact=order.email, state=OrderState.PLACED)
        if waiting.count() <= MOST_WAITING:
            mails.placed(order)
    return order


def _offered(packs: Mapping[int, int]) -> list[Item]:
    items = list(Item.objects.offered().filter(pk__in=[pk for pk, n in packs.items() if n > 0]))
    if not items or len(items) < sum(n > 0 for n in packs.values()):
        raise Refused("Something you chose is not on offer any more.", "Go back and choose again.")
    return items


def confirm_order(*, actor: Actor, order: Order) -> None:
    """Say yes: the packs are promised, and count for the school. Mails what comes.

    Raises NotThere or LimitReached, and then it stays as it was and can be changed; Denied,
    NoSuchMove, Overtaken.
    """
    with transaction.atomic():
        hold(order)
        year = school_year(timezone.localdate())
        move(table=ORDER, subject=order, verb="confirm", actor=actor, columns={"year": year})
        ledger.promise(order=order, year=year, changes=ledger.left_of(order))
        mails.confirmed(order)


def change_order(
    *, actor: Actor, order: Order, details: Mapping[str, Any], packs: Mapping[int, int]
) -> None:
    """Ask for other packs, or have them sent elsewhere in the same school, until it is packed.

    What is promised changes with it, at once and as a whole. Raises NotThere, LimitReached,
    Refused; then nothing has changed.
    """
    with acting("order.change", actor=actor, subject=order, may=rules.can_change) as act:
        hold(order)
        if not order.can_change:
            raise Refused("It is packed already.", "Call off what you need no longer by e-mail.")
        lines = {line.item_id: line for line in order.lines.select_related("item")}
        wanted = {pk: n for pk, n in packs.items() if n > 0}
        _check(lines, wanted)
        keys = sorted({*lines, *wanted})
        was = {pk: lines[pk].packs if pk in lines else 0 for pk in keys}
        changes = {pk: wanted.get(pk, 0) - was[pk] for pk in keys}
        if order.state in PROMISED and order.year is not None:
            ledger.promise(order=order, year=order.year, changes=changes)
        _write(order, lines, wanted)
        for name, value in details.items():
            setattr(order, name, value)
        order.save(update_fields=list(details))
        slugs = dict(Item.objects.filter(pk__in=keys).values_list("pk", "slug"))
        act.note(packs={slugs[pk]: n for pk, n in wanted.items()})


def _check(lines: Mapping[int, OrderLine], wanted: Mapping[int, int]) -> None:
    new = [pk for pk in wanted if pk not in lines]
    if Item.objects.offered().filter(pk__in=new).count() < len(new):
        raise Refused("Something you chose is not on offer any more.", "Choose again.")
    for pk, line in lines.items():
        if wanted.get(pk, 0) < line.sent:
            raise Refused(f"“{line.item.title}”: {line.sent} are on their way already.")
    if sum(wanted.values()) <= sum(line.sent for line in lines.values()):
        raise Refused("Nothing would be left to send.", "Cancel the order instead.")


def _write(order: Order, lines: Mapping[int, OrderLine], wanted: Mapping[int, int]) -> None:
    order.lines.exclude(item__in=wanted).delete()
    for pk, packs in wanted.items():
        if pk in lines:
            OrderLine.objects.filter(pk=lines[pk].pk).update(packs=packs)
        else:
            OrderLine.objects.create(order=order, item_id=pk, packs=packs)


def cancel_order(*, actor: Actor, order: Order) -> None:
    """Call it off. What was promised is free again, the postal address is blanked.

    By the link of whoever ordered, or by a lead, deputy or editor of the school in whose name it
    was. Mails that it is cancelled.
    """
    with transaction.atomic():
        hold(order)
        ledger.give_back(order=order, by=actor.person_id)
        move(table=ORDER, subject=order, verb="cancel", actor=actor, columns=GONE)
        mails.cancelled(order)
