"""Judging: blind, kept from what one knows, handed in whole, made fair, told at the minute."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchside.accounts import actions as accounts
from benchside.accounts import tokens
from benchside.accounts.models import Invitation, User
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.models import OutgoingMail
from benchside.core.personal_data import erase_person, export_person
from benchside.core.pictures import may_see
from benchside.organisations.enums import MemberRole
from benchside.visibility.contests import actions, queries
from benchside.visibility.contests.actions.entries import links_of
from benchside.visibility.contests.enums import JudgeState, OutFor
from benchside.visibility.contests.tasks import tell_of_results
from benchside.visibility.enums import PhotoState
from benchside.visibility.models import Competition, Entry, Judge, Photo, Score
from tests.factories.contests import (
    at_the_judges,
    campaigner,
    judge_all,
    open_competition,
    team,
)
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import person

pytestmark = pytest.mark.django_db
SCHOOLS = ["Northmoor High School", "Southmoor School", "Westmoor College"]
JUDGES: dict[str, tuple[str, ...]] = {"ann@example.org": (), "bob@example.org": ("Northmoor High",)}


@pytest.fixture
def before() -> Competition:
    return at_the_judges(SCHOOLS, JUDGES)


def judge_of(competition: Competition, email: str) -> Judge:
    return competition.judges.select_related("competition", "user").get(user__email=email)


def signed_in(email: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


# --- blind and apart ------------------------------------------------------------------------------
def test_no_page_of_a_judge_says_whose_an_entry_is(before: Competition) -> None:
    client = signed_in("ann@example.org")
    urls = ["", "1/", "2/", "3/", "declare/"]
    for url in urls:
        page = client.get(f"/assess/competitions/{before.slug}/{url}")
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        text = page.content.decode()
        for said in (*SCHOOLS, "Northmoor", "Southmoor", "tess@school.example", "Tess Teacher"):
            assert said not in text, (url, said)
    assert "our school" in client.get(f"/assess/competitions/{before.slug}/1/").content.decode()


def test_what_a_judge_knows_is_not_there_for_them(before: Competition) -> None:
    bob = judge_of(before, "bob@example.org")
    assert [one.number for one in queries.entries_before(bob)] == [2, 3]
    client = signed_in("bob@example.org")
    assert client.get(f"/assess/competitions/{before.slug}/1/").status_code == 404
    kept = before.entries.get(number=1)
    assert not may_see(bob.user, kept.photo.picture)
    assert may_see(bob.user, before.entries.get(number=2).photo.picture)
    criteria = {one.pk: 5 for one in before.criteria.all()}
    with pytest.raises(Refused, match="not yours to judge"):
        actions.give_scores(actor=Actor.of(bob.user), judge=bob, entry=kept, points=criteria)


def test_where_somebody_works_is_known_without_being_told() -> None:
    competition = open_competition()
    organisation = an_organisation("southmoor-school")
    user = a_member(organisation, MemberRole.CHAMPION)
    judge = Judge.objects.create(competition=competition)
    holder = Actor.holding_link(scope=f"judge:{judge.pk}", person_id=user.person_id)
    actions.take_up(actor=holder, judge=judge)
    actions.declare(actor=Actor.of(user), judge=judge, places=[])
    assert [(one.place, one.is_found) for one in judge.conflicts.all()] == [
        (organisation.name, True)
    ]


def test_an_entry_recognised_goes_with_its_points(before: Competition) -> None:
    ann = judge_of(before, "ann@example.org")
    client = signed_in("ann@example.org")
    url = f"/assess/competitions/{before.slug}/2/"
    points = {f"points-{one.pk}": "7" for one in before.criteria.all()}
    assert client.post(url, points).status_code == 302
    assert Score.objects.filter(judge=ann).count() == 2
    assert client.post(url, {"verb": "recognise"}).status_code == 302
    assert not Score.objects.filter(judge=ann).exists()
    assert client.get(url).status_code == 404


def test_a_place_named_later_throws_points_away(before: Competition) -> None:
    ann = judge_of(before, "ann@example.org")
    criteria = {one.pk: 5 for one in before.criteria.all()}
    entry = before.entries.get(number=3)
    actions.give_scores(actor=Actor.of(ann.user), judge=ann, entry=entry, points=criteria)
    actions.declare(actor=Actor.of(ann.user), judge=ann, places=["Westmoor College"])
    assert not Score.objects.exists()


def test_nothing_is_shown_before_they_say_whom_they_know(before: Competition) -> None:
    user = person("new@example.org")
    judge = Judge.objects.create(competition=before, user=user, state=JudgeState.ACCEPTED)
    assert not queries.entries_before(judge).exists()
    client = signed_in("new@example.org")
    answer = client.get(f"/assess/competitions/{before.slug}/")
    assert answer["Location"].endswith("/declare/")
    assert client.get(f"/assess/competitions/{before.slug}/1/").status_code == 404


# --- permission -----------------------------------------------------------------------------------
def test_judges_do_not_act_for_each_other_nor_the_team_for_them(before: Competition) -> None:
    ann, bob = judge_of(before, "ann@example.org"), judge_of(before, "bob@example.org")
    entry = before.entries.get(number=2)
    points = {one.pk: 5 for one in before.criteria.all()}
    for actor in (Actor.of(bob.user), team(), SYSTEM):
        with pytest.raises(Denied):
            actions.give_scores(actor=actor, judge=ann, entry=entry, points=points)
        with pytest.raises(Denied):
            actions.recognise(actor=actor, judge=ann, entry=entry)
    with pytest.raises(Denied):
        actions.disqualify(actor=Actor.of(ann.user), entry=entry, why=OutFor.TERMS)


def test_a_judge_of_one_competition_sees_no_other(before: Competition) -> None:
    other = open_competition("other")
    client = signed_in("ann@example.org")
    assert client.get(f"/assess/competitions/{other.slug}/").status_code == 404
    stranger = Client()
    stranger.force_login(person("stranger@example.org"))
    for url in ("", "declare/", "1/", "meeting/"):
        assert stranger.get(f"/assess/competitions/{before.slug}/{url}").status_code == 404
        assert Client().get(f"/assess/competitions/{before.slug}/{url}").status_code == 302


def test_somebody_stood_down_sees_nothing_more(before: Competition) -> None:
    ann = judge_of(before, "ann@example.org")
    actions.stand_down(actor=team(), judge=ann)
    client = signed_in("ann@example.org")
    assert client.get(f"/assess/competitions/{before.slug}/").status_code == 404
    assert not may_see(ann.user, before.entries.get(number=2).photo.picture)


# --- points ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("given", ["-1", "11", "", "five", "99999999999999999999"])
def test_points_that_cannot_be_are_named(before: Competition, given: str) -> None:
    client = signed_in("ann@example.org")
    first, second = before.criteria.all()
    said = {f"points-{first.pk}": given, f"points-{second.pk}": "5"}
    answer = client.post(f"/assess/competitions/{before.slug}/1/", said)
    assert answer.status_code == 422
    assert "The job" in answer.content.decode()
    assert not Score.objects.exists()


def test_points_go_beyond_nothing_by_the_action_either(before: Competition) -> None:
    ann = judge_of(before, "ann@example.org")
    entry, criteria = before.entries.get(number=1), list(before.criteria.all())
    for points in ({criteria[0].pk: 5}, {one.pk: 11 for one in criteria}, {0: 1}):
        with pytest.raises(Refused):
            actions.give_scores(actor=Actor.of(ann.user), judge=ann, entry=entry, points=points)
    assert not Score.objects.exists()


def test_hand_in_all_or_nothing_and_then_they_stand(before: Competition) -> None:
    ann = judge_of(before, "ann@example.org")
    client = signed_in("ann@example.org")
    client.post(f"/assess/competitions/{before.slug}/hand-in/")
    ann.refresh_from_db()
    assert ann.state == JudgeState.DECLARED
    judge_all(ann, {1: (5, 5), 2: (6, 6), 3: (7, 7)})
    with pytest.raises(Refused):
        actions.give_scores(
            actor=Actor.of(ann.user), judge=ann, entry=before.entries.get(number=1),
            points={one.pk: 0 for one in before.criteria.all()},
        )  # fmt: skip
    actions.give_back(actor=team(), judge=ann)
    ann.refresh_from_db()
    assert (ann.state, ann.submitted_at) == (JudgeState.DECLARED, None)


def test_no_judge_sees_anothers_points_before_the_meeting(before: Competition) -> None:
    ann, bob = judge_of(before, "ann@example.org"), judge_of(before, "bob@example.org")
    judge_all(ann, {1: (5, 5), 2: (6, 6), 3: (9, 9)})
    url = f"/assess/competitions/{before.slug}/meeting/"
    assert signed_in("ann@example.org").get(url).status_code == 404
    assert signed_in("bob@example.org").get(url).status_code == 404
    with pytest.raises(Refused, match="every judge"):
        actions.move_on(actor=team(), competition=before, verb="meet")
    judge_all(bob, {2: (8, 8), 3: (9, 9)})
    actions.move_on(actor=team(), competition=before, verb="meet")
    page = signed_in("ann@example.org").get(url).content.decode()
    assert "kept out" in page
    assert "bob" not in page.lower()
    hers = signed_in("bob@example.org").get(url).content.decode()
    assert "Entry 1<" not in hers  # what he is kept from


# --- the meeting ----------------------------------------------------------------------------------
@pytest.fixture
def met(before: Competition) -> Competition:
    judge_all(judge_of(before, "ann@example.org"), {1: (5, 5), 2: (6, 6), 3: (6, 6)})
    judge_all(judge_of(before, "bob@example.org"), {2: (8, 8), 3: (8, 8)})
    actions.move_on(actor=team(), competition=before, verb="meet")
    return before


def test_a_tie_is_shown_and_needs_a_reason(met: Competition) -> None:
    lines = queries.meeting_table(met).lines
    assert [(one.entry.number, one.standing.place, one.standing.is_tied) for one in lines] == [
        (2, 1, True), (3, 1, True), (1, 3, False),
    ]  # fmt: skip
    prize, entry = met.prizes.get(), met.entries.get(number=3)
    with pytest.raises(Refused, match="as many points"):
        actions.give_prize(actor=team(), prize=prize, entry=entry)
    with pytest.raises(Refused, match="Entry 2 has more points"):
        actions.give_prize(actor=team(), prize=prize, entry=met.entries.get(number=1))
    actions.give_prize(actor=team(), prize=prize, entry=entry, reason="Sharper picture.")
    prize.refresh_from_db()
    assert (prize.entry, prize.reason) == (entry, "Sharper picture.")


def test_prizes_are_given_at_the_meeting_to_what_fits(met: Competition) -> None:
    prize = met.prizes.get()
    actions.keep_part(
        actor=team(), competition=met, kind="prize", part=prize,
        values={"category": met.categories.all()[1]},
    )  # fmt: skip
    with pytest.raises(Refused, match="Best close-up"):
        actions.give_prize(actor=team(), prize=prize, entry=met.entries.get(number=2), reason="x")
    with pytest.raises(Refused, match="a winner"):
        actions.move_on(actor=team(), competition=met, verb="decide")
    with pytest.raises(Refused):
        actions.keep_part(
            actor=team(), competition=met, kind="criterion", values={"title": "Late", "most": 5}
        )
    with pytest.raises(Denied):
        actions.give_prize(
            actor=Actor.of(person("z@example.org")), prize=prize, entry=met.entries.get(number=2)
        )


def decided(met: Competition) -> Competition:
    actions.give_prize(
        actor=team(), prize=met.prizes.get(), entry=met.entries.get(number=2), reason="A tie."
    )
    actions.move_on(actor=team(), competition=met, verb="decide")
    return met


def test_nobody_sees_winners_before_the_minute(met: Competition) -> None:
    competition = decided(met)
    url, client = f"/competitions/{competition.slug}/winners/", Client()
    minute = competition.results_at
    entry = competition.entries.get(number=2)
    with time_machine.travel(minute - timedelta(microseconds=1), tick=False):
        assert client.get(url).status_code == 404
        page = client.get(f"/competitions/{competition.slug}/")
        assert "public" not in page["Cache-Control"]  # nobody keeps it past the minute
        assert "Southmoor" not in page.content.decode()
        tell_of_results.func()
        assert not OutgoingMail.objects.filter(name="visibility/entry_result").exists()
    with time_machine.travel(minute, tick=False):
        page = client.get(url)
        assert page.status_code == 200
        assert "Southmoor School" in page.content.decode()
        tell_of_results.func()
        tell_of_results.func()
    letters = OutgoingMail.objects.filter(name="visibility/entry_result")
    assert letters.count() == 3  # once each
    assert sum("has won: First prize" in one.text for one in letters) == 1
    with time_machine.travel(minute + timedelta(days=1)):
        actions.withdraw_entry(actor=links_of(entry), entry=entry)
        assert "Southmoor" not in client.get(url).content.decode()
        assert not competition.prizes.filter(entry__isnull=False).exists()


def test_a_picture_taken_off_the_wall_is_off_the_winners_page(met: Competition) -> None:
    competition = decided(met)
    Photo.objects.filter(entry__number=2).update(state=PhotoState.HIDDEN)
    with time_machine.travel(competition.results_at + timedelta(minutes=1)):
        page = Client().get(f"/competitions/{competition.slug}/winners/").content.decode()
    assert "Southmoor" not in page


def test_a_certificate_comes_with_the_winners_and_names_no_person(met: Competition) -> None:
    competition = decided(met)
    entry = competition.entries.get(number=2)
    from benchside.visibility.contests.actions.entries import hashed

    Entry.objects.filter(pk=entry.pk).update(secret_hash=hashed("s"))
    url = f"/competitions/{competition.slug}/entries/s/certificate.pdf"
    assert Client().get(url).status_code == 404
    with time_machine.travel(competition.results_at + timedelta(minutes=1)):
        answer = Client().get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-1.7")
    assert "no-store" in answer["Cache-Control"]


# --- invitations ----------------------------------------------------------------------------------
def test_a_judge_comes_by_a_letter(monkeypatch: Any) -> None:
    competition = open_competition()
    sender = campaigner("second@example.org")
    actions.invite_judge(
        actor=Actor.of(sender), sender=sender, competition=competition, email="judy@example.org"
    )
    letter = OutgoingMail.objects.get(name="visibility/judge_invited")
    assert letter.to == ["judy@example.org"]
    token = tokens.new()
    Invitation.objects.update(token_hash=tokens.digest(token))
    user = accounts.join_by_invitation(token=token, name="Judy", password="a long enough sentence")
    judge = competition.judges.get()
    assert (judge.user, judge.state) == (user, JudgeState.ACCEPTED)
    with pytest.raises(Refused, match="judge already"):
        actions.invite_judge(
            actor=team(), sender=sender, competition=competition, email="judy@example.org"
        )


def test_a_letter_taken_back_makes_no_judge() -> None:
    competition = open_competition()
    sender = campaigner("second@example.org")
    judge = actions.invite_judge(
        actor=Actor.of(sender), sender=sender, competition=competition, email="judy@example.org"
    )
    token = tokens.new()
    Invitation.objects.update(token_hash=tokens.digest(token))
    actions.stand_down(actor=team(), judge=judge)
    with pytest.raises(Refused):
        accounts.join_by_invitation(token=token, name="Judy", password="a long enough sentence")


# --- a judge's own data ---------------------------------------------------------------------------
def test_a_judge_can_take_and_erase_what_is_theirs(met: Competition) -> None:
    ann = judge_of(met, "bob@example.org")
    told = export_person(ann.user.person_id)["Judging of competitions"]["judging"][0]
    assert told["places_you_know"] == ["Northmoor High"]
    assert len(told["points"]) == 4
    before = [one.standing for one in queries.meeting_table(met).lines]
    erase_person(ann.user.person_id)
    assert not ann.conflicts.exists()
    assert [one.standing for one in queries.meeting_table(met).lines] == before


def test_who_has_not_handed_in_leaves_no_trace(before: Competition) -> None:
    ann = judge_of(before, "ann@example.org")
    erase_person(ann.user.person_id)
    assert not Judge.objects.filter(pk=ann.pk).exists()


def test_more_entries_cost_no_more_questions(before: Competition) -> None:
    many = at_the_judges([f"Moor {number} School" for number in range(9)], JUDGES, "many")
    client, asked = signed_in("ann@example.org"), []
    client.get(f"/assess/competitions/{many.slug}/")  # what is asked once is asked now
    for competition in (before, many):
        with CaptureQueriesContext(connection) as found:
            client.get(f"/assess/competitions/{competition.slug}/")
        asked.append(len(found))
    assert asked[0] == asked[1] <= 12


@pytest.fixture(autouse=True)
def _catalogue(db: None) -> None:
    call_command("first_pages", verbosity=0)


def test_the_team_sees_no_addresses_in_files(met: Competition) -> None:
    client = Client()
    client.force_login(User.objects.get(email="cara@example.org"))
    for name in ("entries", "points", "figures"):
        answer = client.get(f"/desk/competitions/{met.slug}/{name}.csv")
        assert answer.status_code == 200, name
        assert "@" not in answer.content.decode()
    points = client.get(f"/desk/competitions/{met.slug}/points.csv").content.decode()
    assert "Southmoor" not in points
