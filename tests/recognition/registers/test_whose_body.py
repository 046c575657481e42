"""Somebody who ratifies for one body reads, hears and is told nothing of what goes by another."""

import pytest
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import (
    appeal_decision,
    challenge_award,
    decide_appeal,
    ratify_decision,
    send_back,
)
from benchside.assessment.enums import DecisionOutcome, DutyKind
from benchside.assessment.models import Appeal, Duty
from benchside.assessment.reviewing import mails, queries
from benchside.core.actions import VISITOR, Actor, Denied, Refused
from benchside.core.models.mail import OutgoingMail
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Membership
from benchside.recognition.models import RegisterApplication
from tests.factories import applications as made
from tests.factories.organisations import a_member
from tests.factories.people import administrator, sign_in
from tests.factories.registers import STANDARD, a_body, a_ratifier, an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> RegisterApplication:
    """Recommended, and through the institute."""
    application = made.sent()
    made.ready(application, made.the_registrar())
    made.judge(application)
    made.recommend(application)
    return application


@pytest.fixture
def ours(one: RegisterApplication) -> User:
    return made.the_ratifier(one.body)


@pytest.fixture
def other() -> User:
    return made.the_ratifier(a_body("other-institute"))


def files_of(one: RegisterApplication) -> list[str]:
    """Every address under which what was sent in can be read, or taken."""
    key, piece = one.submission.key, one.submission.evidence.first()
    assert piece is not None
    case, form = f"/assess/submissions/{key}/", f"/forms/{key}/"
    return [case, f"{case}read/", f"{case}evidence/{piece.pk}/", f"{form}files/{piece.file_digest}",
            f"{form}frozen/1.pdf", f"{form}frozen/1.docx"]  # fmt: skip


def test_what_goes_through_another_body_is_not_there(
    one: RegisterApplication, ours: User, other: User
) -> None:
    named = one.name
    for user, code in ((ours, 200), (other, 404)):
        client = sign_in(Client(), user)
        for page in files_of(one)[:3]:
            assert client.get(page).status_code == code, (user.email, page)
        for page in ("/assess/submissions/", "/assess/submissions.csv"):
            said = client.get(page).content.decode()
            assert (named in said) is (code == 200), (user.email, page)
    waiting = {key: count for key, _, count in queries.how_many_wait(ours)}
    assert waiting == {"ratify": 1}
    assert queries.how_many_wait(other) == []
    assert queries.rounds_of(other) == []


def test_nor_are_its_files_and_versions(one: RegisterApplication, ours: User, other: User) -> None:
    stranger = sign_in(Client(), a_member(a_body("third-institute"), MemberRole.LEAD))
    mine, theirs = sign_in(Client(), ours), sign_in(Client(), other)
    for page in files_of(one)[3:]:
        refused = stranger.get(page).status_code
        assert refused in {403, 404}, page
        assert theirs.get(page).status_code == refused, page
        assert mine.get(page).status_code not in {403, 404}, page


def test_whoever_runs_the_register_reads_all_of_it(one: RegisterApplication, other: User) -> None:
    case = f"/assess/submissions/{one.submission.key}/"
    for user in (made.the_registrar(), administrator()):
        assert sign_in(Client(), user).get(case).status_code == 200
    Duty.objects.create(user=other, standard=STANDARD, kind=DutyKind.ASSIGN)
    assert sign_in(Client(), other).get(case).status_code == 200


def test_it_goes_and_comes_with_the_membership_and_the_body(
    one: RegisterApplication, ours: User, other: User
) -> None:
    def sees(user: User) -> bool:
        return queries.case_of(user, one.submission.key) is not None

    Membership.objects.filter(user=ours).update(ended_on=timezone.localdate())
    assert not sees(ours)
    Membership.objects.filter(user=ours).update(ended_on=None)
    assert sees(ours)
    RegisterApplication.objects.filter(pk=one.pk).update(body=a_body("other-institute"))
    assert (sees(ours), sees(other)) == (False, True)


def test_letters_go_to_those_of_the_body_alone(
    one: RegisterApplication, ours: User, other: User
) -> None:
    OutgoingMail.objects.all().delete()
    for what in ("to-ratify", "appealed"):
        mails.waits(one.submission, what)
    assert {to for letter in OutgoingMail.objects.all() for to in letter.to} == {ours.email}
    mails.waits(one.submission, "arrived")
    assert OutgoingMail.objects.filter(to=[made.the_registrar().email]).exists()


def test_nobody_of_another_body_sends_back_or_hears(
    one: RegisterApplication, ours: User, other: User
) -> None:
    decision = one.submission.decisions.get()
    for who in (other, administrator()):
        with pytest.raises(Refused, match="Only somebody of"):
            send_back(actor=Actor.of(who), decision=decision, why="Say more.")
    with pytest.raises(Denied):
        send_back(actor=Actor.of(made.the_registrar()), decision=decision, why="Say more.")
    send_back(actor=Actor.of(ours), decision=decision, why="Say more.")
    one.submission.refresh_from_db()
    assert one.submission.state == "reviewed"
    again = made.recommend(one, DecisionOutcome.DECLINE)
    ratify_decision(actor=Actor.of(ours), decision=again)
    again.submission.refresh_from_db()
    holder = Actor.of(User.objects.get(technician__submissions=one.submission))
    appeal_decision(actor=holder, decision=again, grounds="They read the wrong file.")
    appeal = Appeal.objects.get()
    with pytest.raises(Refused, match="Only somebody of"):
        decide_appeal(actor=Actor.of(other), appeal=appeal, uphold=True, answer="Yes.")
    second = a_ratifier(one.body, user=User.objects.create_user("second@institute.example"))
    decide_appeal(actor=Actor.of(second), appeal=appeal, uphold=False, answer="It stands.")


def test_awards_of_another_body_are_not_on_the_desk_of_awards(other: User) -> None:
    entry = an_entry("Hedda Made-Up")
    challenge_award(actor=VISITOR, award=entry.award, text="Made up: they are not.")
    ours = made.the_ratifier(entry.body)
    page = f"/assess/awards/of/{entry.award.number}/"
    for user, there in ((ours, True), (other, False), (made.the_registrar(), True)):
        client = sign_in(Client(), user)
        assert client.get(page).status_code == (200 if there else 404)
        for listed in ("/assess/awards/", "/assess/awards/awards.csv"):
            assert (entry.award.number in client.get(listed).content.decode()) is there
        said = client.get("/assess/awards/challenges/").content.decode()
        assert (entry.award.number in said) is there


def test_a_standard_without_bodies_is_not_narrowed(other: User) -> None:
    """Nothing of a register hides what has no application there."""
    applied = made.sent()
    applied_to = applied.submission
    RegisterApplication.objects.all().delete()
    assert queries.case_of(other, applied_to.key) is not None
