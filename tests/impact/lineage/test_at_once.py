"""Two who decide about one action at the same moment."""

import threading
from datetime import date

import pytest
from django.db import connection

from benchside.core.actions import Actor, Refused
from benchside.impact.lineage import actions
from benchside.impact.models import Action, Carrying
from benchside.impact.plans.actions import agree_plan
from benchside.organisations.enums import MemberRole
from tests.factories.organisations import a_member
from tests.factories.plans import a_plan, an_action


@pytest.mark.django_db(transaction=True)
def test_two_words_at_once_leave_one_word_and_one_action() -> None:
    plan, lead = a_plan()
    deputy = a_member(plan.organisation, MemberRole.DEPUTY)
    old = an_action(plan, lead)
    agree_plan(actor=Actor.of(lead), plan=plan)
    after = actions.continue_plan(
        actor=Actor.of(lead), plan=plan, title="Next",
        starts_on=date(2029, 1, 1), ends_on=date(2031, 1, 1),
    )  # fmt: skip
    start = threading.Barrier(2)

    def say(actor: Actor) -> None:
        try:
            start.wait(timeout=30)
            actions.carry(actor=actor, plan=after, earlier=old, carried="continued")
        except Refused:
            pass
        finally:
            connection.close()

    both = [threading.Thread(target=say, args=(Actor.of(one),)) for one in (lead, deputy)]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=60)
    assert Carrying.objects.count() == 1
    assert Action.objects.filter(plan=after, code=old.code).count() == 1
