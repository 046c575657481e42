"""The index of job titles of the Standard Occupational Classification: a title finds its code."""

from typing import ClassVar

from django.db import models


class SocTitle(models.Model):
    """One line of the ONS coding index (SOC 2020 volume 2): a title as it stands there.

    The index writes a title noun first ("Technician, lighting"); `words` are the same words in a
    fixed order, so that "lighting technician" finds it. Many titles stand there more than once,
    told apart by `additional` (what the job is) and `industry`. One without codes only points to
    another title (`see`).
    """

    key = models.CharField(max_length=12, unique=True, help_text="The index's own identifier.")
    title = models.CharField(max_length=120)
    words = models.CharField(max_length=120, db_index=True)
    additional = models.CharField(max_length=120, blank=True)
    industry = models.CharField(max_length=120, blank=True)
    see = models.CharField(max_length=120, blank=True, help_text="Where the index sends one on to.")
    soc2020 = models.CharField("unit group", max_length=4, db_index=True, blank=True)
    extension = models.CharField("sub-unit group", max_length=7, blank=True)
    isco08 = models.CharField("ISCO-08", max_length=4, blank=True)

    class Meta:
        ordering: ClassVar = ["title", "key"]
        verbose_name = "SOC 2020 title"

    def __str__(self) -> str:
        return f"{self.title} ({self.soc2020})"
