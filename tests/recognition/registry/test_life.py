"""The life of an entry: alone, by two people, asked for by its person, meant to end on a day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from benchside.assessment.actions import move_award
from benchside.assessment.models import AwardEvent
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models import OutgoingMail
from benchside.core.models.audit import AuditEvent
from benchside.core.states import NoSuchMove
from benchside.organisations.enums import Kind
from benchside.recognition.models import Entry, ProposedMove, Sanction, Spell
from benchside.recognition.registry import actions, clock, life, queries
from benchside.recognition.registry.checks import waits_for_us
from benchside.recognition.registry.publishing import months_later
from tests.factories import registers
from tests.factories import registry as made
from tests.factories.organisations import an_organisation
from tests.factories.people import administrator

pytestmark = pytest.mark.django_db
HEALTH = "He was ill for a long time"


@pytest.fixture
def desk() -> made.Desk:
    return made.a_desk()


@pytest.fixture
def entry(desk: made.Desk) -> Entry:
    return made.somebody(days=30)


def propose(desk: made.Desk, entry: Entry, verb: str = "suspend", **more: object) -> ProposedMove:
    given = {"reason": "Conduct", "words": "See the file.", **more}
    return actions.propose_move(actor=desk.registrar, entry=entry, verb=verb, **given)  # type: ignore[arg-type]


class TestAlone:
    def test_a_break_begins_on_a_day_ends_on_a_day_and_is_told(
        self, desk: made.Desk, entry: Entry, django_capture_on_commit_callbacks: object
    ) -> None:
        today = timezone.localdate()
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            actions.move_entry(
                actor=desk.registrar,
                entry=entry,
                verb="begin-break",
                reason="Caring",
                effective_on=today - timedelta(days=3),
                until=today + timedelta(days=20),
            )
        assert entry.award.state == "career-break"
        event = AwardEvent.objects.filter(award=entry.award).latest("number")
        assert (event.verb, event.reason, event.actor) == (
            "begin-break", "Caring", desk.registrar.person_id,
        )  # fmt: skip
        assert event.effective_on == today - timedelta(days=3)
        assert event.detail == {"until": (today + timedelta(days=20)).isoformat()}
        assert ["On a career break" in one.subject for one in OutgoingMail.objects.all()] == [True]
        spell = Spell.objects.get()
        assert clock.remind_of_spell(spell, today) is True
        assert clock.remind_of_spell(Spell.objects.get(), today) is False
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            actions.move_entry(
                actor=desk.registrar,
                entry=entry,
                verb="end-break",
                confirmed=made.needs_of(entry, "end-break"),
            )
        assert Spell.objects.get().ended_on == today

    def test_of_several_changes_at_once_one_letter_goes_for_the_last(
        self, desk: made.Desk, entry: Entry, django_capture_on_commit_callbacks: object
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            for verb in ("begin-break", "end-break", "begin-break", "resign"):
                more = {"reason": "Caring"} if verb == "begin-break" else {}
                needs = made.needs_of(entry, verb)
                actions.move_entry(
                    actor=desk.registrar, entry=entry, verb=verb, confirmed=needs, **more
                )
        (letter,) = OutgoingMail.objects.all()
        assert "Resigned" in letter.subject

    def test_a_keeper_does_not_suspend_alone_even_one_with_both_duties(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        registers.give_duties(desk.ratifier.account)  # type: ignore[arg-type]
        for actor in (desk.registrar, desk.ratifier, Actor.of(administrator("root@x.example"))):
            with pytest.raises(Refused, match="two people"):
                actions.move_entry(actor=actor, entry=entry, verb="suspend", reason="Conduct")

    @pytest.mark.parametrize(
        ("more", "why"),
        [
            ({"verb": "begin-break"}, "needs its reason"),
            ({"verb": "lapse"}, "cannot be done"),
            ({"verb": "no-such"}, "cannot be done"),
            ({"verb": "resign", "until": date(2099, 1, 1)}, "no end"),
            ({"verb": "resign", "effective_on": date(2001, 1, 1)}, "not before it"),
        ],
    )
    def test_what_the_file_does_not_let_is_refused_whole(
        self, desk: made.Desk, entry: Entry, more: dict[str, object], why: str
    ) -> None:
        with pytest.raises(Refused, match=why):
            actions.move_entry(actor=desk.registrar, entry=entry, **more)  # type: ignore[arg-type]
        assert entry.award.events.count() == 1

    def test_a_letter_is_promised_where_one_goes(self, desk: made.Desk, entry: Entry) -> None:
        says = {one.verb: " ".join(one.says) for one in life.steps(entry)}
        assert "gets a letter" in says["resign"]
        assert "gets a letter" not in says["record-death"]

    def test_it_is_said_from_where_nobody_comes_back(self, entry: Entry) -> None:
        """A death may still be written down there, but that is no way back."""
        found = [one.verb for one in life.steps(entry) if "There is no way back" in one.says[-1]]
        assert sorted(found) == ["annul", "record-death", "transfer"]

    def test_nobody_keeps_their_own_entry(self, desk: made.Desk) -> None:
        own = made.own_entry(desk.registrar)
        with pytest.raises(Denied):
            actions.move_entry(actor=desk.registrar, entry=own, verb="resign")
        with pytest.raises(Denied):
            actions.propose_move(actor=desk.registrar, entry=own, verb="suspend", reason="Conduct")

    def test_through_another_body_the_number_stays(self, desk: made.Desk, entry: Entry) -> None:
        number, other = entry.award.number, registers.a_body("other-institute")
        actions.change_body(actor=desk.registrar, entry=entry, body=other, membership="M 7")
        again = Entry.objects.get(pk=entry.pk)
        assert (again.body, again.membership, again.award.number) == (other, "M 7", number)
        without = an_organisation("no-licence", kind=Kind.BODY)
        with pytest.raises(Refused, match="no licence"):
            actions.change_body(actor=desk.registrar, entry=entry, body=without)


class TestTwoPeople:
    def test_one_proposes_another_does_it_and_the_chain_names_both(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        proposal = propose(desk, entry, published="Worked without a permit.", words="See the file.")
        assert entry.award.state == "active"
        actions.confirm_move(actor=desk.ratifier, proposal=proposal)
        event = AwardEvent.objects.filter(award=entry.award).latest("number")
        assert (event.verb, event.target) == ("suspend", "suspended-conduct")
        assert event.actor == desk.ratifier.person_id
        assert event.detail["proposed_by"] == str(desk.registrar.person_id)
        sanction = Sanction.objects.get()
        assert sanction.words == "Worked without a permit."
        assert sanction.publish_until == months_later(timezone.localdate(), 60)

    def test_nothing_is_proposed_without_grounds(self, desk: made.Desk, entry: Entry) -> None:
        with pytest.raises(Refused, match="not told why"):
            propose(desk, entry, words=" ")
        assert not ProposedMove.objects.exists()

    def test_never_the_same_person_twice(self, desk: made.Desk, entry: Entry) -> None:
        """Neither by the action, nor by a superuser, nor past the database."""
        registers.give_duties(desk.ratifier.account)  # type: ignore[arg-type]
        for actor in (desk.ratifier, Actor.of(administrator("root@x.example"))):
            mine = actions.propose_move(
                actor=actor, entry=entry, verb="suspend", reason="Conduct", words="See the file."
            )
            with pytest.raises(Denied):
                actions.confirm_move(actor=actor, proposal=mine)
            with pytest.raises(IntegrityError), transaction.atomic():
                ProposedMove.objects.filter(pk=mine.pk).update(
                    state="done", closed_by=mine.proposed_by
                )
            actions.withdraw_move(actor=actor, proposal=mine)
        assert entry.award.events.count() == 1

    def test_only_of_the_body_they_belong_to(self, desk: made.Desk, entry: Entry) -> None:
        stranger = Actor.of(
            made.another_ratifier(registers.a_body("other-institute"), "far@other.example")
        )
        proposal = propose(desk, entry)
        for actor in (stranger, desk.registrar, made.holder_of(entry)):
            with pytest.raises(Denied):
                actions.confirm_move(actor=actor, proposal=proposal)

    def test_one_at_a_time_and_once(self, desk: made.Desk, entry: Entry) -> None:
        proposal = propose(desk, entry)
        with pytest.raises(Refused, match="already"):
            propose(desk, entry)
        actions.refuse_move(actor=desk.ratifier, proposal=proposal, why="Too soon.")
        with pytest.raises(NoSuchMove):
            actions.confirm_move(actor=desk.ratifier, proposal=proposal)
        assert entry.award.state == "active"

    def test_what_can_no_longer_be_done_is_not_half_done(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        proposal = propose(desk, entry)
        move_award(actor=desk.registrar, award=entry.award, verb="resign")
        with pytest.raises(Refused):
            actions.confirm_move(actor=desk.ratifier, proposal=proposal)
        proposal.refresh_from_db()
        assert (proposal.state, Sanction.objects.count()) == ("open", 0)

    def test_nothing_of_health_is_public_nor_of_the_dead(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        with pytest.raises(Refused, match="never published"):
            propose(desk, entry, verb="suspend-for-health", reason="Health", published=HEALTH)
        proposal = propose(desk, entry, verb="suspend-for-health", reason="Health")
        ProposedMove.objects.update(published=HEALTH)  # of before that was refused
        proposal.refresh_from_db()
        actions.confirm_move(actor=desk.ratifier, proposal=proposal)
        sanction = Sanction.objects.get()
        assert (sanction.is_health, sanction.words, sanction.publish_until) == (True, "", None)
        assert queries.notices(entry) == []

    def test_a_sanction_is_public_until_its_day_and_not_after(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        today = timezone.localdate()
        actions.confirm_move(
            actor=desk.ratifier, proposal=propose(desk, entry, published="No permit.")
        )
        assert [one.words for one in queries.notices(entry)] == ["No permit."]
        Sanction.objects.update(publish_until=today)
        assert len(queries.notices(entry)) == 1
        Sanction.objects.update(publish_until=today - timedelta(days=1))
        assert queries.notices(entry) == []
        Sanction.objects.update(publish_until=today)
        made.put_into(entry, "deceased")
        assert queries.notices(entry) == []


class TestAsked:
    def test_for_a_break_which_a_registrar_grants(self, desk: made.Desk, entry: Entry) -> None:
        me, until = made.holder_of(entry), timezone.localdate() + timedelta(days=200)
        asked = actions.ask_for(
            actor=me, entry=entry, verb="begin-break", reason="Parental leave", until=until
        )
        with pytest.raises(Refused, match="already"):
            actions.ask_for(actor=me, entry=entry, verb="resign")
        with pytest.raises(Denied):
            actions.grant_request(actor=me, request=asked)
        actions.grant_request(actor=desk.registrar, request=asked)
        entry.award.refresh_from_db()
        assert entry.award.state == "career-break"
        assert Spell.objects.get().until == until

    def test_from_a_day_to_come_it_is_kept_until_then(self, desk: made.Desk, entry: Entry) -> None:
        me, today = made.holder_of(entry), timezone.localdate()
        day = today + timedelta(days=60)
        asked = actions.ask_for(actor=me, entry=entry, verb="retire", begins=day)
        with pytest.raises(Refused, match=f"from {day:%-d %B %Y} on"):
            actions.grant_request(actor=desk.registrar, request=asked)
        asked.refresh_from_db()
        entry.award.refresh_from_db()
        assert (asked.state, entry.award.state) == ("asked", "active")
        path = reverse("recognition:desk_entry", args=[entry.register.slug, entry.award.number])
        page = made.browser(desk.registrar).get(path).content.decode()
        assert "Grant it" not in page
        assert f"You can grant it from {day:%-d %B %Y} on" in page
        own = f"/my/registrations/{entry.award.number}/life/"
        assert "We keep it until then" in made.browser(me).get(own).content.decode()
        assert not waits_for_us(entry)
        with time_machine.travel(datetime.combine(day, time(12), UTC), tick=False):
            assert waits_for_us(entry)
            assert "Grant it" in made.browser(desk.registrar).get(path).content.decode()
        with time_machine.travel(datetime.combine(day, time(12), UTC) + timedelta(days=3)):
            actions.grant_request(actor=desk.registrar, request=asked)
        event = AwardEvent.objects.filter(award=entry.award).latest("number")
        assert (event.target, event.effective_on) == ("retired", day)

    def test_coming_back_is_asked_for_a_day_on_which_it_can_be(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        actions.move_entry(actor=desk.registrar, entry=entry, verb="resign")
        step = life.step_of(entry, "return")
        assert step is not None
        assert step.last is not None
        asks = {"actor": made.holder_of(entry), "entry": entry, "verb": "return"}
        with pytest.raises(Refused, match=f"last day for this is {step.last:%-d %B %Y}"):
            actions.ask_for(**asks, begins=step.last + timedelta(days=1))
        actions.ask_for(**asks, begins=step.last)

    def test_only_for_ones_own_and_what_may_be_asked_for(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        other = made.somebody("Other Made-Up")
        with pytest.raises(Denied):
            actions.ask_for(actor=made.holder_of(other), entry=entry, verb="resign")
        for verb in ("suspend", "annul", "record-death", "end-break"):
            with pytest.raises(Refused, match="cannot ask"):
                actions.ask_for(actor=made.holder_of(entry), entry=entry, verb=verb)

    def test_coming_back_needs_what_the_file_says(self, desk: made.Desk, entry: Entry) -> None:
        actions.move_entry(actor=desk.registrar, entry=entry, verb="resign")
        asked = actions.ask_for(actor=made.holder_of(entry), entry=entry, verb="return")
        with pytest.raises(Refused, match="Not confirmed yet"):
            actions.grant_request(actor=desk.registrar, request=asked)
        asked.refresh_from_db()
        assert asked.state == "asked"
        needs = ["Their CPD since they left was read", "The fee is paid"]
        actions.grant_request(actor=desk.registrar, request=asked, confirmed=needs)
        event = AwardEvent.objects.filter(award=entry.award).latest("number")
        assert event.detail["confirmed"] == needs

    def test_a_no_says_why(self, desk: made.Desk, entry: Entry) -> None:
        asked = actions.ask_for(actor=made.holder_of(entry), entry=entry, verb="retire")
        with pytest.raises(Refused, match="not said why"):
            actions.refuse_request(actor=desk.registrar, request=asked, answer=" ")
        actions.refuse_request(actor=desk.registrar, request=asked, answer="You are due first.")
        assert asked.answer == "You are due first."

    def test_nobody_leaves_while_a_concern_is_looked_into(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        actions.raise_concern(actor=desk.registrar, entry=entry, said="Something happened.")
        with pytest.raises(Refused, match="looked into"):
            actions.move_entry(actor=desk.registrar, entry=entry, verb="resign")
        actions.move_entry(actor=desk.registrar, entry=entry, verb="record-death")
        assert entry.award.state == "deceased"


def test_no_letter_and_no_reason_is_in_the_trail(desk: made.Desk, entry: Entry) -> None:
    """The audit holds opaque ids and verbs; words about a person stand in their own tables."""
    propose(desk, entry, words="Very private words", published="Public words")
    trail = repr(list(AuditEvent.objects.values_list("verb", "detail")))
    assert "entry.propose" in trail
    assert "private words" not in trail
    assert "Public words" not in trail
