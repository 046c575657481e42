"""Roles begin and end; a lead hands over in one act; the last lead cannot just go."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from benchside.accounts import actions as accounts
from benchside.accounts.models import User
from benchside.core.actions import VISITOR, Actor, Denied, Refused
from benchside.core.models import AuditEvent
from benchside.core.personal_data import export_person
from benchside.core.registries import Belonging, belongings
from benchside.organisations import actions, queries
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Membership, Organisation
from tests.factories.organisations import a_member, a_unit, an_organisation
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Organisation:
    return an_organisation()


@pytest.fixture
def lena(here: Organisation) -> User:
    return a_member(here, MemberRole.LEAD, "lena")


@pytest.fixture
def dev(here: Organisation) -> User:
    return a_member(here, MemberRole.DEPUTY, "dev")


def role_of(user: User, role: str = "") -> Membership:
    found = Membership.objects.filter(user=user)
    return (found.filter(role=role) if role else found).latest("pk")


def roles_now(user: User) -> set[str]:
    return set(Membership.objects.live().filter(user=user).values_list("role", flat=True))


# --- ending a role ------------------------------------------------------------------------------
def test_a_lead_ends_a_role_and_the_name_stays(here: Organisation, lena: User, dev: User) -> None:
    actions.end_membership(actor=Actor.of(lena), membership=role_of(dev))
    assert role_of(dev).ended_on == timezone.localdate()
    assert [one.user for one in queries.members(here, ended=True)] == [dev]
    event = AuditEvent.objects.about(here).get()
    assert event.detail == {"person": str(dev.person_id), "role": "deputy", "unit": None}
    with pytest.raises(Refused, match="ended already"):
        actions.end_membership(actor=Actor.of(lena), membership=role_of(dev))


def test_anybody_may_lay_down_their_own_role(here: Organisation, lena: User, dev: User) -> None:
    actions.end_membership(actor=Actor.of(dev), membership=role_of(dev))
    assert roles_now(dev) == set()


def test_who_may_not_end_roles(here: Organisation, lena: User, dev: User) -> None:
    champion = a_member(here, MemberRole.CHAMPION)
    stranger = a_member(an_organisation("other"))
    for actor in (VISITOR, Actor.of(champion), Actor.of(stranger)):
        with pytest.raises(Denied):
            actions.end_membership(actor=actor, membership=role_of(dev))
    # A deputy ends other roles, never a lead's.
    a_member(here, MemberRole.LEAD, "second")
    with pytest.raises(Denied):
        actions.end_membership(actor=Actor.of(dev), membership=role_of(lena))
    actions.end_membership(actor=Actor.of(dev), membership=role_of(champion))


def test_the_last_lead_cannot_just_go(here: Organisation, lena: User) -> None:
    with pytest.raises(Refused, match="only lead"):
        actions.end_membership(actor=Actor.of(lena), membership=role_of(lena))
    assert roles_now(lena) == {"lead"}
    # Somebody who can no longer sign in is no lead to leave it with.
    gone = a_member(here, MemberRole.LEAD, "gone")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    with pytest.raises(Refused, match="only lead"):
        actions.end_membership(actor=Actor.of(lena), membership=role_of(lena))


@pytest.mark.django_db(transaction=True)
def test_two_leads_who_leave_at_once_do_not_both_get_away() -> None:
    here = an_organisation()
    leads = [a_member(here, MemberRole.LEAD, name) for name in ("one", "two")]
    start, said = threading.Barrier(2), []

    def leave(user: User) -> None:
        try:
            mine = role_of(user)
            start.wait(timeout=30)
            actions.end_membership(actor=Actor.of(user), membership=mine)
            said.append("gone")
        except Refused:
            said.append("stays")
        finally:
            connection.close()

    both = [threading.Thread(target=leave, args=[user]) for user in leads]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=60)
    assert sorted(said) == ["gone", "stays"]
    assert Membership.objects.leads().count() == 1


def test_the_database_holds_one_live_role_each(here: Organisation, lena: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(organisation=here, user=lena, role=MemberRole.LEAD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(organisation=here, user=lena, role=MemberRole.CHAMPION)
    unit = a_unit(here)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(organisation=here, user=lena, role="deputy", unit=unit)
    Membership.objects.update(ended_on=timezone.localdate())
    Membership.objects.create(organisation=here, user=lena, role=MemberRole.LEAD)


# --- hand-over ----------------------------------------------------------------------------------
def hand(here: Organisation, actor: User, giver: User, taker: User) -> dict[str, int]:
    return actions.hand_over(actor=Actor.of(actor), organisation=here, giver=giver, taker=taker)


def test_everything_moves_in_one_act(here: Organisation, lena: User, dev: User) -> None:
    here.contact = lena
    here.save()
    stores = a_unit(here, "Stores")
    Membership.objects.create(organisation=here, user=lena, role="unit-champion", unit=stores)
    moved = hand(here, lena, lena, dev)
    assert moved == {"contact": 1, "units": 1, "assessment.parts": 0, "impact.actions": 0}
    here.refresh_from_db()
    assert here.contact == dev
    assert roles_now(lena) == set()
    assert roles_now(dev) == {"deputy", "lead", "unit-champion"}
    # History keeps the name.
    assert {one.user for one in queries.members(here, ended=True)} == {lena}
    line = queries.history(queries.events_of(here), here)[0]
    assert (line.told, line.who) == ("Handed over", "Lena")
    assert line.about == "from Lena to Dev"


def test_other_rooms_join_in(here: Organisation, lena: User, dev: User) -> None:
    asked = []
    with belongings.opened():
        belongings.register(
            Belonging(
                key="plans",
                title="open actions",
                count=lambda *_: 7,
                move=lambda *ids: asked.append(ids) or 7,
            )
        )
        assert hand(here, lena, lena, dev)["plans"] == 7
    assert asked == [(here.pk, lena.person_id, dev.person_id)]


def test_nothing_moves_when_one_room_fails(here: Organisation, lena: User, dev: User) -> None:
    def fail(*_: object) -> int:
        raise Refused("The plan is locked.")

    with belongings.opened():
        belongings.register(Belonging(key="plans", title="", count=fail, move=fail, order=99))
        with pytest.raises(Refused, match="locked"):
            hand(here, lena, lena, dev)
    assert roles_now(lena) == {"lead"}
    assert roles_now(dev) == {"deputy"}
    assert not AuditEvent.objects.about(here).exists()


def test_only_to_a_member_and_only_from_a_lead(here: Organisation, lena: User, dev: User) -> None:
    stranger = a_member(an_organisation("other"))
    for giver, taker in ((lena, stranger), (lena, lena), (dev, lena)):
        with pytest.raises(Refused):
            hand(here, lena, giver, taker)
    with pytest.raises(Denied):
        hand(here, dev, lena, dev)
    with pytest.raises(Denied):
        hand(here, stranger, lena, dev)


# --- people leave the platform ------------------------------------------------------------------
def test_erasing_ends_roles_and_blanks_the_name(here: Organisation, lena: User, dev: User) -> None:
    here.contact = lena
    here.save()
    held = export_person(lena.person_id)["Your organisations"]
    assert held["roles"][0]["organisation"] == "Northmoor"
    accounts.erase_account(actor=Actor.of(lena), user=lena)
    here.refresh_from_db()
    assert here.contact is None
    assert list(queries.without_a_lead()) == [here]
    ended = queries.members(here, ended=True).get()
    assert ended.user.get_full_name() == "Erased person"


# --- the pages ----------------------------------------------------------------------------------
def test_ending_asks_once_more(client: Client, here: Organisation, lena: User, dev: User) -> None:
    sign_in(client, lena)
    page = f"/org/northmoor/people/{role_of(dev).pk}/end/"
    assert b"End this role?" in client.get(page).content
    assert roles_now(dev) == {"deputy"}
    assert client.post(page)["Location"] == "/org/northmoor/people/"
    assert roles_now(dev) == set()
    alone = client.post(f"/org/northmoor/people/{role_of(lena).pk}/end/", follow=True)
    assert b"This is the only lead" in alone.content


def test_hand_over_on_the_page(client: Client, here: Organisation, lena: User, dev: User) -> None:
    sign_in(client, lena)
    page = "/org/northmoor/hand-over/"
    form = {"giver": lena.pk, "taker": dev.pk}
    assert client.post(page, form).status_code == 422
    assert client.post(page, {**form, "taker": "999", "sure": "on"}).status_code == 422
    assert client.post(page, {**form, "sure": "on"})["Location"] == "/my/"
    assert client.get("/org/northmoor/").status_code == 404
    assert "lead" in roles_now(dev)


def test_whoever_is_alone_is_led_to_inviting_somebody(client: Client) -> None:
    alone = an_organisation("southmoor")
    sign_in(client, a_member(alone))
    page = client.get("/org/southmoor/hand-over/").content.decode()
    assert "There is nobody to hand over to" in page
    assert 'href="/org/southmoor/invitations/?role=lead"' in page
    assert client.get("/org/southmoor/invitations/?role=lead").status_code == 200
