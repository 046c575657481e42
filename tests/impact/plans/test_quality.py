"""What the check says of a plan, and that whoever signs must face it."""

from datetime import date
from typing import Any

import pytest

from benchside.core.actions import Actor
from benchside.impact.plans import actions, annex, checking, quality
from benchside.impact.plans.quality import Line, Measure, Plan
from tests.factories.plans import a_plan, an_action, moved

AREAS = (("visibility", "Visibility"), ("impact", "Evaluating impact"))
GOOD = Measure(baseline=True, target=True)


def a_line(code: str = "V-001", **fields: Any) -> Line:
    values: dict[str, Any] = {
        "code": code, "title": "Print a story each month", "areas": ("visibility", "impact"),
        "owner": "1", "starts_on": date(2026, 1, 1), "due_on": date(2026, 9, 1),
        "measures": (GOOD,), "milestones": 1,
    }  # fmt: skip
    return Line(**{**values, **fields})


def keys(*lines: Line) -> set[str]:
    plan = Plan(starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31), areas=AREAS, lines=lines)
    return {one.key for one in quality.check(plan)}


def test_a_good_plan_gets_no_word() -> None:
    assert keys(a_line()) == set()


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ("owner", {"owner": ""}),
        ("due", {"due_on": None}),
        ("measure", {"measures": ()}),
        ("target", {"measures": (Measure(baseline=True, target=False),)}),
        ("baseline", {"measures": (Measure(baseline=False, target=True),)}),
        ("soft", {"title": "Review the appraisal form"}),
        ("late", {"due_on": date(2029, 1, 1)}),
        ("backwards", {"starts_on": date(2026, 10, 1)}),
        ("milestones", {"milestones": 0, "due_on": date(2027, 3, 1)}),
        ("area", {"areas": ("visibility",)}),
    ],
)
def test_each_fault_alone_is_found(key: str, fields: dict[str, Any]) -> None:
    assert key in keys(a_line(**fields))
    assert keys(a_line(**fields)) <= {key, "milestones"}


def test_what_is_over_needs_no_owner_and_no_date() -> None:
    assert keys(a_line(owner="", due_on=None, is_open=False)) == set()


def test_a_rush_at_the_end_and_one_who_carries_all_are_named() -> None:
    rush = [a_line(f"V-{n}", due_on=date(2028, 12, 15), owner=str(n)) for n in range(3)]
    assert keys(*rush, a_line("V-9")) == {"last-month"}
    assert "load" not in keys(*[a_line(f"V-{n}") for n in range(9)])
    assert "load" in keys(*[a_line(f"V-{n}") for n in range(10)])


@pytest.mark.parametrize(
    ("title", "soft"),
    [
        ("Review the appraisal form", True),
        ("Explore options for shared stores", True),
        ("Consider and discuss workload", True),
        ("Review the appraisal form and publish a new one", False),
        ("Review 40 role profiles", False),
        ("Publish a review of stores", False),
        ("", False),
    ],
)
def test_a_promise_to_think_is_told_from_a_promise_to_do(title: str, soft: bool) -> None:
    assert quality.is_soft(title) is soft


def test_an_empty_plan_is_one_finding() -> None:
    assert keys() == {"empty"}


@pytest.mark.django_db
def test_the_check_reads_what_is_kept_and_leaves_out_what_is_stopped() -> None:
    plan, lead = a_plan()
    action = an_action(plan, lead, "Review the stores")
    assert {"owner", "due", "measure", "soft"} <= {one.key for one in checking.findings(plan)}
    moved(action, lead, "stop")
    assert [one.key for one in checking.findings(plan)] == ["empty"]


@pytest.mark.django_db
def test_what_is_signed_does_not_change_while_it_is_delivered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan, lead = a_plan()
    actor = Actor.of(lead)
    action = an_action(
        plan, lead, owner=lead, owner_post="Head of stores", due_on=date(2027, 5, 1),
        internal="Not for all", cost=900,
    )  # fmt: skip
    actions.add_milestone(actor=actor, action=action, title="Half", due_on=date(2026, 12, 1))
    actions.add_success(
        actor=actor,
        action=action,
        values={"title": "Pages", "unit": "people", "baseline": 5, "target": 50},
    )
    monkeypatch.setattr(annex, "plan_of", lambda _: plan)
    submission: Any = None
    assert annex.gaps(submission) == []
    actions.agree_plan(actor=actor, plan=plan)
    signed = annex.tables(submission)
    assert signed[0].rows == (
        ("V-001", "Visibility", action.title, "Head of stores", "", "1 May 2027",
         "Pages: from 5 to 50 people"),
    )  # fmt: skip
    assert signed[1].rows == (("V-001", "Half", "1 December 2026"),)
    action.refresh_from_db()
    moved(action, lead, "start")
    actions.write_note(actor=actor, action=action, text="Going well", delivery="green")
    actions.finish_milestone(
        actor=actor, milestone=action.milestones.get(), done_on=date(2026, 11, 1)
    )
    an_action(plan, lead, "Proposed since")
    assert annex.tables(submission) == signed
    words = annex.concerns(submission)
    assert any("Nothing is planned for" in one for one in words)
    assert lead.get_full_name() not in str(signed)


@pytest.mark.django_db
def test_a_missing_or_empty_plan_keeps_anybody_from_signing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    submission: Any = None
    monkeypatch.setattr(annex, "plan_of", lambda _: None)
    assert annex.gaps(submission) == ["There is no action plan yet. Begin one for this stage."]
    plan, _ = a_plan()
    monkeypatch.setattr(annex, "plan_of", lambda _: plan)
    assert annex.gaps(submission) == ["The action plan is empty. Add what you will do."]
