"""Applications for a mark, as the thin room sees them beside the engine's submission."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from benchside.assessment.models import Award, Submission
from benchside.recognition.models.marks import Mark


class Application(models.Model):
    """What a mark needs of a school beside its answers: an order number, an adviser.

    `before` is the application that was not met, of which this one is the free second try.
    """

    submission = models.OneToOneField(
        Submission, on_delete=models.CASCADE, related_name="application"
    )
    mark = models.ForeignKey(Mark, on_delete=models.PROTECT, related_name="applications")
    order_number = models.CharField("purchase order number", max_length=60, blank=True)
    order_at = models.DateTimeField(null=True, editable=False)
    before = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="again")
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="advises"
    )
    adviser_since = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(order_number="", order_at__isnull=True)
                | ~Q(order_number="") & Q(order_at__isnull=False),
                name="recognition_order_has_time",
            ),
            models.CheckConstraint(
                condition=Q(before__isnull=True) | ~Q(before=F("pk")),
                name="recognition_not_before_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"Application {self.pk}"

    @property
    def is_free(self) -> bool:
        """A second try within the time costs nothing, so no order is asked for."""
        return self.before_id is not None


class Target(models.Model):
    """One thing to put right: a question of an application that was not met, and why."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="targets")
    criterion = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    words = models.TextField(max_length=4000, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "criterion"], name="recognition_target_once"
            )
        ]

    def __str__(self) -> str:
        return self.criterion


class FollowUp(models.Model):
    """That an adviser comes back to a school after a year, and what they found."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="follow_ups")
    due_on = models.DateField()
    reminded_at = models.DateTimeField(null=True, editable=False)
    done_on = models.DateField(null=True, editable=False)
    words = models.TextField(max_length=4000, blank=True)
    done_by = models.UUIDField(null=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["award", "due_on"], name="recognition_follow_up_once"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(words=""),
                name="recognition_follow_up_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"Follow-up {self.pk}"
