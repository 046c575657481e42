from benchside.core.models.audit import AuditEvent
from benchside.core.models.films import Film, FilmState
from benchside.core.models.images import Picture, Rendition
from benchside.core.models.imports import ImportedValue, ImportRun, RunState
from benchside.core.models.mail import OutgoingMail
from benchside.core.models.search import (
    SearchDocument,
    SearchPosting,
    SearchState,
    SearchWord,
)
from benchside.core.models.tasks import ScheduleSlot, TaskProgress, WorkerBeat

__all__ = [
    "AuditEvent",
    "Film",
    "FilmState",
    "ImportRun",
    "ImportedValue",
    "OutgoingMail",
    "Picture",
    "Rendition",
    "RunState",
    "ScheduleSlot",
    "SearchDocument",
    "SearchPosting",
    "SearchState",
    "SearchWord",
    "TaskProgress",
    "WorkerBeat",
]
