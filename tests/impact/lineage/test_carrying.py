"""Each open action of the plan before gets its word; it keeps its code for ever."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from benchside.core.actions import Actor, Denied, Refused
from benchside.core.states import NeedsMore
from benchside.impact.enums import ActionState
from benchside.impact.lineage import actions, queries
from benchside.impact.models import Action, Carrying, Plan
from benchside.impact.plans.actions import (
    add_milestone,
    add_success,
    agree_plan,
    change_action,
    close_plan,
    observe,
    propose_action,
    write_note,
)
from benchside.organisations.enums import MemberRole
from tests.factories.organisations import a_member
from tests.factories.plans import a_plan, an_action, moved

pytestmark = pytest.mark.django_db
YEARS = {"starts_on": date(2029, 1, 1), "ends_on": date(2031, 12, 31)}


@pytest.fixture
def two_plans():
    """A plan with three open actions and a complete one, and the plan after it."""
    plan, lead = a_plan()
    for title, area in (
        ("Give every technician a page", "visibility"),
        ("Hold a technicians’ day", "visibility"),
        ("Pay registration fees", "recognition"),
        ("Write role profiles", "careers"),
    ):
        an_action(plan, lead, title, areas=[area], due_on=date(2028, 6, 30))
    agree_plan(actor=Actor.of(lead), plan=plan)
    done = plan.actions.get(code="C-001")
    moved(done, lead, "start", "complete")
    plan.refresh_from_db()
    after = actions.continue_plan(actor=Actor.of(lead), plan=plan, title="Next", **YEARS)
    return plan, after, lead


def say(plan: Plan, lead, code: str, carried: str, why: str = "", **changes) -> Carrying:
    return actions.carry(
        actor=Actor.of(lead), plan=plan, earlier=Action.objects.get(plan=plan.before, code=code),
        carried=carried, why=why, changes=changes,
    )  # fmt: skip


def test_a_plan_is_not_agreed_before_each_open_action_has_its_word(two_plans) -> None:
    _, after, lead = two_plans
    actor = Actor.of(lead)
    propose_action(actor=actor, plan=after, title="Film technicians", areas=["visibility"])
    walk = queries.walk_of(after)
    assert (walk.total, walk.done) == (3, 0)
    for code, carried in (("V-001", "continued"), ("V-002", "narrowed")):
        say(after, lead, code, carried, "Half of it is done.")
        with pytest.raises(NeedsMore, match="a word about each open action"):
            agree_plan(actor=actor, plan=after)
        after.refresh_from_db()
    say(after, lead, "R-001", "stopped", "The funder pays now.")
    assert queries.walk_of(after).left == 0
    agree_plan(actor=actor, plan=after)
    assert set(after.actions.values_list("code", flat=True)) == {"V-001", "V-002", "V-003"}


def test_an_action_goes_on_with_its_code_measures_and_open_milestones(two_plans) -> None:
    plan, after, lead = two_plans
    actor = Actor.of(lead)
    old = plan.actions.get(code="V-001")
    change_action(actor=actor, action=old, changes={"owner": lead, "internal": "Ask IT."})
    add_milestone(actor=actor, action=old, title="Half", due_on=date(2027, 1, 1))
    add_success(
        actor=actor, action=old,
        values={"title": "Pages", "baseline": Decimal(10), "target": Decimal(90), "unit": "%"},
    )  # fmt: skip
    observe(
        actor=actor, success=old.successes.get(), value=Decimal(55), observed_on=date(2028, 5, 1)
    )
    made = say(after, lead, "V-001", "extended", "To all campuses.", title="Give all a page")
    new = made.action
    assert new is not None
    assert (new.code, new.number, new.before, new.origin) == ("V-001", old.number, old, "earlier")
    assert (new.title, new.owner, new.internal) == ("Give all a page", lead, "Ask IT.")
    assert (new.carried, new.carried_why, new.state) == ("extended", "To all campuses.", "proposed")
    assert new.due_on is None, "a day before the new plan is none of its days"
    success = new.successes.get()
    assert (success.baseline, success.baseline_on) == (Decimal(55), date(2028, 5, 1))
    assert success.target == Decimal(90)
    assert [step.title for step in new.milestones.all()] == ["Half"]
    old.refresh_from_db()
    assert (old.title, old.state) == ("Give every technician a page", ActionState.AGREED)


def test_numbers_of_new_actions_go_on_after_those_carried_over(two_plans) -> None:
    _, after, lead = two_plans
    say(after, lead, "V-002", "continued")
    new = propose_action(actor=Actor.of(lead), plan=after, title="Film us", areas=["visibility"])
    assert new.code == "V-003"


@pytest.mark.parametrize("carried", ["extended", "narrowed", "revised", "stopped"])
def test_all_but_continued_need_a_reason(two_plans, carried) -> None:
    _, after, lead = two_plans
    with pytest.raises(Refused, match="Say why"):
        say(after, lead, "V-001", carried, "  ")
    assert not Carrying.objects.exists()
    say(after, lead, "V-001", carried, "Because.")


def test_a_word_is_taken_back_and_changed_while_it_is_a_draft(two_plans) -> None:
    plan, after, lead = two_plans
    first = say(after, lead, "V-001", "continued")
    second = say(after, lead, "V-001", "stopped", "No room.")
    assert not after.actions.exists()
    assert not Carrying.objects.filter(pk=first.pk).exists()
    actions.take_back(actor=Actor.of(lead), carrying=second)
    assert queries.walk_of(after).done == 0
    third = say(after, lead, "V-001", "continued")
    write_note(actor=Actor.of(lead), action=third.action, text="Begun.")
    with pytest.raises(Refused, match="worked on in the new plan"):
        actions.take_back(actor=Actor.of(lead), carrying=third)
    assert plan.actions.count() == 4


def test_once_agreed_the_words_stay(two_plans) -> None:
    _, after, lead = two_plans
    made = [say(after, lead, code, "continued") for code in ("V-001", "V-002", "R-001")]
    agree_plan(actor=Actor.of(lead), plan=after)
    after.refresh_from_db()
    made[0].refresh_from_db()
    for verb in (
        lambda: say(after, lead, "V-001", "stopped", "No."),
        lambda: actions.take_back(actor=Actor.of(lead), carrying=made[0]),
    ):
        with pytest.raises(Refused, match="agreed"):
            verb()


def test_what_is_not_of_the_plan_before_is_refused_and_so_are_strangers(two_plans) -> None:
    plan, after, lead = two_plans
    there, other = a_plan("southmoor")
    theirs = an_action(there, other)
    with pytest.raises(Refused, match="not of the plan before"):
        actions.carry(actor=Actor.of(lead), plan=after, earlier=theirs, carried="continued")
    old = plan.actions.get(code="V-001")
    for user in (other, a_member(plan.organisation, MemberRole.STEERING)):
        with pytest.raises(Denied):
            actions.carry(actor=Actor.of(user), plan=after, earlier=old, carried="continued")
        with pytest.raises(Denied):
            actions.continue_plan(actor=Actor.of(user), plan=plan, title="x", **YEARS)
    with pytest.raises(Refused, match="a plan for this already"):
        actions.continue_plan(actor=Actor.of(lead), plan=plan, title="Again", **YEARS)


def test_the_database_holds_one_word_an_action_and_a_reason(two_plans) -> None:
    plan, after, lead = two_plans
    made = say(after, lead, "V-001", "continued")
    old = plan.actions.get(code="V-002")
    for values in (
        {"earlier": made.earlier, "carried": "stopped", "why": "x"},
        {"earlier": old, "carried": "stopped", "why": ""},
        {"earlier": old, "carried": "revised", "why": "x"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Carrying.objects.create(plan=after, **values)


def test_plans_that_were_brought_are_linked_by_their_words_and_parted_again(two_plans) -> None:
    plan, after, lead = two_plans
    actor = Actor.of(lead)
    alike = propose_action(
        actor=actor, plan=after, title="Hold a day for technicians", areas=["impact"]
    )
    alone = propose_action(actor=actor, plan=after, title="Buy a kettle", areas=["visibility"])
    proposals = {one.action: one for one in queries.proposals_of(after)}
    assert proposals[alike].best == plan.actions.get(code="V-002")
    assert not proposals[alone].near
    made = actions.link(
        actor=actor, action=alike, earlier=plan.actions.get(code="V-002"), carried="revised"
    )
    alike.refresh_from_db()
    assert (alike.code, alike.carried, made.was_called) == ("V-002", "revised", "I-001")
    assert queries.walk_of(after).done == 1
    with pytest.raises(Refused, match="linked already"):
        actions.link(
            actor=actor, action=alone, earlier=plan.actions.get(code="V-002"), carried="revised"
        )
    actions.take_back(actor=actor, carrying=made)
    alike.refresh_from_db()
    assert (alike.code, alike.number, alike.before, alike.carried) == ("I-001", 1, None, "")


def test_three_plans_are_one_readable_line(two_plans) -> None:
    plan, after, lead = two_plans
    actor = Actor.of(lead)
    say(after, lead, "V-001", "revised", "Only those who wish.", title="Offer a page to all")
    say(after, lead, "V-002", "stopped", "Nobody came.")
    say(after, lead, "R-001", "continued")
    agree_plan(actor=actor, plan=after)
    after.refresh_from_db()
    close_plan(actor=actor, plan=plan)
    third = actions.continue_plan(
        actor=actor, plan=after, title="Third", starts_on=date(2032, 1, 1), ends_on=date(2034, 1, 1)
    )
    say(third, lead, "V-001", "continued")
    here = plan.organisation
    steps = queries.steps_of(here, "V-001")
    assert [(one.plan.title, one.carried, one.why) for one in steps] == [
        ("Plan for technicians", "", ""),
        ("Next", "Revised", "Only those who wish."),
        ("Third", "Continued", ""),
    ]
    assert steps[1].changed[0] == (
        "Words", "Give every technician a page", "Offer a page to all",
    )  # fmt: skip
    assert [one.carried for one in queries.steps_of(here, "V-002")] == ["", "Stopped"]
    matrix = queries.matrix_of(here)
    assert {line.code: line.plans for line in matrix.lines} == {
        "V-001": 3, "V-002": 1, "R-001": 2, "C-001": 1,
    }  # fmt: skip
    first = queries.figures_by_plan(matrix)[0][1]
    assert (first.completed.part, first.completed.whole) == (1, 4)
    assert queries.steps_of(here, "Z-999") == []


# --- pages --------------------------------------------------------------------------------------
def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name: str, plan: Plan | None = None, *more: str, slug: str = "northmoor") -> str:
    return reverse(f"impact:{name}", args=[slug, *([plan.key] if plan else []), *more])


def test_one_by_one_through_the_pages(two_plans) -> None:
    _, after, lead = two_plans
    client = signed_in(lead)
    page = client.get(at("carry", after)).content.decode()
    assert "0 of 3 open actions have their word" in page
    said = {"carried": "narrowed", "why": "", "title": "Shorter words", "areas": ["recognition"]}
    answer = client.post(at("carry_one", after, "R-001"), said)
    assert answer.status_code == 422
    assert "Shorter words" in answer.content.decode(), "what was typed stays"
    answer = client.post(at("carry_one", after, "R-001"), said | {"why": "Fewer apply."})
    assert answer.url == at("carry_one", after, "V-001")
    answer = client.post(at("carry", after), {"carried": "stopped", "why": "", "action": ["V-001"]})
    assert answer.status_code == 422
    assert 'value="V-001" checked' in answer.content.decode()
    both = {"carried": "stopped", "why": "No money.", "action": ["V-001", "V-002"]}
    answer = client.post(at("carry", after), both, follow=True)
    assert "3 of 3 open actions have their word" in answer.content.decode()
    client.post(at("carry_take_back", after, "V-001"))
    assert queries.walk_of(after).done == 2
    assert "No money." in client.get(at("carry_csv", after)).content.decode()


def test_the_next_plan_is_begun_on_a_page(two_plans) -> None:
    _, after, lead = two_plans
    client = signed_in(lead)
    assert client.get(at("continue_plan", after.before)).url == at("carry", after)
    assert "not agreed yet" in client.get(at("continue_plan", after)).content.decode()


def test_the_pages_of_lines_are_for_members_and_of_this_organisation(two_plans) -> None:
    plan, after, _ = two_plans
    steering = signed_in(a_member(plan.organisation, MemberRole.STEERING))
    for name in ("lineage", "lineage_csv"):
        assert steering.get(at(name)).status_code == 200
    assert (
        steering.get(reverse("impact:lineage_life", args=["northmoor", "V-001"])).status_code == 200
    )
    assert (
        steering.get(reverse("impact:lineage_life", args=["northmoor", "V-999"])).status_code == 404
    )
    assert steering.get(at("carry", after)).status_code == 403
    _, other = a_plan("southmoor")
    stranger = signed_in(other)
    for name in ("carry", "carry_csv", "lineage_link", "continue_plan"):
        assert stranger.get(at(name, after)).status_code == 404
        assert stranger.get(at(name, after, slug="southmoor")).status_code == 404
    assert stranger.get(at("lineage")).status_code == 404


def test_links_are_proposed_and_said_on_a_page(two_plans) -> None:
    _, after, lead = two_plans
    propose_action(
        actor=Actor.of(lead), plan=after, title="Hold a technicians’ day", areas=["impact"]
    )
    client = signed_in(lead)
    page = client.get(at("lineage_link", after)).content.decode()
    assert "V-002: Hold a technicians’ day (100% alike)" in page
    client.post(at("lineage_link", after), {"to-I-001": "V-002", "how-I-001": "continued"})
    assert after.actions.get().code == "V-002"
    client.post(at("lineage_unlink", after, "V-002"))
    assert after.actions.get().code == "I-001"


@pytest.mark.parametrize("count", [5, 40])
def test_the_table_of_lines_asks_the_database_as_often_for_many(
    count, django_assert_max_num_queries
) -> None:
    plan, lead = a_plan()
    for number in range(count):
        an_action(plan, lead, f"Do thing {number}")
    client = signed_in(lead)
    with django_assert_max_num_queries(16):
        assert client.get(at("lineage")).status_code == 200
