"""A concern from the open form to the appeal; three people, and nobody else reads a word."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchside.core.actions import VISITOR, Actor, Denied, Refused
from benchside.core.models import OutgoingMail
from benchside.core.open_forms import make_token
from benchside.core.states import NeedsMore, NoSuchMove
from benchside.recognition.models import CaseNote, ConductCase, Entry, Sanction
from benchside.recognition.registry import actions, queries
from benchside.recognition.registry.enums import ConductState
from benchside.recognition.registry.forgetting import erase, export
from benchside.recognition.registry.states import CONDUCT
from tests.factories import registers
from tests.factories import registry as made

pytestmark = pytest.mark.django_db
SAID = "I saw the logbook changed on Tuesday"
NOTE = "The manager confirmed it by telephone"
WROTE = "whistle@home.example"
OUTCOMES = ["", "advice", "warning", "suspension", "removal"]


@pytest.fixture
def desk() -> made.Desk:
    return made.a_desk()


@pytest.fixture
def entry(desk: made.Desk) -> Entry:
    return made.somebody()


@pytest.fixture
def case(entry: Entry) -> ConductCase:
    return actions.raise_concern(
        actor=VISITOR, entry=entry, said=SAID, name="Wilma Wrote", reply_to=WROTE
    )


def told(desk: made.Desk, case: ConductCase) -> ConductCase:
    actions.look_into(actor=desk.registrar, case=case, told="A logbook is said to be changed.")
    return case


def heard(desk: made.Desk, case: ConductCase) -> ConductCase:
    told(desk, case)
    actions.find_case(actor=desk.registrar, case=case)
    day = timezone.localdate() + timedelta(days=20)
    actions.call_hearing(actor=desk.registrar, case=case, hearing_on=day)
    return case


def decided(desk: made.Desk, case: ConductCase, outcome: str, **more: Any) -> ConductCase:
    heard(desk, case)
    actions.propose_decision(
        actor=desk.registrar, case=case, outcome=outcome, reasons="It was shown.", **more
    )
    actions.confirm_decision(actor=desk.ratifier, case=case)
    case.entry.award.refresh_from_db()
    return case


class TestTheForm:
    @staticmethod
    def post(entry: Entry, origin: str = "http://testserver", **more: str) -> Any:
        given = {"said": SAID, "token": make_token("recognition.concern"), **more}
        path = reverse("recognition:concern", args=[entry.register.slug, entry.award.number])
        return Client().post(path, given, HTTP_ORIGIN=origin)

    def test_anybody_may_write_and_no_cookie_is_set(self, entry: Entry) -> None:
        answer = self.post(entry, name="Wilma", reply_to=WROTE)
        assert answer.status_code == 302
        assert not answer.cookies
        assert ConductCase.objects.get().said == SAID

    @pytest.mark.parametrize(
        "more",
        [{"token": "forged"}, {"origin": "https://elsewhere.example"}, {"said": "  "},
         {"reply_to": "no address"}, {"said": "x" * 6001}],
    )  # fmt: skip
    def test_what_is_wrong_is_said_and_kept(self, entry: Entry, more: dict[str, str]) -> None:
        answer = self.post(entry, name="Wilma", **more)
        assert answer.status_code == 422
        assert "Wilma" in answer.content.decode()
        assert not ConductCase.objects.exists()

    def test_a_robot_is_thanked_and_nothing_kept(self, entry: Entry) -> None:
        assert self.post(entry, website="buy").status_code == 302
        assert not ConductCase.objects.exists()

    def test_the_sixth_in_an_hour_is_too_much(self, entry: Entry) -> None:
        cache.clear()
        assert [self.post(entry).status_code for _ in range(6)] == [302] * 5 + [429]

    def test_nothing_of_a_hidden_entry_or_of_somebody_dead(self, entry: Entry) -> None:
        number = entry.award.number
        path = reverse("recognition:concern", args=[entry.register.slug, number])
        engine = reverse("assessment:challenge", args=[number])
        assert [Client().get(one).status_code for one in (path, engine)] == [200, 200]
        Entry.objects.update(is_hidden=True, hidden_basis="Must not be found")
        assert [Client().get(one).status_code for one in (path, engine)] == [404, 404]
        Entry.objects.update(is_hidden=False)
        made.put_into(entry, "deceased")
        assert Client().get(path).status_code == 404


class TestTheWay:
    def test_every_state_and_verb_against_a_table_by_hand(self) -> None:
        by_hand = {
            ("received", "look-into"): "looked-into",
            ("received", "find-no-case"): "no-case",
            ("looked-into", "find-no-case"): "no-case",
            ("looked-into", "find-case"): "case",
            ("looked-into", "protect"): "interim",
            ("case", "protect"): "interim",
            ("case", "call-hearing"): "hearing",
            ("interim", "call-hearing"): "hearing",
            ("hearing", "propose"): "proposed",
            ("proposed", "confirm"): "decided",
            ("proposed", "send-back"): "hearing",
            ("decided", "appeal"): "appealed",
            ("decided", "close"): "closed",
            ("appealed", "uphold"): "overturned",
            ("appealed", "dismiss"): "closed",
        }
        verbs = {verb for _, verb in by_hand}
        got = {}
        for state in ConductState.values:
            for verb in verbs:
                try:
                    got[state, verb] = CONDUCT.row(state, verb).target
                except NoSuchMove:
                    continue
        assert got == by_hand

    def test_the_person_is_told_what_it_is_about_and_never_by_whom(
        self, desk: made.Desk, case: ConductCase, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            told(desk, case)
        letter = OutgoingMail.objects.get(name="recognition/conduct_news")
        for secret in (SAID, "Wilma", WROTE, "logbook"):
            assert secret not in letter.text + letter.html + letter.subject
        me = made.holder_of(case.entry)
        actions.answer_concern(actor=me, case=case, answer="I was on leave that day.")
        page = made.browser(me).get(
            reverse("recognition:my_case", args=[case.entry.award.number, case.pk])
        )
        words = page.content.decode()
        assert "A logbook is said to be changed." in words
        assert "I was on leave that day." in words
        for secret in (SAID, "Wilma", WROTE):
            assert secret not in words

    @pytest.mark.parametrize("outcome", OUTCOMES)
    def test_what_follows_from_each_outcome(
        self, desk: made.Desk, case: ConductCase, outcome: str
    ) -> None:
        decided(desk, case, outcome, published="It was about a logbook.")
        state = {"suspension": "suspended-conduct", "removal": "removed-conduct"}
        assert case.entry.award.state == state.get(outcome, "active")
        public = [one.title for one in queries.notices(case.entry)]
        titles = {"warning": ["Warning"], "suspension": ["Suspended"], "removal": ["Removed"]}
        assert public == titles.get(outcome, [])

    def test_suspended_meanwhile_and_nothing_found(
        self, desk: made.Desk, case: ConductCase
    ) -> None:
        told(desk, case)
        proposal = actions.propose_interim(actor=desk.registrar, case=case, words="At risk.")
        actions.confirm_move(actor=desk.ratifier, proposal=proposal)
        case.refresh_from_db()
        case.entry.award.refresh_from_db()
        assert (case.state, case.entry.award.state) == ("interim", "suspended-interim")
        assert queries.notices(case.entry) == []
        day = timezone.localdate() + timedelta(days=9)
        actions.call_hearing(actor=desk.registrar, case=case, hearing_on=day)
        actions.propose_decision(actor=desk.registrar, case=case, outcome="", reasons="No.")
        actions.confirm_decision(actor=desk.ratifier, case=case)
        case.entry.award.refresh_from_db()
        assert case.entry.award.state == "active"

    def test_two_decide_and_a_third_hears_the_appeal(
        self, desk: made.Desk, case: ConductCase
    ) -> None:
        registers.give_duties(desk.ratifier.account)  # type: ignore[arg-type]
        heard(desk, case)
        actions.propose_decision(
            actor=desk.ratifier, case=case, outcome="removal", reasons="Shown.", published="P."
        )
        with pytest.raises(Denied):
            actions.confirm_decision(actor=desk.ratifier, case=case)
        case.refresh_from_db()
        assert case.state == "proposed"
        actions.confirm_decision(actor=desk.other_ratifier, case=case)
        with pytest.raises(Denied):
            actions.appeal_decision(actor=desk.registrar, case=case, grounds="G")
        actions.appeal_decision(actor=made.holder_of(case.entry), case=case, grounds="I was away.")
        for actor in (desk.ratifier, desk.other_ratifier):
            with pytest.raises(Denied):
                actions.hear_appeal(actor=actor, case=case, upheld=True, words="Yes.")
            case.refresh_from_db()
            assert case.state == "appealed"
        third = Actor.of(made.another_ratifier(desk.body, "third@institute.example"))
        actions.hear_appeal(actor=third, case=case, upheld=True, words="They were away.")
        assert Sanction.objects.get().overturned_at is not None
        assert queries.notices(case.entry) == []

    def test_an_upheld_appeal_lifts_a_suspension(self, desk: made.Desk, case: ConductCase) -> None:
        decided(desk, case, "suspension")
        actions.appeal_decision(actor=made.holder_of(case.entry), case=case, grounds="I was away.")
        actions.hear_appeal(actor=desk.other_ratifier, case=case, upheld=True, words="Away.")
        case.entry.award.refresh_from_db()
        assert case.entry.award.state == "active"

    def test_no_appeal_after_its_last_day_and_then_it_is_closed(
        self, desk: made.Desk, case: ConductCase
    ) -> None:
        decided(desk, case, "warning")
        with pytest.raises(NeedsMore):
            actions.close_case(case=case)
        case.decisions.update(appeal_by=timezone.localdate() - timedelta(days=1))
        with pytest.raises(NeedsMore):
            actions.appeal_decision(actor=made.holder_of(case.entry), case=case, grounds="Late.")
        actions.close_case(case=case)
        assert case.state == "closed"

    def test_no_case_is_found_by_nobody_before_they_were_told(
        self, desk: made.Desk, case: ConductCase
    ) -> None:
        with pytest.raises(NoSuchMove):
            actions.find_case(actor=desk.registrar, case=case)
        with pytest.raises(Refused, match="cannot be answered"):
            actions.answer_concern(actor=made.holder_of(case.entry), case=case, answer="No.")


class TestWhoReads:
    def test_nobody_but_those_who_look_into_it(self, desk: made.Desk, case: ConductCase) -> None:
        told(desk, case)
        actions.write_note(actor=desk.registrar, case=case, text=NOTE)
        far = made.another_ratifier(registers.a_body("other-institute"), "far@other.example")
        readers = {
            "registrant": made.holder_of(case.entry),
            "other": made.holder_of(made.somebody("Other Made-Up")),
            "assessor": Actor.of(registers.an_assessor()),
            "ratifier of another body": Actor.of(far),
        }
        slug, pk = case.entry.register.slug, case.pk
        paths = [
            reverse("recognition:desk_cases", args=[slug]),
            reverse("recognition:desk_cases_csv", args=[slug]),
            reverse("recognition:desk_case", args=[slug, pk]),
            reverse("recognition:registry_queue", args=[slug, "conduct"]),
            reverse("recognition:registry_queue_csv", args=[slug, "conduct"]),
            reverse("recognition:desk_entry", args=[slug, case.entry.award.number]),
            reverse("recognition:my_life", args=[case.entry.award.number]),
            reverse("recognition:my_case", args=[case.entry.award.number, pk]),
        ]
        for who, actor in readers.items():
            client = made.browser(actor)
            for path in paths:
                words = client.get(path).content.decode()
                secrets = [SAID, NOTE, "Wilma", WROTE]
                if who != "registrant":
                    secrets.append(case.entry.award.number)
                assert [one for one in secrets if one in words] == [], f"{who} {path}"
        for actor in (desk.registrar, desk.ratifier):
            assert SAID in made.browser(actor).get(paths[2]).content.decode()

    def test_a_registrar_never_reads_what_is_said_of_themselves(self, desk: made.Desk) -> None:
        own = made.own_entry(desk.registrar)
        mine = actions.raise_concern(actor=VISITOR, entry=own, said=SAID)
        client = made.browser(desk.registrar)
        path = reverse("recognition:desk_case", args=[own.register.slug, mine.pk])
        assert client.get(path).status_code == 404
        with pytest.raises(Denied):
            actions.find_no_case(actor=desk.registrar, case=mine, why="It is nothing.")

    def test_a_person_takes_what_they_were_told_and_erases_all(
        self, desk: made.Desk, case: ConductCase
    ) -> None:
        told(desk, case)
        actions.write_note(actor=desk.registrar, case=case, text=NOTE)
        person = made.holder_of(case.entry).person_id
        assert person is not None
        given = repr(export(person))
        assert "A logbook is said" in given
        assert SAID not in given
        erase(person)
        case.refresh_from_db()
        assert (case.said, case.reply_to, case.told, CaseNote.objects.get().text) == ("",) * 4
