"""Visits counted by page and day: no cookie, no address, nothing about the visitor."""

from typing import ClassVar

from django.db import models


class Visit(models.Model):
    path = models.CharField(max_length=200)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["path", "day"], name="website_visit_page_day")
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.day}: {self.count}"
