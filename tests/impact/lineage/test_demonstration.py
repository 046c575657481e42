"""The made-up university's three plans, where there is one to begin with."""

import pytest

from benchside.accounts.models import DEMONSTRATION_DOMAIN
from benchside.core.actions import Actor
from benchside.impact.lineage import demo, queries
from benchside.impact.lineage.undecided import undecided
from benchside.impact.models import Action, Plan
from benchside.impact.plans.actions import agree_plan, begin_plan, propose_action
from benchside.organisations.models import Membership
from tests.factories.organisations import an_organisation
from tests.factories.people import person
from tests.factories.plans import ENDS, STARTS

pytestmark = pytest.mark.django_db


def test_without_a_plan_nothing_is_made() -> None:
    demo.create()
    assert not Plan.objects.exists()


def test_three_plans_can_be_read_and_a_second_time_changes_nothing() -> None:
    here = an_organisation("made-up", name="Made-Up University")
    lead = person(f"lead{DEMONSTRATION_DOMAIN}")
    Membership.objects.create(organisation=here, user=lead, role="lead")
    actor = Actor.of(lead)
    plan = begin_plan(actor=actor, organisation=here, title="Now", starts_on=STARTS, ends_on=ENDS)
    for words, *_ in demo.PAST:
        propose_action(actor=actor, plan=plan, title=words, areas=["visibility"])
    agree_plan(actor=actor, plan=plan)
    demo.create()
    count = Action.objects.count()
    demo.create()
    assert (Plan.objects.count(), Action.objects.count()) == (3, count)
    matrix = queries.matrix_of(here)
    assert [one.state for one in matrix.plans] == ["closed", "closed", "agreed"]
    longest = [line for line in matrix.lines if line.plans == 3]
    assert len(longest) == 7
    assert any(cell.stopped for line in matrix.lines for cell in line.cells)
    first = queries.figures_by_plan(matrix)[0][1]
    assert first.completed.part
    assert first.sustained.part
    assert first.resilience.whole
    assert not undecided(plan).exists()
    words = [step.action.title for step in queries.steps_of(here, longest[0].code) if step.action]
    assert words[0] == "Give every technician a page"
