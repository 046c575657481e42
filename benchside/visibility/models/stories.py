"""The record of a story: whose it is, where it stands, and what lets it be seen."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from benchside.careers.enums import RouteKind
from benchside.careers.models import Role
from benchside.core.models import Picture
from benchside.organisations.enums import Nation
from benchside.organisations.models import Organisation
from benchside.visibility.enums import NameMode, StoryState
from benchside.visibility.models.story_pages import StoryPage

STAMPED = Q(
    published_at__isnull=False,
    reviewed_by__isnull=False,
    consent_at__isnull=False,
    agreed_at__isnull=False,
    review_on__isnull=False,
    page__isnull=False,
)
BLANK = Q(name="", employer="", letters="", region="", email="", parent_email="") & Q(
    photo__isnull=True, page__isnull=True, role__isnull=True
)


class StoryQuerySet(models.QuerySet["Story"]):
    def public(self) -> "StoryQuerySet":
        """What everybody may read: where every public read begins. A consent that has run out ends
        it on the day, whether or not the nightly task has come to it."""
        today = timezone.localdate()
        return self.filter(
            Q(consent_until__isnull=True) | Q(consent_until__gte=today),
            state=StoryState.PUBLISHED,
            page__live=True,
        )

    def run_out(self) -> "StoryQuerySet":
        """Published, with a consent that was for a time that is over."""
        return self.filter(state=StoryState.PUBLISHED, consent_until__lt=timezone.localdate())

    def to_read_again(self) -> "StoryQuerySet":
        return self.filter(state=StoryState.PUBLISHED, review_on__lte=timezone.localdate())


class Story(models.Model):
    """A technician's story. Its words stand in its page; here is all that decides who sees it.

    `name` is the name as shown, already cut to what `name_mode` allows: nothing else of a name is
    kept but the signature under a consent. `slug` is made of the role and chance, never of a name.
    Published means looked at by somebody other than who sent it in and who last changed it, agreed
    to, and due to be read again.

    `told` holds what was typed, until it is sent and beside the edited words afterwards:

        {"hook": "...", "answers": {"day": "..."}, "route": [{"when": "2019", "what": "..."}]}

    `agreed_words` is the digest of what the person said yes to (see stories/words.py): only that
    can be published.
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
    more_roles = models.ManyToManyField(Role, blank=True, related_name="stories_beside")
    job_title = models.CharField("what the job is called there", max_length=80, blank=True)
    employer = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="stories"
    )
    years_in_role = models.PositiveSmallIntegerField(null=True, blank=True)
    nation = models.CharField(max_length=20, choices=Nation, blank=True)
    region = models.CharField(max_length=80, blank=True)
    letters = models.CharField("letters after the name", max_length=60, blank=True)
    way = models.CharField("how they got in", max_length=20, choices=RouteKind, blank=True)
    photo = models.OneToOneField(
        Picture, on_delete=models.SET_NULL, null=True, blank=True, related_name="story"
    )
    page = models.OneToOneField(
        StoryPage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="story",
    )
    told = models.JSONField(default=dict, blank=True, editable=False)
    email = models.EmailField("e-mail of the person", blank=True)
    is_minor = models.BooleanField("is 16 or 17", null=True, blank=True)
    parent_email = models.EmailField("e-mail of a parent or carer", blank=True)
    on_social = models.BooleanField("may be shown on social media", default=False)
    in_print = models.BooleanField("may be printed", default=False)
    by_partners = models.BooleanField("partners may show it", default=False)
    consent_until = models.DateField(null=True, blank=True, editable=False)
    person_id = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    author = models.UUIDField("who sent it in", null=True, editable=False)
    changed_by = models.UUIDField("who last changed its words", null=True, editable=False)
    reviewed_by = models.UUIDField(null=True, editable=False)
    consent_at = models.DateTimeField(null=True, editable=False)
    parent_consent_at = models.DateTimeField(null=True, editable=False)
    agreed_at = models.DateTimeField(null=True, editable=False)
    agreed_words = models.CharField(max_length=64, blank=True, editable=False)
    published_revision = models.PositiveBigIntegerField(null=True, editable=False)
    review_on = models.DateField("to be read again on", null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    refused_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        ordering: ClassVar = ["-published_at", "-pk"]
        default_permissions = ()
        permissions: ClassVar = [("review_story", "Can review and publish stories")]
        indexes: ClassVar = [
            models.Index(fields=["state", "-published_at"], name="visibility_story_public"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=StoryState.PUBLISHED) | STAMPED,
                name="visibility_story_published_is_stamped",
            ),
            models.CheckConstraint(
                condition=~Q(state=StoryState.PUBLISHED)
                | Q(is_minor=False)
                | Q(parent_consent_at__isnull=False),
                name="visibility_story_parent_said_yes",
            ),
            models.CheckConstraint(
                condition=~Q(state=StoryState.PUBLISHED)
                | (
                    (Q(author__isnull=True) | ~Q(reviewed_by=F("author")))
                    & (Q(changed_by__isnull=True) | ~Q(reviewed_by=F("changed_by")))
                    & (Q(person_id__isnull=True) | ~Q(reviewed_by=F("person_id")))
                ),
                name="visibility_story_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(name_mode=NameMode.EMPLOYER) | Q(name=""),
                name="visibility_story_no_name_is_none",
            ),
            models.CheckConstraint(
                condition=~Q(state=StoryState.WITHDRAWN) | BLANK,
                name="visibility_story_withdrawn_is_blank",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return f"/stories/{self.slug}/"

    def get_desk_url(self) -> str:
        return reverse("desk_story", args=[self.pk])

    @property
    def subject(self) -> str:
        """How consents speak of it."""
        return f"story:{self.key}"

    @property
    def shown_as(self) -> str:
        """Who is speaking, as readers see it."""
        if self.name:
            return self.name
        return f"A technician at {self.employer}" if self.employer else "A technician"

    @property
    def job(self) -> str:
        """What the job is called: there, or in the catalogue."""
        return self.job_title or (self.role.title if self.role else "")

    @property
    def film_or_none(self) -> Any:
        """The film, of `StoryFilm`; None where there is none."""
        return getattr(self, "film", None)
