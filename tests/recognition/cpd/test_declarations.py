"""Yearly declarations: which year is open, said once, asked for before and after, counted."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from benchside.accounts.models import User
from benchside.assessment.actions import move_award
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.models.audit import AuditEvent
from benchside.core.models.mail import OutgoingMail
from benchside.organisations.enums import Kind
from benchside.organisations.models import Employment
from benchside.people.cpd.rule import Activity, judge
from benchside.recognition.cpd import declaring, exports, tasks
from benchside.recognition.cpd.actions import Said, correct_declaration, declare_year
from benchside.recognition.cpd.measures import on_time
from benchside.recognition.cpd.queries import declarations, declared, next_things
from benchside.recognition.cpd.year import plain_rule, seen, standards_of
from benchside.recognition.models import AnnualDeclaration, EarlierDeclaration
from benchside.recognition.registers.shapes import CpdRule
from tests.factories import registers
from tests.factories.audits import a_registrant, a_run, own
from tests.factories.organisations import an_organisation
from tests.factories.people import sign_in

YES = Said(is_kept=True, is_conduct_kept=True)


# --- which year, which letter: by hand -----------------------------------------------------------
@pytest.mark.parametrize(
    ("on", "since", "declared_before", "open_now"),
    [
        (date(2026, 10, 1), date(2020, 1, 1), {2024, 2025}, ()),
        (date(2026, 10, 2), date(2020, 1, 1), {2024, 2025}, (2026,)),  # 90 days before 31 December
        (date(2026, 10, 2), date(2020, 1, 1), set(), (2025, 2026)),
        (date(2027, 1, 5), date(2020, 1, 1), {2025, 2026}, ()),
        (date(2027, 1, 5), date(2027, 1, 2), set(), ()),  # came after the day: owes nothing
        (date(2027, 1, 5), date(2026, 12, 31), set(), (2026,)),
    ],
)
def test_the_year_that_is_open(
    on: date, since: date, declared_before: set[int], open_now: tuple[int, ...]
) -> None:
    found = declaring.open_years(on, "12-31", since=since, declared=declared_before)
    assert found == open_now


@pytest.mark.parametrize(
    ("on", "letter"),
    [
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), 60),
        (date(2026, 12, 1), 30),
        (date(2026, 12, 24), 7),
        (date(2027, 1, 6), 7),
        (date(2027, 1, 7), -7),
        (date(2027, 1, 30), -30),
        (date(2027, 3, 1), -60),
    ],
)
def test_the_letter_that_is_due(on: date, letter: int | None) -> None:
    assert declaring.letter_due(on, date(2026, 12, 31)) == letter


@given(on=st.dates(date(2001, 1, 1), date(2090, 1, 1)))
def test_the_day_that_was_last_is_over_and_the_next_is_not(on: date) -> None:
    year, due = declaring.last_due(on, "02-29")
    assert due < on <= declaring.due_on(year + 1, "02-29")


# --- declaring ----------------------------------------------------------------------------------
@pytest.fixture
def in_november() -> Any:
    with time_machine.travel("2026-11-20 12:00Z", tick=False):
        yield


@pytest.mark.django_db
def test_said_once_by_themselves(in_november: None) -> None:
    entry = a_registrant()
    for actor in (Actor.of(registers.a_registrar()), SYSTEM, own(a_registrant("other"))):
        with pytest.raises(Denied):
            declare_year(actor=actor, entry=entry, year=2026, said=YES)
    assert not declared(entry, 2026)
    assert [one.title for one in next_things(entry, date(2026, 11, 20))] == [
        "Declare your CPD of 2026"
    ]
    made = declare_year(actor=own(entry), entry=entry, year=2026, said=YES)
    assert (made.is_late, made.due_on, declared(entry, 2026)) == (False, date(2026, 12, 31), True)
    for year in (2026, 2025, 2028):  # said; before the rule held; not open
        with pytest.raises(Refused, match="not open"):
            declare_year(actor=own(entry), entry=entry, year=year, said=YES)
    assert next_things(entry, date(2026, 11, 20)) == []


@pytest.mark.django_db
def test_a_no_says_why_and_who_is_off_the_register_declares_nothing(in_november: None) -> None:
    entry = a_registrant()
    no = Said(is_kept=False, is_conduct_kept=True)
    with pytest.raises(Refused, match="Say what happened"):
        declare_year(actor=own(entry), entry=entry, year=2026, said=no)
    move_award(actor=SYSTEM, award=entry.award, verb="resign")
    with pytest.raises(Refused, match="not on the register"):
        declare_year(actor=own(entry), entry=entry, year=2026, said=YES)


@pytest.mark.django_db
def test_letters_go_out_until_it_is_said_each_once() -> None:
    entry, away = a_registrant(), a_registrant("away")
    move_award(actor=SYSTEM, award=away.award, verb="begin-break", reason="Caring")
    a_registrant("new", since=date(2027, 1, 1))
    sent = []
    for day in ("2026-10-31", "2026-11-01", "2026-11-02", "2026-12-24", "2027-01-07"):
        with time_machine.travel(f"{day} 12:00Z", tick=False):
            tasks.ask_for_declarations.func()
            tasks.ask_for_declarations.func()
            sent.append(OutgoingMail.objects.count())
    assert sent == [0, 1, 1, 2, 3]
    assert {one.to[0] for one in OutgoingMail.objects.all()} == {"rita@work.example"}
    with time_machine.travel("2027-02-01 12:00Z", tick=False):
        assert declare_year(actor=own(entry), entry=entry, year=2026, said=YES).is_late
        tasks.ask_for_declarations.func()
    assert OutgoingMail.objects.count() == 3


@pytest.mark.django_db
def test_the_registrars_list_and_the_measure() -> None:
    place = an_organisation("works", kind=Kind.EMPLOYER)
    people = [a_registrant(name) for name in ("anna", "ben", "carl")]
    for entry in people:
        assert entry.award.technician
        Employment.objects.create(organisation=place, technician=entry.award.technician)
    with time_machine.travel("2026-11-20 12:00Z", tick=False):
        declare_year(actor=own(people[0]), entry=people[0], year=2026, said=YES)
    with time_machine.travel("2027-01-20 12:00Z", tick=False):
        no = Said(is_kept=False, is_conduct_kept=True, words="Ill.")
        declare_year(actor=own(people[1]), entry=people[1], year=2026, said=no)
        found = on_time(place.pk, date(2027, 1, 20))
        assert found
        assert (found.value, found.people) == (1, 3)
        assert on_time(place.pk, date(2026, 12, 1)) is None
        register = registers.a_register()

        def listed(**how: str) -> list[str]:
            return [one.membership for one in declarations(register, 2026, **how)]

        assert listed() == ["anna", "ben", "carl"]
        assert listed(what="missing") == ["carl"]
        assert listed(what="made", sort="-made") == ["ben", "anna"]
        assert listed(what="late") == listed(what="no") == ["ben"]
        assert listed(words=people[2].award.number) == ["carl"]
        assert [one.pk for one in declarations(register, 2025)]


# --- a register that counts points ---------------------------------------------------------------
def test_a_rule_of_points_works_by_data_alone() -> None:
    """50 points a year, at most 20 of formal learning: of 60 points 40 count: too few."""
    rule = CpdRule.model_validate(
        {
            "from": date(2026, 1, 1),
            "categories_at_least": 1,
            "categories_by_exception": 1,
            "points_a_year": 50,
            "caps": {"formal": 20},
        }
    )
    assert [str(one) for one in standards_of(rule)] == [
        "record", "mix", "practice", "users", "points",
    ]  # fmt: skip
    words = "It changed how I work."

    def year(formal: int, work: int) -> dict[str, bool]:
        did = [
            Activity(
                category=kind,
                ends=date(2026, 5, 1),
                learned=words,
                helped_me=words,
                helped_users=words,
                points=Decimal(points),
            )
            for kind, points in (("formal", formal), ("work", work))
        ]
        standing = judge(did, plain_rule(rule, 12), date(2026, 12, 31))
        return {str(one.key): one.is_met for one in seen(standing, rule)}

    assert not year(40, 20)["points"]
    assert year(20, 30)["points"]


def test_nothing_of_points_is_read_where_none_are_counted() -> None:
    rule = CpdRule.model_validate({"from": date(2026, 1, 1)})
    assert len(standards_of(rule)) == 4


# --- correcting ---------------------------------------------------------------------------------
NO = Said(is_kept=False, is_conduct_kept=True, had_break=True, words="I was ill from May on.")


@pytest.mark.parametrize(
    ("made_on", "days", "last"),
    [
        (date(2026, 11, 20), 30, date(2027, 1, 30)),  # 31 December and 30 days
        (date(2027, 2, 1), 30, date(2027, 3, 3)),  # made late: from that day on
        (date(2027, 2, 1), 0, None),
    ],
)
def test_until_when_a_declaration_can_be_corrected(
    made_on: date, days: int, last: date | None
) -> None:
    assert declaring.correct_until(date(2026, 12, 31), made_on, days) == last


def declared_in_november(name: str = "rita") -> AnnualDeclaration:
    entry = a_registrant(name)
    with time_machine.travel("2026-11-20 12:00Z", tick=False):
        return declare_year(actor=own(entry), entry=entry, year=2026, said=YES)


@pytest.mark.django_db
def test_a_correction_keeps_what_was_said_and_when_and_is_no_later_for_it() -> None:
    made = declared_in_november()
    mine = own(made.entry)
    with time_machine.travel("2027-01-20 12:00Z", tick=False):
        for actor in (Actor.of(registers.a_registrar()), SYSTEM, own(a_registrant("other"))):
            with pytest.raises(Denied):
                correct_declaration(actor=actor, declaration=made, said=NO)
        with pytest.raises(Refused, match="what you said before"):
            correct_declaration(actor=mine, declaration=made, said=YES)
        correct_declaration(actor=mine, declaration=made, said=NO)
    with time_machine.travel("2027-01-30 12:00Z", tick=False):
        correct_declaration(actor=mine, declaration=made, said=YES)
    assert (made.is_kept, made.words, made.is_late) == (True, "", False)
    told = [(one.is_kept, one.words, timezone.localdate(one.said_at)) for one in made.earlier.all()]
    assert told == [
        (False, "I was ill from May on.", date(2027, 1, 20)),
        (True, "", date(2026, 11, 20)),
    ]
    verbs = AuditEvent.objects.about(made).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["cpd.declare", "cpd.correct", "cpd.correct"]
    assert [one.pk for one in declarations(made.entry.register, 2026, what="corrected")] == [
        made.entry.pk
    ]


@pytest.mark.django_db
def test_no_correction_once_its_days_are_over_or_by_a_rule_that_gives_none() -> None:
    made = declared_in_november()
    with (
        time_machine.travel("2027-01-31 12:00Z", tick=False),
        pytest.raises(Refused, match="days to correct 2026 are over"),
    ):
        correct_declaration(actor=own(made.entry), declaration=made, said=NO)
    register = made.entry.register
    rule = {**register.content["cpd"][0], "correct_days": 60}
    register.content = {**register.content, "cpd": [rule]}
    register.save(update_fields=["content"])
    with time_machine.travel("2027-03-01 12:00Z", tick=False):
        correct_declaration(actor=own(made.entry), declaration=made, said=NO)
    rule["correct_days"] = 0
    register.save(update_fields=["content"])
    with (
        time_machine.travel("2027-01-05 12:00Z", tick=False),
        pytest.raises(Refused, match="over"),
    ):
        correct_declaration(actor=own(made.entry), declaration=made, said=YES)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "is_open"),
    [("selected", True), ("notified", True), ("silent", True), ("accepted", False)],
)
def test_nothing_is_corrected_while_an_audit_of_that_year_is_open(
    state: str, is_open: bool
) -> None:
    made = declared_in_november()
    with time_machine.travel("2027-01-11 12:00Z", tick=False):
        a_run(announced=False).cases.update(state=state)
        if is_open:
            with pytest.raises(Refused, match="being looked at"):
                correct_declaration(actor=own(made.entry), declaration=made, said=NO)
            assert not made.earlier.exists()
        else:
            correct_declaration(actor=own(made.entry), declaration=made, said=NO)


@pytest.mark.django_db
def test_what_was_said_before_is_theirs_to_take_and_to_have_forgotten() -> None:
    made = declared_in_november()
    mine = own(made.entry)
    with time_machine.travel("2027-01-20 12:00Z", tick=False):
        correct_declaration(actor=mine, declaration=made, said=NO)
        correct_declaration(actor=mine, declaration=made, said=YES)
    assert mine.person_id
    (told,) = exports.held(mine.person_id)["declarations"]
    assert [one["words"] for one in told["said before"]] == ["I was ill from May on.", ""]
    exports.forget(mine.person_id)
    assert not EarlierDeclaration.objects.filter(words__contains="ill").exists()


@pytest.mark.django_db
def test_a_correction_on_the_page_and_in_the_registrars_list() -> None:
    made = declared_in_november()
    number = made.entry.award.number
    me = User.objects.get(technician=made.entry.award.technician)
    page, form = f"/my/registrations/{number}/declare/", {"is_kept": "no", "is_conduct_kept": "yes"}
    with time_machine.travel("2027-01-20 12:00Z", tick=False):
        mine = sign_in(Client(), me)
        assert "Correct 2026</a> until 30 January 2027" in mine.get(page).content.decode()
        filled = mine.get(f"{page}2026/").content.decode()
        assert 'value="yes"' in filled
        assert "checked" in filled
        answer = mine.post(f"{page}2026/", form | {"words": ""})
        assert answer.status_code == 422
        typed = mine.post(f"{page}2026/", {"is_kept": "no", "words": "Typed with care"})
        assert "Typed with care" in typed.content.decode()
        assert mine.post(f"{page}2026/", form | {"words": "Ill."}).status_code == 302
        assert "corrected on 20 January 2027" in mine.get(page).content.decode()
        assert mine.get(f"{page}2025/").status_code == 404
        desk = sign_in(Client(), registers.a_registrar("chief@council.example"))
        listed = "/registry/registered-technician/cpd/declarations"
        shown = desk.get(f"{listed}/?year=2026&what=corrected").content.decode()
        assert "corrected 20 Jan 2027" in shown
        assert "20 Nov 2026: CPD kept, code of conduct kept." in " ".join(shown.split())
        table = desk.get(f"{listed}.csv?year=2026&what=corrected").content.decode()
        assert '2027-01-20,"2026-11-20: CPD yes, code yes."' in table
    with time_machine.travel("2027-02-20 12:00Z", tick=False):
        sign_in(mine, me)
        assert "Correct 2026" not in mine.get(page).content.decode()
        assert "cannot be corrected now" in mine.get(f"{page}2026/").content.decode()


@pytest.mark.django_db
def test_whoever_is_on_two_registers_is_one_technician() -> None:
    place = an_organisation("works", kind=Kind.EMPLOYER)
    first, second, other = a_registrant("anna"), a_registrant("ben"), a_registrant("carl")
    second.award.technician = first.award.technician
    second.award.save()
    for entry in (first, other):
        assert entry.award.technician
        Employment.objects.create(organisation=place, technician=entry.award.technician)
    with time_machine.travel("2026-11-20 12:00Z", tick=False):
        declare_year(actor=own(first), entry=first, year=2026, said=YES)
        declare_year(actor=own(other), entry=other, year=2026, said=YES)
    with time_machine.travel("2027-01-20 12:00Z", tick=False):
        found = on_time(place.pk, date(2027, 1, 20))
        assert found
        assert (found.value, found.people) == (1, 2)  # one of her two declarations is missing
        AnnualDeclaration.objects.filter(entry=first).update(entry=second)
    with time_machine.travel("2026-11-20 12:00Z", tick=False):
        declare_year(actor=own(first), entry=first, year=2026, said=YES)
    with time_machine.travel("2027-01-20 12:00Z", tick=False):
        found = on_time(place.pk, date(2027, 1, 20))
        assert found
        assert (found.value, found.people) == (2, 2)


@pytest.mark.django_db
def test_nobody_on_a_career_break_is_listed_as_not_declared() -> None:
    with time_machine.travel("2027-01-20 12:00Z", tick=False):
        away, here = a_registrant("away"), a_registrant("here")
        move_award(actor=SYSTEM, award=away.award, verb="begin-break", reason="Caring")
        found = declarations(registers.a_register(), 2026, what="missing")
        assert [one.pk for one in found] == [here.pk]
