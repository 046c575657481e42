"""Two places for files: public ones the web server may hand out, private ones it may not."""

from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class PublicStorage(FileSystemStorage):
    def __init__(self, **options: Any) -> None:
        super().__init__(location=settings.MEDIA_ROOT, base_url=settings.MEDIA_URL, **options)


class PrivateStorage(FileSystemStorage):
    """No address of its own: a view opens these after it has asked who is looking."""

    def __init__(self, **options: Any) -> None:
        super().__init__(location=settings.PRIVATE_MEDIA_ROOT, **options)
