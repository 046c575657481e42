"""Technicians: people who may be known here before they ever sign in."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone


class TechnicianQuerySet(models.QuerySet["Technician"]):
    def claimed(self) -> "TechnicianQuerySet":
        return self.filter(account__isnull=False)

    def unclaimed(self) -> "TechnicianQuerySet":
        return self.filter(account__isnull=True, erased_at__isnull=True)


class Technician(models.Model):
    """A person who is a technician. Exists before any login; claimed by whoever it is about.

    `person_id` is the opaque id others keep, and stays when the record is claimed: an account
    has one of its own. Name and work address come from a staff list until the person claims the
    record, and are theirs afterwards. Erasing blanks them and lets go of the account.
    """

    person_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120, blank=True)
    work_email = models.EmailField("work e-mail address", blank=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="technician",
    )
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TechnicianQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        default_permissions = ()
        indexes: ClassVar = [models.Index(Lower("work_email"), name="people_technician_email")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(account__isnull=True, claimed_at__isnull=True)
                | Q(account__isnull=False, claimed_at__isnull=False),
                name="people_technician_claimed_and_when",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(name="", work_email="", account__isnull=True),
                name="people_technician_erased_is_blank",
            ),
        ]

    def __str__(self) -> str:
        if self.erased_at:
            return "Erased person"
        return self.name or "A technician"

    @property
    def is_claimed(self) -> bool:
        return self.account_id is not None
