"""The made-up mark: whole, made once, and with enough people to judge what is under way."""

from typing import Any

import pytest

from benchside.accounts import demo as accounts
from benchside.assessment.interests import conflicts_of
from benchside.assessment.models import Award, Reviewer
from benchside.organisations.enums import Kind
from benchside.recognition import demo
from benchside.recognition.marks.demo import SCHOOL, STANDARD
from benchside.recognition.models import Application, FollowUp
from tests.factories.organisations import an_organisation
from tests.factories.people import person


@pytest.mark.django_db
def test_the_demonstration_is_whole_and_made_once(settings: Any) -> None:
    settings.DEMO = True
    accounts.create_people(password="x", people=accounts.PEOPLE)
    for name in ("reviewer", "second-reviewer"):
        user = person(f"{name}@benchside.example")
        Reviewer.objects.create(user=user, standards=["technician-charter-stage-1"])
    an_organisation("made-up-high-school", name=SCHOOL, kind=Kind.SCHOOL)
    for _ in range(2):
        demo.create_marks(password="x")
    assert Application.objects.count() == 2
    marks = Award.objects.filter(version__key=STANDARD)
    assert set(marks.values_list("state", flat=True)) == {"held", "renewal-due", "lapsed"}
    assert FollowUp.objects.filter(done_on__isnull=True).count() == 2
    assert FollowUp.objects.filter(done_on__isnull=False).count() == 2
    declined = Application.objects.get(submission__state="declined")
    assert declined.targets.count() == 3
    under_way = Application.objects.get(submission__state="draft").submission
    trained = [one.user for one in Reviewer.objects.all() if STANDARD in one.standards]
    free = [user for user in trained if not conflicts_of(user, under_way)]
    assert len(free) >= under_way.version.standard.review.seats + 1
