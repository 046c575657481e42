"""The made-up round: one nominee who has said yes, one has not answered, and who decides."""

from typing import Any

import pytest

from benchside.assessment.models import Duty, Reviewer
from benchside.core.models import OutgoingMail
from benchside.recognition.models import Nomination
from benchside.recognition.nominations import demo
from tests.factories.nominations import a_prize
from tests.factories.people import person
from tests.factories.registers import an_applicant


@pytest.mark.django_db
def test_one_has_said_yes_and_one_is_asked(settings: Any) -> None:
    settings.DEMO = True
    a_prize()
    for local in ("mark-officer", "lead", "registered", "ratifier", "mark-assessor"):
        person(f"{local}@benchside.example")
    an_applicant("anwen.invented@benchside.example")
    for _ in range(2):
        demo.create()
    states = dict(Nomination.objects.values_list("email", "state"))
    assert states == {
        "anwen.invented@benchside.example": "agreed",
        "registered@benchside.example": "asked",
    }
    assert OutgoingMail.objects.filter(name="recognition/nominee_answered").count() == 1
    held = Duty.objects.filter(standard=demo.STANDARD)
    decides = {one.kind: one.user.email.split("@")[0] for one in held}
    assert (decides["assign"], decides["ratify"]) == ("mark-officer", "ratifier")
    [judge] = Reviewer.objects.all()
    assert (judge.user.email, judge.standards) == (
        "mark-assessor@benchside.example",
        [demo.STANDARD],
    )
