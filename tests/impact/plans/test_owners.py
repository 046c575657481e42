"""Those who do the actions: their own page, reminders once each, and the link of a reminder."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.core.models.mail import OutgoingMail
from benchside.impact.models import Action, Plan
from benchside.impact.plans import actions, links, tasks, workspace
from benchside.organisations.enums import MemberRole
from tests.factories.organisations import a_member, sitting
from tests.factories.plans import a_plan, an_action, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def owned() -> tuple[Plan, User, User, Action]:
    """A plan that was agreed, its lead, and somebody who answers for an action due in ten days."""
    plan, lead = a_plan(starts_on=timezone.localdate() - timedelta(days=200))
    owner = a_member(plan.organisation, MemberRole.MANAGER)
    due = timezone.localdate() + timedelta(days=10)
    action = an_action(plan, lead, owner=owner, due_on=due)
    actions.agree_plan(actor=Actor.of(lead), plan=plan)
    action.refresh_from_db()
    return plan, lead, owner, action


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def letters() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(name="impact/plan_reminder"))


def test_my_actions_are_mine_and_what_i_help_with(owned: tuple[Plan, User, User, Action]) -> None:
    plan, lead, owner, action = owned
    helped = an_action(plan, lead, "Helped with", contributors=[owner])
    an_action(plan, lead, "Not mine", owner=lead)
    page = signed_in(owner).get(reverse("impact:my_actions")).content.decode()
    assert action.title in page
    assert helped.title in page
    assert "Not mine" not in page
    owner.memberships.update(ended_on=timezone.localdate())
    assert action.title not in signed_in(owner).get(reverse("impact:my_actions")).content.decode()


def test_a_note_is_one_press_and_what_was_typed_stays(
    owned: tuple[Plan, User, User, Action],
) -> None:
    _plan, lead, owner, action = owned
    client = signed_in(owner)
    address = reverse("impact:my_action_note", args=[action.pk])
    page = client.post(address, {"delivery": "red", "text": ""})
    assert page.status_code == 422
    assert "say why" in page.content.decode()
    assert client.post(address, {"delivery": "red", "text": "No key."}).status_code == 302
    action.refresh_from_db()
    assert (action.delivery, action.delivery_why) == ("red", "No key.")
    assert signed_in(lead).post(address, {"text": "Mine?"}).status_code == 404


def test_an_owner_is_reminded_once_of_each_day(owned: tuple[Plan, User, User, Action]) -> None:
    _plan, lead, owner, action = owned
    tasks.remind_owners.func()
    tasks.remind_owners.func()
    (letter,) = letters()
    assert letter.to == [owner.email]
    assert action.code in letter.text
    with time_machine.travel(timezone.now() + timedelta(days=12)):
        tasks.remind_owners.func()
        tasks.remind_owners.func()
    assert len(letters()) == 2  # now it is late
    later = timezone.localdate() + timedelta(days=13)
    actions.change_action(actor=Actor.of(lead), action=action, changes={"due_on": later})
    tasks.remind_owners.func()
    assert len(letters()) == 3  # another day, another reminder


def test_nobody_is_reminded_of_what_is_over_or_no_longer_theirs(
    owned: tuple[Plan, User, User, Action],
) -> None:
    _plan, lead, owner, action = owned
    owner.memberships.update(ended_on=timezone.localdate())
    tasks.remind_owners.func()
    owner.memberships.update(ended_on=None)
    moved(action, lead, "start", "complete")
    tasks.remind_owners.func()
    assert letters() == []


def test_a_month_of_silence_is_asked_about_once_a_month(
    owned: tuple[Plan, User, User, Action],
) -> None:
    _plan, lead, _owner, action = owned
    far = timezone.localdate() + timedelta(days=300)
    actions.change_action(actor=Actor.of(lead), action=action, changes={"due_on": far})
    tasks.remind_owners.func()
    assert letters() == []
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        tasks.remind_owners.func()
        tasks.remind_owners.func()
    assert len(letters()) == 1


def test_the_link_says_how_it_goes_without_a_sign_in(
    owned: tuple[Plan, User, User, Action],
) -> None:
    _plan, _lead, owner, action = owned
    address = urlsplit(links.address_of(action, owner)).path
    client = Client(enforce_csrf_checks=True)
    page = client.get(address)
    assert page.status_code == 200
    assert action.title in page.content.decode()
    assert not action.notes.exists()  # opening says nothing
    assert not page.cookies
    assert page["Referrer-Policy"] == "no-referrer"
    asked = client.post(address, {"delivery": "amber", "text": ""})
    assert asked.status_code == 422
    assert "say why" in asked.content.decode()
    for said in ({"delivery": "purple", "text": "x"}, {}):
        assert client.post(address, said).status_code == 422
    assert client.post(address, {"delivery": "amber", "text": "Parts are late."}).status_code == 200
    note = action.notes.get()
    assert (note.text, note.delivery, note.written_by) == (
        "Parts are late.",
        "amber",
        owner.person_id,
    )


def test_a_link_that_is_over_says_what_to_do(owned: tuple[Plan, User, User, Action]) -> None:
    _plan, lead, owner, action = owned
    address = urlsplit(links.address_of(action, owner)).path

    def is_over(path: str) -> bool:
        page = Client().post(path, {"delivery": "green"})
        return page.status_code == 410 and "wait for the next reminder" in page.content.decode()

    assert is_over(f"{address[:-2]}x/")
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert is_over(address)
    actions.change_action(actor=Actor.of(lead), action=action, changes={"owner": lead})
    assert is_over(address)
    assert not action.notes.exists()


def test_open_actions_move_when_a_lead_hands_over(owned: tuple[Plan, User, User, Action]) -> None:
    plan, lead, owner, action = owned
    done = moved(an_action(plan, lead, "Done", owner=owner), lead, "agree", "start", "complete")
    where = plan.organisation_id
    assert workspace.BELONGING.count(where, owner.person_id) == 1
    assert workspace.BELONGING.move(where, owner.person_id, lead.person_id) == 1
    action.refresh_from_db()
    done.refresh_from_db()
    assert (action.owner, done.owner) == (lead, owner)
    assert action.changes.filter(field="owner", now=str(lead.person_id)).exists()


def test_an_action_is_evidence_for_members_alone(owned: tuple[Plan, User, User, Action]) -> None:
    _plan, _lead, owner, action = owned
    _other, other_lead = a_plan("southmoor")
    found = workspace.describe(str(action.pk), owner.person_id)
    assert found
    assert found["title"] == f"{action.code}: {action.title}"
    for record, viewer in (
        (str(action.pk), other_lead.person_id),
        (str(action.pk), None),
        ("x", owner.person_id),
        ("9" * 30, owner.person_id),
    ):
        assert workspace.describe(record, viewer) is None


def test_what_waits_names_late_actions(owned: tuple[Plan, User, User, Action]) -> None:
    plan, lead, owner, _action = owned
    (thing,) = workspace.things_to_do(sitting(plan.organisation_id, owner))
    assert "1 due within 30 days" in thing.why
    an_action(plan, lead, "Whose?")
    Action.objects.filter(title="Whose?").update(state="agreed")
    titles = [one.title for one in workspace.things_to_do(sitting(plan.organisation_id, lead))]
    assert titles == ["Name who answers for 1 action"]
    standing = workspace.standing(sitting(plan.organisation_id))
    assert standing
    assert (standing.done, standing.total) == (0, 2)
