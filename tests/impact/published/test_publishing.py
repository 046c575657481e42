"""Who may make a plan public, when, and what happens to pages then."""

from typing import Any

import pytest
from django.test import Client

from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models import AuditEvent
from benchside.core.registries import Subscription, subscriptions
from benchside.impact.lineage.actions import carry
from benchside.impact.models import Plan
from benchside.impact.plans import actions as plans
from benchside.impact.published.actions import publish_plan, unpublish_plan
from benchside.impact.published.events import PLAN_CHANGED
from benchside.organisations.enums import MemberRole
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import sign_in
from tests.factories.plans import a_plan, an_action
from tests.factories.public_plans import a_charter, a_public_plan, agree, another_plan

pytestmark = pytest.mark.django_db
NOT_THESE = [
    MemberRole.HR_STEWARD, MemberRole.CHAMPION, MemberRole.MANAGER, MemberRole.STEERING,
    MemberRole.SIGNER, MemberRole.EDITOR,
]  # fmt: skip


def heard(django_capture_on_commit_callbacks: Any, act: Any) -> list[dict[str, Any]]:
    """What whoever listens for changes of plans is told."""
    told: list[Any] = []
    with subscriptions.opened():
        subscriptions.register(Subscription(key="test", event=PLAN_CHANGED.key, handle=told.append))
        with django_capture_on_commit_callbacks(execute=True):
            act()
    return told


def test_a_lead_and_a_deputy_publish_an_agreed_plan() -> None:
    plan, lead = a_plan()
    an_action(plan, lead)
    agree(plan, lead)
    deputy = a_member(plan.organisation, MemberRole.DEPUTY)
    publish_plan(actor=Actor.of(deputy), plan=plan)
    plan.refresh_from_db()
    assert plan.published_at is not None
    assert AuditEvent.objects.filter(verb="plan.publish", subject_id=str(plan.pk)).count() == 1


@pytest.mark.parametrize("role", NOT_THESE)
def test_nobody_else_does(role: MemberRole) -> None:
    plan, lead = a_plan()
    an_action(plan, lead)
    agree(plan, lead)
    with pytest.raises(Denied):
        publish_plan(actor=Actor.of(a_member(plan.organisation, role)), plan=plan)
    stranger = a_member(an_organisation("southmoor"))
    with pytest.raises(Denied):
        publish_plan(actor=Actor.of(stranger), plan=plan)
    assert Plan.objects.get().published_at is None


def test_a_draft_is_not_published() -> None:
    plan, lead = a_plan()
    an_action(plan, lead)
    with pytest.raises(Refused, match="agreed"):
        publish_plan(actor=Actor.of(lead), plan=plan)
    assert Plan.objects.get().published_at is None


def test_again_changes_nothing_and_taking_back_forgets_the_day() -> None:
    plan, lead = a_public_plan()
    first = Plan.objects.get().published_at
    publish_plan(actor=Actor.of(lead), plan=plan)
    assert Plan.objects.get().published_at == first
    unpublish_plan(actor=Actor.of(lead), plan=plan)
    assert Plan.objects.get().published_at is None


def test_every_change_of_a_plan_empties_the_cache(django_capture_on_commit_callbacks: Any) -> None:
    plan, lead = a_public_plan()
    actor = Actor.of(lead)
    action = plan.actions.first()
    changes = [
        lambda: plans.change_action(actor=actor, action=action, changes={"title": "New words"}),
        lambda: plans.move_action(actor=actor, action=action, verb="start"),
        lambda: plans.write_note(actor=actor, action=action, text="On our way", is_public=True),
        lambda: plans.add_milestone(actor=actor, action=action, title="Half way"),
        lambda: plans.close_plan(actor=actor, plan=plan),
        lambda: unpublish_plan(actor=actor, plan=plan),
        lambda: publish_plan(actor=actor, plan=plan),
    ]
    for change in changes:
        assert {"plan": plan.pk} in heard(django_capture_on_commit_callbacks, change)


def test_a_proposed_action_is_public_only_once_it_is_agreed() -> None:
    plan, lead = a_public_plan(actions=1)
    action = an_action(plan, lead, "Not yet agreed")
    url = f"/plans/{plan.key}/"
    assert "Not yet agreed" not in Client().get(url).content.decode()
    assert Client().get(f"{url}{action.code}/").status_code == 404
    plans.move_action(actor=Actor.of(lead), action=action, verb="agree")
    assert "Not yet agreed" in Client().get(url).content.decode()


def test_the_preview_shows_what_will_be_public_and_the_button_does_it() -> None:
    plan, lead = a_plan(cycle=None)
    action = an_action(plan, lead, "Seen by all", internal="Only for us")
    agree(plan, lead)
    client = sign_in(Client(), lead)
    url = f"/org/northmoor/impact/plan/{plan.key}/publish/"
    page = client.get(url).content.decode()
    assert "Seen by all" in page
    assert "Only for us" not in page
    assert client.post(url, {"verb": "nonsense"}).status_code == 302
    assert Plan.objects.get().published_at is None
    client.post(url, {"verb": "publish"})
    assert Client().get(f"/plans/{plan.key}/{action.code}/").status_code == 200
    client.post(url, {"verb": "unpublish"})
    assert Client().get(f"/plans/{plan.key}/").status_code == 404


def test_another_organisations_plan_is_not_there() -> None:
    plan, _ = a_public_plan()
    stranger = a_member(an_organisation("southmoor"))
    client = sign_in(Client(), stranger)
    for page in ("publish", "share"):
        assert client.get(f"/org/southmoor/impact/plan/{plan.key}/{page}/").status_code == 404
        assert client.get(f"/org/northmoor/impact/plan/{plan.key}/{page}/").status_code == 404


def test_the_page_to_share_follows_to_the_next_plan_and_cannot_be_broken_out_of() -> None:
    charter = a_charter()
    plan, lead = a_public_plan(charter=charter)
    plan.organisation.name = 'North"moor <script>'
    plan.organisation.save()
    client = sign_in(Client(), lead)
    page = client.get(f"/org/northmoor/impact/plan/{plan.key}/share/?area=visibility")
    text = page.content.decode()
    assert "/charters/made-up/northmoor/plan/embed/?area=visibility" in text
    assert "<script>" not in page.context["snippet"]
    assert 'North"moor' not in page.context["snippet"]
    frame = Client().get("/charters/made-up/northmoor/plan/embed/?area=visibility")
    assert "X-Frame-Options" not in frame
    assert "frame-ancestors *" in frame["Content-Security-Policy"]


def test_the_signatorys_address_follows_to_the_newest_public_plan() -> None:
    charter = a_charter()
    first, _ = a_public_plan(charter=charter, title="The first plan")
    second, lead = a_public_plan(charter=charter, stage=2, title="The second plan")
    url = "/charters/made-up/northmoor/plan/"
    assert "The second plan" in Client().get(url).content.decode()
    old = Client().get(f"/plans/{first.key}/").content.decode()
    assert f'<link rel="canonical" href="http://testserver/plans/{first.key}/">' in old
    new = Client().get(f"/plans/{second.key}/").content.decode()
    assert f'<link rel="canonical" href="http://testserver{url}">' in new
    unpublish_plan(actor=Actor.of(lead), plan=second)
    assert "The first plan" in Client().get(url).content.decode()


def test_lineage_is_told_in_words_where_the_plan_before_is_public() -> None:
    first, lead = a_public_plan(title="Plan of old", actions=1)
    plan, _ = another_plan(first.organisation, title="Plan of today", before=first)
    old = first.actions.get()
    carry(actor=Actor.of(lead), plan=plan, earlier=old, carried="extended", why="It went well.")
    agree(plan, lead)
    publish_plan(actor=Actor.of(lead), plan=plan)
    page = Client().get(f"/plans/{plan.key}/").content.decode()
    assert "This plan carries on from" in page
    assert "Plan of old" in page
    one = Client().get(f"/plans/{plan.key}/{old.code}/").content.decode()
    assert "Extended from “Plan of old”" in one
    assert f"/plans/{first.key}/{old.code}/" in one
    unpublish_plan(actor=Actor.of(lead), plan=first)
    for path in (f"/plans/{plan.key}/", f"/plans/{plan.key}/{old.code}/"):
        assert "Plan of old" not in Client().get(path).content.decode()
