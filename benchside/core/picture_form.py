"""The desk's form for a picture: takes in and refuses exactly what the model does."""

from typing import Any

from django.core.files.base import File
from django.forms.fields import FileField
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from benchside.core.media import MAX_BYTES, SafeImage, make_safe

HELP = (
    "JPEG, PNG, WebP, AVIF or HEIC, up to 25 MB and 50 million pixels. "
    "Place, time and camera details are removed."
)


class PictureFormField(WagtailImageField):
    default_validators = ()  # the content says what a file is, its name does not

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.max_upload_size = MAX_BYTES
        self.help_text = HELP

    def to_python(self, data: Any) -> SafeImage | None:
        file = FileField.to_python(self, data)
        return make_safe(file) if isinstance(file, File) else None


class PictureForm(BaseImageForm):
    """Named in WAGTAILIMAGES_IMAGE_FORM_BASE: desk, chooser and Wagtail's API use it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if plain := self.fields.get("file"):
            self.fields["file"] = PictureFormField(
                label=plain.label, required=plain.required, widget=plain.widget
            )
