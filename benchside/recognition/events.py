"""What others hear of quality marks and registers."""

from benchside.core.registries import Event, events

MARKS_CHANGED = events.register(Event(key="recognition.marks_changed", fields=frozenset({"mark"})))
REGISTERS_CHANGED = events.register(
    Event(key="recognition.registers_changed", fields=frozenset({"register"}))
)
FEE_SETTLED = events.register(
    Event(key="recognition.fee_settled", fields=frozenset({"fee", "kind", "application", "entry"}))
)
