"""Registries: filled at start-up, asked afterwards; and events heard across rooms."""

import datetime
from dataclasses import dataclass

import pytest
from django.db import transaction

from benchside.accounts.models import User
from benchside.core import registries
from benchside.core.registries import (
    Duplicate,
    Event,
    Frozen,
    Registry,
    Subscription,
    events,
    freeze_all,
    publish,
    subscriptions,
)


@dataclass(frozen=True)
class Tool:
    key: str
    order: int = 0


@pytest.fixture
def tools():
    registry: Registry[Tool] = Registry("tools")
    yield registry
    Registry.everything.remove(registry)


def test_items_come_by_order_then_by_arrival(tools):
    for tool in (Tool("saw", 2), Tool("file", 1), Tool("awl", 1)):
        tools.register(tool)

    assert [tool.key for tool in tools] == ["file", "awl", "saw"]
    assert (len(tools), "saw" in tools, tools["saw"].order) == (3, True, 2)


def test_duplicate_key_is_refused(tools):
    tools.register(Tool("saw"))

    with pytest.raises(Duplicate, match="tools already has 'saw'"):
        tools.register(Tool("saw"))


def test_unknown_key_says_what_is_known(tools):
    tools.register(Tool("saw"))

    with pytest.raises(KeyError, match="tools has no 'axe'; it has saw"):
        tools["axe"]


def test_nothing_comes_after_start_up(tools):
    tools.freeze()

    with pytest.raises(Frozen, match=r"register it in ready\(\)"):
        tools.register(Tool("saw"))


def test_a_test_may_open_a_frozen_registry_for_a_while(tools):
    tools.freeze()
    with tools.opened():
        tools.register(Tool("saw"))
        assert len(tools) == 1

    assert len(tools) == 0
    with pytest.raises(Frozen):
        tools.register(Tool("saw"))


def test_a_source_is_asked_each_time_and_gives_way_to_what_was_registered(tools):
    found = [Tool("saw", 1), Tool("awl", 5)]
    tools.register(Tool("saw", 9))
    tools.source(lambda: found)
    tools.freeze()
    assert [(tool.key, tool.order) for tool in tools] == [("awl", 5), ("saw", 9)]
    assert "file" not in tools
    found.append(Tool("file", 2))
    assert ("file" in tools, tools["file"].order, len(tools)) == (True, 2, 3)
    with pytest.raises(KeyError, match="it has saw, awl, file"):
        tools["axe"]
    with pytest.raises(Frozen):
        tools.source(lambda: found)


def test_all_registries_are_frozen_once_django_is_up():
    named = {name for name, value in vars(registries).items() if isinstance(value, Registry)}

    assert named >= {
        "measures",
        "search_providers",
        "panels",
        "audiences",
        "membership_roles",
        "evidence_kinds",
        "action_proposals",
        "personal_data_exports",
        "page_purges",
        "events",
        "subscriptions",
    }
    for registry in Registry.everything:
        assert registry._frozen, registry.name


# --- events ---------------------------------------------------------------------------------------


@pytest.fixture
def heard():
    """An event "award.made", and two who listen; the first of them fails."""
    heard = []

    def fail(payload: object) -> None:
        raise RuntimeError("the subscriber is broken")

    with events.opened(), subscriptions.opened():
        events.register(Event(key="award.made", fields=frozenset({"award_id", "on"})))
        subscriptions.register(Subscription(key="broken", event="award.made", handle=fail))
        subscriptions.register(Subscription(key="well", event="award.made", handle=heard.append))
        subscriptions.register(Subscription(key="deaf", event="award.lost", handle=heard.append))
        yield heard


TODAY = datetime.date(2027, 1, 4)


@pytest.mark.django_db(transaction=True)
def test_event_is_heard_after_commit_whoever_fails(heard, caplog):
    caplog.set_level("ERROR")
    with transaction.atomic():
        publish("award.made", award_id=7, on=TODAY)
        assert heard == []

    assert heard == [{"award_id": 7, "on": TODAY}]
    assert "broken failed on award.made" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_nobody_hears_of_what_was_undone(heard):
    def publish_and_fail() -> None:
        with transaction.atomic():
            publish("award.made", award_id=7, on=TODAY)
            raise ValueError

    with pytest.raises(ValueError):
        publish_and_fail()

    assert heard == []


def test_event_carries_its_declared_fields_only(heard):
    with pytest.raises(TypeError, match=r"has the fields \['award_id', 'on'\], not \['award_id'\]"):
        publish("award.made", award_id=7)


def test_event_carries_no_records(heard):
    with pytest.raises(TypeError, match="award_id is a User, not a plain value"):
        publish("award.made", award_id=User(), on=TODAY)


def test_undeclared_event_is_a_mistake(heard):
    with pytest.raises(KeyError, match=r"events has no 'award\.lost'"):
        publish("award.lost")


def test_listening_for_an_undeclared_event_stops_the_start(heard):
    with pytest.raises(KeyError, match=r"events has no 'award\.lost'"):
        freeze_all()
