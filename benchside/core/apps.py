from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule

from benchside.core import registries

# Modules in which a room offers something to a registry as it is read. What fits none of them
# is offered in the `ready()` of the room itself.
OFFERS = (
    "films",
    "imports",
    "measures",
    "offers",
    "personal_data",
    "pictures",
    "search",
    "states",
    "listeners",
)


class CoreConfig(AppConfig):
    name = "benchside.core"
    label = "core"

    def ready(self) -> None:
        """The last room to get ready: reads what all rooms offer, then closes the books."""
        for room in apps.get_app_configs():
            if not room.name.startswith("benchside."):
                continue
            for name in OFFERS:
                if module_has_submodule(room.module, name):
                    import_module(f"{room.name}.{name}")
        registries.freeze_all()
