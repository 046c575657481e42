from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "benchside.assessment"
    label = "assessment"

    def ready(self) -> None:
        from benchside.assessment import registrations  # noqa: PLC0415 - models must be ready first

        registrations.register()
