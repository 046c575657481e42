"""Photographs of technicians and their work, from the moment they arrive."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from benchside.careers.models import Role
from benchside.core.models import Picture
from benchside.organisations.models import Organisation
from benchside.visibility.enums import HiddenFor, InPicture, PhotoState, RefusedFor
from benchside.visibility.models.campaigns import Campaign, Pledge


def this_year() -> int:
    return timezone.localdate().year


class PhotoQuerySet(models.QuerySet["Photo"]):
    def public(self) -> "PhotoQuerySet":
        """What everybody may see: where every public read begins."""
        return self.filter(state=PhotoState.APPROVED)

    def on_wall(self) -> "PhotoQuerySet":
        """Public, and drawn in every size: no visitor waits for a picture to be made."""
        return self.public().filter(drawn_at__isnull=False)

    def waiting(self) -> "PhotoQuerySet":
        return self.filter(state__in=(PhotoState.QUEUED, PhotoState.ONCE_APPROVED))

    def to_look_at(self) -> "PhotoQuerySet":
        """What waits for a moderator: new ones, those for a second person, those taken off."""
        return self.filter(
            state__in=(PhotoState.QUEUED, PhotoState.ONCE_APPROVED, PhotoState.HIDDEN)
        )


class Photo(models.Model):
    """A photograph somebody sent in. Nobody sees it before it is approved, by two where a child
    may be seen.

    `display_name` is who it is from, as shown: a name or a school. `likeness` is the perceptual
    hash by which near-duplicates are found; signed, as databases keep 64 bits. `sending` is the
    visit in which it was sent, and what its sender's link opens. `sent_once` is made of the visit
    and of what was sent: the same bytes sent again in one visit are one photograph.

    At the desk: `look_after` is its place in the queue, `held_by` who has it before them and until
    when, `original` what it was before it was cropped or a face was covered (kept private, gone
    once it is approved). On the wall: `school_slug` is the school in an address, `drawn_at` when
    every size was ready. `reports` counts what visitors said since somebody last looked.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(
        max_length=14, choices=PhotoState, default=PhotoState.RECEIVED, editable=False
    )
    picture = models.OneToOneField(
        Picture, on_delete=models.SET_NULL, null=True, blank=True, related_name="photo"
    )
    original = models.OneToOneField(
        Picture,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="photo_before",
    )
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="photos"
    )
    pledge = models.ForeignKey(
        Pledge, on_delete=models.SET_NULL, null=True, blank=True, related_name="photos"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="photos"
    )
    person_id = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    school = models.CharField(max_length=200, blank=True)
    school_slug = models.SlugField(max_length=120, blank=True, db_index=False, editable=False)
    year = models.PositiveSmallIntegerField(default=this_year, editable=False)
    caption = models.CharField(max_length=200, blank=True)
    display_name = models.CharField("from, as shown", max_length=80, blank=True)
    role = models.ForeignKey(
        Role, on_delete=models.SET_NULL, null=True, blank=True, related_name="photos"
    )
    in_picture = models.CharField(max_length=10, choices=InPicture)
    child_may_be_seen = models.BooleanField(default=False, editable=False)
    reply_to = models.EmailField("e-mail for an answer", blank=True)
    likeness = models.BigIntegerField(null=True, editable=False)
    near_duplicate_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="near_duplicates"
    )
    sent_once = models.CharField(max_length=64, null=True, blank=True, unique=True)
    sending = models.UUIDField(null=True, editable=False, db_index=True)
    received_at = models.DateTimeField(default=timezone.now, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.UUIDField(null=True, editable=False)
    first_approved_at = models.DateTimeField(null=True, editable=False)
    first_approved_by = models.UUIDField(null=True, editable=False)
    refused_at = models.DateTimeField(null=True, editable=False)
    refused_by = models.UUIDField(null=True, editable=False)
    refused_for = models.CharField(max_length=10, choices=RefusedFor, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    look_after = models.DateTimeField(default=timezone.now, editable=False)
    held_by = models.UUIDField(null=True, editable=False)
    held_until = models.DateTimeField(null=True, editable=False)
    question = models.CharField("what we asked", max_length=500, blank=True, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    asked_by = models.UUIDField(null=True, editable=False)
    answer = models.CharField("what they answered", max_length=1000, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    drawn_at = models.DateTimeField(null=True, editable=False)
    hidden_at = models.DateTimeField(null=True, editable=False)
    hidden_by = models.UUIDField(null=True, editable=False)
    hidden_for = models.CharField(max_length=10, choices=HiddenFor, blank=True, editable=False)
    reports = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-received_at", "-pk"]
        default_permissions = ()
        permissions: ClassVar = [("moderate_photo", "Can moderate photographs")]
        indexes: ClassVar = [
            models.Index(fields=["state", "received_at"], name="visibility_photo_queue"),
            models.Index(fields=["state", "look_after"], name="visibility_photo_turn"),
            models.Index(fields=["state", "-approved_at", "-id"], name="visibility_photo_wall"),
            *(
                models.Index(
                    fields=[narrowed, "state", "-approved_at", "-id"],
                    name=f"visibility_wall_by_{narrowed.partition('_')[0]}",
                )
                for narrowed in ("school_slug", "year", "role", "campaign")
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=PhotoState.APPROVED)
                | Q(approved_at__isnull=False, approved_by__isnull=False, picture__isnull=False),
                name="visibility_photo_approved_is_stamped",
            ),
            models.CheckConstraint(
                condition=~Q(state=PhotoState.APPROVED)
                | Q(child_may_be_seen=False)
                | (Q(first_approved_by__isnull=False) & ~Q(first_approved_by=F("approved_by"))),
                name="visibility_photo_child_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state=PhotoState.REFUSED) | ~Q(refused_for=""),
                name="visibility_photo_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=PhotoState.APPROVED) | Q(original__isnull=True),
                name="visibility_photo_approved_forgets_original",
            ),
            models.CheckConstraint(
                condition=~Q(state=PhotoState.ONCE_APPROVED)
                | Q(first_approved_by__isnull=False, child_may_be_seen=True),
                name="visibility_photo_once_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=PhotoState.ASKED) | ~Q(question=""),
                name="visibility_photo_asked_something",
            ),
            models.CheckConstraint(
                condition=Q(held_by__isnull=True, held_until__isnull=True)
                | Q(held_by__isnull=False, held_until__isnull=False),
                name="visibility_photo_held_until",
            ),
        ]

    def __str__(self) -> str:
        return f"Photo {self.key}"

    @property
    def subject(self) -> str:
        """How consents speak of it."""
        return f"photo:{self.key}"


class LikenessMark(models.Model):
    """One of the places by which a photograph that looks nearly the same is found: see
    `photos.likeness`. A print has eight marks, and a photograph two prints."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="marks")
    mark = models.PositiveSmallIntegerField(db_index=True)
    likeness = models.BigIntegerField()

    def __str__(self) -> str:
        return f"Mark {self.mark} of photo {self.photo_id}"
