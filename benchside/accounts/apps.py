from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "benchside.accounts"
    label = "accounts"

    def ready(self) -> None:
        # Imported here: these modules import models, which are there only now.
        from benchside.accounts import exports, library_events  # noqa: PLC0415
        from benchside.core.registries import personal_data_exports  # noqa: PLC0415

        personal_data_exports.register(exports.ACCOUNT)
        library_events.connect()
