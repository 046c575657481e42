"""What follows for an entry from one concern, beside another, and from an appeal that is upheld."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchside.assessment.actions import move_award
from benchside.assessment.awarding import clock as engine
from benchside.assessment.periods import months_after
from benchside.core.actions import SYSTEM, Refused
from benchside.core.models import OutgoingMail
from benchside.recognition.models import CaseDecision, ConductCase, Credential, Entry, Sanction
from benchside.recognition.registry import actions, clock, queries
from tests.factories import concerns, credentials
from tests.factories import registry as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> made.Desk:
    return made.a_desk()


@pytest.fixture
def entry(desk: made.Desk) -> Entry:
    return made.somebody()


def state_of(entry: Entry) -> str:
    entry.award.refresh_from_db()
    return entry.award.state


class TestBesideAnother:
    """What one concern brought, no other lifts."""

    @pytest.mark.parametrize("outcome", ["", "advice", "warning"])
    def test_it_stays_suspended_meanwhile_for_the_other(
        self, desk: made.Desk, entry: Entry, outcome: str
    ) -> None:
        first, second = (concerns.looked_into(desk, entry, one) for one in ("One", "Two"))
        concerns.suspended_meanwhile(desk, first)
        concerns.decided(desk, second, outcome)
        assert state_of(entry) == "suspended-interim"
        concerns.decided(desk, first, outcome)
        assert state_of(entry) == "active"

    def test_an_appeal_lifts_only_what_its_own_concern_brought(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        first, second = (concerns.looked_into(desk, entry, one) for one in ("One", "Two"))
        concerns.decided(desk, second, "warning")
        concerns.decided(desk, first, "suspension")
        concerns.overturned(desk, second)
        assert state_of(entry) == "suspended-conduct"
        assert Sanction.objects.get(kind="suspension").overturned_at is None
        concerns.overturned(desk, first)
        assert state_of(entry) == "active"

    def test_an_appeal_lifts_no_later_suspension_of_the_same_kind(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        first, second = (concerns.looked_into(desk, entry, one) for one in ("One", "Two"))
        concerns.decided(desk, first, "suspension")
        entry.award.refresh_from_db()
        move_award(actor=SYSTEM, award=entry.award, verb="lift", reason="The time is over")
        clock.end_what_is_over(entry, timezone.localdate())
        concerns.decided(desk, second, "suspension")
        concerns.overturned(desk, first)
        assert state_of(entry) == "suspended-conduct"


class TestAnAppealAgainstARemoval:
    """Upheld: they are where they were, at once; nothing of it is public, and the badge is anew."""

    @pytest.fixture(autouse=True)
    def _keys(self, settings: Any, tmp_path: Path) -> None:
        settings.KEYS_ROOT = tmp_path / "keys"

    @pytest.mark.parametrize("is_late", [False, True])
    def test_they_stand_with_a_period_that_runs_and_a_new_badge(
        self, desk: made.Desk, is_late: bool, django_capture_on_commit_callbacks: Any
    ) -> None:
        """It is heard 30 days later: within their year, or after it was over."""
        entry = made.somebody(days=350 if is_late else 30)
        award, old = entry.award, credentials.claimed(entry)
        with django_capture_on_commit_callbacks(execute=True):
            case = concerns.decided(
                desk, concerns.looked_into(desk, entry), "removal", published="A logbook."
            )
            actions.appeal_decision(actor=made.holder_of(entry), case=case, grounds="Away.")
        old.refresh_from_db()
        assert (state_of(entry), old.state) == ("removed-conduct", "revoked")
        before, day = award.period_end, timezone.localdate() + timedelta(days=30)
        with (
            time_machine.travel(f"{day} 12:00Z", tick=False),
            django_capture_on_commit_callbacks(execute=True),
        ):
            case = concerns.fresh(case)
            actions.hear_appeal(actor=desk.other_ratifier, case=case, upheld=True, words="So.")
        assert state_of(entry) == "active"
        assert (award.period_start, award.period_end) == (
            (day, months_after(day, 12)) if is_late else (award.period_start, before)
        )
        last = award.events.latest("number")
        assert (last.verb, last.reason) == ("reverse-removal", "An appeal was upheld")
        new = Credential.objects.in_use().get(award=award)
        assert new.pk != old.pk
        assert new.period_end == award.period_end
        assert queries.notices(Entry.objects.get(pk=entry.pk)) == []

    @pytest.mark.parametrize(
        ("was", "comes_to"),
        [
            *((one, "active") for one in ("renewal-due", "grace", "career-break")),
            *((one, one) for one in ("lapsed", "resigned", "retired")),
            *((one, one) for one in ("suspended-cpd", "suspended-health", "suspended-interim")),
        ],
    )
    def test_they_come_back_to_where_they_were(
        self, desk: made.Desk, entry: Entry, was: str, comes_to: str
    ) -> None:
        made.put_into(entry, was)
        concerns.overturned(
            desk, concerns.decided(desk, concerns.looked_into(desk, entry), "removal")
        )
        assert state_of(entry) == comes_to

    def test_what_the_same_concern_brought_before_falls_with_it(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        case = concerns.suspended_meanwhile(desk, concerns.looked_into(desk, entry))
        concerns.overturned(desk, concerns.decided(desk, case, "removal"))
        assert state_of(entry) == "active"

    def test_what_another_concern_brought_goes_on(
        self, desk: made.Desk, entry: Entry, django_capture_on_commit_callbacks: Any
    ) -> None:
        first, second = (concerns.looked_into(desk, entry, one) for one in ("One", "Two"))
        until = timezone.localdate() + timedelta(days=90)
        with django_capture_on_commit_callbacks(execute=True):
            concerns.decided(desk, first, "suspension", until=until, published="P.")
        held = Sanction.objects.get()
        with django_capture_on_commit_callbacks(execute=True):
            concerns.decided(desk, second, "removal")
        assert entry.spells.get().ended_on == timezone.localdate()
        with django_capture_on_commit_callbacks(execute=True):
            concerns.overturned(desk, second)
        again = Sanction.objects.get(pk=held.pk)
        assert (state_of(entry), entry.spells.get().ended_on) == ("suspended-conduct", None)
        assert (again.ended_on, again.publish_until) == (None, held.publish_until)
        concerns.overturned(desk, first)
        assert state_of(entry) == "active"

    def test_only_an_appeal_does_it(self, desk: made.Desk, entry: Entry) -> None:
        """Else two people would be round the five years before a restoration."""
        concerns.decided(desk, concerns.looked_into(desk, entry), "removal")
        entry = Entry.objects.get(pk=entry.pk)
        verbs = entry.register.rules.conduct.reverse
        assert len(verbs) == 8
        for verb in verbs:
            with pytest.raises(Refused, match="cannot be done now"):
                actions.propose_move(actor=desk.registrar, entry=entry, verb=verb, words="W.")
        path = reverse("recognition:desk_entry", args=[entry.register.slug, entry.award.number])
        words = made.browser(desk.registrar).get(path).content.decode()
        assert [one for one in verbs if one in words] == []


class TestItsLastDay:
    @staticmethod
    def confirm_in(desk: made.Desk, case: ConductCase, days: int) -> None:
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            concerns.confirmed(desk, case)

    @pytest.mark.parametrize("outcome", ["suspension", "warning"])
    def test_what_is_over_is_not_confirmed_and_may_be_sent_back(
        self, desk: made.Desk, entry: Entry, outcome: str
    ) -> None:
        case = concerns.looked_into(desk, entry)
        until = timezone.localdate() + timedelta(days=3)
        concerns.proposed(desk, case, outcome, until=until)
        with pytest.raises(Refused, match="Its last day is over"):
            self.confirm_in(desk, case, 4)
        assert (state_of(entry), Sanction.objects.count()) == ("active", 0)
        path = reverse("recognition:desk_case", args=[entry.register.slug, case.pk])
        with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
            words = made.browser(desk.ratifier).get(path).content.decode()
        assert "Its last day is over" in words
        assert "Send the decision back" in words
        assert "Confirm the decision" not in words
        self.confirm_in(desk, case, 3)
        assert Sanction.objects.get().until == until

    def test_a_removal_has_none(self, desk: made.Desk, entry: Entry) -> None:
        case = concerns.looked_into(desk, entry)
        until = timezone.localdate() + timedelta(days=90)
        with pytest.raises(Refused, match="no end that could be set"):
            concerns.proposed(desk, case, "removal", until=until)
        concerns.proposed(desk, case, "removal")
        CaseDecision.objects.update(until=until)  # as it may have been proposed before
        with pytest.raises(Refused, match="no end that could be set"):
            concerns.confirmed(desk, case)
        assert (state_of(entry), entry.spells.count()) == ("active", 0)


class TestNobodySlipsAway:
    """Neither by letting it lapse while a concern is looked into, nor by having left before."""

    def test_nobody_lapses_until_it_is_over(self, desk: made.Desk, entry: Entry) -> None:
        case = concerns.looked_into(desk, entry)
        assert entry.award.period_end
        late = entry.award.period_end + timedelta(days=120)
        engine.walk(entry.award, late)
        assert state_of(entry) == "grace"
        actions.find_no_case(actor=desk.registrar, case=case, why="It is nothing.")
        engine.walk(entry.award, late)
        assert state_of(entry) == "lapsed"

    def test_who_is_removed_in_extra_time_is_removed_and_not_lapsed(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        case = concerns.looked_into(desk, entry)
        assert entry.award.period_end
        late = entry.award.period_end + timedelta(days=120)
        with time_machine.travel(f"{late} 12:00Z", tick=False):
            concerns.proposed(desk, case, "removal")
            engine.walk(entry.award, late)
            concerns.confirmed(desk, case)
        assert state_of(entry) == "removed-conduct"
        assert not entry.award.events.filter(verb="lapse").exists()

    @pytest.mark.parametrize("verb", ["resign", "retire"])
    def test_who_has_left_may_still_be_removed(
        self, desk: made.Desk, entry: Entry, verb: str
    ) -> None:
        actions.move_entry(actor=desk.registrar, entry=entry, verb=verb)
        concerns.decided(desk, concerns.looked_into(desk, entry), "removal", published="P.")
        assert state_of(entry) == "removed-conduct"
        assert [one.title for one in queries.notices(entry)] == ["Removed"]


class TestWhoeverWrote:
    """Hears that it is over, and is led only to a page that is there."""

    @pytest.mark.parametrize("ends", ["decided", "no case"])
    @pytest.mark.parametrize("shown", ["shown", "hidden", "deceased"])
    def test_hears_that_it_is_over(
        self,
        desk: made.Desk,
        entry: Entry,
        ends: str,
        shown: str,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        case = concerns.looked_into(desk, entry)
        ConductCase.objects.update(reply_to="whistle@home.example")
        if shown == "hidden":
            Entry.objects.update(is_hidden=True, hidden_basis="Must not be found")
        if shown == "deceased":
            made.put_into(entry, "deceased")
        with django_capture_on_commit_callbacks(execute=True):
            if ends == "decided":
                concerns.decided(desk, case, "warning")
            else:
                case = concerns.fresh(case)
                actions.find_no_case(actor=desk.registrar, case=case, why="It is nothing.")
        letter = OutgoingMail.objects.get(name="recognition/concern_ended")
        path = f"/registers/{entry.register.slug}/{entry.award.number}/"
        is_shown = shown == "shown"
        assert letter.to == ["whistle@home.example"]
        assert [path in one for one in (letter.text, letter.html)] == [is_shown] * 2
        assert ("on the register" in letter.text) is is_shown


class TestAfterADeath:
    """It is written down wherever somebody stands, and nothing of a sanction is read after it."""

    @pytest.mark.parametrize("outcome", ["warning", "suspension", "removal"])
    def test_nothing_stays_public(self, desk: made.Desk, entry: Entry, outcome: str) -> None:
        concerns.decided(desk, concerns.looked_into(desk, entry), outcome, published="A logbook.")
        slug, number = entry.register.slug, entry.award.number
        doors = [
            reverse("recognition:entry", args=[slug, number]),
            f"/api/v1/registers/{slug}/entries/{number}",
        ]
        assert ["A logbook." in Client().get(one).content.decode() for one in doors] == [True] * 2
        entry = Entry.objects.get(pk=entry.pk)
        actions.move_entry(actor=desk.registrar, entry=entry, verb="record-death")
        clock.end_what_is_over(entry, timezone.localdate())
        for one in doors:
            answer = Client().get(one)
            assert answer.status_code == 404
            assert "A logbook." not in answer.content.decode()
        assert queries.notices(Entry.objects.get(pk=entry.pk)) == []
