"""What the clock does to one case or one declaration, in a transaction of its own each, so that
doing it twice does no more than once."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from benchside.core.actions import SYSTEM
from benchside.core.states import move
from benchside.recognition.cpd import declaring, letters
from benchside.recognition.cpd.committee_moves import SUSPENDED_STATE
from benchside.recognition.cpd.enums import ASKED, WAITING, CaseState, LetterKind
from benchside.recognition.cpd.population import standing
from benchside.recognition.cpd.states import CASES
from benchside.recognition.cpd.whereabouts import Presence, due_of, presence
from benchside.recognition.models import AnnualDeclaration, AuditCase, Entry, Register
from benchside.recognition.registry.mails import anywhere

REMIND = ((3, LetterKind.THREE_DAYS), (14, LetterKind.TWO_WEEKS))
GRACE_DAYS = 7  # after the day, before it counts as silence
LEAST_DAYS = 14


def _held(pk: int) -> AuditCase:
    """Under a lock, with what letters need."""
    AuditCase.objects.select_for_update().get(pk=pk)
    return AuditCase.objects.select_related(
        "run__register", "entry__body", "entry__award__technician__account",
        "entry__award__version",
    ).get(pk=pk)  # fmt: skip


def notify(pk: int) -> None:
    """From drawn to asked, with the letter. Somebody told late still gets two weeks; who has left
    is told nothing, and who is away is told when they are back. Of whom no address is known nothing
    is asked until there is one: silence would be held against somebody who was never told."""
    with transaction.atomic():
        case = _held(pk)
        if case.state != CaseState.SELECTED or case.run.due_on is None:
            return
        where = presence(case)
        if where in {Presence.LEFT, Presence.GONE}:
            _close(case)
        elif _can_be_asked(case, where):
            least = timezone.localdate() + timedelta(days=LEAST_DAYS)
            due = max(case.run.due_on, least)
            move(table=CASES, subject=case, verb="notify", actor=SYSTEM, columns={"due_on": due})
            letters.send_once(case, LetterKind.NOTIFIED)


def _can_be_asked(case: AuditCase, where: Presence) -> bool:
    is_here = where == Presence.HERE and case.entry.award.state != SUSPENDED_STATE
    return is_here and bool(anywhere(case.entry))


def walk(pk: int, today: date) -> None:
    """All that is due for one case by today."""
    with transaction.atomic():
        case = _held(pk)
        where = presence(case)
        if where == Presence.GONE or (where == Presence.LEFT and _is_only_asked(case)):
            _close(case)
        elif where == Presence.HERE:
            _go_on(case, today)


def _is_only_asked(case: AuditCase) -> bool:
    """Nothing is held against them yet, so nothing is wiped by leaving and coming back."""
    return case.state in ASKED and not case.is_certain and case.referred_at is None


def _go_on(case: AuditCase, today: date) -> None:
    if case.state == CaseState.SELECTED:
        notify(case.pk)
    elif case.state in WAITING and (due := due_of(case)) is not None:
        if due != case.due_on:
            AuditCase.objects.filter(pk=case.pk).update(due_on=due)
            case.due_on = due
        _remind_or_fall_silent(case, due, today)
    elif case.entry.award.state == SUSPENDED_STATE and case.state == CaseState.SUSPENDED:
        _remind(case, case.due_on or today, today)


def _close(case: AuditCase) -> None:
    """Somebody who has left is asked nothing more."""
    if any(row.source == case.state and row.verb == "close" for row in CASES.rows):
        move(table=CASES, subject=case, verb="close", actor=SYSTEM)


def _remind_or_fall_silent(case: AuditCase, due: date, today: date) -> None:
    left = (due - today).days
    if left < -GRACE_DAYS and case.state != CaseState.TIME_ASKED:
        _fall_silent(case)
    elif left < 0:
        letters.send_once(case, LetterKind.DAY_AFTER)
    else:
        _remind(case, due, today)


def _remind(case: AuditCase, due: date, today: date) -> None:
    left = (due - today).days
    kinds = [kind for days, kind in REMIND if 0 <= left <= days]
    if kinds and _was_asked_before(case, today):
        letters.send_once(case, kinds[0])


def _was_asked_before(case: AuditCase, today: date) -> bool:
    """No reminder on the day of another letter: two weeks given are no two weeks left."""
    last = case.letters.order_by("-sent_at").first()
    return last is None or timezone.localdate(last.sent_at) < today


def _fall_silent(case: AuditCase) -> None:
    move(table=CASES, subject=case, verb="fall-silent", actor=SYSTEM)
    if case.is_certain or case.referred_at is not None:
        move(table=CASES, subject=case, verb="refer", actor=SYSTEM)
        letters.send_once(case, LetterKind.COMMITTEE)
    else:
        letters.send_once(case, LetterKind.SILENT)


# --- declarations -------------------------------------------------------------------------------
def declarations_to_ask_for(today: date) -> Iterator[tuple[int, int, int]]:
    """(entry, year, which letter) for whoever stands, has not declared, and is due a letter."""
    for register in Register.objects.all():
        rule = register.rules.cpd_on(today)
        if rule is None:
            continue
        for year in (today.year - 1, today.year, today.year + 1):
            due = declaring.due_on(year, rule.declare_by)
            letter = declaring.letter_due(today, due, rule.declare_letters)
            if letter is None or due < rule.valid_from:
                continue
            if today > due + timedelta(days=-min(rule.declare_letters) + LEAST_DAYS):
                continue  # long over: nobody is written to about it for ever
            owing = standing(register).filter(admitted_on__lte=due)
            owing = owing.exclude(award__state__in=rule.not_audited)
            owing = owing.exclude(declarations__year=year)
            asked = owing.exclude(
                declaration_reminders__year=year, declaration_reminders__days__lte=letter
            )
            for pk in asked.order_by("pk").values_list("pk", flat=True):
                yield pk, year, letter


def ask_for_declaration(pk: int, year: int, days: int) -> None:
    """One letter, under a lock; none when it was declared meanwhile."""
    with transaction.atomic():
        Entry.objects.select_for_update().get(pk=pk)
        entry = Entry.objects.select_related("register", "award__technician__account").get(pk=pk)
        if AnnualDeclaration.objects.filter(entry=entry, year=year).exists():
            return
        rule = entry.register.rules.cpd_on(timezone.localdate())
        if rule is not None:
            due = declaring.due_on(year, rule.declare_by)
            letters.declaration_due(entry, year=year, due=due, days=days)
