from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "benchside.people"
    label = "people"

    def ready(self) -> None:
        # Imported here: the module imports models, which are there only now.
        from benchside.core.registries import personal_data_exports  # noqa: PLC0415
        from benchside.people import exports  # noqa: PLC0415

        personal_data_exports.register(exports.TECHNICIAN)
