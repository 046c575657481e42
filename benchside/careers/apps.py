from django.apps import AppConfig


class CareersConfig(AppConfig):
    name = "benchside.careers"
    label = "careers"

    def ready(self) -> None:
        from benchside.careers import registrations  # noqa: PLC0415 - models must be ready first

        registrations.register()
