"""Bringing files in: previewed as a difference, applied in one transaction, and undone.

A room subclasses `Importer`, says how to read a file, what is there and how to write, and
registers it in `importers`. A value an editor has changed since the last file is never
silently overwritten: what the last file said, what is there and what this file says are
compared, and where an editor's hand stands against the file, the change is "kept" unless
whoever applies the run takes it.
"""

from benchside.core.imports.base import (
    BadFile,
    Change,
    Importer,
    ModelImporter,
    Problem,
    Row,
    Values,
    importers,
)
from benchside.core.imports.runs import MAX_BYTES, apply, discard, load, preview, undo
from benchside.core.imports.tables import Line, decoded, header_of, read_csv

__all__ = [
    "MAX_BYTES",
    "BadFile",
    "Change",
    "Importer",
    "Line",
    "ModelImporter",
    "Problem",
    "Row",
    "Values",
    "apply",
    "decoded",
    "discard",
    "header_of",
    "importers",
    "load",
    "preview",
    "read_csv",
    "undo",
]
