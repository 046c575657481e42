"""One person has one entry on a register; their other numbers lead to it."""

import pytest
from django.test import Client

from benchside.accounts.models import User
from benchside.assessment.actions import grant_award
from benchside.assessment.actions.awards import Given
from benchside.assessment.awarding import queries as awarding
from benchside.assessment.models import Award
from benchside.core.actions import SYSTEM, Actor, Refused
from benchside.people.models import Technician
from benchside.recognition.bringing import actions, carrying
from benchside.recognition.entries import forgetting, seals
from benchside.recognition.models import BroughtList, Entry, FormerName, FormerNumber, Register
from tests.factories.people import sign_in
from tests.factories.registers import STANDARD, an_entry
from tests.recognition.bringing.lists import a_list, csv, entry

pytestmark = pytest.mark.django_db
HERE = "/registers/registered-technician/"
D_1 = entry("D-1", "Regina Made-Up", Admitted="01/03/2010",
            **{"Former names": "Regina Before"})  # fmt: skip


def bring(register: Register, reg: User, data: bytes, *said: str) -> BroughtList:
    one = a_list(register, reg, data)
    assert one.run is not None, one.problem
    assert len(one.groups) == len(said)
    actions.say_who_is_one(actor=Actor.of(reg), one=one, answers=said)
    carrying.bring_in(actor=Actor.of(reg), one=one)
    one.refresh_from_db()
    return one


@pytest.fixture
def regina(register: Register) -> Entry:
    return an_entry("Regina Made-Up")


def found(words: str) -> str:
    return Client().get(HERE, {"q": words}).content.decode()


def test_one_person_is_found_once_and_by_both_numbers(
    register: Register, reg: User, regina: Entry
) -> None:
    one = bring(register, reg, csv(D_1), "one")
    assert Award.objects.count() == Entry.objects.count() == 1, "no second entry, nor a badge of it"
    for words in ("Regina", "D-1", "d1", "RT-000001", "Regina Before"):
        page = found(words)
        assert "1 entry found" in page, words
        assert f"{HERE}RT-000001/" in page
    for number in ("RT-000001", "D-1"):
        assert (
            "Also known under the number D-1." in Client().get(f"{HERE}{number}/").content.decode()
        )
    desk = sign_in(Client(), reg)
    page = desk.get("/registry/registered-technician/entries/RT-000001/").content.decode()
    assert "D-1: Regina Made-Up. The list that was brought in says: registered from 1 March" in page
    searched = desk.get("/registry/registered-technician/entries/?q=D-1").content.decode()
    assert "RT-000001" in searched
    assert list(seals.faults_of_register(register)) == []
    # It is taken back with its list, and all that came with it.
    actions.undo_list(actor=Actor.of(reg), one=one)
    assert not FormerNumber.objects.exists()
    assert not FormerName.objects.exists()
    assert "Nobody found" in found("D-1")
    assert "1 entry found" in found("Regina")
    assert list(seals.faults_of_register(register)) == []


def test_such_a_number_is_nobody_elses(register: Register, reg: User, regina: Entry) -> None:
    bring(register, reg, csv(entry("RT-000700", "Regina Made-Up")), "one")
    again = a_list(register, reg, csv(entry("RT-000700", "Regina Made-Up"), entry("RT-9", "Al")))
    assert again.numbers == ["RT-9"], "it is here already"
    other = a_list(register, reg, csv(entry("rt 700", "Olga"), entry("RT-000700", "Olga")))
    assert other.run is not None
    assert "Regina Made-Up’s here" in other.run.problems[-1]["remedy"]
    version = awarding.version_in_force(STANDARD)
    assert version is not None
    given = Given(technician=Technician.objects.create(name="New"), starts_on=regina.admitted_on)
    assert grant_award(actor=SYSTEM, version=version, given=given).number == "RT-000701"


def test_two_lists_that_were_compared_at_once_do_not_share_one(
    register: Register, reg: User, regina: Entry
) -> None:
    late = a_list(register, reg, csv(entry("D-1", "Olga")))
    bring(register, reg, csv(D_1), "one")
    with pytest.raises(Refused):
        carrying.bring_in(actor=Actor.of(reg), one=late)


def test_who_is_registered_now_keeps_the_number(register: Register, reg: User) -> None:
    rows = [entry("OLD-1", "Tess", State="Lapsed", Admitted="01/03/2010",
                  **{"Period until": "28/02/2012"}),
            entry("NEW-1", "Tess")]  # fmt: skip
    bring(register, reg, csv(*rows), "one")
    assert Entry.objects.get().award.number == "NEW-1"
    assert FormerNumber.objects.get().said["state"] == "lapsed"


def test_it_is_said_before_that_who_lapsed_here_stays_so(register: Register, reg: User) -> None:
    lapsed = [entry("RT-5", "Tess", State="Lapsed", **{"Period until": "28/02/2020"})]
    bring(register, reg, csv(*lapsed))
    one = a_list(register, reg, csv(entry("D-5", "Tess")))
    page = sign_in(Client(), reg).get(f"/registry/registered-technician/bring/{one.pk}/")
    said = " ".join(page.content.decode().split())
    assert "RT-5 is their entry, and the other number leads to it" in said
    assert "RT-5 stays as it is on the register, lapsed: if they are registered, bring" in said


def test_a_list_is_not_taken_back_from_under_a_later_number(register: Register, reg: User) -> None:
    first = bring(register, reg, csv(entry("RT-5", "Tess")))
    second = bring(register, reg, csv(entry("D-5", "Tess")), "one")
    with pytest.raises(Refused, match="RT-5 is known under D-5 too"):
        actions.undo_list(actor=Actor.of(reg), one=first)
    actions.undo_list(actor=Actor.of(reg), one=second)
    actions.undo_list(actor=Actor.of(reg), one=first)
    assert "Nobody found" in found("Tess")


def test_a_number_of_ones_own_once_leads_to_the_entry_too(register: Register, reg: User) -> None:
    rows = csv(entry("A-1", "Tess"), entry("A-2", "Tess", Admitted="01/02/2010"))
    first = bring(register, reg, rows, "several")
    actions.undo_list(actor=Actor.of(reg), one=first)
    bring(register, reg, rows, "one")
    assert "Also known under the number A-1." in Client().get(f"{HERE}A-1/").content.decode()


def test_what_was_said_under_it_is_forgotten_with_the_person(register: Register, reg: User) -> None:
    bring(register, reg, csv(entry("A-1", "Tess"), entry("A-2", "Tess")), "one")
    technician = Technician.objects.get(name="Tess")
    person = technician.person_id
    assert person is not None
    told = forgetting.export(person)["entries"][0]["other numbers"]
    assert [one["number"] for one in told] == ["A-2"]
    forgetting.erase(person)
    kept = FormerNumber.objects.get()
    assert (kept.number, kept.said) == ("A-2", {})
    assert "Nobody found" in found("A-2")
