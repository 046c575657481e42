"""What the letter about a change says of its end, and whom to ask; and how long a break may be."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from benchside.core.actions import Refused
from benchside.core.models import OutgoingMail
from benchside.recognition.models import Entry
from benchside.recognition.registry import actions
from tests.factories import registry as made

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
YEAR = "Your year on the register runs until"


@pytest.fixture(autouse=True)
def that_day() -> Any:
    with time_machine.travel("2026-11-27 12:00Z", tick=False):
        yield


@pytest.fixture
def desk() -> made.Desk:
    found = made.a_desk()
    found.body.website = "https://institute.example/"
    found.body.save(update_fields=["website"])
    return found


@pytest.fixture
def entry(desk: made.Desk) -> Entry:
    return made.somebody(days=97)


@pytest.fixture
def letter(django_capture_on_commit_callbacks: Any) -> Any:
    def of(do: Any) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            do()
        found = OutgoingMail.objects.filter(name="recognition/entry_changed").latest("pk")
        assert " ".join(found.text.split()).count("Write to") == found.html.count("Write to")
        return " ".join(found.text.split())

    return of


def begin_break(desk: made.Desk, entry: Entry, **more: Any) -> Any:
    said = {"verb": "begin-break", "reason": "Caring", **more}
    return lambda: actions.move_entry(actor=desk.registrar, entry=entry, **said)


def suspended_for_health(desk: made.Desk, entry: Entry) -> Any:
    proposal = actions.propose_move(
        actor=desk.registrar,
        entry=entry,
        verb="suspend-for-health",
        reason="Health",
        until=date(2027, 2, 10),
        words="He had an operation.",
    )
    return lambda: actions.confirm_move(actor=desk.ratifier, proposal=proposal)


class TestALetter:
    def test_of_a_break_says_its_own_end_and_not_that_of_the_year(
        self, desk: made.Desk, entry: Entry, letter: Any
    ) -> None:
        said = letter(begin_break(desk, entry, until=date(2027, 3, 1)))
        assert "“On a career break”, from 27 November 2026 until 1 March 2027." in said
        assert "22 August 2027" not in said
        assert YEAR not in said

    def test_of_a_break_without_an_end_says_so(
        self, desk: made.Desk, entry: Entry, letter: Any
    ) -> None:
        said = letter(begin_break(desk, entry))
        assert "“On a career break”, from 27 November 2026, with no set end." in said
        assert YEAR not in said
        assert "Write to" not in said

    def test_of_being_back_says_until_when_the_year_runs(
        self, desk: made.Desk, entry: Entry, letter: Any
    ) -> None:
        begin_break(desk, entry)()
        back = {"actor": desk.registrar, "entry": entry, "verb": "end-break"}
        needs = made.needs_of(entry, "end-break")
        said = letter(lambda: actions.move_entry(**back, confirmed=needs))
        assert f"{YEAR} 26 November 2027." in said or f"{YEAR} 27 November 2027." in said

    def test_of_a_suspension_says_its_last_day_and_whom_to_write_to(
        self, desk: made.Desk, entry: Entry, letter: Any
    ) -> None:
        said = letter(suspended_for_health(desk, entry))
        assert "from 27 November 2026 until 10 February 2027." in said
        assert f"Write to {desk.body.name} (https://institute.example/)" in said
        assert f"give your number, {entry.award.number}" in said
        assert "operation" not in said

    def test_to_an_address_at_work_says_no_end_of_a_suspension(
        self, desk: made.Desk, entry: Entry, letter: Any
    ) -> None:
        technician = entry.award.technician
        assert technician is not None
        technician.account, technician.work_email = None, "at@work.example"
        technician.claimed_at = None
        technician.save()
        said = letter(suspended_for_health(desk, entry))
        assert "“Suspended”, from 27 November 2026." in said
        assert "health" not in said
        assert f"Write to {desk.body.name}" in said


class TestTheLongestBreak:
    def test_a_break_is_three_years_at_most(self, desk: made.Desk, entry: Entry) -> None:
        last = date(2029, 11, 27)
        for until in (date(2099, 1, 1), last + timedelta(days=1)):
            with pytest.raises(Refused, match="is until 27 November 2029"):
                begin_break(desk, entry, until=until)()
        begin_break(desk, entry, until=last)()
        assert entry.spells.get().until == last

    def test_also_when_it_is_asked_for_so_that_it_can_be_granted(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        said = {"actor": made.holder_of(entry), "entry": entry, "verb": "begin-break",
                "reason": "Study", "begins": date(2026, 12, 20)}  # fmt: skip
        with pytest.raises(Refused, match="is until 20 December 2029"):
            actions.ask_for(**said, until=date(2029, 12, 21))
        request = actions.ask_for(**said, until=date(2029, 12, 20))
        with time_machine.travel("2026-12-20 12:00Z", tick=False):
            actions.grant_request(actor=desk.registrar, request=request)
        assert entry.spells.get().until == date(2029, 12, 20)

    def test_a_suspension_may_be_longer(self, desk: made.Desk, entry: Entry) -> None:
        made_one = actions.propose_move(
            actor=desk.registrar,
            entry=entry,
            verb="suspend",
            reason="Conduct",
            until=date(2031, 1, 1),
            words="See it.",
        )
        assert made_one.until == date(2031, 1, 1)

    def test_both_forms_say_so(self, desk: made.Desk, entry: Entry) -> None:
        number = entry.award.number
        for actor, path in (
            (desk.registrar, f"/registry/registered-technician/entries/{number}/"),
            (made.holder_of(entry), f"/my/registrations/{number}/life/"),
        ):
            assert "3 years at most." in made.browser(actor).get(path).content.decode()
