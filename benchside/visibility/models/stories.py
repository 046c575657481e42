"""The record of a story: whose it is, where it stands, and what lets it be seen."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from benchside.careers.models import Role
from benchside.core.models import Picture
from benchside.organisations.enums import Nation
from benchside.organisations.models import Organisation
from benchside.visibility.enums import NameMode, StoryState

STAMPED = Q(
    published_at__isnull=False,
    reviewed_by__isnull=False,
    consent_at__isnull=False,
    review_on__isnull=False,
)


class StoryQuerySet(models.QuerySet["Story"]):
    def public(self) -> "StoryQuerySet":
        """What everybody may read: where every public read begins."""
        return self.filter(state=StoryState.PUBLISHED)


class Story(models.Model):
    """A technician's story. Its words stand in its page; here is all that decides who sees it.

    `name` is the name as shown, already cut to what `name_mode` allows: nothing else of a name is
    kept. `slug` is made of the role and chance, never of a name. Published means looked at by
    somebody other than who sent it in and who last changed it, agreed to, and due to be read again.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    state = models.CharField(
        max_length=10, choices=StoryState, default=StoryState.DRAFT, editable=False
    )
    name_mode = models.CharField(max_length=10, choices=NameMode, default=NameMode.FIRST)
    name = models.CharField("name as shown", max_length=80, blank=True)
    role = models.ForeignKey(
        Role, on_delete=models.SET_NULL, null=True, blank=True, related_name="stories"
    )
    employer = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="stories"
    )
    years_in_role = models.PositiveSmallIntegerField(null=True, blank=True)
    nation = models.CharField(max_length=20, choices=Nation, blank=True)
    region = models.CharField(max_length=80, blank=True)
    letters = models.CharField("letters after the name", max_length=60, blank=True)
    photo = models.OneToOneField(
        Picture, on_delete=models.SET_NULL, null=True, blank=True, related_name="story"
    )
    person_id = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    author = models.UUIDField("who sent it in", null=True, editable=False)
    changed_by = models.UUIDField("who last changed its words", null=True, editable=False)
    reviewed_by = models.UUIDField(null=True, editable=False)
    consent_at = models.DateTimeField(null=True, editable=False)
    review_on = models.DateField("to be read again on", null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        ordering: ClassVar = ["-published_at", "-pk"]
        default_permissions = ()
        permissions: ClassVar = [("review_story", "Can review and publish stories")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=StoryState.PUBLISHED) | STAMPED,
                name="visibility_story_published_is_stamped",
            ),
            models.CheckConstraint(
                condition=~Q(state=StoryState.PUBLISHED)
                | (
                    (Q(author__isnull=True) | ~Q(reviewed_by=F("author")))
                    & (Q(changed_by__isnull=True) | ~Q(reviewed_by=F("changed_by")))
                ),
                name="visibility_story_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(name_mode=NameMode.EMPLOYER) | Q(name=""),
                name="visibility_story_no_name_is_none",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def subject(self) -> str:
        """How consents speak of it."""
        return f"story:{self.key}"
