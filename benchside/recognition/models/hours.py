"""How many paid hours of technicians there are, subject by subject."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from benchside.assessment.models import Submission
from benchside.recognition.enums import Subject


class TaughtHours(models.Model):
    """Hours of science lessons a week, all classes together, that the technicians work for."""

    submission = models.OneToOneField(
        Submission, on_delete=models.CASCADE, related_name="taught_hours"
    )
    hours = models.DecimalField(
        max_digits=6, decimal_places=2, validators=[MinValueValidator(1), MaxValueValidator(3000)]
    )

    class Meta:
        verbose_name_plural = "taught hours"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.hours} hours"


class SubjectHours(models.Model):
    """The technicians of one subject: how many, their hours a week together, weeks paid a year."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="subject_hours"
    )
    subject = models.CharField(max_length=12, choices=Subject)
    people = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    hours = models.DecimalField(
        max_digits=6, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(2000)]
    )
    weeks = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(52)]
    )

    class Meta:
        verbose_name_plural = "subject hours"
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "subject"], name="recognition_subject_once"
            )
        ]

    def __str__(self) -> str:
        return self.subject
