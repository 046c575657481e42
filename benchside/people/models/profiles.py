"""What technicians say of themselves, and to whom each part of it is shown."""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.accounts.models import Invitation
from benchside.careers.models import KitTerm, Role, SkillTerm
from benchside.core.models import Picture
from benchside.people.enums import Audience, ClaimAnswer
from benchside.people.fields import BY_KEY
from benchside.people.models.technicians import Technician

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that look alike


def new_public_id() -> str:
    """Ten of 31 letters: about 8 x 10^14 addresses, none of which tells a name."""
    return "".join(secrets.choice(LETTERS) for _ in range(10))


def _to(key: str) -> models.PositiveSmallIntegerField:
    """To whom one field is shown."""
    field = BY_KEY[key]
    return models.PositiveSmallIntegerField(
        field.title, choices=Audience, default=field.first, help_text=field.hint
    )


class Profile(models.Model):
    """Made when somebody claims their record. Until `is_shown`, nobody but they sees any of it.

    `public_id` stands in the address and is never used again. What leaves a profile goes through
    `people.showing.shown`.
    """

    technician = models.OneToOneField(Technician, on_delete=models.CASCADE, related_name="profile")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    is_shown = models.BooleanField("show me", default=False)
    headline = models.CharField(max_length=120, blank=True)
    about = models.TextField(max_length=2000, blank=True)
    role = models.ForeignKey(
        Role, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    letters = models.CharField(max_length=80, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_url = models.URLField(blank=True)
    orcid = models.CharField(max_length=19, blank=True)
    photo = models.OneToOneField(
        Picture, on_delete=models.SET_NULL, null=True, blank=True, related_name="profile"
    )
    updated_at = models.DateTimeField(auto_now=True)

    name_to = _to("name")
    post_to = _to("post")
    unit_to = _to("unit")
    photo_to = _to("photo")
    headline_to = _to("headline")
    about_to = _to("about")
    role_to = _to("role")
    skills_to = _to("skills")
    kit_to = _to("kit")
    qualifications_to = _to("qualifications")
    letters_to = _to("letters")
    languages_to = _to("languages")
    contact_to = _to("contact")
    contributions_to = _to("contributions")
    orcid_to = _to("orcid")

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(
                fields=["is_shown", "name_to"],
                condition=Q(is_shown=True, name_to=Audience.EVERYONE),
                name="people_profile_public",
            ),
            models.Index(fields=["role", "role_to"], name="people_profile_role"),
        ]

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        """The person's own sheet in the directory, whose address never changes."""
        return f"/technicians/{self.public_id}/"


class _Named(models.Model):
    """A line of a profile that stands for itself."""

    class Meta:
        abstract = True
        default_permissions = ()


class ProfileSkill(_Named):
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="skills")
    term = models.ForeignKey(SkillTerm, on_delete=models.CASCADE, related_name="+")

    class Meta(_Named.Meta):
        ordering: ClassVar = ["term__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["term", "profile"], name="people_skill_once")
        ]

    def __str__(self) -> str:
        return f"Skill {self.term_id} of profile {self.profile_id}"


class ProfileKit(_Named):
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="kit")
    term = models.ForeignKey(KitTerm, on_delete=models.CASCADE, related_name="+")

    class Meta(_Named.Meta):
        ordering: ClassVar = ["term__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["term", "profile"], name="people_kit_once")
        ]

    def __str__(self) -> str:
        return f"Kit {self.term_id} of profile {self.profile_id}"


class Qualification(_Named):
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="qualifications")
    title = models.CharField(max_length=120)
    awarded_by = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(_Named.Meta):
        ordering: ClassVar = ["-year", "title", "pk"]

    def __str__(self) -> str:
        return self.title


class Language(_Named):
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="languages")
    name = models.CharField(max_length=60)

    class Meta(_Named.Meta):
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """Somebody's yes to one thing, in the words they agreed to; taken back, it stays on record."""

    technician = models.ForeignKey(Technician, on_delete=models.CASCADE, related_name="consents")
    about = models.CharField(max_length=40)
    words = models.CharField(max_length=300)
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-given_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["technician", "about"],
                condition=Q(withdrawn_at__isnull=True),
                name="people_consent_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.about


class ClaimInvitation(models.Model):
    """The record that an invitation to an account leads to; `answer` is why somebody said no."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="claim")
    technician = models.ForeignKey(Technician, on_delete=models.CASCADE, related_name="claims")
    answer = models.CharField(max_length=10, choices=ClaimAnswer, blank=True, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Claim {self.pk}"
