from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "benchside.impact"
    label = "impact"

    def ready(self) -> None:
        from benchside.impact import registrations  # noqa: PLC0415 - models must be ready first

        registrations.register()
