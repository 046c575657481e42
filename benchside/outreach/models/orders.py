"""An order: which school, what, where to; and how many packs each school has had.

No child and no pupil is in it. The postal address is kept while a parcel may still go out and is
blanked by the very act that ends the order; a constraint holds it so.
"""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from benchside.organisations.enums import Region
from benchside.organisations.models import KnownPlace, Organisation
from benchside.outreach.enums import OPEN_ORDERS, OrderState, Phase, RefusalReason
from benchside.outreach.models.items import Item

KEEP_UNCONFIRMED = timedelta(days=7)
KEEP_CONTACT = timedelta(days=60)  # after its end: so long somebody may ask where the parcel is
KEEP_ORDER = timedelta(days=3 * 365)  # three school years of figures


class OrderQuerySet(models.QuerySet["Order"]):
    def open(self) -> "OrderQuerySet":
        return self.filter(state__in=OPEN_ORDERS)

    def never_confirmed(self) -> "OrderQuerySet":
        before = timezone.now() - KEEP_UNCONFIRMED
        return self.filter(state=OrderState.PLACED, placed_at__lt=before)

    def with_contact_to_forget(self) -> "OrderQuerySet":
        before = timezone.now() - KEEP_CONTACT
        ended = self.exclude(state__in=OPEN_ORDERS).filter(ended_at__lt=before)
        return ended.exclude(contact_name="", email="", key__isnull=True)

    def to_forget(self) -> "OrderQuerySet":
        before = timezone.now() - KEEP_ORDER
        return self.exclude(state__in=OPEN_ORDERS).filter(ended_at__lt=before)


class Order(models.Model):
    """What one school asked for.

    `key` makes the link that follows the order; without one no link opens it. `once` is a hash
    of the form as it was sent, so that a second press makes no second order. `school_key` is how
    the same school is recognised, `organisation` who it is here, if it is. `year` is the school
    year its packs count in, by its first calendar year, from the day it was confirmed.
    """

    key = models.UUIDField(default=uuid.uuid4, null=True, unique=True, editable=False)
    once = models.CharField(max_length=64, null=True, unique=True, editable=False)
    state = models.CharField(
        max_length=12, choices=OrderState, default=OrderState.PLACED, editable=False
    )
    place = models.ForeignKey(
        KnownPlace, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    school_key = models.CharField(max_length=120)
    school_name = models.CharField(max_length=160)
    school_town = models.CharField(max_length=80, blank=True)
    phase = models.CharField(max_length=12, choices=Phase)
    region = models.CharField(max_length=20, choices=Region)
    contact_name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    address = models.TextField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    campaign = models.SlugField(max_length=60, blank=True)
    refusal = models.CharField(max_length=16, choices=RefusalReason, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    rest_follows = models.BooleanField(default=True, editable=False)
    placed_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    packed_at = models.DateTimeField(null=True, editable=False)
    packed_by = models.UUIDField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    sent_by = models.UUIDField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-placed_at", "-pk"]
        permissions: ClassVar = [("pack_orders", "Can pack and send orders, and keep the stock")]
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["state", "confirmed_at"], name="outreach_order_to_pack"),
            models.Index(fields=["organisation", "-placed_at"], name="outreach_order_of_one"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=OPEN_ORDERS) | Q(address="", postcode=""),
                name="outreach_order_address_until_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_ORDERS, ended_at__isnull=True)
                | ~Q(state__in=OPEN_ORDERS) & Q(ended_at__isnull=False),
                name="outreach_order_ended_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(OrderState.CONFIRMED, OrderState.PACKED, OrderState.SENT))
                | Q(confirmed_at__isnull=False, year__isnull=False),
                name="outreach_order_confirmed_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.SENT) | Q(sent_at__isnull=False),
                name="outreach_order_sent_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.REFUSED) | ~Q(refusal=""),
                name="outreach_order_refused_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("desk_order", args=[self.pk])

    @property
    def number(self) -> str:
        """As it is written on the parcel and in mail: a name, not a key."""
        return f"P{self.pk:05}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_ORDERS

    @property
    def can_change(self) -> bool:
        return self.state in (OrderState.PLACED, OrderState.CONFIRMED)

    @property
    def address_lines(self) -> list[str]:
        """As they go on a label, from the contact's name down to the postcode."""
        said = [self.contact_name, self.school_name, *self.address.splitlines(), self.postcode]
        return [line for line in said if line]


class OrderLine(models.Model):
    """So many packs of one item: asked for, lying in the parcel now, and sent before."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="lines")
    packs = models.PositiveSmallIntegerField()
    packed = models.PositiveSmallIntegerField(default=0)
    sent = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["item__order", "item__title", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "item"], name="outreach_orderline_once"),
            models.CheckConstraint(condition=Q(packs__gte=1), name="outreach_orderline_some"),
            models.CheckConstraint(
                condition=Q(packs__gte=F("packed") + F("sent")),
                name="outreach_orderline_no_more_than_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"Order line {self.pk}"

    @property
    def left(self) -> int:
        """Packs that have not gone out."""
        return self.packs - self.sent


class SchoolTally(models.Model):
    """How many packs of an item one school was promised or sent in a school year.

    Counted up and down as orders are confirmed and given back, by one UPDATE that looks at the
    limit: two orders of one school at the same moment cannot both have the last pack.
    """

    school_key = models.CharField(max_length=120)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    packs = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        verbose_name_plural = "school tallies"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school_key", "item", "year"], name="outreach_schooltally_once"
            ),
        ]

    def __str__(self) -> str:
        return f"School tally {self.pk}"
