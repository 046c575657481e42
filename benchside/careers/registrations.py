"""What this room offers the others, registered at start-up."""

from benchside.careers.events import CATALOGUE_CHANGED
from benchside.careers.imports import CatalogueImporter
from benchside.core.imports import importers
from benchside.core.registries import events


def register() -> None:
    events.register(CATALOGUE_CHANGED)
    importers.register(CatalogueImporter())
