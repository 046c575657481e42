"""What belongs to a story: its pictures, its film, its links, what was asked, a gender of one's own
word."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.core.models import Film, Picture
from benchside.visibility.enums import FilmSite, Gender, LinkFor, MessageAbout
from benchside.visibility.models.stories import Story
from benchside.visibility.stories.film_links import FilmLink

DRAFT_LIFE = timedelta(days=30)
LINK_LIFE = timedelta(days=365)


class StoryPicture(models.Model):
    """One of the pictures sent with a story; the first is the one it is known by."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="pictures")
    picture = models.OneToOneField(Picture, on_delete=models.CASCADE, related_name="story_picture")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Picture {self.pk} of story {self.story_id}"


class StoryFilm(models.Model):
    """A film: one of ours, or one elsewhere that opens on a press alone.

    Ours is public while `film.approved_at` is set, which the database allows only with captions and
    transcript (see `core.Film`). One elsewhere has its transcript from the start.
    """

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="film")
    film = models.OneToOneField(
        Film, on_delete=models.CASCADE, null=True, blank=True, related_name="story_film"
    )
    site = models.CharField(max_length=10, choices=FilmSite, blank=True)
    number = models.CharField("number there", max_length=20, blank=True)
    told = models.TextField("transcript of one elsewhere", max_length=20_000, blank=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(film__isnull=False, site="", number="", told="")
                | Q(film__isnull=True) & ~Q(site="") & ~Q(number="") & ~Q(told=""),
                name="visibility_film_here_or_there",
            ),
        ]

    def __str__(self) -> str:
        return f"Film of story {self.story_id}"

    @property
    def captions(self) -> str:
        return self.film.captions if self.film else ""

    @property
    def transcript(self) -> str:
        return self.film.transcript if self.film else self.told

    @property
    def site_url(self) -> str:
        """The page of one elsewhere."""
        return FilmLink(self.site, self.number).url if self.site else ""


class StoryLinkQuerySet(models.QuerySet["StoryLink"]):
    def open(self) -> "StoryLinkQuerySet":
        return self.filter(expires_at__gt=timezone.now())


class StoryLink(models.Model):
    """A secret address in somebody's hands, by its hash alone: for the person, or a parent."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=10, choices=LinkFor, default=LinkFor.PERSON)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(db_index=True)

    objects = StoryLinkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Link {self.pk} to story {self.story_id}"


class StoryMessage(models.Model):
    """Something the desk asked or told about a story, or what the person answered."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="messages")
    about = models.CharField(max_length=10, choices=MessageAbout)
    text = models.TextField(max_length=2000)
    written_by = models.UUIDField(null=True, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["written_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Message {self.pk} about story {self.story_id}"

    @property
    def is_from_desk(self) -> bool:
        return self.about in {MessageAbout.QUESTION, MessageAbout.REFUSAL, MessageAbout.NOTE}


class StoryGender(models.Model):
    """What somebody says of their own gender: counted in sums that hide few, shown nowhere."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="declared")
    gender = models.CharField(max_length=10, choices=Gender)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Gender declared with story {self.story_id}"
