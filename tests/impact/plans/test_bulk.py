"""One change to many actions: previewed, refused line by line, done to all or to none."""

import pytest
from django.test import Client
from django.urls import reverse

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.core.models import AuditEvent
from benchside.impact.models import Action, ActionChange, Plan
from benchside.impact.plans import bulk
from benchside.impact.plans.bulk import Choice
from benchside.organisations.enums import MemberRole
from tests.factories.organisations import a_member
from tests.factories.plans import a_plan, an_action, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> tuple[Plan, User, list[Action]]:
    plan, lead = a_plan()
    return plan, lead, [an_action(plan, lead, f"Action {number}") for number in range(3)]


def test_a_preview_says_what_would_come_of_it_and_changes_nothing(
    made: tuple[Plan, User, list[Action]],
) -> None:
    _plan, lead, found = made
    moved(found[0], lead, "agree")
    events = AuditEvent.objects.count()
    lines = bulk.preview(
        actor=Actor.of(lead), actions=found, choice=Choice(what="state", value="agree")
    )
    assert [(line.was, line.now, bool(line.refused)) for line in lines] == [
        ("Agreed", "", True),
        ("Proposed", "Agreed", False),
        ("Proposed", "Agreed", False),
    ]
    assert list(Action.objects.values_list("state", flat=True)) == [
        "agreed",
        "proposed",
        "proposed",
    ]
    assert AuditEvent.objects.count() == events
    assert ActionChange.objects.count() == 1


def test_all_change_or_none(made: tuple[Plan, User, list[Action]]) -> None:
    _plan, lead, found = made
    moved(found[2], lead, "agree")
    agree = Choice(what="state", value="agree")
    lines = bulk.apply(actor=Actor.of(lead), actions=found, choice=agree)
    assert [bool(line.refused) for line in lines] == [False, False, True]
    assert set(Action.objects.exclude(pk=found[2].pk).values_list("state", flat=True)) == {
        "proposed"
    }
    some = list(Action.objects.exclude(pk=found[2].pk).select_related("plan"))
    assert not any(x.refused for x in bulk.apply(actor=Actor.of(lead), actions=some, choice=agree))
    assert set(Action.objects.values_list("state", flat=True)) == {"agreed"}


def test_themes_are_put_on_and_taken_off(made: tuple[Plan, User, list[Action]]) -> None:
    _plan, lead, found = made
    for what, themes in (("add_theme", ["voice"]), ("add_theme", ["voice"]), ("drop_theme", [])):
        bulk.apply(actor=Actor.of(lead), actions=found, choice=Choice(what=what, value="voice"))
        for action in found:
            action.refresh_from_db()
            assert action.themes == themes


def test_amber_asks_for_a_reason_of_each(made: tuple[Plan, User, list[Action]]) -> None:
    _plan, lead, found = made
    amber = Choice(what="delivery", value="amber")
    lines = bulk.apply(actor=Actor.of(lead), actions=found, choice=amber)
    assert all("say why" in line.refused for line in lines)
    amber = Choice(what="delivery", value="amber", why="The building is closed.")
    bulk.apply(actor=Actor.of(lead), actions=found, choice=amber)
    assert set(Action.objects.values_list("delivery", "delivery_why")) == {
        ("amber", "The building is closed.")
    }


def test_the_pages_lead_from_ticks_to_the_change(made: tuple[Plan, User, list[Action]]) -> None:
    plan, lead, found = made
    client = Client()
    client.force_login(lead)
    address = reverse("impact:plan_change_many", args=[plan.organisation.slug, plan.key])
    assert client.get(address).status_code == 302  # nothing ticked
    assert client.get(f"{address}?code=V-001&code=X-9").context["chosen"] == [found[0]]
    assert len(client.get(f"{address}?all=yes&q=Action").context["chosen"]) == 3
    champion = a_member(plan.organisation, MemberRole.CHAMPION)
    said = {"code": ["V-001", "V-002"], "what": "owner", "owner": str(champion.pk)}
    page = client.post(address, said)
    assert page.status_code == 200
    assert "Nothing is changed yet" in page.content.decode()
    assert not Action.objects.filter(owner=champion).exists()
    assert client.post(address, {**said, "apply": "yes"}).status_code == 302
    assert Action.objects.filter(owner=champion).count() == 2
    wrong = client.post(address, {"code": ["V-001"], "what": "due_on", "due_on": "soon"})
    assert wrong.status_code == 422
    assert "Give a day" in wrong.content.decode()
    refused = client.post(
        address, {"code": ["V-001", "V-002"], "what": "state", "state": "embed", "apply": "yes"}
    )
    assert refused.status_code == 422
    assert "Nothing was changed" in refused.content.decode()
    client.force_login(champion)
    assert client.post(address, said).status_code == 403


def test_what_cannot_change_is_said_plainly_and_left_out_with_one_button(
    made: tuple[Plan, User, list[Action]],
) -> None:
    plan, lead, found = made
    moved(found[0], lead, "agree", "stop")
    client = Client()
    client.force_login(lead)
    url = reverse("impact:plan_change_many", args=[plan.organisation.slug, plan.key])
    asked = {"code": [one.code for one in found], "what": "state", "state": "agree", "why": ""}
    page = client.post(url, asked)
    assert [line.refused for line in page.context["lines"]] == [
        "It is stopped. What can follow: open again.", "", "",
    ]  # fmt: skip
    assert "Leave out the 1 that cannot" in page.content.decode()
    page = client.post(url, {**asked, "leave_out": "yes"})
    assert [one.code for one in page.context["chosen"]] == [one.code for one in found[1:]]
    assert page.context["refused"] == 0
    assert not Action.objects.filter(state="agreed").exists()
