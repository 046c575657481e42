"""A concern from its hearing to what is proposed: the day, the choice, and second thoughts."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchside.core.actions import VISITOR, Denied, Refused
from benchside.core.states import NeedsMore, NoSuchMove
from benchside.recognition.models import ConductCase, ProposedMove
from benchside.recognition.registry import actions
from benchside.recognition.registry.forms import DecisionForm
from tests.factories import registers
from tests.factories import registry as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> made.Desk:
    return made.a_desk()


@pytest.fixture
def case(desk: made.Desk) -> ConductCase:
    """There is a case to answer; no day is set."""
    found = actions.raise_concern(actor=VISITOR, entry=made.somebody(), said="Something")
    actions.look_into(actor=desk.registrar, case=found, told="A logbook.")
    actions.find_case(actor=desk.registrar, case=found)
    return found


def called(desk: made.Desk, case: ConductCase, day: date | None = None) -> ConductCase:
    actions.call_hearing(actor=desk.registrar, case=case, hearing_on=day or timezone.localdate())
    return case


def path_of(case: ConductCase) -> str:
    return reverse("recognition:desk_case", args=[case.entry.register.slug, case.pk])


def page(client: Client, case: ConductCase, **given: Any) -> str:
    """What is shown: after something was pressed where `given` says what."""
    answer = client.post(path_of(case), given) if given else client.get(path_of(case))
    return answer.content.decode()


class TestTheDay:
    @pytest.mark.parametrize(
        ("ahead", "why"), [(-1, "is over"), (735, "too far ahead. Give one until")]
    )
    def test_it_is_today_or_within_two_years(
        self, desk: made.Desk, case: ConductCase, ahead: int, why: str
    ) -> None:
        day = timezone.localdate() + timedelta(days=ahead)
        with pytest.raises(Refused, match=why):
            called(desk, case, day)
        words = page(made.browser(desk.registrar), case, do="call-hearing", hearing_on=day)
        assert why in words
        case.refresh_from_db()
        assert (case.state, case.hearing_on) == ("case", None)

    def test_it_is_set_again_until_something_is_proposed(
        self, desk: made.Desk, case: ConductCase
    ) -> None:
        today = timezone.localdate()
        called(desk, case, today + timedelta(days=30))
        client = made.browser(desk.registrar)
        assert "Set another day" in page(client, case)
        with pytest.raises(Refused, match="already"):
            called(desk, case, today + timedelta(days=30))
        client.post(path_of(case), {"do": "call-hearing", "hearing_on": today})
        case.refresh_from_db()
        assert (case.state, case.hearing_on) == ("hearing", today)
        actions.propose_decision(
            actor=desk.registrar, case=case, outcome="warning", reasons="It was shown."
        )
        with pytest.raises(NoSuchMove):
            called(desk, case, today + timedelta(days=3))

    def test_nothing_is_proposed_before_it(self, desk: made.Desk, case: ConductCase) -> None:
        called(desk, case, timezone.localdate() + timedelta(days=1))
        words = page(made.browser(desk.registrar), case)
        assert "Propose the decision" not in words
        assert "You can set another day." in words
        with pytest.raises(NeedsMore, match="set another day first"):
            actions.propose_decision(
                actor=desk.registrar, case=case, outcome="warning", reasons="It was shown."
            )
        case.refresh_from_db()
        assert (case.state, case.decisions.count()) == ("hearing", 0)

    @pytest.mark.parametrize("state", ["hearing", "proposed"])
    def test_somebody_may_be_suspended_meanwhile_until_it_is_decided(
        self, desk: made.Desk, case: ConductCase, state: str
    ) -> None:
        called(desk, case)
        if state == "proposed":
            actions.propose_decision(
                actor=desk.registrar, case=case, outcome="", reasons="Nothing was shown."
            )
        client = made.browser(desk.registrar)
        assert "Suspend them meanwhile" in page(client, case)
        words = page(client, case, do="interim", words=" ")
        assert "This is empty: write it first." in words
        client.post(path_of(case), {"do": "interim", "words": "Others are at risk."})
        proposal = ProposedMove.objects.get()
        assert proposal.words == "Others are at risk."
        assert "Propose it to a second person" not in page(client, case)
        actions.confirm_move(actor=desk.ratifier, proposal=proposal)
        case.refresh_from_db()
        case.entry.award.refresh_from_db()
        assert (case.state, case.entry.award.state) == (state, "suspended-interim")
        assert case.hearing_on == timezone.localdate()
        assert "Suspend them meanwhile" not in page(client, case)


def test_no_suspension_is_offered_while_something_else_waits(
    desk: made.Desk, case: ConductCase
) -> None:
    entry, client = case.entry, made.browser(desk.registrar)
    actions.propose_move(
        actor=desk.registrar, entry=entry, verb="suspend", reason="Conduct", words="See it."
    )
    words = page(client, case)
    assert "Propose it to a second person" not in words
    assert "no suspension can be proposed" in words
    again = page(client, case, do="interim", words="Kept!")
    assert "Something is proposed for this entry already" in again
    assert "Kept!" in again


class TestWhatIsProposed:
    def test_nothing_is_proposed_until_an_outcome_is_chosen(
        self, desk: made.Desk, case: ConductCase
    ) -> None:
        client = made.browser(desk.registrar)
        called(desk, case)
        words = page(client, case, do="propose", reasons="It was shown.")
        assert "Choose what should be decided." in words
        assert not case.decisions.exists()
        chosen = DecisionForm.NO_ACTION
        client.post(path_of(case), {"do": "propose", "outcome": chosen, "reasons": "Nothing."})
        assert case.decisions.get().outcome == ""

    def test_whoever_proposed_it_takes_it_back_and_nobody_else(
        self, desk: made.Desk, case: ConductCase
    ) -> None:
        registers.give_duties(desk.ratifier.account)  # type: ignore[arg-type]
        called(desk, case)
        proposed = actions.propose_decision(
            actor=desk.registrar, case=case, outcome="warning", reasons="It was shown."
        )
        for actor in (desk.ratifier, desk.other_ratifier, made.holder_of(case.entry)):
            with pytest.raises(Denied):
                actions.withdraw_decision(actor=actor, decision=proposed)
        assert "Take the decision back" not in page(made.browser(desk.ratifier), case)
        client = made.browser(desk.registrar)
        assert "Take the decision back" in page(client, case)
        pressed = {"do": f"withdraw:{proposed.pk}"}
        assert client.post(path_of(case), pressed).status_code == 302
        case.refresh_from_db()
        assert case.state == "hearing"
        with pytest.raises(NoSuchMove):
            actions.confirm_decision(actor=desk.ratifier, decision=case.decisions.get())
        assert "Propose the decision" in page(client, case)

    @pytest.mark.parametrize("verb", ["confirm", "send-back"])
    def test_the_second_person_closes_only_what_they_read(
        self, desk: made.Desk, case: ConductCase, verb: str
    ) -> None:
        """Taken back and proposed anew while it lay on their screen: a removal for a warning."""
        client, registrar = made.browser(desk.ratifier), desk.registrar
        called(desk, case)
        read = actions.propose_decision(
            actor=registrar, case=case, outcome="warning", reasons="It was shown."
        )
        assert f'value="{verb}:{read.pk}"' in page(client, case)
        actions.withdraw_decision(actor=registrar, decision=read)
        new = actions.propose_decision(
            actor=registrar, case=case, outcome="removal", reasons="It was worse."
        )
        words = page(client, case, do=f"{verb}:{read.pk}", why="Too little.")
        assert "It has changed since you read it. Read it again." in words
        assert f'value="{verb}:{new.pk}"' in words
        assert ("Too little." in words) is (verb == "send-back")
        case.refresh_from_db()
        new.refresh_from_db()
        assert (case.state, new.confirmed_at, new.sent_back_at) == ("proposed", None, None)

    def test_words_to_everybody_about_health_are_refused_where_they_are_written(
        self, desk: made.Desk, case: ConductCase
    ) -> None:
        client = made.browser(desk.registrar)
        called(desk, case)
        given = {"do": "propose", "outcome": "health", "reasons": "They were ill."}
        words = page(client, case, published="They were ill.", **given)
        assert "Health is never published: leave this empty." in words
        with pytest.raises(Refused, match="never published"):
            actions.propose_decision(
                actor=desk.registrar, case=case, outcome="health", reasons="I.", published="Ill."
            )
        assert client.post(path_of(case), given).status_code == 302
        case.refresh_from_db()
        actions.confirm_decision(actor=desk.ratifier, decision=case.decisions.get())
        number = case.entry.award.number
        entry = reverse("recognition:desk_entry", args=[case.entry.register.slug, number])
        assert "Nobody outside reads it" in client.get(entry).content.decode()
