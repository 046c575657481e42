from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "benchside.organisations"
    label = "organisations"

    def ready(self) -> None:
        # Imported here: the module imports models, which are there only now.
        from benchside.organisations import registrations  # noqa: PLC0415

        registrations.register()
