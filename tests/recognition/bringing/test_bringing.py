"""A register brought in with its numbers and history, and taken back."""

from datetime import date
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import queries as engine
from benchside.assessment.actions import grant_award, move_award
from benchside.assessment.actions.awards import Given
from benchside.assessment.awarding import queries as awarding
from benchside.assessment.models import Award, AwardNumbers
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.models import ImportedValue
from benchside.people.models import Technician
from benchside.recognition.bringing import actions, carrying
from benchside.recognition.bringing.writing import TAKEN_BACK
from benchside.recognition.entries import seals
from benchside.recognition.models import BroughtList, Entry, Fee, FormerName, FormerNumber, Register
from tests.factories.applications import a_claimed
from tests.factories.people import person
from tests.factories.registers import STANDARD, an_entry
from tests.recognition.bringing.lists import HEADER, ROWS, a_list, csv, entry

pytestmark = pytest.mark.django_db


def read(register: Register, reg: User, data: bytes) -> BroughtList:
    return a_list(register, reg, data)


def bring(register: Register, reg: User, data: bytes, *said: str) -> BroughtList:
    one = read(register, reg, data)
    assert one.run is not None, one.problem
    assert not one.run.problems
    if said:
        actions.say_who_is_one(actor=Actor.of(reg), one=one, answers=said)
    carrying.bring_in(actor=Actor.of(reg), one=one)
    one.refresh_from_db()
    return one


def test_numbers_names_states_and_history_come_with_them(register: Register, reg: User) -> None:
    one = bring(register, reg, csv())
    assert one.filename == "old.csv"
    assert not one.file
    brien = Entry.objects.get(award__number="RT-000041")
    assert brien.name == "Siobhán O’Brien"
    names = FormerName.objects.filter(entry=brien).order_by("pk")
    assert list(names.values_list("name", flat=True)) == ["Siobhán Murphy", "S. Murphy"]
    assert brien.admitted_on == date(2019, 3, 1)
    assert brien.award.period_end == date(2099, 2, 28)
    assert brien.award.technician is not None
    rob = Award.objects.get(number="RT-000043")
    told = [(each.effective_on.isoformat(), each.verb, each.source, each.target, each.reason)
            for each in rob.events.all()]  # fmt: skip
    assert told == [
        ("2017-01-10", "grant", "", "active", ""),
        ("2019-01-10", "bring", "active", "lapsed", "Did not renew"),
        ("2020-02-01", "reinstate", "lapsed", "active", "Reinstated"),
    ]
    today = timezone.localdate()
    for each in rob.events.all():
        assert timezone.localdate(each.recorded_at) == today
        assert each.actor == reg.person_id
        assert each.detail["brought"] == f"list {one.pk}"
    assert [sorted(each.detail) for each in rob.events.all()] == [
        ["brought"], ["brought"], ["brought", "period"],
    ]  # fmt: skip
    assert not [fault for each in Award.objects.all() for fault in engine.faults_of(each)]
    tess = Award.objects.get(number="0042")
    assert tess.state == "lapsed"
    assert [each.effective_on for each in tess.events.all()] == [
        date(2018, 6, 5), date(2021, 9, 2),
    ], "90 days after its end, as the file of the register has it"  # fmt: skip
    then = awarding.holders([STANDARD], on=date(2019, 6, 1)).values_list("number", flat=True)
    assert sorted(then) == ["0042", "RT-000041"], "the register as it was on that day"


@pytest.mark.parametrize("field", ["period_start", "period_end"])
def test_a_period_that_came_with_them_is_part_of_the_chain(
    register: Register, reg: User, field: str
) -> None:
    bring(register, reg, csv())
    assert list(seals.faults_of_register(register)) == []
    Award.objects.filter(number="RT-000041").update(**{field: date(2026, 2, 1)})
    said = [one.problem for one in seals.faults_of_register(register)]
    assert said == ["event 1 is not of the period that stands in the record"]


def test_new_numbers_are_counted_on_beyond_the_old_ones(register: Register, reg: User) -> None:
    bring(register, reg, csv(entry("RT-000041", "A"), entry("7.301", "B"), entry("X9-77", "C")))
    assert AwardNumbers.objects.get(standard=STANDARD).last == 41
    bring(register, reg, csv(entry("7302", "D")))
    version = awarding.version_in_force(STANDARD)
    assert version is not None
    given = Given(technician=Technician.objects.create(name="New"), starts_on=date(2026, 1, 1))
    assert grant_award(actor=SYSTEM, version=version, given=given).number == "RT-007303"


def test_a_number_in_use_and_one_that_stands_twice_are_refused(
    register: Register, reg: User
) -> None:
    an_entry("Somebody Else")
    rows = [entry("rt-1", "A"), entry("RT-000001", "B"), entry("RT-9", "C"), entry("rt9", "D")]
    one = read(register, reg, csv(*rows))
    assert one.run is not None
    said = [(each["row"], each["column"], each["value"]) for each in one.run.problems]
    assert said == [(3, "Number", "RT-000001"), (5, "Number", "rt9")]
    assert "Somebody Else’s here" in one.run.problems[0]["remedy"]
    with pytest.raises(Refused, match="2 rows are wrong"):
        actions.apply_list(actor=Actor.of(reg), one=one, then="/")
    assert Entry.objects.count() == 1


def test_who_is_here_already_is_left_as_they_are(register: Register, reg: User) -> None:
    bring(register, reg, csv())
    one = read(register, reg, csv(*ROWS, entry("RT-000044", "New Made-Up")))
    assert one.numbers == ["RT-000044"]
    assert one.notes == [
        "3 entries are on the register already, by number and name, and left as they are."
    ]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (entry("", "A"), "Number", "Give the number"),
        (entry("1", ""), "Name", "Give the name"),
        (entry("1", "A" * 121), "Name", "120 letters"),
        (entry("1" * 21, "A"), "Number", "20 letters"),
        (entry("1", "A", State="Sacked"), "State", "no such state. It has: Registered"),
        (entry("1", "A", Admitted=""), "Admitted", "Give the day"),
        (entry("1", "A", Admitted="01/01/1900"), "Admitted", "from 02/01/1901 to 31/12/2099."),
        (
            entry("1", "A", **{"Period until": "31/12/9999"}),
            "Period until", "from 02/01/1901 to 31/12/2099.",
        ),
        (
            entry("1", "A", **{"Date of change": "1/1/1900", "What changed": "Lapsed"}),
            "Date of change", "from 02/01/1901 to 31/12/2099.",
        ),
        (entry("1", "A", Admitted="31/02/2019"), "Admitted", "no such day"),
        (entry("1", "A", Admitted="01/01/2099"), "Admitted", "still to come"),
        (entry("1", "A", **{"Period until": ""}), "Period until", "until when"),
        (entry("1", "A", **{"Period until": "01/01/2019"}), "Period until", "before the day"),
        (entry("1", "A", **{"What changed": "Lapsed"}), "Date of change", "Give the day from"),
        (entry("1", "A", **{"Date of change": "01/01/2020"}), "What changed", "Say what"),
        (
            entry("1", "A", **{"Date of change": "01/01/2018", "What changed": "Lapsed"}),
            "Date of change", "They were admitted on 01/03/2019",
        ),
        (
            entry("1", "A", **{"Date of change": "01/01/2020", "What changed": "Lapsed"}),
            "State", "By their history they are: Lapsed.",
        ),
        (entry("1", "A", State="Suspended"), "State", "Add a row that says from which day"),
    ],
)  # fmt: skip
def test_every_bad_row_is_named(
    register: Register, reg: User, row: tuple[str, ...], column: str, words: str
) -> None:
    one = read(register, reg, csv(entry("RT-000050", "Good"), row))
    assert one.run is not None
    told = [(each["row"], each["column"]) for each in one.run.problems]
    assert (3, column) in told
    assert any(words in each["remedy"] for each in one.run.problems)


def test_only_a_day_that_stands_there_is_told_which_can_be_read(
    register: Register, reg: User
) -> None:
    rows = [entry("1", "A", Admitted=""), entry("2", "B", **{"Period until": "some day"})]
    one = read(register, reg, csv(*rows))
    assert one.run is not None
    empty, unread = one.run.problems
    assert empty["remedy"] == "Give the day they were admitted."
    assert "not a date we can read" in unread["remedy"], "and nothing besides"


def test_one_name_twice_at_one_body_is_asked_about(register: Register, reg: User) -> None:
    here = an_entry("Siobhan OBrien")
    rows = [entry("RT-000100", "Siobhán O'Brien"), entry("RT-000101", "Tess"),
            entry("RT-000102", "TESS", Admitted="01/02/2010")]  # fmt: skip
    one = read(register, reg, csv(*rows))
    assert [[each["number"] for each in group["members"]] for group in one.groups] == [
        [here.award.number, "RT-000100"], ["RT-000102", "RT-000101"],
    ]  # fmt: skip
    with pytest.raises(Refused, match="2 names stand there more than once"):
        actions.apply_list(actor=Actor.of(reg), one=one, then="/")
    actions.say_who_is_one(actor=Actor.of(reg), one=one, answers=["one", "several"])
    carrying.bring_in(actor=Actor.of(reg), one=one)
    who = dict(Award.objects.values_list("number", "technician"))
    assert "RT-000100" not in who, "one person has one entry"
    assert [one.number for one in here.former_numbers.all()] == ["RT-000100"]
    assert who["RT-000101"] != who["RT-000102"]
    actions.undo_list(actor=Actor.of(reg), one=one)
    here.award.refresh_from_db()
    assert here.award.technician is not None
    assert here.award.technician.name == "Siobhan OBrien", "who was here before stays"
    assert not FormerNumber.objects.exists()


def test_one_person_under_another_name_or_address_is_asked_about(
    register: Register, reg: User
) -> None:
    renamed = an_entry("Rita New")
    FormerName.objects.create(entry=renamed, name="Rita Old")
    with_mail = an_entry("Mia Here", technician=a_claimed("mia@work.example"))
    header = (*HEADER, "E-mail")
    rows = [
        (*entry("RT-000200", "Rita Óld"), ""),  # the former name of somebody here
        (*entry("RT-000201", "Ana Wed", **{"Former names": "Ana Born"}), "ana@work.example"),
        (*entry("RT-000202", "Ana Born"), ""),  # the former name of another row
        (*entry("RT-000203", "A. Wed"), "ANA@work.example"),  # the address of that row
        (*entry("RT-000204", "M. Here"), "Mia@work.example"),  # the address of somebody here
        (*entry("RT-000205", "Alone"), "alone@work.example"),
    ]
    one = read(register, reg, csv(*rows, header=header))
    assert [[each["number"] for each in group["members"]] for group in one.groups] == [
        [renamed.award.number, "RT-000200"],
        ["RT-000201", "RT-000202", "RT-000203"],
        [with_mail.award.number, "RT-000204"],
    ]
    actions.say_who_is_one(actor=Actor.of(reg), one=one, answers=["one", "one", "several"])
    carrying.bring_in(actor=Actor.of(reg), one=one)
    who = dict(Award.objects.values_list("number", "technician"))
    led = dict(FormerNumber.objects.values_list("number", "entry__award__number"))
    assert led == {
        "RT-000200": renamed.award.number, "RT-000202": "RT-000201", "RT-000203": "RT-000201",
    }  # fmt: skip
    assert not led.keys() & who.keys()
    assert who["RT-000204"] != with_mail.award.technician_id


def test_it_is_taken_back_as_a_whole_and_may_come_again(register: Register, reg: User) -> None:
    one = bring(register, reg, csv())
    actions.undo_list(actor=Actor.of(reg), one=one)
    assert not Entry.objects.exclude(hidden_basis=TAKEN_BACK).exists()
    assert not FormerName.objects.exists()
    assert not Technician.objects.exclude(name="").exists()
    assert not ImportedValue.objects.exists()
    assert not awarding.holders([STANDARD]).exists()
    assert not awarding.holders([STANDARD], on=date(2019, 6, 1)).exists(), "nor ever was"
    assert {each.events.last().verb for each in Award.objects.all()} == {"take-back"}
    again = bring(register, reg, csv(*ROWS[:1]))
    award = Award.objects.get(number="RT-000041")
    assert award.entry.name == "Siobhán O’Brien"
    assert award.entry.is_hidden is False
    assert [each.verb for each in award.events.all()] == ["grant", "take-back", "grant"]
    assert not [fault for each in Award.objects.all() for fault in engine.faults_of(each)]
    actions.undo_list(actor=Actor.of(reg), one=again)


def test_it_is_not_taken_back_once_something_happened(register: Register, reg: User) -> None:
    one = bring(register, reg, csv())
    award = Award.objects.get(number="RT-000041")
    move_award(actor=SYSTEM, award=award, verb="come-due", effective_on=timezone.localdate())
    with pytest.raises(Refused, match="RT-000041 was edited since"):
        actions.undo_list(actor=Actor.of(reg), one=one)
    assert Entry.objects.exclude(hidden_basis=TAKEN_BACK).count() == 3


def test_nor_when_a_fee_is_asked_or_the_person_signed_in(register: Register, reg: User) -> None:
    one = bring(register, reg, csv())
    fee = Fee.objects.create(entry=Entry.objects.first(), kind="year", amount=18)
    with pytest.raises(Refused, match="A fee was asked"):
        actions.undo_list(actor=Actor.of(reg), one=one)
    fee.delete()
    holder = Technician.objects.get(name="Rob Made-Up")
    holder.account, holder.claimed_at = person("rob@work.example"), timezone.now()
    holder.save()
    with pytest.raises(Refused, match="RT-000043 has signed in"):
        actions.undo_list(actor=Actor.of(reg), one=one)


def test_nobody_else_may(register: Register) -> None:
    actor = Actor.of(person("other@work.example"))
    with pytest.raises(Denied):
        actions.take_in_list(actor=actor, register=register, data=csv(), filename="a.csv")


def test_many_are_written_in_as_many_queries_as_few(register: Register, reg: User) -> None:
    """But for looking names up, which each entry does by itself."""
    counts = []
    # Once to remember what is remembered; SQLite writes some 80 rows at a time at most.
    for first, many in ((1000, 2), (2000, 6), (3000, 60)):
        rows = [entry(f"RT-{first + n:06d}", f"Person {n} of {first}") for n in range(many)]
        one = read(register, reg, csv(*rows))
        with (
            mock.patch("benchside.recognition.entries.names.index") as index,
            CaptureQueriesContext(connection) as queries,
        ):
            carrying.bring_in(actor=Actor.of(reg), one=one)
        assert index.call_count == many
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_the_older_number_may_stand_below_and_it_is_taken_back_all_the_same(
    register: Register, reg: User
) -> None:
    """Said to be two people first, taken back, and said to be one: the order is nobody's."""
    rows = csv(entry("RT-000101", "Tess"), entry("RT-000102", "Tess", Admitted="01/02/2010"))
    first = bring(register, reg, rows, "several")
    actions.undo_list(actor=Actor.of(reg), one=first)
    again = bring(register, reg, rows, "one")
    older = Entry.objects.get(award__number="RT-000102")
    assert [one.number for one in older.former_numbers.all()] == ["RT-000101"]
    actions.undo_list(actor=Actor.of(reg), one=again)
    assert not Entry.objects.exclude(hidden_basis=TAKEN_BACK).exists()
