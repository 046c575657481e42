"""Things to order, and orders of schools in any state."""

from typing import Any

from django.contrib.auth.models import Group

from benchside.accounts.models import User
from benchside.core.actions import VISITOR, Actor
from benchside.organisations.enums import Region
from benchside.outreach.enums import ItemKind, Phase
from benchside.outreach.models import Item, Order
from benchside.outreach.orders import actions, links
from benchside.outreach.orders.matching import typed_key
from tests.factories.people import person

ADDRESS = "12 Larkspur Rise\nNorthmoor"
POSTCODE = "ZZ12 3QP"


def a_packer(email: str = "packer@benchside.example") -> User:
    """Somebody of the campaign team."""
    user = person(email)
    user.is_staff = True
    user.save()
    user.groups.add(Group.objects.get(name="Campaign team"))
    return user


def an_item(slug: str = "stickers", packs: int = 20, limit: int = 5, **fields: Any) -> Item:
    """One that can be ordered, with so many packs on the shelf."""
    actor = Actor.of(User.objects.filter(email="packer@benchside.example").first() or a_packer())
    values = {
        "slug": slug,
        "title": slug.title(),
        "kind": ItemKind.STICKERS,
        "about": "Drawings of tools.",
        "pack": "one sheet",
        "limit_per_school": limit,
        "low_at": 2,
    }
    item = actions.keep_item(actor=actor, item=None, values={**values, **fields})
    if packs:
        actions.receive_stock(actor=actor, item=item, packs=packs)
    return item


def details(school: str = "Northmoor High", **fields: Any) -> dict[str, Any]:
    values = {
        "school_name": school,
        "school_key": typed_key(school, POSTCODE),
        "phase": Phase.SECONDARY,
        "region": Region.NORTH_EAST,
        "contact_name": "Tess Teacher",
        "email": "tess@northmoor.example",
        "address": ADDRESS,
        "postcode": POSTCODE,
    }
    return {**values, **fields}


def an_order(packs: dict[Item, int], once: str = "", **fields: Any) -> Order:
    """Placed, and nobody has said yes yet."""
    return actions.place_order(
        actor=VISITOR,
        details=details(**fields),
        packs={item.pk: number for item, number in packs.items()},
        once=once or f"once-{Order.objects.count()}",
    )


def confirmed(packs: dict[Item, int], **fields: Any) -> Order:
    order = an_order(packs, **fields)
    actions.confirm_order(actor=links.holder_of(order), order=order)
    return order
