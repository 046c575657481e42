"""The catalogue everyone may refer to: sectors, roles, routes, skill terms, kit terms."""

from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone

from benchside.careers.enums import Hands, Indoors, Nation, People, Place, RouteKind

INTERESTS = ("realistic", "investigative", "artistic", "social", "enterprising", "conventional")


class Term(models.Model):
    """A word of a vocabulary: a slug that never changes and a name that may."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering: ClassVar = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Sector(Term):
    sentence = models.CharField(max_length=200)

    def get_absolute_url(self) -> str:
        return reverse("careers:sector", args=[self.slug])


class Subject(Term):
    pass


class Setting(Term):
    """Where the work is done."""


class SkillTerm(Term):
    pass


class KitTerm(Term):
    sentence = models.CharField(max_length=200)
    symbol = models.SlugField(max_length=40)


class Role(models.Model):
    """One kind of job. Its number and slug are printed on posters and never change.

    Interest values are O*NET's occupational interests, 1 (low) to 7 (high), of the nearest
    United States occupation (O*NET Database, USDOL/ETA, CC BY 4.0).
    """

    number = models.PositiveSmallIntegerField(unique=True, validators=[MinValueValidator(1)])
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=80, unique=True)
    short = models.CharField(max_length=24)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="roles")
    level = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(2), MaxValueValidator(7)],
        help_text="Usual level of the qualification people start with: 3 equals A level.",
    )
    sentence = models.CharField(max_length=200)
    other_names = models.JSONField(default=list, blank=True)
    phrases = models.JSONField(
        default=list, blank=True, help_text="Everyday words people may type who lack the title."
    )
    what = models.TextField("what you do")
    where = models.TextField("where and when")
    takes = models.TextField("what it takes")
    ways_in = models.TextField("ways in")
    next = models.TextField("where it can lead")
    day = models.JSONField(
        default=list, help_text="Moments of one day: [{time, title, text, key}], in time order."
    )
    tasks = models.JSONField(default=list)
    employers = models.JSONField(default=list)
    subjects = models.ManyToManyField(Subject, related_name="roles")
    settings = models.ManyToManyField(Setting, related_name="roles")
    skills = models.ManyToManyField(SkillTerm, related_name="roles")
    kit = models.ManyToManyField(KitTerm, through="RoleKit", related_name="roles")
    hands = models.CharField(max_length=10, choices=Hands)
    indoors = models.CharField(max_length=10, choices=Indoors)
    people = models.CharField(max_length=10, choices=People)
    place = models.CharField(max_length=10, choices=Place)

    soc2020 = models.CharField("SOC 2020 unit group", max_length=4)
    soc2020_extension = models.CharField(max_length=7, blank=True)
    soc2020_title = models.CharField(max_length=120)
    soc2020_judged = models.BooleanField(
        default=False, help_text="Coded by us: the ONS index has no entry under this title."
    )
    onet_code = models.CharField(max_length=10)
    onet_title = models.CharField(max_length=120)
    onet_release = models.CharField(max_length=10)
    realistic = models.FloatField()
    investigative = models.FloatField()
    artistic = models.FloatField()
    social = models.FloatField()
    enterprising = models.FloatField()
    conventional = models.FloatField()

    drawing = models.JSONField(default=dict, help_text="Scene and tools of the line drawing.")
    drawing_alt = models.CharField(max_length=250)
    checked_on = models.DateField(help_text="When a person last checked the facts.")
    updated_at = models.DateTimeField(auto_now=True)
    live = models.BooleanField(default=True)

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

    @property
    def plate_number(self) -> str:
        return f"{self.number:03d}"

    @property
    def interests(self) -> tuple[float, ...]:
        """Six values in the order of `INTERESTS`, each 1 to 7."""
        return tuple(getattr(self, name) for name in INTERESTS)


class RoleKit(models.Model):
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="kit_list")
    term = models.ForeignKey(KitTerm, on_delete=models.PROTECT, related_name="uses")
    why = models.CharField(max_length=250)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role", "term"], name="careers_rolekit_unique")
        ]

    def __str__(self) -> str:
        return f"{self.term} for {self.role}"


class Route(models.Model):
    """A dated fact: one way into a role, in one nation, from one source."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="routes")
    kind = models.CharField(max_length=20, choices=RouteKind)
    title = models.CharField(max_length=120)
    reference = models.CharField(max_length=20, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    listed = models.BooleanField(
        default=True, help_text="Named by the source itself, not judged a fair start by us."
    )
    nation = models.CharField(max_length=20, choices=Nation, default=Nation.ENGLAND)
    source = models.ForeignKey("Source", on_delete=models.PROTECT, related_name="routes")
    as_of = models.DateField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"


class Source(models.Model):
    """Where facts come from: who published them, under which licence, how long they hold."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    publisher = models.CharField(max_length=120)
    url = models.URLField()
    licence = models.CharField(max_length=80)
    stale_after_days = models.PositiveSmallIntegerField(
        default=730, help_text="A fact older than this says so to readers and editors."
    )

    def __str__(self) -> str:
        return self.name

    def is_stale(self, as_of: date) -> bool:
        return (timezone.localdate() - as_of).days > self.stale_after_days
