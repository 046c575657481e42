"""The queues of applications, entries and concerns at a registrar's desk, as the work goes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from benchside.assessment.awarding.queries import rules_of, state_of
from benchside.assessment.enums import SeatState, SubmissionState
from benchside.recognition.enums import FeeKind, FeeState
from benchside.recognition.models import (
    Entry,
    EntryRequest,
    Fee,
    RegisterApplication,
    Spell,
    YearlyRenewal,
)
from benchside.recognition.registers import queries as registers
from benchside.recognition.registry import queries
from benchside.recognition.registry.enums import RequestState
from benchside.recognition.registry.queues import UNDER_WAY, Queue, Reader, Waiting
from benchside.recognition.registry.states import OVER

OPEN_SEATS = {SeatState.INVITED, SeatState.ACCEPTED}


# --- applications -------------------------------------------------------------------------------
def _in(reader: Reader, *states: str) -> Iterator[RegisterApplication]:
    return (one for one in reader.applications if one.submission.state in states)


def _owes(one: RegisterApplication, kind: str) -> bool:
    return any(fee.kind == kind and fee.state == FeeState.DUE for fee in one.fees.all())


def _to_check(reader: Reader) -> Iterator[Waiting]:
    for one in _in(reader, SubmissionState.SUBMITTED):
        if not one.is_checked:
            yield reader.row(one, "")


def _fee_open(reader: Reader) -> Iterator[Waiting]:
    for one in _in(reader, *UNDER_WAY):
        if _owes(one, FeeKind.APPLICATION):
            yield reader.row(one, "The application fee is due")


def _to_assign(reader: Reader) -> Iterator[Waiting]:
    for one in _in(reader, SubmissionState.SUBMITTED):
        if one.is_checked and not _owes(one, FeeKind.APPLICATION):
            yield reader.row(one, "")


def _late(reader: Reader) -> Iterator[Waiting]:
    for one in _in(reader, SubmissionState.IN_REVIEW, SubmissionState.SUBMITTED):
        days = [s.due_on for s in one.submission.seats.all() if s.state in OPEN_SEATS and s.due_on]
        if over := [day for day in days if day < reader.today]:
            row = reader.row(one, f"{len(over)} of {len(days)} reviews are late")
            yield Waiting(row.title, row.what, row.url, row.since, min(over))


def _more_asked(reader: Reader) -> Iterator[Waiting]:
    for one in _in(reader, SubmissionState.MORE_ASKED):
        if not _is_silent(one, reader.today):
            yield reader.row(one, "")


def _silent(reader: Reader) -> Iterator[Waiting]:
    """Nothing came by its day: the desk waits on, or lets the review go on without."""
    for one in _in(reader, SubmissionState.MORE_ASKED):
        if _is_silent(one, reader.today):
            yield reader.row(one, "")


def _is_silent(one: RegisterApplication, today: date) -> bool:
    asked = one.submission.requests.all()
    days = [each.due_on for each in asked if not (each.answered_at or each.ended_at)]
    return bool(days) and max(days) < today


def _disagreement(reader: Reader) -> Iterator[Waiting]:
    """Their reviews are in, and it is not done: one more has to look."""
    for one in _in(reader, SubmissionState.IN_REVIEW):
        if not any(seat.state in OPEN_SEATS for seat in one.submission.seats.all()):
            yield reader.row(one, "One more assessor is needed")


def _wants_talk(one: RegisterApplication) -> bool:
    route = one.submission.version.standard.route(one.submission.route)
    held = any(each.outcome and not each.set_aside_at for each in one.submission.interviews.all())
    return bool(route and route.interview and not held)


def _interviews(reader: Reader) -> Iterator[Waiting]:
    for one in _in(reader, SubmissionState.REVIEWED):
        if _wants_talk(one):
            yield reader.row(one, "The talk is to be arranged, or written down")


def _to_recommend(reader: Reader) -> Iterator[Waiting]:
    for one in _in(reader, SubmissionState.REVIEWED):
        if not _wants_talk(one):
            yield reader.row(one, "")


def _to_ratify(reader: Reader) -> Iterator[Waiting]:
    for one in _in(reader, SubmissionState.RECOMMENDED):
        yield reader.row(one, f"{one.number}, at {one.body}")


def _unpaid(reader: Reader) -> Iterator[Waiting]:
    """Also what is settled and not yet on the register: the clock puts it there."""
    for one in _in(reader, SubmissionState.APPROVED):
        is_settled = all(fee.is_settled for fee in one.fees.all())
        if not is_settled or not registers.conditions_of(one):
            row = reader.row(one, "Approved; the fees are not paid")
            yield Waiting(row.title, row.what, row.url, row.since, one.pay_by)


def _conditions(reader: Reader) -> Iterator[Waiting]:
    """On the registrar's own page of it somebody says that they are not met."""
    slug = reader.desk.register.slug
    for one in _in(reader, SubmissionState.APPROVED):
        if registers.conditions_of(one):
            row = reader.row(one, f"{one.number}, conditions to be met")
            url = reverse("recognition:registry_application", args=[slug, one.number])
            yield Waiting(row.title, row.what, url, row.since, registers.conditions_by(one))


def _appeals(reader: Reader) -> Iterator[Waiting]:
    for one in _in(reader, SubmissionState.APPEALED):
        yield reader.row(one, "")


# --- entries ------------------------------------------------------------------------------------
def entry_url(entry: Entry, slug: str) -> str:
    return reverse("recognition:desk_entry", args=[slug, entry.award.number])


def _of_entry(reader: Reader, entry: Entry, what: str, since: date, due: date | None) -> Waiting:
    title = f"{entry.award.number} {entry.name}"
    return Waiting(title, what, entry_url(entry, reader.desk.register.slug), since, due)


def _second_person(reader: Reader) -> Iterator[Waiting]:
    for one in queries.open_proposals(reader.desk):
        since = timezone.localdate(one.proposed_at)
        titles = {move.verb: move.title for move in rules_of(one.entry.award).moves}
        what = titles.get(one.verb, one.verb)
        yield _of_entry(reader, one.entry, what, since, reader.due("second-person", since))


def _requests(reader: Reader) -> Iterator[Waiting]:
    found = EntryRequest.objects.filter(
        state=RequestState.ASKED, entry__register=reader.desk.register
    )
    for one in found.select_related("entry__award__version"):
        since = timezone.localdate(one.asked_at)
        titles = {move.verb: move.title for move in rules_of(one.entry.award).moves}
        what = titles.get(one.verb, one.verb)
        if one.begins > reader.today:
            what = f"{what}, from {one.begins:%-d %B %Y} on"
        due = reader.due("asked", max(since, one.begins))
        yield _of_entry(reader, one.entry, what, since, due)


def _told_conduct(reader: Reader) -> Iterator[Waiting]:
    found = YearlyRenewal.objects.filter(
        entry__register=reader.desk.register,
        renewed_at__isnull=True,
        conduct_seen_at__isnull=True,
        conduct_at__isnull=False,
    ).exclude(conduct_words="")
    for one in found.select_related("entry__award"):
        since = timezone.localdate(one.conduct_at)
        what = "Told us something about their conduct"
        yield _of_entry(reader, one.entry, what, since, reader.due("asked", since))


def _year_fees(reader: Reader) -> Iterator[Waiting]:
    found = Fee.objects.filter(
        entry__register=reader.desk.register, state__in=(FeeState.DUE, FeeState.INVOICED)
    )
    for one in found.select_related("entry__award").order_by("due_on", "pk"):
        if one.entry is not None:
            since = timezone.localdate(one.made_at)
            what = f"{one.get_kind_display()}, £{one.amount}, {one.get_state_display().lower()}"
            yield _of_entry(reader, one.entry, what, since, one.due_on)


def _ending(reader: Reader, *, is_over: bool) -> Iterator[Waiting]:
    found = queries.entries(reader.desk, due="over" if is_over else "due", sort="ends")
    for one in found:
        end = one.award.period_end
        if end is not None:
            since = end if is_over else reader.today
            yield _of_entry(reader, one, state_of(one.award).title, since, end)


def _no_address(reader: Reader) -> Iterator[Waiting]:
    """Who is due, or in extra time, and can be written to nowhere: they would lapse unawares."""
    found = queries.entries(reader.desk, due="unreached", sort="ends")
    for one in found:
        end = one.award.period_end
        if end is not None:
            what = f"No address for letters; their year ends on {end:%-d %B %Y}"
            yield _of_entry(reader, one, what, min(end, reader.today), end)


def _spells(reader: Reader) -> Iterator[Waiting]:
    """Breaks and suspensions whose last day is over, and nobody has ended them."""
    found = Spell.objects.filter(
        entry__register=reader.desk.register, ended_on__isnull=True, until__lt=reader.today
    )
    for one in found.select_related("entry__award__version"):
        if one.entry.award.state == one.state:
            what = f"{state_of(one.entry.award).title}: to be ended"
            yield _of_entry(reader, one.entry, what, one.until, one.until)


def _conduct(reader: Reader) -> Iterator[Waiting]:
    for one in reader.desk.cases().exclude(state__in=OVER).exclude(state="decided"):
        since = timezone.localdate(one.moved_at)
        yield Waiting(
            title=f"{one.entry.award.number} {one.entry.name}",
            what=one.get_state_display(),
            url=reverse("recognition:desk_case", args=[reader.desk.register.slug, one.pk]),
            since=since,
            due=one.hearing_on or reader.due("conduct", since),
        )


def _renewals_due(reader: Reader) -> Iterator[Waiting]:
    return _ending(reader, is_over=False)


def _in_extra_time(reader: Reader) -> Iterator[Waiting]:
    return _ending(reader, is_over=True)


THEIRS = {"for_desk": False}
ALL: Sequence[tuple[str, str, Callable[[Reader], Iterable[Waiting]], dict[str, Any]]] = (
    ("check", "To check", _to_check, {}),
    ("fee", "Application fee open", _fee_open, THEIRS),
    ("assign", "To give to assessors", _to_assign, {}),
    ("late", "In review and late", _late, {}),
    ("more", "More is asked for", _more_asked, THEIRS),
    ("disagreement", "Assessors disagree", _disagreement, {}),
    ("interview", "Interview to arrange", _interviews, {}),
    ("recommend", "To recommend", _to_recommend, {}),
    ("ratify", "To be ratified by the body", _to_ratify, {"for_second": True}),
    ("unpaid", "Approved and unpaid", _unpaid, THEIRS),
    ("conditions", "Approved with conditions", _conditions, {}),
    ("appeals", "Appeals", _appeals, {"for_second": True}),
    ("requests", "Asked for by people", _requests, {}),
    ("second", "Waits for a second person", _second_person, {"for_second": True}),
    ("renewals", "Renewals due", _renewals_due, THEIRS),
    ("over", "In extra time", _in_extra_time, THEIRS),
    ("unreached", "Nobody can write to them", _no_address, THEIRS),
    ("year-fees", "Fees for the year open", _year_fees, THEIRS),
    ("told", "Conduct told at renewal", _told_conduct, {"conduct": True}),
    ("spells", "Breaks and suspensions that are over", _spells, {}),
    ("conduct", "Conduct", _conduct, {"for_second": True, "conduct": True}),
    ("silent", "More was asked for, and its day is over", _silent, {"order": 45}),
)
OWN = [
    Queue(key=key, title=title, waiting=waiting, **{"order": 10 * number, **more})
    for number, (key, title, waiting, more) in enumerate(ALL, start=1)
]
