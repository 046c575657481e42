from django.apps import AppConfig


class VisibilityConfig(AppConfig):
    name = "benchside.visibility"
    label = "visibility"

    def ready(self) -> None:
        from benchside.visibility import registrations  # noqa: PLC0415 - models must be ready first

        registrations.register()
