"""What became of each action of the plan before, decided while the next plan is written."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.impact.enums import Carried
from benchside.impact.models.plans import Action, Plan


class Carrying(models.Model):
    """One word about one action of the plan before, with its reason.

    `action` is the same action in the new plan; a stopped one has none. Whoever takes the word
    back deletes it, and with it what it put into the draft. `was_called` is the code of an action
    that was there by itself before it was linked.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="carryings")
    earlier = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="carryings")
    carried = models.CharField(max_length=10, choices=Carried)
    why = models.CharField(max_length=500, blank=True)
    action = models.OneToOneField(
        Action, on_delete=models.CASCADE, null=True, blank=True, related_name="carrying"
    )
    was_called = models.CharField(max_length=12, blank=True, editable=False)
    decided_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["plan", "earlier"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "earlier"], name="impact_carrying_once"),
            models.CheckConstraint(
                condition=Q(carried=Carried.STOPPED, action__isnull=True)
                | (~Q(carried=Carried.STOPPED) & Q(action__isnull=False)),
                name="impact_carrying_stopped_has_no_action",
            ),
            models.CheckConstraint(
                condition=Q(carried=Carried.CONTINUED) | ~Q(why=""),
                name="impact_carrying_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier} {self.carried}"
