from benchside.core.models.audit import AuditEvent
from benchside.core.models.images import Picture, Rendition

__all__ = ["AuditEvent", "Picture", "Rendition"]
