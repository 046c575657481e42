from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "benchside.people"
    label = "people"

    def ready(self) -> None:
        # Imported here: the module imports models, which are there only now.
        from benchside.people import registrations  # noqa: PLC0415

        registrations.register()
