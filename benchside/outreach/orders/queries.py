"""What can be asked about orders, starting from what the asker may see."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Lower
from django.utils import timezone

from benchside.organisations.enums import Region
from benchside.organisations.models import Organisation
from benchside.outreach.enums import OrderState, Phase
from benchside.outreach.models import Item, Order, OrderLine, SchoolTally, StockEntry
from benchside.outreach.orders.schools import school_year

SORTS: dict[str, tuple[Any, ...]] = {
    "number": ("pk",),
    "school": (Lower("school_name"), "pk"),
    "region": ("region", "pk"),
    "state": ("state", "pk"),
    "packs": ("all_packs", "pk"),
    "placed": ("placed_at", "pk"),
    "confirmed": (F("confirmed_at").asc(nulls_last=True), "pk"),
}
_LINES = Prefetch("lines", queryset=OrderLine.objects.select_related("item"))


# --- for whoever packs ---------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the desk asked the list for. `sort` is a key of SORTS, with "-" before it reversed;
    `day` is the local day it was confirmed on."""

    sort: str = "confirmed"
    state: str = OrderState.CONFIRMED
    words: str = ""
    region: str = ""
    phase: str = ""
    item: str = ""
    day: date | None = None


def orders(wanted: Wanted) -> QuerySet[Order]:
    """All that fit, with their lines, and how many packs each asks for as `all_packs`."""
    found: Any = Order.objects.annotate(all_packs=Sum("lines__packs")).prefetch_related(_LINES)
    for name in ("state", "region", "phase"):
        if value := getattr(wanted, name):
            found = found.filter(**{name: value})
    if wanted.item:
        found = found.filter(
            pk__in=OrderLine.objects.filter(item__slug=wanted.item).values("order")
        )
    if wanted.day:
        found = found.filter(confirmed_at__date=wanted.day)
    for word in wanted.words.split():
        found = found.filter(_named(word))
    found = found.order_by(*SORTS.get(wanted.sort.removeprefix("-"), SORTS["confirmed"]))
    return found.reverse() if wanted.sort.startswith("-") else found


def _named(word: str) -> Q:
    """A school or town with the word in it, or the order of that number."""
    named = Q(school_name__icontains=word) | Q(school_town__icontains=word)
    number = word.upper().removeprefix("P")
    if number.isascii() and number.isdigit() and len(number) < 10:
        named |= Q(pk=int(number))
    return named


def picks(found: Iterable[Order]) -> list[tuple[Item, int]]:
    """How many packs of each item to fetch from the shelf for what is left of these orders."""
    counted: Counter[Item] = Counter()
    for order in found:
        for line in order.lines.all():
            counted[line.item] += line.packed or line.left
    return sorted(
        ((item, packs) for item, packs in counted.items() if packs),
        key=lambda pair: (pair[0].order, pair[0].title),
    )


def counts() -> dict[str, int]:
    """How many orders are in each state."""
    return dict(Counter(Order.objects.values_list("state", flat=True)))


def items() -> QuerySet[Item]:
    return Item.objects.all()


def ledger_of(item: Item) -> QuerySet[StockEntry]:
    return item.entries.select_related("order")


def same_postcode(order: Order) -> int:
    """How many other open orders go to the same postcode: a school asking under two names."""
    if not order.postcode:
        return 0
    return Order.objects.open().filter(postcode=order.postcode).exclude(pk=order.pk).count()


# --- for everybody -------------------------------------------------------------------------------
def on_offer(campaign: str = "") -> list[Item]:
    """What can be ordered; what belongs to the campaign one came from first."""
    found = list(Item.objects.offered())
    return sorted(found, key=lambda item: not campaign or item.campaign != campaign)


def had(school_key: str, year: int) -> dict[int, int]:
    """Packs a school was promised or sent in a year, by the item's key."""
    found = SchoolTally.objects.filter(school_key=school_key, year=year)
    return dict(found.values_list("item_id", "packs"))


# --- for a school's own members ------------------------------------------------------------------
STATES = OrderState.choices
OWN_SORTS: dict[str, tuple[Any, ...]] = {
    "number": ("pk",),
    "state": ("state", "pk"),
    "placed": ("placed_at", "pk"),
    "sent": (F("sent_at").asc(nulls_first=True), "pk"),
}


def orders_of(
    organisation: Organisation, *, sort: str = "-placed", state: str = ""
) -> QuerySet[Order]:
    """What was ordered in its name. `sort` is a key of OWN_SORTS, with "-" before it reversed."""
    found = Order.objects.filter(organisation=organisation).prefetch_related(_LINES)
    found = found.filter(state=state) if state else found
    found = found.order_by(*OWN_SORTS[sort.removeprefix("-")])
    return found.reverse() if sort.startswith("-") else found


# --- figures -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class FigureLine:
    """Of one region or phase: orders sent, packs sent, and the middle number of days from the
    school's yes to the post; None without any."""

    label: str
    orders: int
    packs: int
    days: float | None


def figures(by: str, year: int) -> list[FigureLine]:
    """Orders that went out, of one school year; `by` is "region" or "phase"."""
    names = [(str(one), str(one.label)) for one in (Region if by == "region" else Phase)]
    found: dict[str, list[tuple[int, float]]] = {}
    gone = went_out().filter(year=year).annotate(gone=Sum("lines__sent"))
    for key, packs, began, ended in gone.values_list(by, "gone", "confirmed_at", "sent_at"):
        days = (timezone.localdate(ended) - timezone.localdate(began)).days
        found.setdefault(key, []).append((packs or 0, days))
    return [
        FigureLine(
            label=label,
            orders=len(lines),
            packs=sum(packs for packs, _ in lines),
            days=median(days for _, days in lines) if lines else None,
        )
        for key, label in names
        for lines in [found.get(key, [])]
    ]


def went_out() -> QuerySet[Order]:
    """Orders of which something was posted and did not come back."""
    return Order.objects.filter(sent_at__isnull=False).exclude(state=OrderState.RETURNED)


def years() -> list[int]:
    """School years with orders, the newest first; this one always."""
    held = {
        year
        for year in Order.objects.order_by().values_list("year", flat=True).distinct()
        if year is not None
    }
    return sorted({*held, school_year(timezone.localdate())}, reverse=True)
