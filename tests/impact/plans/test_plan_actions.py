"""What can be done with plans and actions: codes, changes with their history, who may."""

from datetime import date

import pytest
from django.utils import timezone

from benchside.core.actions import SYSTEM, VISITOR, Actor, Denied, Refused
from benchside.core.models import AuditEvent
from benchside.core.states import NeedsMore, NoSuchMove
from benchside.impact.enums import ActionState, Area, Origin
from benchside.impact.models import Action, ActionChange, PlanNumbers
from benchside.impact.plans import actions
from benchside.impact.plans.states import ACTION, PLAN
from benchside.organisations.enums import MemberRole
from tests.factories.organisations import a_member
from tests.factories.people import person
from tests.factories.plans import a_plan, an_action, moved

pytestmark = pytest.mark.django_db


def test_codes_count_up_by_letter_in_the_organisation_and_never_come_back() -> None:
    plan, lead = a_plan()
    codes = [an_action(plan, lead, areas=[area]).code for area in Area.values]
    assert codes == ["V-001", "R-001", "C-001", "S-001", "I-001"]
    second = an_action(plan, lead, areas=["visibility", "impact"])
    assert second.code == "V-002"
    second.delete()
    assert an_action(plan, lead).code == "V-003"
    after = actions.begin_plan(
        actor=Actor.of(lead),
        organisation=plan.organisation,
        title="The next",
        starts_on=date(2029, 1, 1),
        ends_on=date(2031, 12, 31),
        before=plan,
    )
    assert an_action(after, lead).code == "V-004"
    other, other_lead = a_plan("southmoor")
    assert an_action(other, other_lead).code == "V-001"


def test_what_fails_takes_no_number() -> None:
    plan, lead = a_plan()
    for title, areas in (
        ("", ["visibility"]),
        ("A", []),
        ("A", ["nonsense"]),
        ("A" * 301, ["impact"]),
    ):
        with pytest.raises(Refused):
            actions.propose_action(actor=Actor.of(lead), plan=plan, title=title, areas=areas)
    with pytest.raises(Denied):
        actions.propose_action(actor=VISITOR, plan=plan, title="A", areas=["visibility"])
    assert not PlanNumbers.objects.exists()
    assert an_action(plan, lead).code == "V-001"


def test_the_same_origin_is_taken_over_once() -> None:
    plan, lead = a_plan()
    given = {"plan": plan, "areas": ["impact"], "origin": Origin.REVIEW, "origin_ref": "review-7"}
    first = actions.propose_action(actor=SYSTEM, title="Ask again in May", **given)
    again = actions.propose_action(actor=Actor.of(lead), title="Other words", **given)
    assert (again.pk, again.title) == (first.pk, "Ask again in May")
    assert Action.objects.count() == 1
    long = [{**given, "origin_ref": "r" * 90 + end} for end in "ab"]
    codes = [actions.propose_action(actor=SYSTEM, title="Long", **one).code for one in long * 2]
    assert codes == ["I-002", "I-003", "I-002", "I-003"]
    with pytest.raises(Denied):
        actions.propose_action(actor=Actor.of(person("x@example.org")), title="A", **given)


def test_a_change_keeps_what_stood_before_and_the_audit_names_only_fields() -> None:
    plan, lead = a_plan()
    action = an_action(plan, lead)
    champion = a_member(plan.organisation, MemberRole.CHAMPION)
    changed = actions.change_action(
        actor=Actor.of(lead),
        action=action,
        changes={"owner": champion, "due_on": date(2027, 5, 1), "title": action.title},
    )
    assert changed == ["due_on", "owner"]
    rows = {row.field: (row.was, row.now) for row in ActionChange.objects.all()}
    assert rows == {"due_on": ("", "2027-05-01"), "owner": ("", str(champion.person_id))}
    event = AuditEvent.objects.get(verb="action.change")
    assert event.detail == {"fields": ["due_on", "owner"]}
    action.refresh_from_db()
    assert (action.owner, action.due_on) == (champion, date(2027, 5, 1))


def test_only_members_own_or_help() -> None:
    plan, lead = a_plan()
    action = an_action(plan, lead)
    outsider = person("outside@example.org")
    for changes in ({"owner": outsider}, {"contributors": [outsider]}):
        with pytest.raises(Refused, match="role in your organisation"):
            actions.change_action(actor=Actor.of(lead), action=action, changes=changes)
    assert action.owner is None
    assert not ActionChange.objects.exists()


@pytest.mark.parametrize("delivery", ["amber", "red"])
def test_amber_and_red_need_a_reason(delivery: str) -> None:
    plan, lead = a_plan()
    action = an_action(plan, lead)
    with pytest.raises(Refused, match="say why"):
        actions.say_delivery(actor=Actor.of(lead), action=action, delivery=delivery)
    actions.say_delivery(
        actor=Actor.of(lead), action=action, delivery=delivery, why="No money yet."
    )
    action.refresh_from_db()
    assert (action.delivery, action.delivery_why) == (delivery, "No money yet.")


def test_every_pair_of_state_and_verb_does_what_the_table_says_or_is_refused() -> None:
    plan, lead = a_plan()
    verbs = sorted({row.verb for row in ACTION.rows})
    listed = {(row.source, row.verb): row.target for row in ACTION.rows}
    for state in ActionState.values:
        for verb in verbs:
            action = an_action(plan, lead)
            Action.objects.filter(pk=action.pk).update(state=state, state_why="Before.")
            action.refresh_from_db()
            if target := listed.get((state, verb)):
                moved(action, lead, verb)
                action.refresh_from_db()
                assert action.state == target
                assert action.changes.get(field="state").now == target
            else:
                with pytest.raises(NoSuchMove):
                    moved(action, lead, verb)
                action.refresh_from_db()
                assert action.state == state
                assert not action.changes.exists()


def test_stopping_and_revising_need_a_reason() -> None:
    plan, lead = a_plan()
    action = moved(an_action(plan, lead), lead, "agree", "start")
    for verb in ("stop", "revise"):
        with pytest.raises(NeedsMore, match="a reason"):
            actions.move_action(actor=Actor.of(lead), action=action, verb=verb, why="  ")
    action.refresh_from_db()
    assert action.state == ActionState.IN_PROGRESS
    actions.move_action(actor=Actor.of(lead), action=action, verb="stop", why="Done by others.")
    action.refresh_from_db()
    assert (action.state, action.state_why) == (ActionState.STOPPED, "Done by others.")


def test_complete_is_blue_and_opened_again_says_nothing() -> None:
    plan, lead = a_plan()
    action = moved(an_action(plan, lead), lead, "agree", "start", "complete")
    action.refresh_from_db()
    assert action.delivery == "blue"
    assert action.completed_at
    moved(action, lead, "embed", "reopen")
    action.refresh_from_db()
    assert (action.delivery, action.completed_at, action.embedded_at) == ("", None, None)


def test_a_plan_is_agreed_with_what_it_proposes_but_not_with_what_is_left() -> None:
    plan, lead = a_plan()
    with pytest.raises(NeedsMore):
        actions.agree_plan(actor=Actor.of(lead), plan=plan)
    first, second = an_action(plan, lead), an_action(plan, lead)
    steering = a_member(plan.organisation, MemberRole.STEERING)
    actions.agree_plan(actor=Actor.of(steering), plan=plan, leave=[second.code])
    first.refresh_from_db()
    second.refresh_from_db()
    assert (plan.state, first.state, second.state) == ("agreed", "agreed", "proposed")


def test_every_pair_of_a_plan_does_what_the_table_says_or_is_refused() -> None:
    plan, lead = a_plan()
    an_action(plan, lead)
    listed = {(row.source, row.verb): row.target for row in PLAN.rows}
    do = {"agree": actions.agree_plan, "close": actions.close_plan, "reopen": actions.reopen_plan}
    assert set(do) == {row.verb for row in PLAN.rows}
    for state in ("draft", "agreed", "closed"):
        for verb, action in do.items():
            type(plan).objects.filter(pk=plan.pk).update(state=state)
            plan.refresh_from_db()
            if target := listed.get((state, verb)):
                action(actor=Actor.of(lead), plan=plan)
                assert plan.state == target
            else:
                with pytest.raises(NoSuchMove):
                    action(actor=Actor.of(lead), plan=plan)


def test_a_closed_plan_takes_nothing() -> None:
    plan, lead = a_plan()
    action = an_action(plan, lead)
    actor = Actor.of(lead)
    actions.agree_plan(actor=actor, plan=plan)
    actions.close_plan(actor=actor, plan=plan)
    action.refresh_from_db()
    for do in (
        lambda: an_action(plan, lead),
        lambda: actions.change_action(actor=actor, action=action, changes={"title": "B"}),
        lambda: moved(action, lead, "start"),
        lambda: actions.write_note(actor=actor, action=action, text="x"),
        lambda: actions.add_milestone(actor=actor, action=action, title="x"),
    ):
        with pytest.raises(Refused, match="closed"):
            do()


def test_the_owner_says_how_it_goes_and_nothing_else() -> None:
    plan, lead = a_plan()
    manager = a_member(plan.organisation, MemberRole.MANAGER)
    other = a_member(plan.organisation, MemberRole.CHAMPION)
    action = moved(an_action(plan, lead, owner=manager), lead, "agree")
    owner = Actor.of(manager)
    actions.write_note(actor=owner, action=action, text="Two pages are up.", delivery="green")
    actions.move_action(actor=owner, action=action, verb="start")
    for do in (
        lambda: actions.change_action(actor=owner, action=action, changes={"title": "Less"}),
        lambda: actions.move_action(actor=owner, action=action, verb="stop", why="Bored."),
        lambda: actions.write_note(actor=Actor.of(other), action=action, text="Not mine."),
    ):
        with pytest.raises(Denied):
            do()
    manager.memberships.update(ended_on=timezone.localdate())
    with pytest.raises(Denied):
        actions.write_note(actor=owner, action=action, text="I have left.")


def test_a_link_to_one_action_opens_that_one() -> None:
    plan, lead = a_plan()
    one, other = an_action(plan, lead), an_action(plan, lead)
    holder = Actor.holding_link(scope=f"action:{one.pk}", person_id=lead.person_id)
    actions.write_note(actor=holder, action=one, delivery="green")
    assert one.notes.get().text == "On track"
    with pytest.raises(Denied):
        actions.write_note(actor=holder, action=other, delivery="green")
