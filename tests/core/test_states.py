"""Tables of states, and the one function that walks them."""

import threading
from typing import ClassVar

import pytest
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection, models
from django.db.utils import OperationalError

from benchside.core import states
from benchside.core.actions import SYSTEM, VISITOR, Actor, Denied
from benchside.core.models import AuditEvent
from benchside.core.permissions import anybody, is_signed_in, is_system
from benchside.core.states import (
    Follow,
    Need,
    NeedsMore,
    NoSuchMove,
    Overtaken,
    StateTable,
    Transition,
    move,
)


class LampState(models.TextChoices):
    OFF = "off", "Off"
    ON = "on", "On"
    BROKEN = "broken", "Broken"


class Lamp(models.Model):
    """A toy in a registry of its own, so that no migration and no other test sees it."""

    state = models.CharField(max_length=10, choices=LampState, default=LampState.OFF)
    bulb = models.BooleanField(default=True)
    note = models.CharField(max_length=40, blank=True)
    lit_at = models.DateTimeField(null=True)
    lit_by = models.UUIDField(null=True)

    class Meta:
        app_label = "toys"
        apps = Apps()
        constraints: ClassVar = []

    def __str__(self) -> str:
        return f"lamp {self.pk}"


followed: list[str] = []
LAMP = StateTable(
    "lamp",
    title="A lamp",
    states=LampState,
    start="off",
    rows=[
        Transition(
            source="off",
            verb="light",
            target="on",
            may=is_signed_in | is_system,
            needs=(Need("a bulb", lambda lamp: lamp.bulb, "Put one in."),),
            follows=(Follow("moths come", lambda lamp: followed.append(lamp.state)),),
            at="lit_at",
            by="lit_by",
        ),
        Transition(source="on", verb="quench", target="off", may=anybody),
        Transition(source="on", verb="drop", target="broken", may=is_system),
        Transition(source="off", verb="drop", target="broken", may=is_system),
    ],
)


@pytest.fixture(scope="module")
def shelf(django_db_setup, django_db_blocker):
    """The table of lamps, made outside any test's transaction."""
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Lamp)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Lamp)


@pytest.fixture
def shelf_after(shelf, django_db_blocker):
    """A test that commits may leave the database as the migrations had made it: without lamps."""
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        if Lamp._meta.db_table not in connection.introspection.table_names():
            editor.create_model(Lamp)


@pytest.fixture
def lamp(shelf, db):
    followed.clear()
    yield Lamp.objects.create()
    Lamp.objects.all().delete()


@pytest.fixture
def alice(django_user_model, db) -> Actor:
    return Actor.of(django_user_model.objects.create_user("alice@example.org"))


def test_move_changes_state_who_and_when_and_writes_one_event(lamp, alice):
    move(table=LAMP, subject=lamp, verb="light", actor=alice, detail={"hours": 2})

    stored, event = Lamp.objects.get(), AuditEvent.objects.get()
    assert (stored.state, stored.lit_by) == ("on", alice.person_id)
    assert stored.lit_at is not None
    assert (lamp.state, lamp.lit_by, lamp.lit_at) == ("on", stored.lit_by, stored.lit_at)
    assert (event.verb, event.actor) == ("lamp.light", alice.person_id)
    assert event.detail == {"from": "off", "to": "on", "hours": 2}
    assert (event.subject_type, event.subject_id) == ("toys.Lamp", str(lamp.pk))


def test_move_sets_further_columns_in_the_same_update(lamp, django_assert_num_queries):
    with django_assert_num_queries(4):  # savepoint, update, event, release
        move(table=LAMP, subject=lamp, verb="light", actor=SYSTEM, columns={"note": "warm"})

    assert Lamp.objects.get().note == lamp.note == "warm"


@pytest.mark.parametrize("state", LampState.values)
@pytest.mark.parametrize("verb", ["light", "quench", "drop", "sing"])
def test_every_pair_not_listed_is_refused(lamp, state, verb):
    Lamp.objects.update(state=state)
    lamp.refresh_from_db()
    listed = {(row.source, row.verb): row.target for row in LAMP.rows}

    if (state, verb) in listed:
        move(table=LAMP, subject=lamp, verb=verb, actor=SYSTEM)
        assert Lamp.objects.get().state == listed[state, verb]
        return
    with pytest.raises(NoSuchMove, match=f"cannot be done now: it is {state}"):
        move(table=LAMP, subject=lamp, verb=verb, actor=SYSTEM)
    assert Lamp.objects.get().state == state
    assert not AuditEvent.objects.exists()


def test_a_refusal_speaks_to_people_and_its_note_to_those_who_mend(lamp):
    with pytest.raises(NoSuchMove) as refusal:
        move(table=LAMP, subject=lamp, verb="quench", actor=SYSTEM)

    assert str(refusal.value) == (
        "This cannot be done now: it is off. "
        "Somebody may have been here before you. Look at it again."
    )
    assert refusal.value.__notes__ == ["lamp: no row for “quench” from “off”, only: light, drop"]


def test_move_asks_who(lamp):
    with pytest.raises(Denied):
        move(table=LAMP, subject=lamp, verb="light", actor=VISITOR)

    assert Lamp.objects.get().state == "off"


def test_move_asks_what_it_needs(lamp):
    lamp.bulb = False

    with pytest.raises(NeedsMore) as refusal:
        move(table=LAMP, subject=lamp, verb="light", actor=SYSTEM)

    assert str(refusal.value) == "“light” needs a bulb. Put one in."
    assert Lamp.objects.get().state == "off"


def test_move_from_a_stale_copy_is_overtaken(lamp):
    stale = Lamp.objects.get()
    move(table=LAMP, subject=lamp, verb="drop", actor=SYSTEM)

    with pytest.raises(Overtaken, match="it is broken now"):
        move(table=LAMP, subject=stale, verb="light", actor=SYSTEM)

    assert stale.state == "off"
    assert Lamp.objects.get().state == "broken"
    assert AuditEvent.objects.count() == 1


def test_move_of_what_is_gone_is_overtaken(lamp):
    stale = Lamp.objects.get()
    lamp.delete()

    with pytest.raises(Overtaken, match="it is gone now"):
        move(table=LAMP, subject=stale, verb="light", actor=SYSTEM)


def test_what_follows_comes_after_commit(lamp, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        move(table=LAMP, subject=lamp, verb="light", actor=SYSTEM)
        assert followed == []

    for callback in callbacks:
        callback()
    assert followed == ["on"]


def test_table_knows_which_verbs_to_offer(lamp, alice):
    assert LAMP.verbs(VISITOR, lamp) == []
    assert LAMP.verbs(alice, lamp) == ["light"]
    assert LAMP.verbs(SYSTEM, lamp) == ["light", "drop"]


def test_of_many_who_move_at_once_one_wins(shelf_after, transactional_db):
    movers = 8
    lamp = Lamp.objects.create()
    start, results = threading.Barrier(movers), []

    def light() -> None:
        mine = Lamp.objects.get(pk=lamp.pk)
        start.wait()
        try:
            move(table=LAMP, subject=mine, verb="light", actor=SYSTEM)
            results.append("won")
        except Overtaken:
            results.append("overtaken")
        except OperationalError as error:
            results.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=light) for _ in range(movers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == ["overtaken"] * (movers - 1) + ["won"]
    assert AuditEvent.objects.filter(verb="lamp.light").count() == 1
    Lamp.objects.all().delete()


# --- tables and their page ------------------------------------------------------------------------


def row(source: str = "off", verb: str = "light", target: str = "on") -> Transition:
    return Transition(source=source, verb=verb, target=target, may=anybody)


@pytest.mark.parametrize(
    ("rows", "start", "fault"),
    [
        ([row(), row(target="broken")], "off", "two rows have the same state and verb"),
        ([row(target="blue")], "off", r"\['blue'\] are not states"),
        ([row()], "dim", r"\['dim'\] are not states"),
    ],
)
def test_table_with_a_fault_cannot_be_made(rows, start, fault):
    with pytest.raises(ValueError, match=fault):
        StateTable("toy", title="A toy", states=LampState, start=start, rows=rows)


def test_page_draws_a_table(monkeypatch):
    monkeypatch.setattr(states, "state_tables", [LAMP])

    page = states.page()
    assert "## A lamp" in page
    assert "```mermaid\nstateDiagram-v2\n    [*] --> off\n    off --> on: light\n" in page
    assert (
        "| off | light | on | somebody signed in or Benchside itself | a bulb | moths come |"
    ) in page


def test_page_of_states_is_up_to_date():
    call_command("states_diagram", check=True)
