"""What outlives an account: a decision that is public, a bar on coming back, an open concern."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from benchside.accounts.actions import erase_account
from benchside.accounts.models import User
from benchside.assessment.actions import move_award
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Duty
from benchside.core.actions import SYSTEM, VISITOR, Actor, Refused
from benchside.core.personal_data import erase_person
from benchside.recognition.entries.publishing import sheet_of
from benchside.recognition.entries.seals import faults_of_entry
from benchside.recognition.models import (
    CaseDecision,
    CaseNote,
    ConductCase,
    Entry,
    FormerName,
    ProposedMove,
    RegisterApplication,
    Sanction,
)
from benchside.recognition.registers.doors import opens_after
from benchside.recognition.registry import actions, outliving
from benchside.recognition.registry.tasks import look_after_entries
from tests.factories import applications, people
from tests.factories import registry as made
from tests.recognition.registry.test_conduct import NOTE, SAID, decided, heard, told

pytestmark = pytest.mark.django_db
PAGE = "/accounts/data/erase/"
NAME = "Siobhán O’Brien"


@pytest.fixture
def desk() -> made.Desk:
    return made.a_desk()


@pytest.fixture
def entry(desk: made.Desk) -> Entry:
    return made.somebody(NAME, area="Northmoor", shows_area=True, membership="M-1")


@pytest.fixture
def case(desk: made.Desk, entry: Entry) -> ConductCase:
    found = actions.raise_concern(actor=VISITOR, entry=entry, said=SAID, name="Wilma")
    actions.write_note(actor=desk.registrar, case=found, text=NOTE)
    return found


def account(entry: Entry) -> User:
    user = made.holder_of(entry).account
    assert isinstance(user, User)
    return user


def erase(entry: Entry) -> None:
    user = account(entry)
    erase_account(actor=Actor.of(user), user=user)


def page_of(entry: Entry) -> str:
    user = account(entry)
    client = people.reauthenticate(people.sign_in(Client(), user), user)
    return client.get(PAGE).content.decode()


def again(entry: Entry) -> Entry:
    found = Entry.objects.select_related("award__version", "register", "body")
    return found.get(pk=entry.pk)


def words_of(entry: Entry) -> str:
    """Everything that the desk keeps in words of somebody."""
    lines: list[Any] = []
    for model, fields in (
        (Entry, ("name", "area", "membership")),
        (ConductCase, ("said", "name", "told", "answer")),
        (CaseNote, ("text",)),
        (CaseDecision, ("reasons", "published", "appeal", "heard")),
        (ProposedMove, ("words", "published", "answer")),
        (Sanction, ("words",)),
    ):
        lines += model._default_manager.values_list(*fields)
    return " ".join(one for line in lines for one in line if one)


def at_noon(day: date) -> Any:
    noon = datetime.combine(day, time(12), timezone.get_current_timezone())
    return time_machine.travel(noon, tick=False)


def night_of(day: date) -> None:
    with at_noon(day):
        look_after_entries.func()


class TestWaiting:
    def test_nothing_is_erased_while_somebody_is_to_be_heard(
        self, desk: made.Desk, entry: Entry, case: ConductCase
    ) -> None:
        heard(desk, case)
        with pytest.raises(Refused, match="you are to be heard"):
            erase(entry)
        assert again(entry).name == NAME
        assert SAID in words_of(entry)

    def test_the_page_says_so_before_the_word_is_typed(
        self, desk: made.Desk, entry: Entry, case: ConductCase
    ) -> None:
        told(desk, case)
        said = page_of(entry)
        assert "You cannot erase it yet" in said
        assert f"A concern about your entry {entry.award.number} is open" in said
        assert f"Ask {desk.body.name} about it" in said
        assert f"/conduct/{case.pk}/" in said
        assert 'name="word"' not in said

    def test_with_the_concern_it_ends(
        self, desk: made.Desk, entry: Entry, case: ConductCase
    ) -> None:
        told(desk, case)
        actions.find_no_case(actor=desk.registrar, case=case, why="It was somebody else.")
        assert 'name="word"' in page_of(entry)
        erase(entry)
        assert again(entry).is_hidden
        assert words_of(entry) == ""

    def test_until_the_last_day_to_appeal(
        self, desk: made.Desk, entry: Entry, case: ConductCase
    ) -> None:
        decided(desk, case, "warning", published="A logbook was changed.")
        last = CaseDecision.objects.get().appeal_by
        assert last is not None
        with pytest.raises(Refused, match=f"last day to appeal, {last:%-d %B %Y}"):
            erase(entry)


@pytest.fixture
def removed(desk: made.Desk, entry: Entry, case: ConductCase) -> Iterator[Entry]:
    """Removed, the time to appeal over, and the account erased that day."""
    decided(desk, case, "removal", published="A logbook was changed.")
    day = timezone.localdate() + timedelta(days=29)
    night_of(day)
    case.refresh_from_db()
    assert case.state == "closed"
    with at_noon(day):
        erase(entry)
        yield again(entry)


class TestKept:
    def test_what_is_public_stays_as_it_was_and_all_else_goes(self, removed: Entry) -> None:
        assert (removed.name, removed.award.state) == (NAME, "removed-conduct")
        kept = [NAME, "It was shown.", "A logbook was changed.", "A logbook was changed."]
        assert words_of(removed) == " ".join(kept)
        sheet = sheet_of(removed)
        assert sheet is not None
        assert [one.words for one in sheet.notices] == ["A logbook was changed."]
        assert (sheet.entry.name, sheet.entry.area) == (NAME, "")
        assert not FormerName.objects.exists()
        assert removed.award.technician is not None
        assert removed.award.technician.erased_at
        assert list(faults_of_entry(removed)) == []

    def test_until_its_last_day_and_not_a_day_longer(self, removed: Entry) -> None:
        last = Sanction.objects.get().publish_until
        assert last is not None
        night_of(last)
        assert again(removed).name == NAME
        night_of(last + timedelta(days=1))
        found = again(removed)
        assert (found.name, found.is_hidden) == ("", True)
        assert words_of(found) == ""
        assert sheet_of(found) is None
        assert list(faults_of_entry(found)) == []

    def test_the_page_tells_what_stays_and_for_how_long(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        Sanction.objects.create(
            entry=entry, kind="warning", title="Warning", words="A logbook was changed.",
            begins=date(2026, 1, 5), publish_until=timezone.localdate() + timedelta(days=90),
        )  # fmt: skip
        until = timezone.localdate() + timedelta(days=90)
        said = page_of(entry)
        assert f"what was decided about you, until {until:%-d %B %Y}" in said
        assert 'name="word"' in said

    def test_the_bar_on_coming_back_keeps_it_too(self, desk: made.Desk, entry: Entry) -> None:
        made.put_into(entry, "removed-cpd")
        first = made.began(entry) + timedelta(days=548)
        erase(entry)
        assert again(entry).name == NAME
        night_of(first - timedelta(days=1))
        assert again(entry).name == NAME
        night_of(first)
        assert again(entry).name == ""

    def test_whoever_is_hidden_stays_hidden_and_nobody_knows_why(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        made.put_into(entry, "removed-cpd")
        Entry.objects.update(is_hidden=True, hidden_basis="Police report")
        erase(entry)
        found = again(entry)
        assert (found.name, found.is_hidden) == (NAME, True)
        assert "Police" not in found.hidden_basis

    @pytest.mark.parametrize("state", ["active", "resigned", "lapsed", "suspended-health"])
    def test_nothing_keeps_anybody_else(self, desk: made.Desk, entry: Entry, state: str) -> None:
        if state == "suspended-health":
            Sanction.objects.create(
                entry=entry, kind="health", title="Suspended for health", is_health=True,
                begins=timezone.localdate(), words="He was ill.",
            )  # fmt: skip
        made.put_into(entry, state)
        erase(entry)
        assert (again(entry).name, again(entry).is_hidden) == ("", True)
        assert words_of(entry) == ""

    def test_a_decision_that_was_overturned_keeps_nothing(
        self, desk: made.Desk, entry: Entry, case: ConductCase
    ) -> None:
        decided(desk, case, "warning", published="A logbook was changed.")
        actions.appeal_decision(actor=made.holder_of(entry), case=case, grounds="It was not me.")
        actions.hear_appeal(actor=desk.other_ratifier, case=case, upheld=True, words="No.")
        erase(entry)
        assert words_of(entry) == ""


class TestUntold:
    def test_a_concern_they_know_nothing_of_runs_to_its_end(
        self, desk: made.Desk, entry: Entry, case: ConductCase
    ) -> None:
        without = page_of(made.somebody("Other Made-Up")).replace("RT-000002", "RT-000001")
        said = page_of(entry)
        told_them = [one for one in said.splitlines() if "RT-000001" in one]
        assert told_them == [one for one in without.splitlines() if "RT-000001" in one]
        erase(entry)
        assert again(entry).name == NAME
        for words in (SAID, NOTE):
            assert words in words_of(entry)
        tomorrow = timezone.localdate() + timedelta(days=1)
        night_of(tomorrow)
        assert again(entry).name == NAME
        actions.find_no_case(actor=desk.registrar, case=case, why="It is nothing.")
        night_of(tomorrow)
        assert again(entry).name == ""
        assert words_of(entry).replace("Other Made-Up", "").strip() == ""

    def test_what_waits_for_a_second_person_is_still_confirmed(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        proposal = actions.propose_move(
            actor=desk.registrar, entry=entry, verb="suspend", reason="Conduct",
            words="See the file.", published="A logbook was changed.",
        )  # fmt: skip
        erase(entry)
        actions.confirm_move(actor=desk.ratifier, proposal=proposal)
        sheet = sheet_of(again(entry))
        assert sheet is not None
        assert [one.words for one in sheet.notices] == ["A logbook was changed."]


class TestComingBack:
    @pytest.fixture
    def applied(self, removed: Entry) -> RegisterApplication:
        one = applications.sent()
        RegisterApplication.objects.filter(pk=one.pk).update(name="Siobhan OBrien")
        one.refresh_from_db()
        return one

    def test_a_registrar_sees_that_the_name_stands_there(
        self, desk: made.Desk, removed: Entry, applied: RegisterApplication
    ) -> None:
        path = f"/registry/registered-technician/applications/{applied.number}/"
        said = made.browser(desk.registrar).get(path).content.decode()
        assert "The same name stands on this register" in said
        last = Sanction.objects.get().publish_until
        assert f"{removed.award.number}, “Removed”: kept until {last:%-d %B %Y}" in said
        RegisterApplication.objects.update(name="Somebody Else")
        assert "The same name" not in made.browser(desk.registrar).get(path).content.decode()

    def test_so_does_whoever_ratifies(
        self, desk: made.Desk, removed: Entry, applied: RegisterApplication
    ) -> None:
        body = applications.the_ratifier(applied.body)
        Duty.objects.get_or_create(
            user=body, standard=applied.register.standard, kind=DutyKind.RATIFY
        )
        path = f"/assess/submissions/{applied.submission.key}/"
        said = people.sign_in(Client(), body).get(path).content.decode()
        assert "The same name stands on this register" in said

    def test_the_entry_says_that_the_account_is_gone(self, desk: made.Desk, removed: Entry) -> None:
        path = f"/registry/registered-technician/entries/{removed.award.number}/"
        assert "Their account was erased" in made.browser(desk.registrar).get(path).content.decode()


def test_how_long_a_bar_runs(desk: made.Desk, entry: Entry) -> None:
    rules = outliving.rules_of(entry.award)
    by_appeal = entry.register.rules.conduct.reverse
    found = {one.key: opens_after(rules, one.key, by_appeal) for one in rules.states}
    assert {key: days for key, days in found.items() if days} == {
        "removed-conduct": 1826, "removed-cpd": 548, "restoration-refused": 365,
    }  # fmt: skip


def test_twice_is_once(desk: made.Desk, entry: Entry) -> None:
    person: UUID = account(entry).person_id
    for _ in range(2):
        erase_person(person)
    move_award(actor=SYSTEM, award=entry.award, verb="retire")
    assert again(entry).name == ""
