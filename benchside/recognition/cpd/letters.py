"""Letters about declarations and audits, each once."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from benchside.core import mail
from benchside.recognition.cpd.enums import CaseState, LetterKind
from benchside.recognition.cpd.whereabouts import back_from
from benchside.recognition.models import AuditCase, AuditLetter, DeclarationReminder, Entry
from benchside.recognition.registry.mails import address_of, anywhere

# Several kinds of letter share their words but for a line or two.
TEMPLATES = {
    LetterKind.NOTIFIED: "audit_asked",
    LetterKind.TWO_WEEKS: "audit_reminder",
    LetterKind.THREE_DAYS: "audit_reminder",
    LetterKind.DAY_AFTER: "audit_overdue",
    LetterKind.TIME_GIVEN: "audit_time_given",
    LetterKind.TIME_REFUSED: "audit_time_refused",
    LetterKind.SILENT: "audit_silent",
    LetterKind.RECEIVED: "audit_received",
    LetterKind.ASKED_AGAIN: "audit_asked_again",
    LetterKind.ACCEPTED: "audit_accepted",
    LetterKind.COMMITTEE: "audit_committee",
    LetterKind.LAST_CHANCE: "audit_last_chance",
    LetterKind.SUSPENDED: "audit_suspended",
    LetterKind.REMOVED: "audit_removed",
}


# What may be read by others at an address at work: that somebody is asked, as any of them may be,
# and that they need do no more. All else names what was found: there is only a link to it.
HARMLESS = (
    LetterKind.NOTIFIED, LetterKind.TWO_WEEKS, LetterKind.THREE_DAYS, LetterKind.DAY_AFTER,
    LetterKind.TIME_GIVEN, LetterKind.RECEIVED, LetterKind.ACCEPTED,
)  # fmt: skip
NEWS = "audit_news"


def send_once(case: AuditCase, kind: LetterKind) -> bool:
    """Send a letter about the day the case is due, in the transaction of whoever calls. False when
    it was sent before, or no address is known."""
    about = case.due_on or timezone.localdate()
    own = address_of(case.entry)
    address = own or anywhere(case.entry)
    if not address:
        return False
    with transaction.atomic():
        _, is_new = AuditLetter.objects.get_or_create(case=case, kind=kind, about=about)
        if is_new:
            context = _about(case) if own else _about(case) | {"words": ""}
            template = TEMPLATES[kind] if own or _is_harmless(case, kind) else NEWS
            mail.send(f"recognition/{template}", address, context)
    return is_new


def _is_harmless(case: AuditCase, kind: LetterKind) -> bool:
    return kind in HARMLESS and case.referred_at is None


def _about(case: AuditCase) -> dict[str, Any]:
    run, entry = case.run, case.entry
    page = reverse("recognition:my_audit", args=[entry.award.number])
    return {
        "name": entry.name,
        "number": entry.award.number,
        "register": run.register.name,
        "body": entry.body.name,
        "begins": run.begins_on,
        "ends": run.ends_on,
        "due": case.due_on,
        "is_certain": case.is_certain,
        "was_shown": case.submitted_at is not None,
        "back": _back_from(case),
        "is_suspended": case.state == CaseState.SUSPENDED,
        "words": case.words,
        "link": f"{settings.BASE_URL}{page}",
    }


def _back_from(case: AuditCase) -> date | None:
    if case.state != CaseState.REMOVED:
        return None
    return back_from(case.entry.award, timezone.localdate(case.decided_at))


def declaration_due(entry: Entry, *, year: int, due: date, days: int) -> bool:
    """Ask for a year's declaration, so many days before its day or (negative) after. False when
    this letter went out before or no address is known."""
    address = anywhere(entry)
    if not address:
        return False
    page = reverse("recognition:declare", args=[entry.award.number])
    with transaction.atomic():
        _, is_new = DeclarationReminder.objects.get_or_create(entry=entry, year=year, days=days)
        if is_new:
            context = {
                "name": entry.name,
                "register": entry.register.name,
                "letters": entry.register.letters,
                "year": year,
                "due": due,
                "is_late": days < 0,
                "link": f"{settings.BASE_URL}{page}",
            }
            mail.send("recognition/declaration_due", address, context)
    return is_new
