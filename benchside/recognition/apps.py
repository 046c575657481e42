from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "benchside.recognition"
    label = "recognition"

    def ready(self) -> None:
        from benchside.recognition import registrations  # noqa: PLC0415 - models must be ready first

        registrations.register()
