"""What a staff list says: who works where, in which post. HR facts never leave the workspace.

Words of columns such as sex, terms or mode are those of the staff list (`staff_list/codes.py`);
an empty one is not known. Birth dates are never stored: an age band, and the day it was true.
"""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from benchside.organisations.models.organisations import Organisation, Unit
from benchside.people.models import Technician


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def current(self) -> "EmploymentQuerySet":
        return self.filter(left_on__isnull=True)


class ListedEmployments(models.Manager["Employment"].from_queryset(EmploymentQuerySet)):  # type: ignore[misc]
    """What readers see: not the rows that an import is still preparing."""

    def get_queryset(self) -> EmploymentQuerySet:
        return EmploymentQuerySet(self.model, using=self._db).filter(is_listed=True)


class Employment(models.Model):
    """A technician as one organisation's staff list knows them, whatever their number of posts.

    `key` is how the list recognises the person from one file to the next.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="employments"
    )
    technician = models.ForeignKey(Technician, on_delete=models.PROTECT, related_name="employments")
    key = models.CharField(max_length=120, blank=True)
    staff_number = models.CharField(max_length=40, blank=True)
    age_band = models.CharField(max_length=20, blank=True)
    age_as_of = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=20, blank=True)
    ethnicity = models.CharField(max_length=80, blank=True)
    disability = models.CharField(max_length=20, blank=True)
    started_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    leaving_reason = models.CharField(max_length=40, blank=True)
    destination = models.CharField(max_length=80, blank=True)
    counted_on = models.DateField("last counted by a snapshot", null=True, editable=False)

    # An import of many rows writes them unlisted, in pieces, and lists them all at once.
    is_listed = models.BooleanField(default=True, editable=False)
    brought_by = models.ForeignKey(
        "StaffRun",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="brought",
    )

    objects = ListedEmployments()
    everything = EmploymentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "technician"], name="organisations_employment_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "key"],
                condition=~Q(key=""),
                name="organisations_employment_one_key",
            ),
            models.UniqueConstraint(
                fields=["organisation", "staff_number"],
                condition=~Q(staff_number=""),
                name="organisations_employment_one_number",
            ),
            models.CheckConstraint(
                condition=Q(age_band="", age_as_of__isnull=True)
                | ~Q(age_band="") & Q(age_as_of__isnull=False),
                name="organisations_employment_band_has_day",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=False) | Q(leaving_reason="", destination=""),
                name="organisations_employment_reason_for_leavers",
            ),
        ]

    def __str__(self) -> str:
        return f"Employment {self.pk}"


class PostQuerySet(models.QuerySet["Post"]):
    def current(self) -> "PostQuerySet":
        return self.filter(ended_on__isnull=True, employment__left_on__isnull=True)


class ListedPosts(models.Manager["Post"].from_queryset(PostQuerySet)):  # type: ignore[misc]
    """Those of people who are listed."""

    def get_queryset(self) -> PostQuerySet:
        return PostQuerySet(self.model, using=self._db).filter(employment__is_listed=True)


class Post(models.Model):
    """A technician's post at a unit: one contract of the staff list.

    `fte` is 0 to 1. `contract_end` is when a fixed term is to end; `ended_on` when the post did.
    `manager` is who the holder answers to, where the staff list knows that person as a
    technician; managers of whole units hold a membership instead.
    """

    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="posts")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    title = models.CharField(max_length=160)
    family = models.CharField(max_length=80, blank=True)
    grade = models.CharField(max_length=40, blank=True)
    soc2020 = models.CharField(
        "SOC 2020",
        max_length=4,
        blank=True,
        validators=[RegexValidator(r"\A\d{3,4}\Z", "Three or four digits.")],
    )
    fte = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    mode = models.CharField(max_length=20, blank=True)
    terms = models.CharField(max_length=20, blank=True)
    started_on = models.DateField(null=True, blank=True)
    contract_end = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    contract_key = models.CharField(max_length=120, blank=True)
    manager = models.ForeignKey(
        Employment, on_delete=models.SET_NULL, null=True, blank=True, related_name="manages"
    )
    is_main = models.BooleanField(default=True)

    objects = ListedPosts()
    everything = PostQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["employment", "-is_main", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["employment", "contract_key"],
                condition=Q(ended_on__isnull=True) & ~Q(contract_key=""),
                name="organisations_post_one_contract",
            ),
            models.CheckConstraint(
                condition=Q(fte__isnull=True) | Q(fte__gte=0, fte__lte=1),
                name="organisations_post_fte_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                name="organisations_post_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title
