"""Conflicts of many are those of each, found in a few questions; a dealing keeps them all."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.interests import conflicts_among, conflicts_of
from benchside.assessment.models import (
    Contributor,
    Interest,
    Partnership,
    Reviewer,
    Submission,
    Supporter,
)
from benchside.assessment.reviewing.dealing import propose
from benchside.assessment.reviewing.queries import reviewers
from benchside.people.models import Technician
from tests.factories.assessment import a_reviewer, a_seat, a_submission, somebody, with_duties
from tests.factories.organisations import a_member, an_organisation

pytestmark = pytest.mark.django_db


def entangled() -> tuple[list[User], list[Submission], dict[tuple[str, int], list[str]]]:
    """Six people with a reason each against the first of three submissions, one with none."""
    cases = [a_submission("submitted") for _ in range(3)]
    first = cases[0]
    place = first.organisation
    assert place
    partner = an_organisation("partner-place")
    one, other = sorted((place, partner), key=lambda each: each.pk)
    Partnership.objects.create(one=one, other=other)
    member, friend = a_member(place), a_member(partner)
    writer, sister, supporter, free = (somebody(n) for n in ("wil", "sis", "sue", "free"))
    Contributor.objects.create(submission=first, user=writer)
    Interest.objects.create(user=sister, submission=first)
    Supporter.objects.create(
        submission=first, name="Sue", email="SUE@benchside.example", token_digest="s" * 64,
        expires_at=timezone.now(),
    )  # fmt: skip
    wanted = {
        (member.email, 0): ["own-organisation"],
        (friend.email, 0): ["partner"],
        (writer.email, 0): ["own"],
        (sister.email, 0): ["declared"],
        (supporter.email, 0): ["supporter"],
    }
    return [member, friend, writer, sister, supporter, free], cases, wanted


def test_many_at_once_are_as_each_alone() -> None:
    people, cases, wanted = entangled()
    found = conflicts_among(people, cases)
    for user in people:
        for place, one in enumerate(cases):
            alone = conflicts_of(user, one)
            assert found[user.pk, one.pk] == alone
            assert [str(each) for each in alone] == wanted.get((user.email, place), [])


def test_a_supporter_named_by_the_address_at_work_sits_on_nothing_they_spoke_for() -> None:
    one, sue = a_submission("submitted"), somebody("sue")
    Technician.objects.create(
        account=sue, name="Sue", work_email="S.Made-Up@Work.example", claimed_at=timezone.now()
    )
    Supporter.objects.create(
        submission=one, name="Sue", email="s.made-up@work.EXAMPLE", token_digest="s" * 64,
        expires_at=timezone.now(),
    )  # fmt: skip
    assert [str(each) for each in conflicts_of(sue, one)] == ["supporter"]
    assert not conflicts_of(somebody("free"), one)


def test_a_few_questions_however_many_there_are() -> None:
    people, cases, _ = entangled()
    with CaptureQueriesContext(connection) as few:
        conflicts_among(people[:1], cases[:1])
    with CaptureQueriesContext(connection) as many:
        conflicts_among(people, cases)
    assert len(many) <= len(few) + 1


def test_a_dealing_gives_nobody_what_they_may_not_see_nor_twice() -> None:
    people, cases, _ = entangled()
    for user in people:
        Reviewer.objects.create(user=user, standards=["tidy-bench"])
    a_reviewer("stale", refresh_by=timezone.localdate() - timedelta(days=1))
    held = a_seat(cases[1], "free")
    officer = with_duties("officer", "assign")
    proposal = propose(cases, reviewers(officer, standard="tidy-bench"))
    given = [(one, who.user) for one, _, who in proposal.seats]
    assert not [user for one, user in given if conflicts_of(user, one)]
    assert held.user not in [user for one, user in given if one == cases[1]]
    assert "Stale" not in [user.name for _, user in given]
    assert [user.name for one, user in given if one == cases[0]] == ["Free"]
    assert proposal.short == [(cases[0], 1)]
    assert len(given) == len({(one.pk, user.pk) for one, user in given}) == 1 + 1 + 2


def test_a_dealing_loads_evenly_and_no_fuller_than_they_take() -> None:
    cases = [a_submission("submitted") for _ in range(6)]
    for name in ("ann", "bo", "cy", "dee"):
        a_reviewer(name, most=2 if name == "dee" else 5)
    officer = with_duties("officer", "assign")
    proposal = propose(cases, reviewers(officer, standard="tidy-bench"))
    loads = [sum(who.user.name == name for _, _, who in proposal.seats)
             for name in ("Ann", "Bo", "Cy", "Dee")]  # fmt: skip
    assert sum(loads) == 12
    assert loads[3] == 2
    assert max(loads) - min(loads[:3]) <= 1
