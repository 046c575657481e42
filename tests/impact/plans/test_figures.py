"""Figures of plans, measures that observe themselves, what others propose, one's own data."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchside.core.actions import Actor
from benchside.core.registries import (
    ActionProposal,
    Measure,
    Measured,
    ProposedAction,
    action_proposals,
    measures,
)
from benchside.impact.models import Action, Observation
from benchside.impact.plans import actions, personal, tasks
from benchside.impact.plans import measures as figures
from benchside.organisations.enums import MemberRole
from tests.factories.organisations import a_member
from tests.factories.plans import a_plan, an_action, moved

pytestmark = pytest.mark.django_db
CENSUS = date(2026, 7, 31)


@pytest.fixture
def counted() -> Iterator[dict[date, Measured]]:
    """A measure of people and one of things, whose figures a test sets by day."""
    given: dict[date, Measured] = {}
    with measures.opened():
        for key, policy in (("test.people", "workforce"), ("test.things", "")):
            measures.register(
                Measure(
                    key=key, title="Counted", unit="people", policy=policy,
                    observe=lambda _, on: given.get(on),
                )
            )  # fmt: skip
        yield given


def test_figures_of_a_plan_by_hand() -> None:
    plan, lead = a_plan()
    today = timezone.localdate()
    where = plan.organisation_id
    assert figures.actions(where, today) is None
    done = [an_action(plan, lead, due_on=today - timedelta(days=days)) for days in (0, 9)]
    kept = moved(done[0], lead, "agree", "start", "complete", "embed")
    moved(done[1], lead, "agree", "start", "complete")
    moved(an_action(plan, lead), lead, "agree", "start")
    moved(an_action(plan, lead), lead, "stop")
    actions.add_evidence(actor=Actor.of(lead), action=kept, title="Page", url="https://x.example/")
    found = {
        name: figure.value
        for name in ("actions", "in_progress", "complete", "sustained", "on_time", "with_evidence")
        if (figure := getattr(figures, name)(where, today))
    }
    assert found == {
        "actions": 3, "in_progress": 1, "complete": 66.7, "sustained": 50.0, "on_time": 50.0,
        "with_evidence": 50.0,
    }  # fmt: skip
    yesterday = today - timedelta(days=1)
    assert figures.actions(where, yesterday) is None
    assert figures.in_progress(where, yesterday) is None


def test_a_measure_observes_itself_once_for_each_census(counted: dict[date, Measured]) -> None:
    plan, lead = a_plan()
    action = an_action(plan, lead)
    for key in ("test.people", "test.things"):
        actions.add_success(actor=Actor.of(lead), action=action, values={"measure": key})
    with time_machine.travel(datetime(2026, 8, 2, 9, tzinfo=UTC)):
        tasks.observe_measures.func()
        assert not Observation.objects.exists()  # the figure is not there yet
        counted[CENSUS] = Measured(value=43, people=212)
        tasks.observe_measures.func()
        tasks.observe_measures.func()
    seen = Observation.objects.values_list(
        "success__measure", "value", "people", "observed_on", "noted_by"
    )
    # Of people: to the nearest five, as the rule of the Higher Education Statistics Agency has it.
    assert sorted(seen) == [
        ("test.people", Decimal("45.00"), 210, CENSUS, None),
        ("test.things", Decimal("43.00"), 212, CENSUS, None),
    ]


def test_no_census_before_the_plan_began_is_observed(counted: dict[date, Measured]) -> None:
    plan, lead = a_plan(starts_on=date(2026, 9, 1))
    actions.add_success(
        actor=Actor.of(lead), action=an_action(plan, lead), values={"measure": "test.things"}
    )
    counted[CENSUS] = Measured(value=43)
    with time_machine.travel(datetime(2026, 9, 2, 9, tzinfo=UTC)):
        tasks.observe_measures.func()
    assert not Observation.objects.exists()


def test_what_another_room_proposes_is_taken_over_once() -> None:
    plan, lead = a_plan()
    proposed = [
        ProposedAction(title="Train a second glassblower", area="sustainability", origin="skill-7"),
        ProposedAction(title="<b>Odd</b>", area="no-such-area", origin="skill-8"),
    ]
    client = Client()
    client.force_login(lead)
    table = reverse("impact:plan", args=[plan.organisation.slug, plan.key])
    with action_proposals.opened():
        action_proposals.register(
            ActionProposal(key="test", title="Training plan", propose=lambda _: proposed)
        )
        assert "2 actions from other parts" in client.get(table).content.decode()
        page = client.get(f"{table}suggestions/").content.decode()
        assert "&lt;b&gt;Odd" in page
        for _ in range(2):
            client.post(f"{table}suggestions/", {"ref": "test:skill-7"})
        client.post(f"{table}suggestions/", {"ref": "test:none"})
        assert "1 action from other parts" in client.get(table).content.decode()
    action = Action.objects.get()
    assert (action.code, action.title) == ("S-001", "Train a second glassblower")


def test_what_is_held_of_a_person_is_exported_and_forgotten() -> None:
    plan, lead = a_plan()
    owner = a_member(plan.organisation, MemberRole.MANAGER)
    owned = an_action(plan, lead, owner=owner)
    helped = an_action(plan, lead, contributors=[owner])
    found = personal.export(owner.person_id)
    assert [one["code"] for one in found["actions they answer for"]] == [owned.code]
    assert [one["code"] for one in found["actions they help with"]] == [helped.code]
    for _ in range(2):
        personal.erase(owner.person_id)
    owned.refresh_from_db()
    assert owned.owner is None
    assert not helped.contributors.exists()
    assert Action.objects.count() == 2
