"""Who carries a campaign along with us, on what terms, and how long their logo may be shown."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from benchside.core.models import Picture
from benchside.organisations.models import Organisation
from benchside.visibility.models.campaigns import Campaign


class Partner(models.Model):
    """An organisation of the house, or one that is only named here."""

    name = models.CharField(max_length=120, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    website = models.URLField(blank=True)
    logo = models.OneToOneField(
        Picture, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def shown_on(self, on: datetime.date) -> "PartnershipQuerySet":
        """Those who have agreed to terms and may be named and shown on a date."""
        return self.filter(
            Q(shown_until__isnull=True) | Q(shown_until__gte=on),
            agreed_on__isnull=False,
            shown_from__lte=on,
        )


class Partnership(models.Model):
    """A partner's part in one campaign: the terms it agreed to, and from when until when we may
    show its name and logo. No end means until it says otherwise."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="partnerships")
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="partnerships")
    terms = models.TextField("what was agreed", max_length=3000, blank=True)
    terms_version = models.CharField("version of the terms", max_length=20, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    shown_from = models.DateField(null=True, blank=True)
    shown_until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["partner__name"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partner", "campaign"], name="visibility_partner_once_a_campaign"
            ),
            models.CheckConstraint(
                condition=Q(shown_until__isnull=True) | Q(shown_until__gte=F("shown_from")),
                name="visibility_partner_shown_until_after",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True) | ~Q(terms_version=""),
                name="visibility_partner_agreed_to_a_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner} in {self.campaign}"

    def is_shown(self) -> bool:
        today = timezone.localdate()
        if self.agreed_on is None or self.shown_from is None or self.shown_from > today:
            return False
        return self.shown_until is None or self.shown_until >= today
