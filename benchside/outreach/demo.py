"""Things to order and orders of made-up schools, in every state."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.core.actions import VISITOR, Actor
from benchside.organisations.enums import Region
from benchside.organisations.models import Organisation
from benchside.outreach.enums import ItemKind, Phase, RefusalReason
from benchside.outreach.models import Item, Order
from benchside.outreach.orders import actions, links
from benchside.outreach.orders.matching import typed_key

ITEMS: list[tuple[dict[str, Any], int]] = [
    (
        {
            "slug": "tool-stickers", "title": "Tools of the trade stickers",
            "kind": ItemKind.STICKERS, "about": "Line drawings of tools, one for each sector.",
            "pack": "one sheet of 24 stickers", "limit_per_school": 10, "low_at": 40, "order": 1,
        },
        400,
    ),
    (
        {
            "slug": "hundred-roles-poster", "title": "A hundred roles poster",
            "kind": ItemKind.POSTER, "about": "Every role on one wall, sorted by sector.",
            "pack": "one A2 poster, folded", "limit_per_school": 4, "low_at": 30, "order": 2,
        },
        90,
    ),
    (
        {
            "slug": "ask-me-badge", "title": "Ask me what I do badge",
            "kind": ItemKind.BADGE, "about": "For technicians to wear on the day.",
            "pack": "a bag of 5 badges", "limit_per_school": 3, "low_at": 25, "order": 3,
        },
        24,
    ),
    (
        {
            "slug": "bench-poster", "title": "Who keeps the bench running? poster",
            "kind": ItemKind.POSTER, "about": "One workbench and the six people behind it.",
            "pack": "one A3 poster, rolled", "limit_per_school": 2, "low_at": 10, "order": 4,
        },
        0,
    ),
]  # fmt: skip
# School, town, postcode, kind, region, packs by item, and how far it goes. Postcodes of "ZZ"
# areas do not exist.
ORDERS = [
    ("Made-Up High School", "Nowhere", "ZZ1 1AA", Phase.SECONDARY, Region.SOUTH_EAST,
     {"tool-stickers": 6, "hundred-roles-poster": 2}, "confirmed"),
    ("Pretend Primary School", "Elsewhere", "ZZ2 2AB", Phase.PRIMARY, Region.NORTH_WEST,
     {"tool-stickers": 3}, "confirmed"),
    ("Imaginary Sixth Form", "Nowhere-on-Sea", "ZZ3 4CD", Phase.COLLEGE, Region.WALES,
     {"ask-me-badge": 2, "hundred-roles-poster": 1}, "packed"),
    ("Invented Academy", "Anywhere", "ZZ4 5EF", Phase.SECONDARY, Region.LONDON,
     {"tool-stickers": 8, "ask-me-badge": 1}, "sent"),
    ("Storybook Special School", "Elsewhere", "ZZ5 6GH", Phase.SPECIAL, Region.SCOTLAND,
     {"hundred-roles-poster": 2}, "sent"),
    ("Fable Library Club", "Nowhere", "ZZ6 7JK", Phase.OTHER, Region.EAST,
     {"tool-stickers": 10}, "placed"),
    ("Fictional College", "Anywhere", "ZZ7 8LM", Phase.COLLEGE, Region.YORKSHIRE,
     {"tool-stickers": 2}, "refused"),
]  # fmt: skip


@transaction.atomic
def create_orders() -> None:
    """Once: nothing where there is an item already or nobody packs."""
    packer = User.objects.filter(email=f"campaigner{DEMONSTRATION_DOMAIN}").first()
    if packer is None or Item.objects.exists():
        return
    actor = Actor.of(packer)
    items = {}
    for values, packs in ITEMS:
        items[values["slug"]] = item = actions.keep_item(actor=actor, item=None, values=values)
        if packs:
            actions.receive_stock(actor=actor, item=item, packs=packs, reason="First print run")
    for number, (school, town, postcode, phase, region, packs_by_slug, goal) in enumerate(ORDERS):
        order = actions.place_order(
            actor=VISITOR,
            details={
                "school_key": typed_key(school, postcode),
                "school_name": school,
                "school_town": town,
                "organisation": Organisation.objects.filter(name=school).first(),
                "phase": phase,
                "region": region,
                "contact_name": "Edie Made-Up",
                "email": f"orders-{number}{DEMONSTRATION_DOMAIN}",
                "address": f"{number + 1} Made-Up Lane\n{town}",
                "postcode": postcode,
            },
            packs={items[slug].pk: packs for slug, packs in packs_by_slug.items()},
            once=f"demonstration-{number}",
        )
        _bring(order, goal, actor)


def _bring(order: Order, goal: str, packer: Actor) -> None:
    """As far as it goes in the demonstration; some days have passed since the yes."""
    if goal == "placed":
        return
    actions.confirm_order(actor=links.holder_of(order), order=order)
    days = timedelta(days=1 + order.pk % 4)
    Order.objects.filter(pk=order.pk).update(
        placed_at=timezone.now() - days, confirmed_at=timezone.now() - days
    )
    order.refresh_from_db()
    if goal == "refused":
        actions.refuse_order(actor=packer, order=order, reason=RefusalReason.TWICE)
    if goal in {"packed", "sent"}:
        actions.pack_order(actor=packer, order=order)
    if goal == "sent":
        actions.send_order(actor=packer, order=order)
