"""Runs: who can be drawn, fixed before there is a seed, drawn once, and told each once."""

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from benchside.assessment.actions import move_award
from benchside.assessment.models import Award
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.models.mail import OutgoingMail
from benchside.core.states import NoSuchMove
from benchside.people.models import Technician
from benchside.recognition.cpd import actions, clock, letters, sampling, tasks
from benchside.recognition.cpd.actions import Plan
from benchside.recognition.cpd.population import population_of
from benchside.recognition.models import AuditCase, AuditLetter, AuditRun, Entry, Register
from tests.factories import registers
from tests.factories.audits import PLAN, a_registrant, a_run

pytestmark = pytest.mark.django_db
NOW = "2027-01-11 12:00:00+00:00"


@pytest.fixture(autouse=True)
def in_january() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def registrar() -> Actor:
    return Actor.of(registers.a_registrar("chief@council.example"))


def drawable(register: Register, *strata: str) -> dict[str, tuple[str, bool]]:
    rule = register.rules.cpd_on(date(2027, 1, 11))
    assert rule
    found = population_of(
        register, rule, on=date(2027, 1, 11), since=date(2026, 1, 1), strata=strata
    )
    return {one.number: (one.stratum, one.is_certain) for one in found.members}


# --- who can be drawn ---------------------------------------------------------------------------
def test_who_is_away_or_gone_or_in_an_audit_is_left_out_and_who_was_silent_is_certain() -> None:
    stays, away, gone, busy, silent = (
        a_registrant(name) for name in ("stays", "away", "gone", "busy", "silent")
    )
    move_award(actor=SYSTEM, award=gone.award, verb="resign")
    run = a_run()
    AuditCase.objects.filter(entry=stays).update(state="accepted")
    AuditCase.objects.filter(entry=away).update(state="accepted")
    AuditCase.objects.filter(entry=silent).update(state="silent")
    move_award(actor=SYSTEM, award=away.award, verb="begin-break", reason="Caring")
    assert not run.cases.filter(entry=gone).exists()
    found = drawable(run.register)
    assert found == {stays.award.number: ("all", False), silent.award.number: ("all", True)}
    rule = run.register.rules.cpd_on(date(2027, 1, 11))
    assert rule
    left = population_of(
        run.register, rule, on=date(2027, 1, 11), since=date(2026, 1, 1), strata=()
    ).left_out
    assert left == {"on a break": 1, "in an audit already": 1}
    assert busy.award.number not in found


def test_who_is_too_new_or_cannot_be_told_is_left_out() -> None:
    """Nobody can show CPD of a time before they were registered; and silence is held against
    people, so nobody is asked whom no letter reaches."""
    a_registrant("stays", since=date(2026, 1, 1))
    a_registrant("new", since=date(2026, 1, 2))
    registers.an_entry("No Address", since=date(2020, 1, 1))
    told = registers.an_entry("At Work", since=date(2020, 1, 1))
    Technician.objects.filter(pk=told.award.technician_id).update(work_email="at@work.example")
    register = registers.a_register()
    rule = register.rules.cpd_on(date(2027, 1, 11))
    assert rule
    since = date(2026, 1, 1)
    found = population_of(register, rule, on=date(2027, 1, 11), since=since, strata=())
    assert len(found.members) == 2
    assert found.left_out == {
        "not on the register for all of that time": 1,
        "without an address for letters": 1,
    }


def test_a_plan_that_would_be_refused_is_refused_before_it_shows_sizes() -> None:
    a_registrant("stays")
    run = a_run()
    with pytest.raises(Refused, match="audit of 2026 already"):
        actions.preview(run.register, PLAN)
    with pytest.raises(Refused, match="too far off"):
        actions.preview(run.register, replace(PLAN, year=2099, ends_on=date(2099, 12, 31)))


def test_a_suspension_that_others_lifted_keeps_nobody_out_of_the_next_run() -> None:
    """The case stays as it was, and they stand again: they are drawn for certain."""
    lifted = a_registrant("lifted")
    a_run()
    AuditCase.objects.filter(entry=lifted).update(state="suspended")
    register = registers.a_register()
    assert drawable(register) == {lifted.award.number: ("all", True)}
    Award.objects.filter(pk=lifted.award_id).update(state="suspended-cpd")
    assert drawable(register) == {}


def test_strata_are_body_route_and_years_and_no_name_breaks_a_line() -> None:
    body = registers.a_body("odd-body")
    body.name = "Odd\tBody\nInc"
    body.save(update_fields=["name"])
    a_registrant("young", since=date(2025, 6, 1), body=body)
    a_registrant("middle", since=date(2023, 1, 1))
    a_registrant("old", since=date(2018, 1, 1))
    found = drawable(registers.a_register(), "body", "route", "years")
    assert [stratum for stratum, _ in found.values()] == [
        "Odd Body Inc · route not known · under 2 years",
        "Made Up Institute · route not known · 2 to 5 years",
        "Made Up Institute · route not known · 5 years and more",
    ]


def test_nobody_forgotten_is_drawn() -> None:
    entry = a_registrant()
    technician = entry.award.technician
    assert technician
    technician.name = technician.work_email = ""
    technician.account = technician.claimed_at = None
    technician.erased_at = technician.created_at
    technician.save()
    assert drawable(entry.register) == {}


# --- fixing and drawing -------------------------------------------------------------------------
def test_the_population_is_fixed_before_the_seed_and_anybody_draws_the_same() -> None:
    for number in range(12):
        a_registrant(f"p{number}")
    plan = Plan(year=2026, percent=Decimal(25), ends_on=date(2026, 12, 31))
    actor, register = registrar(), registers.a_register()
    run = actions.freeze_population(actor=actor, register=register, plan=plan)
    assert (run.seed, run.size, run.begins_on) == ("", 12, date(2026, 1, 1))
    assert run.digest == hashlib.sha256(run.population.encode()).hexdigest()
    a_registrant("late")  # came after: cannot be drawn
    assert actions.draw_sample(actor=actor, run=run) == 3
    assert len(run.seed) == 64
    assert not run.is_seed_given
    mine = sorted(run.cases.values_list("entry__award__number", flat=True))
    assert mine == [one.number for one in actions.sample_of(run)]
    assert len(mine) == 3


def test_a_run_is_drawn_once_and_given_up_only_before() -> None:
    a_registrant()
    actor, run = registrar(), a_run(announced=False)
    for again in (actions.draw_sample, actions.abandon_run):
        with pytest.raises(NoSuchMove):
            again(actor=actor, run=run)
    assert run.seed == "made-up seed"
    assert run.is_seed_given
    with pytest.raises(Refused, match="an audit of 2026 already"):
        actions.freeze_population(actor=actor, register=run.register, plan=PLAN)


def test_two_runs_of_a_year_cannot_be_even_behind_our_back() -> None:
    a_registrant()
    run = a_run(announced=False)
    run.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        run.save(force_insert=True)


def test_after_giving_one_up_another_can_be_made() -> None:
    a_registrant()
    actor, register = registrar(), registers.a_register()
    first = actions.freeze_population(actor=actor, register=register, plan=PLAN)
    actions.abandon_run(actor=actor, run=first)
    actions.freeze_population(actor=actor, register=register, plan=PLAN)
    assert AuditRun.objects.count() == 2


def test_a_population_that_was_changed_is_not_drawn_from() -> None:
    a_registrant()
    actor, register = registrar(), registers.a_register()
    run = actions.freeze_population(actor=actor, register=register, plan=PLAN)
    run.population = sampling.canonical([sampling.Member("RT-999999")]).decode()
    with pytest.raises(Refused, match="not the one that was fixed"):
        actions.draw_sample(actor=actor, run=run)
    with pytest.raises(Refused, match="one line"):
        actions.draw_sample(actor=actor, run=run, seed="two\nlines")


def test_only_a_registrar_makes_one_and_only_where_there_is_a_rule() -> None:
    entry = a_registrant()
    others = (registers.an_assessor(), registers.a_ratifier())
    for user in others:
        with pytest.raises(Denied):
            actions.freeze_population(actor=Actor.of(user), register=entry.register, plan=PLAN)
    entry.register.content |= {"cpd": []}
    with pytest.raises(Refused, match="no rule"):
        actions.freeze_population(actor=registrar(), register=entry.register, plan=PLAN)


def test_nobody_to_ask_is_said() -> None:
    with pytest.raises(Refused, match="nobody on the register"):
        actions.freeze_population(actor=registrar(), register=registers.a_register(), plan=PLAN)


# --- telling ------------------------------------------------------------------------------------
def test_a_day_that_is_too_near_is_refused() -> None:
    a_registrant()
    actor, run = registrar(), a_run(announced=False)
    with pytest.raises(Refused, match="too near"):
        actions.announce_run(actor=actor, run=run, due_on=date(2027, 1, 24))
    run.refresh_from_db()
    assert run.state == "drawn"


def test_a_worker_killed_in_the_middle_of_400_letters_sends_each_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Killed after the 150th letter and once more in the middle of the one after."""
    first = a_registrant("first")
    technician, body = first.award.technician, first.body
    assert technician
    version, register = first.award.version, first.register
    many(400 - 1, version, register, body)
    run = a_run(announced=False)
    actions.announce_run(actor=registrar(), run=run, due_on=date(2027, 3, 1))
    real, times = letters.send_once, {"left": 150}

    def killed(case: AuditCase, kind: Any) -> bool:
        if not times["left"]:
            raise KeyboardInterrupt
        times["left"] -= 1
        return real(case, kind)

    monkeypatch.setattr(clock.letters, "send_once", killed)
    with pytest.raises(KeyboardInterrupt):
        tasks.send_notices.func(run.pk)
    assert OutgoingMail.objects.count() == 150 == AuditLetter.objects.count()
    assert run.cases.filter(state="selected").count() == 250
    monkeypatch.setattr(clock.letters, "send_once", real)
    for _ in range(2):
        tasks.send_notices.func(run.pk)
    assert run.cases.filter(state="notified", due_on=date(2027, 3, 1)).count() == 400
    addressed = [tuple(one.to) for one in OutgoingMail.objects.all()]
    assert len(addressed) == len(set(addressed)) == 400


def many(number: int, version: Any, register: Register, body: Any) -> None:
    """Entries in bulk, with addresses."""
    people = Technician.objects.bulk_create(
        Technician(name=f"Person {one}", work_email=f"p{one}@work.example") for one in range(number)
    )
    awards = Award.objects.bulk_create(
        Award(
            number=f"RT-9{index:05d}",
            version=version,
            holder="person",
            technician=one,
            state="active",
            period_start=date(2026, 1, 1),
            period_end=date(2027, 12, 31),
        )
        for index, one in enumerate(people)
    )
    Entry.objects.bulk_create(
        Entry(
            award=one, register=register, body=body, name=one.number, admitted_on=date(2026, 1, 1)
        )
        for one in awards
    )


def test_whom_no_letter_reaches_any_more_is_not_asked_until_one_does() -> None:
    """Their work had listed them when the sample was drawn, and does not when it is announced."""
    entry = registers.an_entry("Moved On", since=date(2024, 1, 1))
    technician = Technician.objects.filter(pk=entry.award.technician_id)
    technician.update(work_email="moved@work.example")
    run = a_run(announced=False)
    technician.update(work_email="")
    actions.announce_run(actor=registrar(), run=run, due_on=date(2027, 3, 1))
    tasks.send_notices.func(run.pk)
    case = run.cases.get()
    assert (case.state, case.due_on, case.letters.count()) == ("selected", None, 0)
    technician.update(work_email="found@work.example")
    clock.walk(case.pk, date(2027, 1, 12))
    case.refresh_from_db()
    assert case.state == "notified"
    assert OutgoingMail.objects.get().to == ["found@work.example"]


def test_a_run_that_is_not_announced_tells_nobody() -> None:
    a_registrant()
    run = a_run(announced=False)
    tasks.look_after_audits.func()
    tasks.send_notices.func(run.pk)
    assert set(run.cases.values_list("state", flat=True)) == {"selected"}
