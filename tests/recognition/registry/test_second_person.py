"""While a change waits for a second person: what is kept from it, what is not, and what is kept of
it afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import move_award
from benchside.assessment.awarding.clock import walk
from benchside.core.actions import SYSTEM, Refused
from benchside.core.models import OutgoingMail
from benchside.recognition.entries import as_at
from benchside.recognition.models import Entry, Fee, ProposedMove, YearlyRenewal
from benchside.recognition.registry import actions, queries
from benchside.recognition.registry.enums import ProposalState
from tests.factories import registers
from tests.factories import registry as made

pytestmark = pytest.mark.django_db
WAITS = "Something is proposed for this entry already"


@pytest.fixture
def desk() -> made.Desk:
    return made.a_desk()


@pytest.fixture
def entry(desk: made.Desk) -> Entry:
    return made.somebody(days=300)


def propose(
    desk: made.Desk, entry: Entry, verb: str = "suspend", *, ago: int = 7, **more: Any
) -> ProposedMove:
    day = timezone.localdate() - timedelta(days=ago)
    given = {"reason": "Conduct", "words": "See the file.", "effective_on": day, **more}
    return actions.propose_move(actor=desk.registrar, entry=entry, verb=verb, **given)


def page(actor: made.Actor, entry: Entry) -> str:
    path = f"/registry/registered-technician/entries/{entry.award.number}/"
    return made.browser(actor).get(path).content.decode()


class TestNothingElseMeanwhile:
    @pytest.mark.parametrize("verb", ["begin-break", "resign", "retire", "transfer"])
    def test_one_person_changes_nothing(self, desk: made.Desk, entry: Entry, verb: str) -> None:
        proposal = propose(desk, entry)
        with pytest.raises(Refused, match=WAITS):
            actions.move_entry(actor=desk.registrar, entry=entry, verb=verb, reason="Study")
        actions.confirm_move(actor=desk.ratifier, proposal=proposal)
        entry.award.refresh_from_db()
        assert entry.award.state == "suspended-conduct"

    def test_nor_grants_what_they_ask_for_nor_moves_them_to_another_body(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        asked = actions.ask_for(actor=made.holder_of(entry), entry=entry, verb="resign")
        other = registers.a_body("other-institute")
        propose(desk, entry)
        with pytest.raises(Refused, match=WAITS):
            actions.grant_request(actor=desk.registrar, request=asked)
        asked.refresh_from_db()
        assert asked.state == "asked"
        with pytest.raises(Refused, match=WAITS):
            actions.change_body(actor=desk.registrar, entry=entry, body=other)

    def test_nor_agrees_that_they_come_back(self, desk: made.Desk, entry: Entry) -> None:
        made.put_into(entry, "lapsed")
        propose(desk, entry, "annul", ago=0, reason="Admitted in error")
        needs = ["Their CPD since it lapsed was read, or they passed a new review"]
        with pytest.raises(Refused, match=WAITS):
            actions.agree_to_return(
                actor=desk.registrar, entry=entry, verb="reinstate", confirmed=needs
            )
        assert not Fee.objects.exists()

    def test_the_page_offers_nothing_that_is_refused(self, desk: made.Desk, entry: Entry) -> None:
        registers.a_body("other-institute")
        actions.ask_for(actor=made.holder_of(entry), entry=entry, verb="resign")
        before = page(desk.registrar, entry)
        assert "Do it: retire" in before
        assert "Register them through another body" in before
        assert "<span>Grant it</span>" in before
        propose(desk, entry)
        words = page(desk.registrar, entry)
        for offer in ("Do it: retire", "Do it: begin", "Propose it", "another body", "Grant it"):
            assert offer not in words
        assert "Do it: record death" in words
        assert '<a href="#waits">Suspend</a> waits for a second person.' in words
        assert "It can be granted once what waits" in words

    def test_what_is_pressed_on_an_older_page_says_why_not(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        propose(desk, entry)
        path = f"/registry/registered-technician/entries/{entry.award.number}/"
        said = {"verb": "begin-break", "reason": "Study", "effective_on": timezone.localdate()}
        answer = made.browser(desk.registrar).post(path, said)
        assert answer.status_code == 422
        assert WAITS in answer.content.decode()


class TestWhatWaitsForNobody:
    def test_a_death_is_written_down_and_ends_what_waited(
        self, desk: made.Desk, entry: Entry, django_capture_on_commit_callbacks: Any
    ) -> None:
        proposal = propose(desk, entry)
        with django_capture_on_commit_callbacks(execute=True):
            actions.move_entry(actor=desk.registrar, entry=entry, verb="record-death")
        proposal.refresh_from_db()
        assert proposal.state == ProposalState.OVERTAKEN
        assert proposal.closed_at is not None
        assert "Waits for a second person" not in page(desk.ratifier, entry)

    def test_so_does_another_door(
        self, desk: made.Desk, entry: Entry, django_capture_on_commit_callbacks: Any
    ) -> None:
        """Such as a decision in a case, or of a CPD committee."""
        proposal = propose(desk, entry, "suspend-for-health", reason="Health")
        with django_capture_on_commit_callbacks(execute=True):
            move_award(actor=desk.ratifier, award=entry.award, verb="remove", reason="Conduct")
        proposal.refresh_from_db()
        assert proposal.state == ProposalState.OVERTAKEN

    def test_what_comes_due_or_is_renewed_leaves_it_to_be_confirmed_from_that_day(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        today = timezone.localdate()
        proposal = propose(desk, entry)
        move_award(actor=SYSTEM, award=entry.award, verb="come-due", effective_on=today)
        YearlyRenewal.objects.create(entry=entry, period_end=entry.award.period_end)
        actions.move_entry(
            actor=SYSTEM, entry=entry, verb="renew", detail={"renewal": 1}, effective_on=today
        )
        assert f"from {today:%-d %B %Y}" in page(desk.ratifier, entry)
        actions.confirm_move(actor=desk.ratifier, proposal=proposal)
        entry.award.refresh_from_db()
        assert (entry.award.state, made.began(entry)) == ("suspended-conduct", today)
        assert entry.sanctions.get().begins == today

    def test_one_whose_end_is_over_by_then_is_not_confirmed(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        today = timezone.localdate()
        proposal = propose(desk, entry, until=today - timedelta(days=1))
        move_award(actor=SYSTEM, award=entry.award, verb="come-due", effective_on=today)
        with pytest.raises(Refused, match="Its last day is over"):
            actions.confirm_move(actor=desk.ratifier, proposal=proposal)

    def test_nobody_lapses_out_of_it(self, desk: made.Desk) -> None:
        entry, today = made.somebody("Late Made-Up", days=600), timezone.localdate()
        walk(entry.award, today - timedelta(days=200))
        assert entry.award.state == "grace"
        proposal = propose(desk, entry, ago=200)
        walk(entry.award, today)
        assert entry.award.state == "grace"
        actions.refuse_move(actor=desk.ratifier, proposal=proposal, why="Too soon.")
        walk(entry.award, today)
        assert entry.award.state == "lapsed"


def test_days_in_a_refusal_are_for_people(desk: made.Desk, entry: Entry) -> None:
    began = made.began(entry)
    with pytest.raises(Refused, match=f"took effect on {began:%-d %B %Y}"):
        actions.move_entry(
            actor=desk.registrar,
            entry=entry,
            verb="resign",
            effective_on=began - timedelta(days=1),
        )


def test_it_is_proposed_from_where_the_entry_is_not_from_where_it_was_read(
    desk: made.Desk, entry: Entry
) -> None:
    stale = Entry.objects.select_related("award__version", "register").get(pk=entry.pk)
    actions.move_entry(actor=desk.registrar, entry=entry, verb="resign")
    with pytest.raises(Refused):
        propose(desk, stale, ago=0)


class TestAfterwards:
    SAID = "The logbook was changed."
    PUBLISHED = "Changed results."

    def test_history_and_the_register_as_at_a_day_name_both(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        proposal = propose(desk, entry, ago=0)
        actions.confirm_move(actor=desk.ratifier, proposal=proposal)
        first, second = (
            User.objects.get(person_id=one.person_id) for one in (desk.registrar, desk.ratifier)
        )
        first.name, second.name = "Rex Registrar", "Bea Body"
        first.save()
        second.save()
        both = "Bea Body; proposed by Rex Registrar"
        assert queries.history(entry)[0].who == both
        assert both in page(desk.registrar, entry)
        assert both in "".join(as_at.as_csv(desk.register, timezone.localdate()))
        first.delete()
        assert queries.history(entry)[0].who == "Bea Body; proposed by Somebody who has left"

    def test_what_was_said_stands_at_the_desk_and_not_with_the_person(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        proposal = propose(desk, entry, words=self.SAID, published=self.PUBLISHED)
        actions.confirm_move(actor=desk.ratifier, proposal=proposal)
        for reader in (desk.registrar, desk.ratifier):
            words = page(reader, entry)
            assert self.SAID in words
            assert self.PUBLISHED in words
        far = made.another_ratifier(registers.a_body("other-institute"), "far@other.example")
        assert self.SAID not in page(made.Actor.of(far), entry)
        own = made.browser(made.holder_of(entry))
        for path in ("", "life/"):
            mine = own.get(f"/my/registrations/{entry.award.number}/{path}").content.decode()
            assert self.SAID not in mine

    def test_nobody_reads_what_was_proposed_about_themselves(self, desk: made.Desk) -> None:
        mine = made.own_entry(desk.ratifier)
        other = made.Actor.of(registers.a_registrar("other@council.example"))
        proposal = actions.propose_move(
            actor=other, entry=mine, verb="suspend", reason="Conduct", words=self.SAID
        )
        assert self.SAID not in page(desk.ratifier, mine)
        assert self.SAID in page(desk.other_ratifier, mine)
        actions.confirm_move(actor=desk.other_ratifier, proposal=proposal)
        assert self.SAID not in page(desk.ratifier, mine)
        assert self.SAID in page(desk.other_ratifier, mine)

    def test_a_no_needs_its_reason_and_reaches_whoever_proposed_it(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        proposal = propose(desk, entry)
        path = f"/registry/registered-technician/entries/{entry.award.number}/"
        answer = f"{path}proposals/{proposal.pk}/"
        second = made.browser(desk.ratifier)
        with pytest.raises(Refused, match="not said why"):
            actions.refuse_move(actor=desk.ratifier, proposal=proposal, why=" ")
        empty = second.post(answer, {"do": "refuse", "why": " "})
        assert empty.status_code == 422
        assert "This is empty: write it first." in empty.content.decode()
        long = second.post(answer, {"do": "refuse", "why": "Kept!" * 1000})
        assert "Kept!Kept!" in long.content.decode()
        proposal.refresh_from_db()
        assert proposal.state == "open"
        said = {"do": "refuse", "why": "A warning is enough."}
        assert second.post(answer, said).status_code == 302
        proposal.refresh_from_db()
        assert (proposal.state, proposal.answer) == ("refused", "A warning is enough.")
        letter = OutgoingMail.objects.filter(name="recognition/desk_waits").latest("pk")
        proposer = User.objects.get(person_id=desk.registrar.person_id)
        assert letter.to == [proposer.email]
        assert "was not confirmed" in letter.text
        assert "A warning" not in letter.text
        assert "A warning is enough." in page(desk.registrar, entry)
