"""What happens to a plan that everyone may read."""

from benchside.core.registries import Event, events

# Published whenever a plan, or anything in it, changes; `plan` is its primary key.
PLAN_CHANGED = events.register(Event(key="impact.plan_changed", fields=frozenset({"plan"})))
# Published when a report on a charter's plans is published, changed or taken down.
REPORT_CHANGED = events.register(Event(key="impact.report_changed", fields=frozenset({"charter"})))
