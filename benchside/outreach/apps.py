from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "benchside.outreach"
    label = "outreach"

    def ready(self) -> None:
        from benchside.outreach import registrations  # noqa: PLC0415 - models must be ready first

        registrations.register()
