"""The role: one of the hundred kinds of job."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from benchside.careers.enums import Hands, Indoors, People, Place
from benchside.careers.fields import LinesField, MomentsField
from benchside.careers.models.routes import Route
from benchside.careers.models.terms import KitTerm, Sector, Setting, SkillTerm, Subject

INTERESTS = ("realistic", "investigative", "artistic", "social", "enterprising", "conventional")
CHECK_EVERY = timedelta(days=730)


class Role(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel
):
    """One kind of job. Its number and slug are printed on posters and never change.

    Interest values are O*NET's occupational interests, 1 (low) to 7 (high), of the nearest
    United States occupation (O*NET Database, USDOL/ETA, CC BY 4.0).
    """

    number = models.PositiveSmallIntegerField(unique=True, validators=[MinValueValidator(1)])
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=80, unique=True)
    short = models.CharField(
        "short title", max_length=24, help_text="For the sheet of a hundred: 24 letters at most."
    )
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="roles")
    level = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(2), MaxValueValidator(7)],
        help_text="Usual level of the qualification people start with: 3 equals A level.",
    )
    sentence = models.CharField(
        max_length=200, help_text="One sentence a twelve-year-old understands."
    )
    other_names = LinesField(max_length=80, blank=True)
    phrases = LinesField(
        max_length=80, blank=True, help_text="Everyday words people may type who lack the title."
    )
    what = models.TextField("what you do")
    where = models.TextField("where and when")
    takes = models.TextField("what it takes")
    ways_in = models.TextField("ways in")
    next = models.TextField("where it can lead")
    day = MomentsField(help_text="Moments of one day: {time, title, text, key}, in time order.")
    tasks = LinesField(max_length=200)
    employers = LinesField(max_length=80)
    subjects = ParentalManyToManyField(Subject, related_name="roles")
    settings = ParentalManyToManyField(Setting, related_name="roles")
    skills = ParentalManyToManyField(SkillTerm, related_name="roles")
    kit = models.ManyToManyField(KitTerm, through="RoleKit", related_name="roles")
    routes = models.ManyToManyField(Route, through="RoleRoute", related_name="roles")
    hands = models.CharField("hands or screen", max_length=10, choices=Hands)
    indoors = models.CharField("indoors or out", max_length=10, choices=Indoors)
    people = models.CharField("people or quiet", max_length=10, choices=People)
    place = models.CharField("one place or travel", max_length=10, choices=Place)

    soc2020 = models.CharField("SOC 2020 unit group", max_length=4)
    soc2020_extension = models.CharField("SOC 2020 extension", max_length=7, blank=True)
    soc2020_title = models.CharField("SOC 2020 title", max_length=120)
    soc2020_judged = models.BooleanField(
        "SOC 2020 judged",
        default=False,
        help_text="Coded by us: the ONS index has no entry under this title.",
    )
    onet_code = models.CharField("O*NET code", max_length=10)
    onet_title = models.CharField("O*NET title", max_length=120)
    onet_release = models.CharField("O*NET release", max_length=10)
    realistic = models.FloatField()
    investigative = models.FloatField()
    artistic = models.FloatField()
    social = models.FloatField()
    enterprising = models.FloatField()
    conventional = models.FloatField()

    drawing = models.JSONField(
        default=dict, blank=True, help_text="Scene and tools of the line drawing."
    )
    drawing_alt = models.CharField(
        "what the drawing shows",
        max_length=250,
        blank=True,
        help_text="Read out to people who cannot see it. A new role waits for its drawing.",
    )
    checked_on = models.DateField(help_text="When a person last checked the facts.")
    updated_at = models.DateTimeField(auto_now=True)

    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="role",
        for_concrete_model=False,
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="role",
        for_concrete_model=False,
    )

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(level__gte=2, level__lte=7), name="careers_role_level_2_to_7"
            ),
            *[
                models.CheckConstraint(
                    condition=models.Q(**{f"{name}__gte": 1, f"{name}__lte": 7}),
                    name=f"careers_role_{name}_1_to_7",
                )
                for name in INTERESTS
            ],
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("careers:role", args=[self.slug])

    # What templates drew of a live role once (`{% once %}`). A draft is drawn each time.
    drawn: dict[str, str] | None = None

    # Everything the page of a role shows; `registrations` sets it, since it leans on this module.
    sheet: ClassVar[Callable[..., dict[str, Any]]]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "careers/role.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {"request": request, **self.sheet()}

    def clean(self) -> None:
        """Number and slug are printed on posters: once a role is saved they stay."""
        super().clean()
        if self.pk is None:
            return
        before = type(self).objects.filter(pk=self.pk).values("number", "slug").first()
        for name, value in (before or {}).items():
            if getattr(self, name) != value:
                remedy = f"This is printed on posters and stays {value}: make a new role instead."
                raise ValidationError({name: remedy})

    @property
    def plate_number(self) -> str:
        return f"{self.number:03d}"

    @property
    def interests(self) -> tuple[float, ...]:
        """Six values in the order of `INTERESTS`, each 1 to 7."""
        return tuple(getattr(self, name) for name in INTERESTS)

    def ways(self) -> "list[RoleRoute]":
        """Its routes that are open today, in order: all that a young person is ever told of.

        Reads `route_list`, so fetch it beforehand.
        """
        today = timezone.localdate()
        return [one for one in self.route_list.all() if one.route.is_open_on(today)]

    @property
    def is_stale(self) -> bool:
        """Whether a person should read it again."""
        return timezone.localdate() - self.checked_on > CHECK_EVERY


class RoleKit(models.Model):
    role = ParentalKey(Role, on_delete=models.CASCADE, related_name="kit_list")
    term = models.ForeignKey(KitTerm, on_delete=models.PROTECT, related_name="uses")
    why = models.CharField(max_length=250)
    order = models.PositiveSmallIntegerField(default=0)

    sort_order_field = "order"  # the form has arrows for it

    class Meta:
        ordering: ClassVar = ["order"]
        verbose_name = "kit"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role", "term"], name="careers_rolekit_unique")
        ]

    def __str__(self) -> str:
        return f"{self.term} for {self.role}"


class RoleRoute(models.Model):
    """A route that opens a role: named so by the route's source, or judged a fair start by us."""

    role = ParentalKey(Role, on_delete=models.CASCADE, related_name="route_list")
    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="uses")
    listed = models.BooleanField(
        default=True, help_text="Named by the source itself, not judged a fair start by us."
    )
    order = models.PositiveSmallIntegerField(default=0)

    sort_order_field = "order"  # the form has arrows for it

    class Meta:
        ordering: ClassVar = ["order"]
        verbose_name = "way in"
        verbose_name_plural = "ways in"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role", "route"], name="careers_roleroute_unique")
        ]

    def __str__(self) -> str:
        return f"{self.route} for {self.role}"
