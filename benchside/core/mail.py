"""Mail: a folder per message, and an outbox on disk while there is no mail server."""

from django.core.mail.backends.filebased import EmailBackend


class OutboxBackend(EmailBackend):
    def __init__(self, *args: object, **kwargs: object) -> None:
        from django.conf import settings

        super().__init__(*args, file_path=str(settings.OUTBOX), **kwargs)
