"""What is a person's own: devices, a copy of everything, and leaving."""

import json
import uuid

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from wagtail.users.models import UserProfile

from benchside.accounts import actions
from benchside.accounts.models import Invitation, User
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models.audit import AuditEvent
from benchside.core.registries import (
    ErasureTerm,
    ErasureTerms,
    PersonalDataExport,
    erasure_terms,
    personal_data_exports,
)
from tests.factories.people import PASSWORD, administrator, give_app, person, reauthenticate

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"


def come_in(email: str = "tess@example.org", **headers: str) -> Client:
    client = Client(**headers)
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return client


# --- devices -----------------------------------------------------------------------------------
def test_device_is_kept_in_words_and_no_address() -> None:
    person()
    client = come_in(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="203.0.113.9")
    kept = UserSession.objects.get()
    assert (kept.user_agent, kept.ip) == ("Firefox on Windows", "0.0.0.0")
    page = client.get("/accounts/sessions/").content.decode()
    assert "Firefox on Windows" in page
    assert "203.0.113.9" not in page


def test_device_last_seen_is_noted_but_not_at_every_step() -> None:
    person()
    client = come_in()
    UserSession.objects.update(last_seen_at="2020-01-01T00:00Z")
    cache.clear()  # as if five minutes had gone by
    client.get("/accounts/")
    first = UserSession.objects.get().last_seen_at
    assert first.year > 2020
    client.get("/accounts/")
    assert UserSession.objects.get().last_seen_at == first


def test_one_device_is_signed_out_and_the_others_stay() -> None:
    person()
    here, there = come_in(), come_in()
    session = UserSession.objects.get(session_key=there.session.session_key)
    here.post(f"/accounts/sessions/{session.pk}/end/")
    assert there.get("/accounts/").status_code == 302
    assert here.get("/accounts/").status_code == 200


def test_all_others_are_signed_out() -> None:
    person()
    here, others = come_in(), [come_in(), come_in()]
    here.post("/accounts/sessions/end-others/")
    assert [other.get("/accounts/").status_code for other in others] == [302, 302]
    assert here.get("/accounts/").status_code == 200
    assert AuditEvent.objects.get(verb="account.end_other_sessions").detail == {"ended": 2}


def test_devices_of_others_are_not_there() -> None:
    person("tess@example.org")
    person("mallory@example.org")
    come_in("tess@example.org")
    session = UserSession.objects.get()
    mallory = come_in("mallory@example.org")
    assert mallory.post(f"/accounts/sessions/{session.pk}/end/").status_code == 404
    assert mallory.post("/accounts/sessions/99999999999999999999/end/").status_code == 404
    user = User.objects.get(email="mallory@example.org")
    with pytest.raises(Denied):
        actions.end_session(actor=Actor.of(user), user=session.user, session=session)
    with pytest.raises(Refused):
        actions.end_session(actor=Actor.of(user), user=user, session=session)


# --- a copy --------------------------------------------------------------------------------------
def test_copy_holds_what_is_held_and_no_secret() -> None:
    user = person()
    give_app(user)
    user.groups.add(Group.objects.get_or_create(name="Editors")[0])
    held = actions.export_data(actor=Actor.of(user), user=user)
    own = held["rooms"]["Your account"]
    assert own["email"] == "tess@example.org"
    assert own["addresses"] == [{"email": "tess@example.org", "verified": True}]
    assert own["groups"] == ["Editors"]
    assert [way["kind"] for way in own["ways_to_sign_in"]] == ["TOTP Authenticator"]
    text = json.dumps(held, default=str)
    assert user.password not in text
    assert "secret" not in text
    assert AuditEvent.objects.about(user).get().verb == "account.export"


def test_copy_takes_in_every_room() -> None:
    user = person()
    asked: list[uuid.UUID] = []

    def export(person_id: uuid.UUID) -> dict[str, str]:
        asked.append(person_id)
        return {"cake": "carrot"}

    room = PersonalDataExport(key="x", title="Cakes", export=export, erase=lambda _: None)
    with personal_data_exports.opened():
        personal_data_exports.register(room)
        held = actions.export_data(actor=Actor.of(user), user=user)
    assert held["rooms"]["Cakes"] == {"cake": "carrot"}
    assert asked == [user.person_id]


def test_copy_is_downloaded_after_asking_who_it_is() -> None:
    user = person()
    client = come_in()
    assert client.post("/accounts/data/export/")["Location"].startswith("/accounts/reauthenticate/")
    reauthenticate(client, user)
    answer = client.post("/accounts/data/export/")
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert 'attachment; filename="benchside-my-data-' in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert json.loads(answer.content)["rooms"]["Your account"]["name"] == "Tess"
    assert client.get("/accounts/data/export/").status_code == 405


def test_nobody_takes_a_copy_of_another() -> None:
    tess, mallory = person("tess@example.org"), person("mallory@example.org")
    with pytest.raises(Denied):
        actions.export_data(actor=Actor.of(mallory), user=tess)


# --- leaving --------------------------------------------------------------------------------------
def test_erasing_leaves_nobody_behind() -> None:
    user = person()
    give_app(user)
    client = come_in()
    come_in()
    UserProfile.get_for_user(user)
    user.groups.add(Group.objects.get_or_create(name="Editors")[0])
    administrator()
    Invitation.objects.create(
        email="tess@example.org",
        invited_by=User.objects.get(email="ada@example.org"),
        token_hash="x",
    )
    actions.rename(actor=Actor.of(user), user=user, name="Tess")
    actions.erase_account(actor=Actor.of(user), user=user)
    user.refresh_from_db()
    assert (user.name, user.is_active, user.has_usable_password()) == ("", False, False)
    assert user.email == f"{user.person_id}@erased.invalid"
    assert user.erased_at
    assert str(user) == "Erased person"
    for model in (EmailAddress, Authenticator, UserSession, UserProfile):
        assert not model.objects.filter(user=user).exists()
    assert not user.groups.exists()
    assert "tess" not in str(list(Invitation.objects.values())).lower()
    assert client.get("/accounts/").status_code == 302
    verbs = set(AuditEvent.objects.by(user.person_id).values_list("verb", flat=True))
    assert {"account.rename", "account.erase"} <= verbs
    assert not AuditEvent.objects.filter(detail__icontains="tess").exists()


def test_address_is_free_again_after_erasing() -> None:
    user = person()
    actions.erase_account(actor=Actor.of(user), user=user)
    assert person().pk != user.pk


def test_erasing_asks_who_it_is_and_for_the_word() -> None:
    user = person()
    client = come_in()
    assert client.post("/accounts/data/erase/", {"word": "ERASE"}).status_code == 302
    user.refresh_from_db()
    assert user.erased_at is None
    reauthenticate(client, user)
    for word in ("", "yes", "ERASED"):
        page = client.post("/accounts/data/erase/", {"word": word}).content.decode()
        assert "Nothing is erased" in page
    answer = client.post("/accounts/data/erase/", {"word": "erase"})
    assert answer["Location"] == "/accounts/erased/"
    assert client.get("/accounts/erased/").status_code == 200
    user.refresh_from_db()
    assert user.erased_at


def test_last_administrator_stays_and_is_told_why() -> None:
    ada = administrator(factor=False)
    client = reauthenticate(come_in("ada@example.org"), ada)
    page = client.post("/accounts/data/erase/", {"word": "ERASE"}).content.decode()
    assert "You are the only administrator" in page
    assert "Make somebody else an administrator first" in page
    ada.refresh_from_db()
    assert ada.erased_at is None
    administrator("second@example.org", factor=False)
    actions.erase_account(actor=Actor.of(ada), user=ada)


def test_a_made_up_administrator_does_not_count() -> None:
    ada = administrator(factor=False)
    person("administrator@benchside.example", is_superuser=True, is_demonstration=True)
    with pytest.raises(Refused):
        actions.erase_account(actor=Actor.of(ada), user=ada)


def test_what_an_erasing_meets_is_said_before_and_holds() -> None:
    user = person()
    client = reauthenticate(come_in(), user)
    waits = [ErasureTerm("A hearing is on Tuesday.", "/heard/")]
    terms = ErasureTerms(
        key="x",
        waits_for=lambda who: waits if who == user.person_id else [],
        stays=lambda _: [ErasureTerm("A decision stays until Friday.")],
    )
    with erasure_terms.opened():
        erasure_terms.register(terms)
        page = client.get("/accounts/data/erase/").content.decode()
        for said in ("You cannot erase it yet", "A hearing is on Tuesday.", 'href="/heard/"'):
            assert said in page
        assert 'name="word"' not in page
        with pytest.raises(Refused, match="A hearing is on Tuesday"):
            actions.erase_account(actor=Actor.of(user), user=user)
        waits.clear()
        page = client.get("/accounts/data/erase/").content.decode()
        assert "A decision stays until Friday." in page
        assert 'name="word"' in page
        actions.erase_account(actor=Actor.of(user), user=user)
    user.refresh_from_db()
    assert user.erased_at


def test_one_room_that_fails_undoes_all() -> None:
    user = person()

    def fail(_: uuid.UUID) -> None:
        raise RuntimeError

    room = PersonalDataExport(key="x", title="X", export=lambda _: {}, erase=fail, order=2000)
    with personal_data_exports.opened():
        personal_data_exports.register(room)
        with pytest.raises(RuntimeError):
            actions.erase_account(actor=Actor.of(user), user=user)
    user.refresh_from_db()
    assert user.email == "tess@example.org"
    assert EmailAddress.objects.filter(user=user).exists()


def test_nobody_erases_another() -> None:
    tess, ada = person(), administrator()
    with pytest.raises(Denied):
        actions.erase_account(actor=Actor.of(ada), user=tess)
