"""How long what was decided about somebody may be read by everybody."""

from calendar import monthrange
from datetime import date

from benchside.recognition.registers.shapes import SanctionRule


def publish_until(rule: SanctionRule, begins: date, until: date | None) -> date | None:
    """The last day: counted from its end where it has one. None where it is never public."""
    if rule.is_health or not rule.publish_months:
        return None
    return months_later(until or begins, rule.publish_months)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
