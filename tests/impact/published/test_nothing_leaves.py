"""A mark in every field that is not for everyone, looked for in every way out."""

import io
import re
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.utils import timezone

from benchside.core.actions import Actor
from benchside.impact.models import (
    Action,
    ActionEvidence,
    Milestone,
    Observation,
    Opinion,
    Plan,
    ProgressNote,
    Success,
    Suggestion,
)
from benchside.impact.published import queries
from benchside.impact.published.actions import unpublish_plan
from tests.factories.organisations import a_member
from tests.factories.plans import an_action
from tests.factories.public_plans import a_charter, a_public_plan
from tests.factories.technicians import a_profile

pytestmark = pytest.mark.django_db
SECRET = "zzsecret"
COST = Decimal("98765.43")
# What everyone may read of each model; every other field gets a mark, also one added later.
PUBLIC = {
    Action: {
        "code", "areas", "title", "objective", "rationale", "text", "themes", "other_charters",
        "owner_post", "starts_on", "due_on", "state", "delivery", "origin", "carried", "position",
        "changed_at", "completed_at", "before", "plan",
    },
    ProgressNote: {"text", "delivery", "is_public", "written_at", "action"},
    ActionEvidence: {"title", "url", "is_public", "action", "record_kind"},
    Milestone: {"title", "due_on", "done_on", "action"},
    Success: {
        "title", "unit", "baseline", "baseline_on", "target", "target_on", "denominator", "source",
        "action", "measure",
    },
}  # fmt: skip


def marked(one: models.Model) -> None:
    """Put a mark into each text field of a record that is not public."""
    for field in one._meta.local_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        if is_text and field.name not in PUBLIC[type(one)]:
            setattr(one, field.name, f"{SECRET}-{field.name}"[: field.max_length or 80])
    one.save()


def a_plan_full_of_secrets() -> Plan:
    plan, lead = a_public_plan(charter=a_charter(), actions=1)
    owner = a_member(plan.organisation, "champion", f"{SECRET}owner")
    action = plan.actions.get()
    action.title, action.text = "Open to all", "Seen by everyone"
    action.owner, action.cost, action.state_why, action.delivery = owner, COST, "", "amber"
    marked(action)
    action.contributors.add(a_member(plan.organisation, "editor", f"{SECRET}helper"))
    marked(Milestone(action=action, title="First step", due_on=date(2027, 1, 1)))
    success = Success(action=action, title="Pages", baseline=1, target=9)
    marked(success)
    Observation.objects.create(success=success, value=Decimal("77777.77"), observed_on=date.today())
    marked(ProgressNote(action=action, text="We began", is_public=True, delivery="amber"))
    ProgressNote.objects.create(action=action, text=f"{SECRET}-note")
    marked(ActionEvidence(action=action, title="A page", url="https://x.example/", is_public=True))
    ActionEvidence.objects.create(
        action=action, title=f"{SECRET}-evidence", url=f"https://{SECRET}.example/"
    )
    ActionEvidence.objects.create(
        action=action, title=f"{SECRET}-record", record_kind="impact.voice",
        record_id="00000000-0000-0000-0000-000000000000", is_public=True,
    )  # fmt: skip
    an_action(plan, lead, f"{SECRET}-proposed")
    voices(plan, action)
    return plan


def voices(plan: Plan, action: Action) -> None:
    technician = a_profile(f"{SECRET} Technician").technician
    Suggestion.objects.create(plan=plan, technician=technician, title=f"{SECRET}-suggestion")
    Opinion.objects.create(
        action=action, technician=technician, feeling="matters", words=f"{SECRET}-opinion"
    )


def ways_out(plan: Plan) -> list[str]:
    bases = [f"/plans/{plan.key}/", "/charters/made-up/northmoor/plan/"]
    ends = [
        "", "plan.json", "plan.csv", "plan.xlsx", "notes.atom", "embed/", "V-001/", "?sort=due",
        "?q=zzsecret", "?area=visibility&sort=-state",
    ]  # fmt: skip
    return [
        *(base + end for base in bases for end in ends),
        "/plans/", "/plans/plans.csv", "/plans/?q=zzsecret", "/api/v1/plans",
        f"/api/v1/plans/{plan.key}", "/charters/made-up/analysis/",
        "/charters/made-up/analysis/analysis.csv", "/sitemap.xml",
    ]  # fmt: skip


def text_of(response: Any) -> str:
    body: bytes = response.content
    if not body.startswith(b"PK"):
        return body.decode()
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def test_no_way_out_has_a_mark_and_each_has_what_it_is_for() -> None:
    plan = a_plan_full_of_secrets()
    for path in ways_out(plan):
        response = Client().get(path)
        assert response.status_code == 200, path
        asked = "zzsecret" in path  # the page repeats what was looked for
        text = text_of(response).replace("zzsecret", "", 99 if asked else 0)
        leaked = re.findall(rf"(?i){SECRET}[\w-]*|98,?765|77,?777", text)
        assert leaked == [], f"{path} tells {leaked}"
        ends = ("V-001/", "plan.json", "plan.csv", "plan.xlsx", str(plan.key))
        assert not path.endswith(ends) or "Seen by everyone" in text, path


def test_marks_were_really_put_everywhere() -> None:
    """Or the test above proves nothing."""
    a_plan_full_of_secrets()
    action = Action.objects.get(code="V-001")
    assert (action.internal, action.delivery_why, action.state_why) == (
        f"{SECRET}-internal", f"{SECRET}-delivery_why", f"{SECRET}-state_why",
    )  # fmt: skip
    assert action.cost == COST


def test_every_field_of_these_models_is_public_or_marked() -> None:
    """A field that somebody adds must be thought about: it is public only if it is named here."""
    shown = set(PUBLIC[Action])
    read = set(queries.COLUMNS)
    assert read <= shown
    known = {field.name for field in apps.get_model("impact.Action")._meta.get_fields()}
    assert shown <= known


def test_a_plan_taken_back_is_gone_from_every_way_out() -> None:
    plan, lead = a_public_plan(charter=a_charter())
    paths = [one for one in ways_out(plan) if str(plan.key) in one or "northmoor" in one]
    assert all(Client().get(path).status_code == 200 for path in paths)
    unpublish_plan(actor=Actor.of(lead), plan=plan)
    assert {Client().get(path).status_code for path in paths} == {404}
    assert "northmoor/plan/" not in Client().get("/sitemap.xml").content.decode()
    assert Client().get("/api/v1/plans").json()["total"] == 0


def test_a_plan_of_a_closed_organisation_is_gone() -> None:
    plan, _ = a_public_plan()
    plan.organisation.state, plan.organisation.closed_at = "closed", timezone.now()
    plan.organisation.save()
    assert Client().get(f"/plans/{plan.key}/").status_code == 404


def test_what_is_counted_from_records_leaves_only_as_such_counts_do() -> None:
    """HESA's rule: 82 people become 80; a share without its whole is not told."""
    plan, _ = a_public_plan(actions=1)
    action = plan.actions.get()
    Success.objects.create(
        action=action, title="People", measure="impact.technician_voice", unit="people",
        baseline=82, target=100,
    )  # fmt: skip
    Success.objects.create(
        action=action, title="Share", measure="impact.technician_voice", unit="%", baseline=43,
        target=50,
    )  # fmt: skip
    Success.objects.create(action=action, title="By hand", unit="pages", baseline=41, target=44)
    found = Client().get(f"/plans/{plan.key}/plan.json").json()["actions"][0]["measures"]
    assert [(one["baseline"], one["target"]) for one in found] == [
        ("about 80 people", "100 people"), ("", "50%"), ("41 pages", "44 pages"),
    ]  # fmt: skip


def test_pages_are_kept_without_a_cookie_and_change_at_once() -> None:
    plan, _ = a_public_plan()
    client = Client()
    response = client.get(f"/plans/{plan.key}/")
    assert response["Cache-Control"] == "public, no-cache"
    assert dict(client.cookies) == {}
    assert "nonce" not in response.content.decode()
    assert timezone.now() - Plan.objects.get().published_at < timedelta(minutes=5)
