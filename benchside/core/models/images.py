"""The one picture model: originals private, renditions public once approved."""

import hashlib
import uuid
from typing import Any, ClassVar

from django.db import models
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    WagtailImageField,
    WagtailImageFieldFile,
    get_rendition_upload_to,
    get_upload_to,
)
from wagtail.images.models import Image as WagtailImage

from benchside.core.media import SafeImage, make_safe
from benchside.core.storage import PRIVATE, PUBLIC, MediaStorage


class PictureFile(WagtailImageFieldFile):
    def get_image_dimensions(self) -> tuple[int | None, int | None]:
        """Nothing of an upload is believed before it is made safe, its size neither."""
        if self._committed or isinstance(self.file, SafeImage):
            return super().get_image_dimensions()
        return None, None

    def save(self, name: str, content: Any, save: bool = True) -> None:
        """Store the safe form of `content` under a name that tells nothing.

        Raises PictureRefused.
        """
        safe = make_safe(content)
        self.instance.file_size = safe.size
        self.instance.file_hash = hashlib.sha1(safe.read(), usedforsecurity=False).hexdigest()
        safe.seek(0)
        super().save(str(safe.name), safe, save)


class PictureFileField(WagtailImageField):
    """The model's field, so that every form, API, import and bulk insert goes through it."""

    attr_class = PictureFile


class RenditionFile(WagtailImageFieldFile):
    def save(self, name: str, content: Any, save: bool = True) -> None:
        """Store what was drawn from a safe original: safe, and not to be encoded twice."""
        content.seek(0)
        with content:
            drawn = SafeImage(content.read(), name)
        super().save(name, drawn, save)


class RenditionFileField(WagtailImageField):
    attr_class = RenditionFile


class Picture(AbstractImage):
    """A picture, decoded and stripped before it is stored (see `core.media`).

    The original is always private. Renditions are public only while `approved_at` is set;
    `core.pictures` approves and withdraws. All files of a picture lie in a folder named by
    its `key`, so that no address tells a person's name and withdrawing misses nothing.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = PictureFileField(
        "file",
        upload_to=get_upload_to,
        storage=MediaStorage(),
        width_field="width",
        height_field="height",
        max_length=150,
    )
    description = models.CharField(
        "what it shows",
        max_length=255,
        help_text="For people who cannot see it: who does what, where. It is read out.",
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Django saves fields in the order they were made. The file comes first, as it does in
    # Wagtail's own model, because saving it fills in width, height, size and hash.
    file.creation_counter = AbstractImage._meta.get_field("file").creation_counter

    admin_form_fields = WagtailImage.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = "picture"
        permissions: ClassVar = [("choose_image", "Can choose image")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True) | ~models.Q(description=""),
                name="core_picture_approved_is_described",
            )
        ]

    def get_upload_to(self, filename: str) -> str:
        return f"{PRIVATE}pictures/{self.key.hex}/{filename}"

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")
    file = RenditionFileField(
        upload_to=get_rendition_upload_to,
        storage=MediaStorage(),
        width_field="width",
        height_field="height",
        max_length=200,
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="core_rendition_unique"
            )
        ]

    def get_upload_to(self, filename: str) -> str:
        """Public while the picture is approved: the database is asked, not the copy in hand,
        which may have been read before somebody withdrew it."""
        approved = Picture.objects.filter(pk=self.image_id, approved_at__isnull=False).exists()
        return f"{PUBLIC if approved else PRIVATE}pictures/{self.image.key.hex}/{filename}"

    @staticmethod
    def construct_cache_key(image: Picture, filter_cache_key: str, filter_spec: str) -> str:
        """Keyed by the approval too: what was cached before it is never handed out after it."""
        state = image.approved_at.isoformat() if image.approved_at else "private"
        key = AbstractRendition.construct_cache_key(image, filter_cache_key, filter_spec)
        return f"{key}-{image.key.hex}-{state}"
