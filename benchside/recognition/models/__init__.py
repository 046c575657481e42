"""Quality marks: what the thin room keeps beside the engine's records."""

from benchside.recognition.models.marks import Mark

__all__ = ["Mark"]
