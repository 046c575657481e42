"""Real lists: schools, universities and research organisations, as their registers say."""

from typing import ClassVar

from django.db import models

from benchside.organisations.enums import Kind, Nation, PlaceList


class KnownPlace(models.Model):
    """One line of a real list. Written by importers alone; the list is the authority.

    `source` is the list it stands in; `code` is the list's own number: URN, UKPRN, or the last
    part of a ROR address. `detail` is the list's word for the kind ("Community school"), `area` the
    part of the country ("North West"), `phase` the ages it teaches ("Secondary"). `easting` and
    `northing` are metres on the national grid of Great Britain, where the list gives them.
    """

    source = models.CharField(max_length=20, choices=PlaceList)
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    other_names = models.CharField(max_length=400, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    detail = models.CharField(max_length=80, blank=True)
    town = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=80, blank=True)
    constituency = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    nation = models.CharField(max_length=20, choices=Nation, default=Nation.ENGLAND)
    website = models.CharField(max_length=200, blank=True)
    ukprn = models.CharField(max_length=8, blank=True)
    area = models.CharField(max_length=40, blank=True)
    phase = models.CharField(max_length=40, blank=True)
    easting = models.PositiveIntegerField(null=True, blank=True)
    northing = models.PositiveIntegerField(null=True, blank=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["source", "code"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "code"], name="organisations_knownplace_one_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def where(self) -> str:
        """Town, region and postcode, as far as the list knows them."""
        known = (self.town or self.constituency, self.region, self.postcode)
        parts = dict.fromkeys(part for part in known if part)
        return ", ".join(parts)
