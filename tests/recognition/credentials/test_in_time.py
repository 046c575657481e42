"""Register page and status list say the same, five minutes after any change at the latest.

As somebody outside has them: the page from behind the page cache, the list from a cache of their
own that keeps it for as long as its headers say, and in a program that keeps it for its `ttl`. All
of them looked in the second before the change. The clock is the test's.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from benchside.assessment.actions import move_award
from benchside.assessment.awarding.queries import rules_of
from benchside.core.actions import SYSTEM
from benchside.core.schedule import jobs
from benchside.recognition.credentials import actions, tasks
from benchside.recognition.credentials.vc import status_list
from benchside.recognition.entries import actions as entry_actions
from benchside.recognition.models import Credential, CredentialClaim, Entry
from benchside.website import page_cache, stamps
from tests.factories import registry
from tests.recognition.registry.test_table import LONG_AGO, WAYS
from tests.visibility.test_obeyed_at_once import Front

pytestmark = pytest.mark.django_db
LATEST = timedelta(minutes=5)
YES, NO = "Yes: this person is registered now", "No: this person is not registered now"
NET = jobs[f"{tasks.__name__}.keep_all_in_step"]
# An odd second, so that the clock's next round is nearly two minutes away.
BEGINS = datetime(2026, 11, 26, 12, 0, 1, tzinfo=UTC)
STANDING = {"active", "renewal-due", "grace", "career-break"}


class Stamp:
    """That of the page cache, without the time of a file: here time stands still."""

    def __init__(self) -> None:
        self.purges = 0

    def __call__(self) -> int:
        return self.purges

    def purge(self) -> None:
        self.purges += 1


class Outside:
    """A cache of somebody else's before the site, and a program behind it that reads a list."""

    def __init__(self, front: Front | None = None) -> None:
        self.front = front or Front()
        self.kept: dict[str, tuple[datetime, str]] = {}
        self.read: dict[str, tuple[datetime, Any]] = {}

    def page(self, address: str) -> str:
        status = self.front.status(address)
        if not status.startswith("200"):
            return status[:3]
        assert self.front.headers["Cache-Control"] == "public, no-cache"
        said = self.front.get(address)
        return YES if YES in said else NO if NO in said else "neither"

    def bits(self, address: str) -> status_list.Bits:
        until, bits = self.read.get(address, (timezone.now(), None))
        if until <= timezone.now():
            said = json.loads(self.text(address))["credentialSubject"]
            bits = status_list.decode(said["encodedList"])
            self.read[address] = timezone.now() + timedelta(milliseconds=said["ttl"]), bits
        return bits

    def text(self, address: str) -> str:
        until, text = self.kept.get(address, (timezone.now(), ""))
        if until <= timezone.now():
            assert self.front.status(address).startswith("200")
            text, headers = self.front.get(address), self.front.headers
            assert "Set-Cookie" not in headers
            assert "Cookie" not in headers.get("Vary", "").replace("Accept-Encoding, Cookie", "")
            kept = max(int(part.partition("=")[2]) for part in headers["Cache-Control"].split(", ")
                       if "max" in part)  # fmt: skip
            self.kept[address] = timezone.now() + timedelta(seconds=kept), text
        return text


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with time_machine.travel(BEGINS, tick=False) as clock:
        monkeypatch.setattr(
            page_cache, "time", SimpleNamespace(monotonic=lambda: timezone.now().timestamp())
        )
        monkeypatch.setattr(stamps, "stamp", Stamp())
        yield clock


class World:
    """One person on the register with a badge, and whoever looks at both from outside."""

    def __init__(self, clock: Any, commits: Callable[..., Any], *, lost: bool) -> None:
        self.clock, self.commits, self.lost = clock, commits, lost
        self.entry = registry.somebody(days=LONG_AGO)
        CredentialClaim.objects.create(award=self.entry.award)
        where = [self.entry.register.slug, self.entry.award.number]
        self.page = reverse("recognition:entry", args=where)

    def in_order(self) -> None:
        """All is signed and everybody has looked, the second before."""
        with self.commits(execute=True):
            tasks.keep_all_in_step.func()
            tasks.sign_what_waits.func()
        stamps.purge()
        self.outside = Outside()
        self.look()

    def bit_of(self, credential: Credential) -> bool:
        return self.outside.bits(credential.status_list.get_absolute_url())[credential.index]

    def look(self) -> None:
        self.outside.page(self.page)
        for one in Credential.objects.select_related("status_list"):
            self.outside.bits(one.status_list.get_absolute_url())

    def five_minutes(self) -> None:
        """Everybody looks again each minute; the clock's jobs and the worker do theirs."""
        began, slot = timezone.now(), NET.slot(timezone.now())
        while timezone.now() < began + LATEST:
            self.clock.shift(timedelta(minutes=1))
            if NET.slot(timezone.now()) != slot:
                slot = NET.slot(timezone.now())
                with self.commits(execute=True):
                    tasks.keep_all_in_step.func()
            self.look()

    @contextmanager
    def change(self) -> Iterator[None]:
        if self.lost:  # the process died between the commit and what follows it
            yield
            return
        with self.commits(execute=True):
            yield
        with self.commits(execute=True):
            tasks.sign_what_waits.func()  # asked for by the event; the worker takes it at once

    def wrong_to_a_newcomer(self) -> str:
        """Who has kept nothing, behind the same page cache."""
        outside = self.outside
        self.outside = Outside(outside.front)
        found = self.wrong()
        self.outside = outside
        return found

    def wrong(self) -> str:
        """What does not agree; nothing if all does."""
        page = self.outside.page(self.page)
        self.entry.award.refresh_from_db()
        state = self.entry.award.state
        shown = {"deceased": "404"}.get(state, YES if state in STANDING else NO)
        if page != ("404" if Entry.objects.get(pk=self.entry.pk).is_hidden else shown):
            return f"the page says {page}"
        holds = [one for one in Credential.objects.exclude(document="") if not self.bit_of(one)]
        claims = CredentialClaim.objects.filter(given_back_at__isnull=True)
        expected = int(state in STANDING and claims.exists())
        if len(holds) != expected:
            return f"{len(holds)} badges hold by the list, {expected} should"
        return ""


@pytest.mark.parametrize("lost", [False, True], ids=["told", "the event is lost"])
def test_through_every_door_of_the_table(
    lost: bool, clock: Any, django_capture_on_commit_callbacks: Any
) -> None:
    world = World(clock, django_capture_on_commit_callbacks, lost=lost)
    entry = world.entry
    desk, began = registry.a_desk(), registry.began(entry)
    who = {"clock": SYSTEM, "keeper": desk.registrar, "two": desk.ratifier}
    who["appeal"] = desk.ratifier
    wrong = []
    for (state, verb), (target, does, first, _) in WAYS.items():
        with time_machine.travel(BEGINS, tick=False) as world.clock, transaction.atomic():
            registry.put_into(entry, state)
            world.in_order()
            if found := world.wrong():
                wrong.append(f"{state}, before: {found}")
            step = next(one for one in rules_of(entry.award).moves if one.verb == verb)
            with world.change():
                move_award(
                    actor=who[does], award=entry.award, verb=verb,
                    reason=step.reasons[0] if step.reasons else "",
                    effective_on=began + timedelta(days=first), confirmed=step.needs,
                )  # fmt: skip
            assert entry.award.state == target
            if not lost and (found := world.wrong_to_a_newcomer()):
                wrong.append(f"{state} {verb}, at once: {found}")
            world.five_minutes()
            if found := world.wrong():
                wrong.append(f"{state} {verb}: {found}")
            transaction.set_rollback(True)
    assert wrong == []
    assert len(WAYS) > 80


DOORS: dict[str, Callable[[World, Any], object]] = {
    "hidden": lambda w, d: entry_actions.hide_entry(
        actor=d.registrar, entry=w.entry, basis="Made up"
    ),
    "renamed": lambda w, d: entry_actions.rename_entry(
        actor=d.registrar, entry=w.entry, name="Siobhán Newly-Named"
    ),
    "given back": lambda w, d: actions.give_back(
        actor=registry.holder_of(w.entry), award=w.entry.award
    ),
    "the key stolen": lambda w, d: actions.compromise_key(
        actor=SYSTEM, key=Credential.objects.latest("pk").signed_with
    ),
}


@pytest.mark.parametrize("lost", [False, True], ids=["told", "the event is lost"])
@pytest.mark.parametrize("door", DOORS)
def test_through_the_other_doors(
    door: str, lost: bool, clock: Any, django_capture_on_commit_callbacks: Any
) -> None:
    world = World(clock, django_capture_on_commit_callbacks, lost=lost)
    desk = registry.a_desk()
    world.in_order()
    assert world.wrong() == ""
    with world.change():
        DOORS[door](world, desk)
    assert lost or world.wrong_to_a_newcomer() == ""
    world.five_minutes()
    assert world.wrong() == ""


def test_whenever_anybody_looks_they_know_within_five_minutes(
    clock: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """The event is lost, and a cache fetched the old list just before the clock put it right; a
    program asked that cache when it had nearly let go of it. All of them, at every such moment."""
    world = World(clock, django_capture_on_commit_callbacks, lost=True)
    world.in_order()
    one = Credential.objects.get()
    address, every = one.status_list.get_absolute_url(), range(0, 301, 20)
    watchers = [(cached, asked, Outside()) for cached in every for asked in range(cached, 301, 20)]
    with world.change():
        DOORS["given back"](world, None)
    for second in every:
        for cached, asked, outside in watchers:
            if second >= asked:
                outside.bits(address)
            elif second == cached:
                outside.text(address)
        if second == 120:  # the clock's next round
            with django_capture_on_commit_callbacks(execute=True):
                tasks.keep_all_in_step.func()
        if second < 300:
            clock.shift(timedelta(seconds=20))
    late = [(cached, asked) for cached, asked, outside in watchers
            if not outside.bits(address)[one.index]]  # fmt: skip
    assert late == []


def test_lists_and_keys_ask_for_no_cookie_and_say_how_long_they_hold(
    clock: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """The list's own `ttl` and what its headers say are one (Bitstring Status List 1.0, 2.2)."""
    world = World(clock, django_capture_on_commit_callbacks, lost=False)
    world.in_order()
    held = Credential.objects.get().status_list
    for address in ("/.well-known/did.json", held.get_absolute_url()):
        assert world.outside.front.status(address).startswith("200")
        headers = world.outside.front.headers
        assert headers["Cache-Control"] == "public, max-age=60, s-maxage=60, must-revalidate"
        assert "Set-Cookie" not in headers
        asked = world.outside.front.asked
        world.outside.front.get(address)
        assert world.outside.front.asked == asked  # from the page cache
    said = json.loads(world.outside.front.get(held.get_absolute_url()))
    assert said["credentialSubject"]["ttl"] == 60_000
    assert said["validFrom"] == "2026-11-26T12:00:01Z"


def test_its_own_keys_are_gone_from_did_json_at_once(
    clock: Any, django_capture_on_commit_callbacks: Any
) -> None:
    world = World(clock, django_capture_on_commit_callbacks, lost=False)
    world.in_order()
    key = Credential.objects.get().signed_with
    assert key is not None
    assert key.fragment in world.outside.front.get("/.well-known/did.json")
    with world.change():
        actions.compromise_key(actor=SYSTEM, key=key)
    assert key.fragment not in world.outside.front.get("/.well-known/did.json")
