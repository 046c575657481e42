"""What this part offers the others, registered at start-up."""

from benchside.core.registries import measures, personal_data_exports
from benchside.recognition.cpd import states, tasks
from benchside.recognition.cpd.exports import EXPORT
from benchside.recognition.cpd.measures import MEASURES

__all__ = ["register", "states", "tasks"]  # named, so that tables and clocks are known early


def register() -> None:
    for measure in MEASURES:
        measures.register(measure)
    personal_data_exports.register(EXPORT)
