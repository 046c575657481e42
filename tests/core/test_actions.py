"""One way to change state: who may, one transaction, one event, effects after."""

import importlib
import inspect
import re
import uuid
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from benchside.accounts.models import User
from benchside.core import logs
from benchside.core.actions import SYSTEM, VISITOR, Actor, Denied, Refused, acting
from benchside.core.models.audit import ActorKind, AppendOnly, AuditEvent
from benchside.core.permissions import anybody, is_signed_in, nobody


@pytest.fixture
def alice(db) -> User:
    return User.objects.create_user("alice@example.org", name="Alice")


def rename(*, actor: Actor, user: User, name: str, may=anybody, effect=None) -> None:
    with acting("user.rename", actor=actor, subject=user, may=may) as act:
        user.name = name
        user.save(update_fields=["name"])
        act.note(length=len(name))
        if effect:
            act.afterwards(effect)


def test_action_changes_and_writes_one_event(alice):
    token = logs.request_id.set("request-0001")
    rename(actor=Actor.of(alice), user=alice, name="Alix", may=is_signed_in)
    logs.request_id.reset(token)

    event = AuditEvent.objects.get()
    assert User.objects.get().name == "Alix"
    assert (event.verb, event.actor, event.actor_kind) == ("user.rename", alice.person_id, "user")
    assert (event.subject_type, event.subject_id) == ("accounts.User", str(alice.pk))
    assert (event.detail, event.request_id) == ({"length": 4}, "request-0001")


def test_action_denied_touches_nothing(alice):
    with pytest.raises(Denied, match=r"user\.rename"):
        rename(actor=Actor.of(alice), user=alice, name="Alix", may=nobody)

    assert User.objects.get().name == "Alice"
    assert not AuditEvent.objects.exists()


def test_failing_action_leaves_no_event_and_no_effect(alice, django_capture_on_commit_callbacks):
    done = []

    def rename_and_refuse() -> None:
        with acting("user.rename", actor=SYSTEM, subject=alice, may=anybody) as act:
            User.objects.update(name="Alix")
            act.afterwards(partial(done.append, 1))
            raise Refused("The name is taken.", "Choose another.")

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused) as refusal:
        rename_and_refuse()

    assert str(refusal.value) == "The name is taken. Choose another."
    assert User.objects.get().name == "Alice"
    assert not AuditEvent.objects.exists()
    assert done == []


@pytest.mark.django_db(transaction=True)
def test_effects_run_after_commit_and_one_that_fails_stops_no_other():
    alice = User.objects.create_user("alice@example.org")
    seen = []

    def look() -> None:
        seen.append((transaction.get_connection().in_atomic_block, AuditEvent.objects.count()))

    with acting("user.look", actor=SYSTEM, subject=alice, may=anybody) as act:
        act.afterwards(lambda: 1 / 0)
        act.afterwards(look)
        assert seen == []

    assert seen == [(False, 1)]


def test_nested_action_joins_and_writes_its_own_event(alice):
    with acting("user.welcome", actor=SYSTEM, subject=alice, may=anybody):
        rename(actor=SYSTEM, user=alice, name="Alix")

    verbs = [event.verb for event in AuditEvent.objects.order_by("pk")]
    assert verbs == ["user.rename", "user.welcome"]


def test_outer_failure_undoes_the_nested_action_too(alice):
    def welcome_and_refuse() -> None:
        with acting("user.welcome", actor=SYSTEM, subject=alice, may=anybody):
            rename(actor=SYSTEM, user=alice, name="Alix")
            raise Refused("No room.")

    with pytest.raises(Refused):
        welcome_and_refuse()

    assert not AuditEvent.objects.exists()
    assert User.objects.get().name == "Alice"


def test_outer_action_may_go_on_after_a_refused_one(alice, django_capture_on_commit_callbacks):
    done = []

    def rename_and_refuse() -> None:
        with acting("user.try", actor=SYSTEM, subject=alice, may=anybody):
            rename(actor=SYSTEM, user=alice, name="Alix", effect=partial(done.append, 1))
            raise Refused("On second thoughts.")

    with (
        django_capture_on_commit_callbacks(execute=True),
        acting("user.welcome", actor=SYSTEM, subject=alice, may=anybody),
        suppress(Refused),
    ):
        rename_and_refuse()

    assert [event.verb for event in AuditEvent.objects.all()] == ["user.welcome"]
    assert User.objects.get().name == "Alice"
    assert done == []


def test_action_that_makes_its_subject_names_it(db):
    with acting("user.invite", actor=VISITOR, subject=None, may=anybody) as act:
        act.about(User.objects.create_user("bob@example.org"))

    assert AuditEvent.objects.get().subject_id == str(User.objects.get().pk)


def test_action_without_a_subject_is_a_mistake(db):
    with (
        pytest.raises(ValueError, match=r"call act\.about"),
        acting("user.invite", actor=SYSTEM, subject=None, may=anybody),
    ):
        pass


def test_event_with_an_address_is_a_mistake(alice):
    with (
        pytest.raises(ValueError, match="holds an e-mail address"),
        acting("user.mail", actor=SYSTEM, subject=alice, may=anybody) as act,
    ):
        act.note(to=["bob@example.org"])

    assert not AuditEvent.objects.exists()


# --- actors ---------------------------------------------------------------------------------------


def test_actor_of_a_user_carries_the_opaque_id_only(alice):
    actor = Actor.of(alice)

    assert (actor.kind, actor.person_id) == (ActorKind.USER, alice.person_id)
    assert "alice" not in repr(actor).lower()


def test_closed_account_and_nobody_act_as_visitors(alice):
    alice.is_active = False

    assert Actor.of(alice) == Actor.of(AnonymousUser()) == VISITOR


def test_holder_of_a_link_may_be_known_or_not(alice):
    supporter = uuid.uuid4()
    for person_id in (None, supporter):
        rename(
            actor=Actor.holding_link(scope="statement:7", person_id=person_id),
            user=alice,
            name="Alix",
        )

    assert set(AuditEvent.objects.values_list("actor_kind", "actor")) == {
        ("link", None),
        ("link", supporter),
    }


@pytest.mark.parametrize(
    ("kind", "actor"), [("user", None), ("system", uuid.uuid4()), ("visitor", uuid.uuid4())]
)
def test_database_refuses_an_actor_that_does_not_fit(db, kind, actor):
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.create(verb="x", subject_type="x", actor_kind=kind, actor=actor)


# --- append-only ----------------------------------------------------------------------------------


@pytest.fixture
def event(alice) -> AuditEvent:
    rename(actor=SYSTEM, user=alice, name="Alix")
    return AuditEvent.objects.get()


@pytest.mark.parametrize(
    "change",
    [
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: AuditEvent.objects.update(verb="x"),
        lambda event: AuditEvent.objects.all().delete(),
        lambda event: AuditEvent.objects.bulk_update([event], ["verb"]),
    ],
)
def test_model_refuses_to_change_an_event(event, change):
    with pytest.raises(AppendOnly):
        change(event)


@pytest.mark.parametrize(
    "sql", ["UPDATE core_auditevent SET verb = 'x'", "DELETE FROM core_auditevent"]
)
def test_database_refuses_to_change_an_event(event, sql):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)

    assert AuditEvent.objects.get().verb == "user.rename"


@pytest.mark.django_db(transaction=True)
def test_flush_empties_events_and_the_triggers_stay():
    rename(actor=SYSTEM, user=User.objects.create_user("alice@example.org"), name="Alix")
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    assert not AuditEvent.objects.exists()

    rename(actor=SYSTEM, user=User.objects.create_user("alice@example.org"), name="Alix")
    with pytest.raises(DatabaseError, match="append-only"):
        AuditEvent.objects.all()._raw_delete("default")


def test_events_are_found_by_subject_and_by_person(event, alice):
    assert list(AuditEvent.objects.about(alice)) == [event]
    assert list(AuditEvent.objects.by(alice.person_id)) == []


# --- the rooms' own -------------------------------------------------------------------------------


def public_actions() -> list[Any]:
    """Every public function of every room's actions."""
    found = []
    for config in apps.get_app_configs():
        place = f"{config.name}.actions"
        if config.name.startswith("benchside.") and config.name != "benchside.core":
            with suppress(ModuleNotFoundError):
                actions = inspect.getmembers(importlib.import_module(place), inspect.isfunction)
                found += [
                    action
                    for name, action in actions
                    if action.__module__.startswith(place) and not name.startswith("_")
                ]
    return found


def test_every_verb_takes_its_actor_and_all_else_by_keyword():
    """A verb is what opens an action or makes a move; whatever takes an actor hands it to one."""
    for action in public_actions():
        parameters = inspect.signature(action).parameters
        is_verb = re.search(r"\b(acting|move)\(", inspect.getsource(action))
        if not is_verb and "actor" not in parameters:
            continue
        kinds = {parameter.kind for parameter in parameters.values()}

        assert "actor" in parameters, action
        assert kinds == {inspect.Parameter.KEYWORD_ONLY}, action
