"""The desk's pages: queues, lists, exports, as many queries for many as for few."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from benchside.assessment.actions import begin_submission, give_seat
from benchside.assessment.models import Award, Reviewer, StandardVersion, Submission
from benchside.core.actions import VISITOR, Refused
from benchside.recognition.models import (
    Entry,
    EqualityAnswer,
    Fee,
    Interview,
    ProposedMove,
    RegisterApplication,
)
from benchside.recognition.registry import actions, own_queues, queries, queues, reports
from benchside.recognition.registry.queues import Reader
from tests.factories import registers
from tests.factories import registry as made
from tests.factories.people import person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def desk() -> made.Desk:
    return made.a_desk()


def apply(
    number: int, state: str, *, route: str = "standard", **fields: Any
) -> RegisterApplication:
    """Sent in ten days ago and come as far as `state`."""
    technician = registers.an_applicant(f"applicant-{number}@work.example")
    version = StandardVersion.objects.in_force(registers.STANDARD)
    assert version is not None
    submission = begin_submission(
        actor=made.Actor.of(technician.account),  # type: ignore[arg-type]
        version=version,
        technician=technician,
        route=route,
    )
    ago = timezone.now() - timedelta(days=10)
    Submission.objects.filter(pk=submission.pk).update(
        state=state,
        submitted_at=ago,
        closed_at=timezone.now() if state in {"approved", "declined"} else None,
    )
    return RegisterApplication.objects.create(
        submission=submission,
        register=registers.a_register(),
        body=registers.a_body(),
        number=f"RTA-{number:06d}",
        **fields,
    )


def waiting(actor: made.Actor, key: str) -> list[str]:
    found = queries.desk_of(actor.account, "registered-technician")  # type: ignore[arg-type]
    assert found is not None
    queue = next(one for one in queues.queues_of(found) if one.key == key)
    return [row.title for row in queue.waiting(Reader(found))]


class TestQueues:
    def test_each_application_stands_where_it_waits_and_nowhere_else(self, desk: made.Desk) -> None:
        now = timezone.now()
        apply(1, "submitted")
        checked = apply(2, "submitted", checked_at=now)
        owing = apply(3, "submitted", checked_at=now)
        Fee.objects.create(application=owing, kind="application", amount=25)
        apply(4, "more-asked")
        apply(5, "in-review")
        late = apply(6, "submitted", checked_at=now)
        Fee.objects.create(
            application=late, kind="application", amount=25, state="paid", settled_on=TODAY()
        )
        seat = give_seat(
            actor=desk.registrar,
            submission=late.submission,
            user=registers.an_assessor(),
            number=1,
        )
        type(seat).objects.filter(pk=seat.pk).update(due_on=TODAY() - timedelta(days=2))
        apply(7, "reviewed")
        apply(8, "recommended")
        apply(9, "approved", pay_by=TODAY() + timedelta(days=80))
        apply(10, "appealed")
        apply(11, "approved", admitted_at=now)
        apply(12, "draft")
        names = {
            key: [name.removeprefix("Applicant-") for name in waiting(desk.registrar, key)]
            for key in ("check", "fee", "assign", "late", "more", "disagreement", "interview",
                        "recommend", "ratify", "unpaid", "appeals")
        }  # fmt: skip
        assert names == {
            "check": ["1"], "fee": ["3"], "assign": ["2", "6"], "late": ["6"], "more": ["4"],
            "disagreement": ["5"], "interview": [], "recommend": ["7"], "ratify": ["8"],
            "unpaid": ["9"], "appeals": ["10"],
        }  # fmt: skip
        assert checked.number == "RTA-000002"

    def test_what_nobody_answers_in_time_waits_for_the_desk(self, desk: made.Desk) -> None:
        one = apply(1, "more-asked").submission
        asked = one.requests.create(round=1, text="A log?", due_on=TODAY())
        names = lambda: {key: waiting(desk.registrar, key) for key in ("more", "silent")}  # noqa: E731
        assert names() == {"more": ["Applicant-1"], "silent": []}
        type(asked).objects.update(due_on=TODAY() - timedelta(days=1))
        assert names() == {"more": [], "silent": ["Applicant-1"]}

    def test_what_is_sent_in_again_waits_to_be_checked_again(self, desk: made.Desk) -> None:
        apply(1, "submitted", checked_at=timezone.now() - timedelta(days=11))  # sent in since
        assert waiting(desk.registrar, "check") == ["Applicant-1"]
        assert waiting(desk.registrar, "assign") == []

    def test_a_talk_is_arranged_before_it_is_recommended(self, desk: made.Desk) -> None:
        one = apply(1, "reviewed")
        version = one.submission.version
        content = {**version.content}
        content["routes"] = [{**way, "interview": True} for way in content["routes"]]
        StandardVersion.objects.filter(pk=version.pk).update(content=content, digest="talks")
        assert waiting(desk.registrar, "interview") == ["Applicant-1"]
        assert waiting(desk.registrar, "recommend") == []
        Interview.objects.create(
            submission=one.submission, outcome="met", recorded_at=timezone.now()
        )
        assert waiting(desk.registrar, "recommend") == ["Applicant-1"]

    def test_entries_wait_where_something_is_to_be_done(self, desk: made.Desk) -> None:
        asking, second = made.somebody("Ask Made-Up"), made.somebody("Second Made-Up")
        actions.ask_for(actor=made.holder_of(asking), entry=asking, verb="resign")
        actions.propose_move(
            actor=desk.registrar, entry=second, verb="suspend", reason="Conduct", words="See it."
        )
        actions.raise_concern(actor=VISITOR, entry=second, said="Something")
        assert [one[-11:] for one in waiting(desk.registrar, "requests")] == ["Ask Made-Up"]
        assert len(waiting(desk.ratifier, "second")) == 1
        assert len(waiting(desk.ratifier, "conduct")) == 1
        far = made.another_ratifier(registers.a_body("other-institute"), "far@other.example")
        for key in ("second", "conduct"):
            assert waiting(made.Actor.of(far), key) == []

    def test_what_is_asked_for_a_day_to_come_is_late_only_after_it(self, desk: made.Desk) -> None:
        entry, day = made.somebody(), TODAY() + timedelta(days=60)
        asked = actions.ask_for(actor=made.holder_of(entry), entry=entry, verb="retire", begins=day)
        type(asked).objects.update(asked_at=timezone.now() - timedelta(days=90))
        found = queries.desk_of(desk.registrar.account, "registered-technician")  # type: ignore[arg-type]
        assert found is not None
        (row,) = own_queues._requests(Reader(found))
        assert row.what.endswith(f", from {day:%-d %B %Y} on")
        days = entry.register.rules.target_days("asked")
        assert days is not None
        assert row.due == day + timedelta(days=days)
        assert not row.is_late(day)

    def test_ageing_is_counted_against_the_register(self, desk: made.Desk) -> None:
        apply(1, "submitted")  # ten days, the target: not late yet
        apply(2, "submitted")
        Submission.objects.filter(register_application__number="RTA-000002").update(
            submitted_at=timezone.now() - timedelta(days=11)
        )
        found = queries.desk_of(desk.registrar.account, "registered-technician")  # type: ignore[arg-type]
        assert found is not None
        line = next(one for one in queues.lines(found) if one.queue.key == "check")
        assert (line.count, line.oldest, line.late) == (2, 11, 1)


class TestPages:
    PAGES = ("", "queues/check/", "queues/renewals/?q=x", "entries/", "entries/?due=due",
             "entries/?q=obrien&state=active&sort=-name", "conduct/", "assessors/", "outcomes/",
             "desk.csv", "queues/check.csv", "entries.csv", "conduct.csv", "assessors.csv",
             "outcomes.csv")  # fmt: skip

    def test_every_page_opens_empty_and_full(self, desk: made.Desk) -> None:
        client = made.browser(desk.registrar)
        for full in (False, True):
            if full:
                entry = made.somebody()
                apply(1, "submitted")
                actions.raise_concern(actor=VISITOR, entry=entry, said="Something")
            for page in self.PAGES:
                answer = client.get(f"/registry/registered-technician/{page}")
                assert answer.status_code == 200, page
                assert "private" in answer["Cache-Control"], page
        assert client.get("/registry/")["Location"] == "/registry/registered-technician/"
        for strange in ("queues/none/", "entries/RT-999999/", "conduct/999/"):
            assert client.get(f"/registry/registered-technician/{strange}").status_code == 404
        assert client.get("/registry/no-register/").status_code == 404

    @pytest.mark.parametrize("page", ["", "entries/", "conduct/", "assessors/", "queues/check/"])
    def test_as_many_queries_for_many_as_for_few(self, desk: made.Desk, page: str) -> None:
        client = made.browser(desk.registrar)

        def count() -> int:
            with CaptureQueriesContext(
                connection,
            ) as counted:
                client.get(f"/registry/registered-technician/{page}")
            return len(counted)

        self.fill(desk, range(2))
        count()  # the session's first request asks once more
        few = count()
        self.fill(desk, range(2, 9))
        assert count() == few
        assert few <= 45

    @staticmethod
    def fill(desk: made.Desk, numbers: range) -> None:
        for number in numbers:
            entry = made.somebody(f"P{number} Made-Up", days=300)
            actions.raise_concern(actor=VISITOR, entry=entry, said="Something")
            actions.propose_move(
                actor=desk.registrar, entry=entry, verb="suspend", reason="Conduct", words="See it."
            )
            actions.ask_for(actor=made.holder_of(entry), entry=entry, verb="resign")
            apply(number, "submitted")
            apply(100 + number, "recommended")
            registers.an_assessor(f"assessor-{number}@council.example")

    def test_a_name_that_is_a_formula_leaves_as_text(self, desk: made.Desk) -> None:
        made.somebody("=cmd Made-Up")
        answer = made.browser(desk.registrar).get("/registry/registered-technician/entries.csv")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert rows[1][1] == "'=cmd Made-Up"

    def test_what_they_asked_is_not_offered_where_it_cannot_be_granted(
        self, desk: made.Desk
    ) -> None:
        entry = made.somebody()
        actions.ask_for(actor=made.holder_of(entry), entry=entry, verb="resign")
        path = reverse("recognition:desk_entry", args=[entry.register.slug, entry.award.number])
        client = made.browser(desk.registrar)
        assert "Grant it" in client.get(path).content.decode()
        made.put_into(entry, "suspended-conduct")
        page = client.get(path).content.decode()
        assert "It cannot be granted as their entry stands now." in page
        assert "Grant it" not in page

    def test_an_entry_whose_name_is_forgotten_is_called_something(self, desk: made.Desk) -> None:
        """An empty heading and an empty link are read out as nothing."""
        entry = made.somebody()
        Entry.objects.update(name="")
        path = reverse("recognition:desk_entry", args=[entry.register.slug, entry.award.number])
        for each in (path, "/registry/registered-technician/entries/"):
            assert "No name kept" in made.browser(desk.registrar).get(each).content.decode()

    def test_a_suspension_by_two_through_the_pages(self, desk: made.Desk) -> None:
        entry = made.somebody()
        path = reverse("recognition:desk_entry", args=[entry.register.slug, entry.award.number])
        first, second = made.browser(desk.registrar), made.browser(desk.ratifier)
        bad = first.post(path, {"verb": "suspend", "effective_on": "2099-01-01", "words": "Kept!"})
        assert bad.status_code == 422
        words = bad.content.decode()
        for said in ("Choose the reason.", "still to come", "Kept!"):
            assert said in words
        given = {"verb": "suspend", "reason": "Conduct", "effective_on": TODAY().isoformat()}
        without = first.post(path, given)
        assert "This is empty: write it first." in without.content.decode()
        assert not ProposedMove.objects.exists()
        assert "Propose it" in first.get(path).content.decode()
        given["words"] = "The logbook was changed."
        assert first.post(path, given).status_code == 302
        waits = first.get(path).content.decode()
        assert "waits for a second person. Until that is confirmed" in waits
        assert "Propose it" not in waits
        again = first.post(path, given)
        assert (again.status_code, "Something is proposed" in again.content.decode()) == (422, True)
        proposal = ProposedMove.objects.get()
        answer = f"{path}proposals/{proposal.pk}/"
        assert "Confirm it" not in first.get(path).content.decode()
        assert first.post(answer, {"do": "confirm"}).status_code == 403
        assert "Confirm it" in second.get(path).content.decode()
        second.post(answer, {"do": "confirm"})
        assert Award.objects.get(pk=entry.award_id).state == "suspended-conduct"

    def test_the_engines_own_page_of_awards_changes_no_entry(self, desk: made.Desk) -> None:
        entry = made.somebody()
        path = reverse("assessment:kept_award", args=[entry.award.number])
        for actor in (desk.registrar, desk.ratifier):
            client = made.browser(actor)
            assert f"/entries/{entry.award.number}/" in client.get(path).content.decode()
            client.post(path, {"verb": "resign", "effective_on": TODAY().isoformat()})
            client.post(path, {"verb": "suspend", "reason": "Conduct",
                               "effective_on": TODAY().isoformat()})  # fmt: skip
        assert entry.award.events.count() == 1

    def test_a_person_asks_renews_and_sees_no_other_entry(self, desk: made.Desk) -> None:
        mine, other = made.somebody(days=300), made.somebody("Other Made-Up")
        client = made.browser(made.holder_of(mine))
        for page in ("life", "renew"):
            path = f"/my/registrations/{mine.award.number}/{page}/"
            assert client.get(path).status_code == 200
            assert (
                client.get(path.replace(mine.award.number, other.award.number)).status_code == 404
            )
        life = f"/my/registrations/{mine.award.number}/life/"
        bad = client.post(life, {"verb": "begin-break", "begins": "", "words": "Kept!"})
        assert (bad.status_code, "Kept!" in bad.content.decode()) == (422, True)
        assert client.post(life, {"verb": "resign", "begins": TODAY()}).status_code == 302
        assert mine.requests.get().state == "asked"
        client.post(life, {"do": "withdraw"})
        assert mine.requests.get().state == "withdrawn"


class TestAssessors:
    def test_whoever_is_not_trained_gets_no_seat(self, desk: made.Desk) -> None:
        one = apply(1, "submitted", checked_at=timezone.now())
        stale = registers.an_assessor("stale@council.example")
        Reviewer.objects.filter(user=stale).update(refresh_by=TODAY() - timedelta(days=1))
        for user, why in ((stale, "refreshed by"), (person("none@x.example"), "not trained")):
            with pytest.raises(Refused, match=why):
                give_seat(actor=desk.registrar, submission=one.submission, user=user, number=1)

    def test_their_own_level_is_looked_at(self, desk: made.Desk) -> None:
        user = registers.an_assessor("known@council.example")
        (before,) = reports.assessors(desk.register)
        assert before.warnings == ("No training is written down", "Is on no register here")
        Reviewer.objects.update(trained_on=TODAY())
        made.own_entry(made.Actor.of(user))
        (after,) = reports.assessors(desk.register)
        assert (after.warnings, after.registered_as) == ((), "RTMade, RQF level 3")
        register = desk.register
        register.content = {**register.content, "level": "RQF level 5"}
        (higher,) = reports.assessors(register)
        assert "Is on no register here" not in higher.warnings


class TestEquality:
    def test_only_the_applicant_says_it_and_no_desk_shows_it(self, desk: made.Desk) -> None:
        one = apply(1, "submitted")
        applicant = made.Actor.of(one.submission.technician.account)  # type: ignore[union-attr, arg-type]
        path = f"/my/registrations/{one.number}/equality/"
        assert made.browser(desk.registrar).get(path).status_code == 404
        client = made.browser(applicant)
        client.post(path, {"ethnicity": "mixed", "disability": "yes"})
        kept = EqualityAnswer.objects.get()
        assert (kept.sex, kept.ethnicity, kept.disability) == ("", "mixed", "yes")
        for page in TestPages.PAGES:
            answer = made.browser(desk.registrar).get(f"/registry/registered-technician/{page}")
            assert "Mixed or multiple" not in answer.content.decode(), page
        client.post(path, {})
        assert not EqualityAnswer.objects.exists()

    def test_nothing_of_this_quarter_is_counted(self, desk: made.Desk) -> None:
        one = apply(1, "approved")
        EqualityAnswer.objects.create(application=one, sex="female")
        assert reports.report(desk.register).tables == []
        page = made.browser(desk.registrar).get("/registry/registered-technician/outcomes/")
        for said in ("by route, sex, age, ethnic group and disability", "from 3 on they show"):
            assert said in page.content.decode(), said
        later = reports.report(desk.register, TODAY() + timedelta(days=120))
        assert [title for title, _ in later.tables][:2] == ["Route", "Sex"]
