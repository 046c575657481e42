"""A concern from the open form to the appeal; three people, and nobody else reads a word."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchside.assessment.actions import move_award
from benchside.core.actions import SYSTEM, VISITOR, Actor, Denied, Refused
from benchside.core.models import OutgoingMail
from benchside.core.open_forms import make_token
from benchside.core.states import NeedsMore, NoSuchMove
from benchside.recognition.entries import statements
from benchside.recognition.entries.publishing import sheet_of
from benchside.recognition.models import CaseNote, ConductCase, Entry, Sanction
from benchside.recognition.registry import actions, clock, queries
from benchside.recognition.registry.enums import ConductState
from benchside.recognition.registry.forgetting import erase, export
from benchside.recognition.registry.publishing import months_later
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
    actions.call_hearing(actor=desk.registrar, case=case, hearing_on=timezone.localdate())
    return case


def decided(desk: made.Desk, case: ConductCase, outcome: str, **more: Any) -> ConductCase:
    heard(desk, case)
    actions.propose_decision(
        actor=desk.registrar, case=case, outcome=outcome, reasons="It was shown.", **more
    )
    actions.confirm_decision(actor=desk.ratifier, decision=case.decisions.get())
    case.entry.award.refresh_from_db()
    return case


class TestTheForm:
    @pytest.fixture(autouse=True)
    def nobody_wrote_before(self) -> None:
        """As far as it is counted who wrote too often."""
        cache.clear()

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

    def test_the_same_words_sent_again_are_the_same_concern(
        self, entry: Entry, django_capture_on_commit_callbacks: Any
    ) -> None:
        """Back, and Send: the form is made anew then, with another token."""
        first = self.post(entry, name="Wilma")
        with django_capture_on_commit_callbacks() as afterwards:
            again = self.post(entry, name="Wilma")
        assert (again.status_code, again["Location"]) == (302, first["Location"])
        assert ConductCase.objects.count() == 1
        assert not afterwards, "nobody is told twice"
        self.post(entry, name="Wilma", said="It happened on Monday.")
        assert ConductCase.objects.count() == 2, "other words are more"
        ConductCase.objects.update(made_at=timezone.now() - timedelta(days=2))
        self.post(entry, name="Wilma")
        assert ConductCase.objects.count() == 3, "days later it is so again"

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
            ("hearing", "call-hearing"): "hearing",
            ("hearing", "protect"): "hearing",
            ("hearing", "propose"): "proposed",
            ("proposed", "protect"): "proposed",
            ("proposed", "confirm"): "decided",
            ("proposed", "send-back"): "hearing",
            ("proposed", "withdraw"): "hearing",
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

    @pytest.mark.parametrize(
        ("outcome", "reason"),
        [
            ("", "Nothing was found"),
            ("advice", "Another outcome was decided"),
            ("warning", "Another outcome was decided"),
        ],
    )
    def test_suspended_meanwhile_and_nothing_found(
        self, desk: made.Desk, case: ConductCase, outcome: str, reason: str
    ) -> None:
        told(desk, case)
        proposal = actions.propose_interim(actor=desk.registrar, case=case, words="At risk.")
        actions.confirm_move(actor=desk.ratifier, proposal=proposal)
        case.refresh_from_db()
        case.entry.award.refresh_from_db()
        assert (case.state, case.entry.award.state) == ("interim", "suspended-interim")
        assert queries.notices(case.entry) == []
        actions.call_hearing(actor=desk.registrar, case=case, hearing_on=timezone.localdate())
        actions.propose_decision(
            actor=desk.registrar, case=case, outcome=outcome, reasons="No.", published="A word."
        )
        actions.confirm_decision(actor=desk.ratifier, decision=case.decisions.get())
        case.entry.award.refresh_from_db()
        assert case.entry.award.state == "active"
        last = case.entry.award.events.latest("number")
        assert (last.verb, last.reason) == ("lift", reason)

    def test_two_decide_and_a_third_hears_the_appeal(
        self, desk: made.Desk, case: ConductCase
    ) -> None:
        registers.give_duties(desk.ratifier.account)  # type: ignore[arg-type]
        heard(desk, case)
        actions.propose_decision(
            actor=desk.ratifier, case=case, outcome="removal", reasons="Shown.", published="P."
        )
        with pytest.raises(Denied):
            actions.confirm_decision(actor=desk.ratifier, decision=case.decisions.get())
        case.refresh_from_db()
        assert case.state == "proposed"
        actions.confirm_decision(actor=desk.other_ratifier, decision=case.decisions.get())
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
        assert case.said == SAID, "as long as it is open"
        actions.find_no_case(actor=desk.registrar, case=case, why="It was somebody else.")
        erase(person)
        case.refresh_from_db()
        assert (case.said, case.reply_to, case.told) == ("",) * 3
        assert not CaseNote.objects.exclude(text="").exists()


class TestAfterItsEnd:
    """What was published is read for its time after its own end, and both days are said."""

    @staticmethod
    def suspended(desk: made.Desk, case: ConductCase, **dates: Any) -> Entry:
        """And lifted today, as if it had been decided on the days given."""
        decided(desk, case, "suspension", published="A logbook was changed.")
        Sanction.objects.update(**dates)
        move_award(actor=SYSTEM, award=case.entry.award, verb="lift", reason="The time is over")
        clock.end_what_is_over(Entry.objects.get(pk=case.entry_id), timezone.localdate())
        return Entry.objects.get(pk=case.entry_id)

    def test_it_is_on_every_way_out_on_the_day_after(
        self, desk: made.Desk, case: ConductCase
    ) -> None:
        today = timezone.localdate()
        yesterday, begins = today - timedelta(days=1), today - timedelta(days=40)
        entry = self.suspended(desk, case, begins=begins, until=yesterday)
        Sanction.objects.update(ended_on=yesterday)
        sheet = sheet_of(entry)
        assert sheet is not None
        (notice,) = sheet.notices
        assert (notice.ends, notice.until) == (yesterday, months_later(today, 60))
        slug, number = entry.register.slug, entry.award.number
        page = Client().get(reverse("recognition:entry", args=[slug, number])).content.decode()
        ends = f"From {begins:%-d %B %Y} until {yesterday:%-d %B %Y}. Shown until"
        assert f"{ends} {months_later(today, 60):%-d %B %Y}" in page
        (told,) = Client().get(f"/api/v1/registers/{slug}/entries/{number}").json()["notices"]
        assert (told["ends"], told["until"]) == (str(yesterday), str(months_later(today, 60)))
        said = statements.says(sheet, uuid4(), timezone.now())
        assert said["notices"] == [
            ["Suspended", "A logbook was changed.", str(begins), str(yesterday)]
        ]

    def test_an_open_end_is_counted_from_when_it_was_lifted(
        self, desk: made.Desk, case: ConductCase
    ) -> None:
        begins = timezone.localdate() - timedelta(days=730)
        self.suspended(desk, case, begins=begins, publish_until=months_later(begins, 60))
        assert Sanction.objects.get().publish_until == months_later(timezone.localdate(), 60)

    def test_a_removal_goes_on_while_its_restoration_is_heard(
        self, desk: made.Desk, case: ConductCase
    ) -> None:
        decided(desk, case, "removal", published="A logbook was changed.")
        made.put_into(case.entry, "restoration-hearing")
        clock.end_what_is_over(case.entry, timezone.localdate())
        assert Sanction.objects.get().ended_on is None
        assert len(queries.notices(case.entry)) == 1

    @pytest.mark.parametrize(("outcome", "read"), [("suspension", 1), ("removal", 0)])
    def test_without_an_end_it_is_read_for_as_long_as_somebody_may_be_let_out(
        self, desk: made.Desk, case: ConductCase, outcome: str, read: int
    ) -> None:
        decided(desk, case, outcome, published="A logbook was changed.")
        yesterday = timezone.localdate() - timedelta(days=1)
        Sanction.objects.update(begins=date(2010, 1, 1), until=None, publish_until=yesterday)
        sheet = sheet_of(Entry.objects.get(pk=case.entry_id))
        assert sheet is not None
        assert [one.until for one in sheet.notices] == [None] * read
