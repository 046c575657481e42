"""Reads the catalogue's folder of TOML files into checked, plain records. No Django here.

read(folder)    -> Catalogue, or raises BrokenCatalogue with every fault there is
"""

from benchside.careers.catalogue_files.reader import (
    BrokenCatalogue,
    Catalogue,
    Files,
    parse,
    read,
    read_folder,
)
from benchside.careers.catalogue_files.shapes import (
    AdviceShape,
    DrawingShape,
    KitTermShape,
    NationWayShape,
    RoleRouteShape,
    RoleShape,
    RouteShape,
    SectorShape,
    SourceShape,
    TermShape,
)
from benchside.core.faults import Fault

__all__ = [
    "AdviceShape",
    "BrokenCatalogue",
    "Catalogue",
    "DrawingShape",
    "Fault",
    "Files",
    "KitTermShape",
    "NationWayShape",
    "RoleRouteShape",
    "RoleShape",
    "RouteShape",
    "SectorShape",
    "SourceShape",
    "TermShape",
    "parse",
    "read",
    "read_folder",
]
