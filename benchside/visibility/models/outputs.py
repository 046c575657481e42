"""What was made: a paper, data, code, a thing."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from benchside.visibility.credit import doi as dois
from benchside.visibility.credit.enums import OutputKind, OutputSource
from benchside.visibility.credit.records import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_TITLE,
    LONGEST_VENUE,
)


class Output(models.Model):
    """One for each DOI, whoever had a part in it. Without a DOI it is its maker's own.

    `source` and `as_of` say whose words these are and when they were true. `added_by` is a person
    id. Authors are not kept.
    """

    doi = models.CharField("DOI", max_length=dois.LONGEST, blank=True)
    title = models.CharField(max_length=LONGEST_TITLE)
    kind = models.CharField(max_length=12, choices=OutputKind, default=OutputKind.ARTICLE)
    year = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    venue = models.CharField("where it came out", max_length=LONGEST_VENUE, blank=True)
    source = models.CharField(
        max_length=10, choices=OutputSource, default=OutputSource.TYPED, editable=False
    )
    as_of = models.DateField(default=timezone.localdate, editable=False)
    added_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["title", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("doi"), condition=~Q(doi=""), name="visibility_output_one_doi"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="visibility_output_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """Where its DOI leads, or empty."""
        return dois.address(self.doi) if self.doi else ""

    @property
    def is_typed(self) -> bool:
        return self.source == OutputSource.TYPED
