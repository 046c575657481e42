"""Many at the same moment, each a process of its own: the stock and a school's limit hold.

In a file of its own: it commits. On PostgreSQL and on SQLite by how the suite is run.
"""

from collections import Counter
from functools import partial

import pytest

from benchside.accounts.models import User
from benchside.core.actions import Actor, Refused
from benchside.core.models.mail import OutgoingMail
from benchside.outreach.models import Item, Order, SchoolTally, StockEntry
from benchside.outreach.orders import actions, links
from tests import processes
from tests.factories.orders import a_packer, an_item, an_order, confirmed

PROCESSES = 6


def at_once(*jobs: tuple[str, list[Order]]) -> Counter[str]:
    """Each job in a process, all let go together; how often each answer was given."""
    told = processes.at_once(*(partial(do_to_each, verb, orders) for verb, orders in jobs))
    return Counter(word for said in told for word in said)


def do_to_each(verb: str, orders: list[Order]) -> list[str]:
    """One verb to each of the orders, and what came of each."""
    packer = Actor.of(User.objects.get(email="packer@benchside.example"))
    said = []
    for one in orders:
        order = Order.objects.get(pk=one.pk)
        actor = packer if verb in ("pack_order", "send_order") else links.holder_of(order)
        try:
            getattr(actions, verb)(actor=actor, order=order)
            said.append("done")
        except Refused as refused:
            said.append(type(refused).__name__)
    return said


def agrees(item: Item) -> bool:
    item.refresh_from_db()
    entries = list(StockEntry.objects.filter(item=item))
    return (item.on_hand, item.reserved) == (
        sum(one.on_hand for one in entries),
        sum(one.reserved for one in entries),
    )


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_sixty_schools_who_say_yes_at_once_as_many_get_packs_as_there_are() -> None:
    a_packer()
    item, other = an_item("stickers", packs=37), an_item("badges", packs=1_000)
    orders = [
        an_order({item: 1, other: 1}, school=f"School {n}", email=f"t{n}@x.example")
        for n in range(60)
    ]
    said = at_once(*(("confirm_order", orders[n::PROCESSES]) for n in range(PROCESSES)))
    assert said == {"done": 37, "NotThere": 23}
    assert agrees(item)
    assert agrees(other)
    assert (item.on_hand, item.reserved, other.reserved) == (37, 37, 37)
    assert Order.objects.filter(state="confirmed").count() == 37


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_school_that_says_yes_many_times_at_once_gets_its_limit_and_no_more() -> None:
    a_packer()
    item = an_item("stickers", packs=500, limit=7)
    orders = [an_order({item: 1}, email=f"t{n}@x.example") for n in range(24)]
    said = at_once(*(("confirm_order", orders[n::PROCESSES]) for n in range(PROCESSES)))
    assert said == {"done": 7, "LimitReached": 17}
    assert agrees(item)
    assert (item.reserved, SchoolTally.objects.get().packs) == (7, 7)


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_one_parcel_sent_by_many_at_once_goes_once() -> None:
    packer = Actor.of(a_packer())
    item = an_item("stickers", packs=10)
    orders = [confirmed({item: 2}, school=f"S {n}", email=f"t{n}@x.example") for n in range(3)]
    for order in orders:
        actions.pack_order(actor=packer, order=order)
    said = at_once(*[("send_order", orders)] * PROCESSES)
    assert said["done"] == 3
    assert sum(said.values()) == 3 * PROCESSES
    assert agrees(item)
    assert (item.on_hand, item.reserved) == (4, 0)
    assert OutgoingMail.objects.filter(name="outreach/order_sent").count() == 3


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_cancel_that_meets_a_packer_ends_one_way_and_the_stock_agrees() -> None:
    a_packer()
    item = an_item("stickers", packs=60)
    orders = [confirmed({item: 2}, school=f"S {n}", email=f"t{n}@x.example") for n in range(20)]
    said = at_once(("cancel_order", orders), ("pack_order", orders), ("cancel_order", orders))
    assert said["done"] == 20
    assert agrees(item)
    packed = Order.objects.filter(state="packed").count()
    cancelled = Order.objects.filter(state="cancelled", address="").count()
    assert packed + cancelled == 20
    assert item.reserved == packed * 2
