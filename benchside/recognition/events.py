"""What others hear of quality marks, registers and credentials."""

from benchside.core.registries import Event, events

MARKS_CHANGED = events.register(Event(key="recognition.marks_changed", fields=frozenset({"mark"})))
ROUND_CHANGED = events.register(Event(key="recognition.round_changed", fields=frozenset({"round"})))
CREDENTIALS_CHANGED = events.register(
    Event(key="recognition.credentials_changed", fields=frozenset({"what"}))
)
# What an entry says was changed otherwise than by a move of its award: its name, what is shown.
ENTRY_CHANGED = events.register(
    Event(key="recognition.entry_changed", fields=frozenset({"entry_id", "register"}))
)
REGISTERS_CHANGED = events.register(
    Event(key="recognition.registers_changed", fields=frozenset({"register"}))
)
FEE_SETTLED = events.register(
    Event(key="recognition.fee_settled", fields=frozenset({"fee", "kind", "application", "entry"}))
)
