"""What can be ordered, and every piece of it that came and went."""

from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from benchside.outreach.enums import ItemKind, StockMove

MOST_PACKS = 50  # of one item in one order


class ItemQuerySet(models.QuerySet["Item"]):
    def offered(self, on: date | None = None) -> "ItemQuerySet":
        """On, and within its dates; also what is out of stock just now."""
        on = on or timezone.localdate()
        return self.filter(
            Q(offered_from__isnull=True) | Q(offered_from__lte=on),
            Q(offered_until__isnull=True) | Q(offered_until__gte=on),
            is_on=True,
        )

    def low(self) -> "ItemQuerySet":
        """Offered, and no more free than the number at which somebody should order more."""
        return self.offered().filter(on_hand__lte=F("reserved") + F("low_at"))


class Item(models.Model):
    """Something that goes out by post, in packs.

    `on_hand` packs lie on the shelf, `reserved` of them are promised to confirmed orders; both
    are the sums of the ledger (`StockEntry`) and change with it alone. `limit_per_school` is how
    many packs one school may have in a school year. `campaign` is a campaign's key, or empty.
    """

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=ItemKind)
    about = models.CharField("what it is", max_length=200)
    pack = models.CharField("one pack is", max_length=60)
    limit_per_school = models.PositiveSmallIntegerField(
        "packs a school may have in a school year",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PACKS)],
    )
    low_at = models.PositiveIntegerField("warn when so few packs are free", default=20)
    campaign = models.SlugField(max_length=60, blank=True)
    offered_from = models.DateField("offered from", null=True, blank=True)
    offered_until = models.DateField("offered until", null=True, blank=True)
    is_on = models.BooleanField("can be ordered", default=True)
    order = models.PositiveSmallIntegerField("place in the list", default=0)
    on_hand = models.PositiveIntegerField(default=0, editable=False)
    reserved = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["order", "title", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(on_hand__gte=0, reserved__gte=0),
                name="outreach_item_stock_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(reserved__lte=F("on_hand")),
                name="outreach_item_promises_only_what_is_there",
            ),
            models.CheckConstraint(
                condition=Q(offered_from__isnull=True)
                | Q(offered_until__isnull=True)
                | Q(offered_from__lte=F("offered_until")),
                name="outreach_item_offered_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk_item", args=[self.slug])

    @property
    def free(self) -> int:
        """Packs that can still be promised."""
        return self.on_hand - self.reserved

    @property
    def is_low(self) -> bool:
        return self.free <= self.low_at


class StockEntry(models.Model):
    """One line of the ledger. Lines are added, never changed or taken away.

    `on_hand` and `reserved` are the changes; `on_hand_after` and `reserved_after` what was there
    then. `by` is the person id of whoever counted, empty where a school's own order did it.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="entries")
    move = models.CharField(max_length=12, choices=StockMove)
    on_hand = models.IntegerField()
    reserved = models.IntegerField()
    on_hand_after = models.PositiveIntegerField()
    reserved_after = models.PositiveIntegerField()
    order = models.ForeignKey(
        "Order", on_delete=models.SET_NULL, null=True, blank=True, related_name="entries"
    )
    reason = models.CharField(max_length=120, blank=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        verbose_name_plural = "stock entries"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(on_hand=0, reserved=0), name="outreach_stockentry_changes_something"
            ),
            models.CheckConstraint(
                condition=~Q(move=StockMove.CORRECTED) | ~Q(reason=""),
                name="outreach_stockentry_correction_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Stock entry {self.pk}"
