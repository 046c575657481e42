"""Action plans: each action keeps its identity from plan to plan."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from benchside.impact.enums import (
    ActionState,
    Area,
    Carried,
    Delivery,
    Origin,
    PlanState,
    ReminderKind,
)
from benchside.impact.models.charters import Cycle
from benchside.organisations.models import Organisation


class Plan(models.Model):
    """The actions of one organisation for some years; under a charter it belongs to a cycle.

    `before` is the plan it continues. It is public from `published_at` on.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="plans")
    cycle = models.OneToOneField(
        Cycle, on_delete=models.PROTECT, null=True, blank=True, related_name="plan"
    )
    before = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="after"
    )
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(
        max_length=12, choices=PlanState, default=PlanState.DRAFT, editable=False
    )
    agreed_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["organisation", "-starts_on", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="impact_plan_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def years(self) -> str:
        return f"{self.starts_on:%b %Y} to {self.ends_on:%b %Y}"

    @property
    def purpose(self) -> str:
        """What it is for: the stage of a charter, or nothing."""
        if self.cycle is None:
            return ""
        return f"{self.cycle.signatory.charter.name}, stage {self.cycle.stage}"


class Action(models.Model):
    """One thing an organisation will do.

    `code` ("V-012") names it in its organisation for ever, in every plan it is carried into;
    `before` is the same action in the plan before, `carried` what became of it there. `text` is
    what everyone reads once the plan is public; `internal` and `cost` never leave the workspace.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="actions")
    code = models.CharField(max_length=12)
    areas = models.JSONField(default=list)
    title = models.CharField(max_length=300)
    objective = models.TextField(max_length=2000, blank=True)
    rationale = models.TextField(max_length=2000, blank=True)
    text = models.TextField(max_length=4000, blank=True)
    internal = models.TextField(max_length=4000, blank=True)
    themes = models.JSONField(default=list)
    other_charters = models.JSONField(default=list)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="owned_actions",
    )
    owner_post = models.CharField(max_length=120, blank=True)
    contributors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="contributed_actions", blank=True
    )
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    state = models.CharField(
        max_length=12, choices=ActionState, default=ActionState.PROPOSED, editable=False
    )
    state_why = models.CharField(max_length=500, blank=True)
    delivery = models.CharField(max_length=8, choices=Delivery, blank=True, default="")
    delivery_why = models.CharField(max_length=500, blank=True)
    delivery_at = models.DateTimeField(null=True, editable=False)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.LEAD)
    origin_ref = models.CharField(max_length=80, blank=True, editable=False)
    before = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="after"
    )
    carried = models.CharField(max_length=10, choices=Carried, blank=True, default="")
    carried_why = models.CharField(max_length=500, blank=True)
    position = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField(default=0, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    completed_at = models.DateTimeField(null=True, editable=False)
    embedded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["plan", "position", "code"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "code"], name="impact_action_one_a_code"),
            models.UniqueConstraint(
                fields=["plan", "origin", "origin_ref"],
                condition=~Q(origin_ref=""),
                name="impact_action_taken_over_once",
            ),
            models.CheckConstraint(
                condition=~Q(delivery__in=[Delivery.AMBER, Delivery.RED]) | ~Q(delivery_why=""),
                name="impact_action_says_why_late",
            ),
            models.CheckConstraint(
                condition=~Q(state=ActionState.STOPPED) | ~Q(state_why=""),
                name="impact_action_says_why_stopped",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def organisation_id(self) -> int:
        """Whose it is: what the rules of organisations ask for."""
        return self.plan.organisation_id

    @property
    def area_titles(self) -> list[str]:
        return [Area(one).label for one in self.areas]


class PlanNumbers(models.Model):
    """The last number of each letter given in an organisation, locked while the next is taken."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    letter = models.CharField(max_length=2)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "letter"], name="impact_plannumbers_one_a_letter"
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter}-{self.last:03d}"


class Milestone(models.Model):
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title


class Success(models.Model):
    """How one will know: a measure with its baseline and target, over which denominator, from
    which source. `measure` is the key of a figure that Benchside keeps by itself, or empty."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="successes")
    title = models.CharField(max_length=200)
    measure = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    baseline = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    denominator = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "successes"
        ordering: ClassVar = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title


class Observation(models.Model):
    """A value of a success measure on a day."""

    success = models.ForeignKey(Success, on_delete=models.CASCADE, related_name="observations")
    value = models.DecimalField(max_digits=12, decimal_places=2)
    people = models.PositiveIntegerField(null=True, blank=True)
    observed_on = models.DateField()
    noted_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-observed_on", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.value} on {self.observed_on}"


class ProgressNote(models.Model):
    """What an owner says of how it goes, from the workspace or by the link of a reminder."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=2000)
    delivery = models.CharField(max_length=8, choices=Delivery, blank=True, default="")
    is_public = models.BooleanField(default=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    written_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-written_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Note {self.pk}"


class ActionEvidence(models.Model):
    """What shows that it was done: a link, or a record kept here."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    record_kind = models.CharField(max_length=40, blank=True)
    record_id = models.CharField(max_length=64, blank=True)
    is_public = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name_plural = "evidence of actions"
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(url="") | (~Q(record_kind="") & ~Q(record_id="")),
                name="impact_actionevidence_points_somewhere",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ActionChange(models.Model):
    """One change of one field of an action: what stood before, what stands now."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=40)
    was = models.TextField(blank=True)
    now = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-changed_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.action} {self.field}"


class ActionReminder(models.Model):
    """That somebody was reminded of an action: once of a kind for each day it was about."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="reminders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=ReminderKind)
    about_on = models.DateField()
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-sent_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["action", "user", "kind", "about_on"], name="impact_actionreminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.action}"
