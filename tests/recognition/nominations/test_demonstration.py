"""The made-up round: one nominee who has said yes, one who has not answered yet."""

from typing import Any

import pytest

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
    for local in ("mark-officer", "lead", "registered"):
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
