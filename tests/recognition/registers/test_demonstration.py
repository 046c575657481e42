"""The made-up registers: whole, made once, an application in each state."""

from collections import Counter
from typing import Any

import pytest

from benchside.accounts import demo as accounts
from benchside.assessment.actions import appeal_decision, decide_appeal
from benchside.core.actions import Actor, Refused
from benchside.organisations.models import Organisation
from benchside.recognition import demo as people
from benchside.recognition.models import Entry, Licence, RegisterApplication
from benchside.recognition.registers import demo, queries


@pytest.mark.django_db
def test_the_demonstration_is_whole_and_made_once(settings: Any) -> None:
    settings.DEMO = True
    accounts.create_people(password="x", people=[*accounts.PEOPLE, *people.PEOPLE])
    for _ in range(2):
        demo.create()
    states = Counter(RegisterApplication.objects.values_list("submission__state", flat=True))
    # Worked out from what each case of the demonstration says of itself.
    assert states == {
        "draft": 1, "submitted": 2, "in-review": 2, "more-asked": 1, "reviewed": 2,
        "recommended": 1, "approved": 2, "declined": 1,
    }  # fmt: skip
    assert Entry.objects.get().name == "Regina Made-Up"
    assert Licence.objects.count() == 4
    assert queries.bodies_of(Entry.objects.get().register) == [
        Organisation.objects.get(name=demo.INSTITUTE)
    ]
    an_appeal_can_be_walked_to_its_end()


def an_appeal_can_be_walked_to_its_end() -> None:
    declined = RegisterApplication.objects.get(submission__state="declined").submission
    assert declined.technician
    holder = Actor.of(declined.technician.account)  # type: ignore[arg-type]
    appeal = appeal_decision(
        actor=holder, decision=declined.decisions.get(), grounds="Made up: it was shown."
    )
    first, second = (Actor.of(demo._user(local)) for local in demo.RATIFIERS)  # type: ignore[arg-type]
    said = {"appeal": appeal, "uphold": True, "answer": "Made up: yes."}
    with pytest.raises(Refused, match="You ratified this"):
        decide_appeal(actor=first, **said)
    decide_appeal(actor=second, **said)
    declined.refresh_from_db()
    assert declined.state == "in-review"
