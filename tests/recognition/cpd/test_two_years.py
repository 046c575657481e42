"""Silence, all the way: two years of one register, with the real verbs, and every clock each week.

Three people renew and declare each year like everybody else. One shows their CPD. One never
answers: drawn in January 2027, in the next sample for certain, before the committee, suspended,
removed. One answers at the last moment, while suspended, and comes back.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from benchside.assessment.awarding import tasks as engine
from benchside.assessment.models import Award
from benchside.core.actions import Actor, Refused
from benchside.core.models.mail import OutgoingMail
from benchside.recognition.cpd import actions, tasks
from benchside.recognition.cpd.actions import Plan, Said, declare_year
from benchside.recognition.cpd.queries import years_to_declare
from benchside.recognition.models import AuditCase, AuditRun, Entry, Fee
from benchside.recognition.registry import actions as registry
from benchside.recognition.registry import tasks as desk
from benchside.recognition.registry.queries import desk_of
from benchside.recognition.registry.queues import Reader, queues
from tests.factories import registers
from tests.factories.audits import MET, a_full_year, a_registrant, own, shown

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def night() -> None:
    engine.walk_awards.func()
    desk.look_after_entries.func()
    tasks.look_after_audits.func()
    tasks.ask_for_declarations.func()


def keep_up(entry: Entry) -> None:
    """What everybody does to stay on: say that the details are right, declare, pay."""
    entry = Entry.objects.select_related("award__version", "register").get(pk=entry.pk)
    if entry.award.state not in {"active", "renewal-due", "grace"}:
        return
    for year in years_to_declare(entry, timezone.localdate()):
        said = Said(is_kept=True, is_conduct_kept=True)
        declare_year(actor=own(entry), entry=entry, year=year, said=said)
    if entry.award.state != "active":
        registry.confirm_renewal(actor=own(entry), entry=entry, details=True, conduct=True)
        Fee.objects.filter(entry=entry, state="due").update(
            state="paid", settled_on=timezone.localdate()
        )
        registry.renew_if_ready(entry=entry)


@pytest.fixture
def until(django_capture_on_commit_callbacks: Any) -> Any:
    """Goes on week by week to a day, from the day it stopped at last."""
    at = {"day": date(2026, 12, 31)}
    people: list[Entry] = []

    def weeks(last: date) -> Iterator[date]:
        while at["day"] + WEEK < last:
            at["day"] += WEEK
            yield at["day"]
        at["day"] = last
        yield last

    def walk(last: date, *entries: Entry) -> None:
        people.extend(entries)
        for day in weeks(last):
            with (
                time_machine.travel(f"{day} 12:00Z", tick=False),
                django_capture_on_commit_callbacks(execute=True),
            ):
                night()
                for one in people:
                    keep_up(one)

    return walk


def announced(actor: Actor, year: int, percent: str) -> AuditRun:
    """A year asked for, to be shown within six weeks."""
    plan = Plan(year=year, percent=Decimal(percent), ends_on=date(year, 12, 31))
    run = actions.freeze_population(actor=actor, register=registers.a_register(), plan=plan)
    actions.draw_sample(actor=actor, run=run, seed="made-up seed")
    actions.announce_run(actor=actor, run=run, due_on=timezone.localdate() + timedelta(days=42))
    return run


def state(entry: Entry) -> tuple[str, str]:
    """Of the newest case, and of the award."""
    case = AuditCase.objects.filter(entry=entry).latest("pk")
    return case.state, Award.objects.get(pk=entry.award_id).state


def waits_at_desk(user: Any) -> dict[str, str]:
    here = desk_of(user, "registered-technician")
    assert here
    (queue,) = [one for one in queues if one.key == "cpd"]
    return {one.title.split()[0]: one.what for one in queue.waiting(Reader(here))}


def test_silence_ends_with_removal_and_an_answer_is_taken_at_every_step(until: Any) -> None:
    chief = registers.a_registrar("chief@council.example")
    registrar, reader = Actor.of(chief), Actor.of(registers.an_assessor())
    people = [a_registrant(name, since=date(2026, 5, 1)) for name in ("shows", "silent", "late")]
    # They have been on it for longer than the year that is asked for.
    Entry.objects.update(admitted_on=date(2024, 5, 1))
    shows, silent, late = people
    decides = Actor.of(registers.a_ratifier(silent.body))
    for entry in (shows, late):
        a_full_year(entry, 2026)
        a_full_year(entry, 2027)

    def on(day: date) -> Any:
        """The morning of a day, once all before it has gone by."""
        until(day, *(() if day > date(2027, 1, 11) else people))
        return time_machine.travel(f"{day} 13:00Z", tick=False)

    def case(entry: Entry) -> AuditCase:
        return AuditCase.objects.filter(entry=entry).latest("pk")

    def letters(entry: Entry) -> list[str]:
        return list(case(entry).letters.values_list("kind", flat=True))

    # The first year: all three are drawn, two say nothing.
    with on(date(2027, 1, 11)):
        first = announced(registrar, 2026, "100")
    assert (first.size, first.cases.filter(is_certain=True).count()) == (3, 0)
    with on(date(2027, 2, 1)):
        shown(case(shows))
        actions.accept_year(actor=reader, case=case(shows), verdicts=MET)
    until(date(2027, 3, 8))  # asked for by 22 February, and a week more
    assert [state(one) for one in people] == [
        ("accepted", "active"),
        ("silent", "active"),
        ("silent", "active"),
    ]
    assert letters(silent) == ["notified", "two-weeks", "three-days", "day-after", "silent"]

    # The second: both are drawn for certain beside the one of a hundredth; silence goes on.
    with on(date(2028, 1, 10)):
        second = announced(registrar, 2027, "0.01")
    certain = second.cases.filter(is_certain=True).values_list("entry", flat=True)
    assert set(certain) == {silent.pk, late.pk}
    assert second.cases.count() == 3
    with on(date(2028, 1, 31)):
        shown(case(shows))
        actions.accept_year(actor=reader, case=case(shows), verdicts=MET)
    with on(date(2028, 3, 6)):
        assert [state(one) for one in (silent, late)] == [("committee", "active")] * 2
        assert set(waits_at_desk(chief)) == {silent.award.number, late.award.number}
        actions.give_last_chance(
            actor=decides, case=case(silent), due_on=date(2028, 4, 3), words="Please."
        )
        actions.suspend_for_cpd(
            actor=decides, case=case(late), due_on=date(2028, 9, 30), words="Two years."
        )
    with on(date(2028, 4, 17)):
        assert state(silent) == ("committee", "active")
        assert state(late) == ("suspended", "suspended-cpd")
        actions.suspend_for_cpd(
            actor=decides, case=case(silent), due_on=date(2028, 5, 15), words="Two years."
        )
    with on(date(2028, 5, 15)), pytest.raises(Refused):
        actions.remove_for_cpd(actor=decides, case=case(silent), words="Gone.")
    # Nothing happens by itself: it stands at the desk until a person decides.
    with on(date(2028, 6, 5)):
        assert state(silent) == ("suspended", "suspended-cpd")
        assert "the committee decides" in waits_at_desk(chief)[silent.award.number]
        actions.remove_for_cpd(actor=decides, case=case(silent), words="Gone.")
    assert state(silent) == ("removed", "removed-cpd")
    assert letters(silent) == [
        "notified", "two-weeks", "three-days", "day-after", "committee", "last-chance",
        "two-weeks", "three-days", "day-after", "committee", "suspended", "two-weeks",
        "three-days", "removed",
    ]  # fmt: skip

    # An answer is taken while suspended, months after the year on the register was over.
    with on(date(2028, 9, 4)):
        shown(case(late))
        actions.accept_year(actor=reader, case=case(late), verdicts=MET)
        assert "to be lifted" in waits_at_desk(chief)[late.award.number]
        actions.lift_suspension(actor=decides, case=case(late))
    until(date(2028, 12, 31))
    assert state(late) == ("accepted", "active")
    assert Award.objects.get(pk=late.award_id).period_end == date(2029, 4, 30)
    assert state(shows) == ("accepted", "active")
    with on(date(2029, 1, 8)):
        third = announced(registrar, 2028, "100")
    assert set(third.cases.values_list("entry", flat=True)) == {shows.pk, late.pk}
    removed = OutgoingMail.objects.filter(name="recognition/audit_removed")
    assert [one.to for one in removed] == [["silent@work.example"]]
