"""Who is what in an organisation, and who was asked to be."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from benchside.accounts.models import Invitation
from benchside.organisations.enums import OF_A_UNIT, MemberRole
from benchside.organisations.models.organisations import Organisation, Unit


class MembershipQuerySet(models.QuerySet["Membership"]):
    def live(self) -> "MembershipQuerySet":
        return self.filter(ended_on__isnull=True)

    def leads(self) -> "MembershipQuerySet":
        return self.live().filter(role=MemberRole.LEAD, user__is_active=True)


class Membership(models.Model):
    """One role of one person in one organisation, from a day, until it ends.

    Ended ones stay: who was lead in March is part of an organisation's history. Roles of a unit
    hold for the units below it too.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=MemberRole)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    started_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["started_on", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "user", "role"],
                condition=Q(ended_on__isnull=True, unit__isnull=True),
                name="organisations_membership_one_live",
            ),
            models.UniqueConstraint(
                fields=["organisation", "user", "role", "unit"],
                condition=Q(ended_on__isnull=True, unit__isnull=False),
                name="organisations_membership_one_live_in_unit",
            ),
            models.CheckConstraint(
                condition=Q(role__in=OF_A_UNIT, unit__isnull=False)
                | ~Q(role__in=OF_A_UNIT) & Q(unit__isnull=True),
                name="organisations_membership_unit_fits_role",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="organisations_membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.pk}"

    @property
    def is_live(self) -> bool:
        return self.ended_on is None


class RoleInvitation(models.Model):
    """What an invitation to an account offers beside it: a role in an organisation."""

    invitation = models.OneToOneField(
        Invitation, on_delete=models.CASCADE, related_name="offered_role"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.CharField(max_length=20, choices=MemberRole)
    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )

    class Meta:
        ordering: ClassVar = ["-invitation__created_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role__in=OF_A_UNIT, unit__isnull=False)
                | ~Q(role__in=OF_A_UNIT) & Q(unit__isnull=True),
                name="organisations_roleinvitation_unit_fits_role",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.invitation_id} to {self.get_role_display()}"
