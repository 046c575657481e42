"""States that the public is told under one title cannot be told apart by a machine either: for
each pair of them, every public answer is the same to the byte."""

import json
import re
import uuid
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from benchside.assessment.awarding.queries import rules_of, shown_state_of
from benchside.assessment.models import Award, StandardVersion
from benchside.recognition.entries import jsonld, statements
from benchside.recognition.entries.publishing import Sheet, sheet_of
from benchside.recognition.models import Entry
from tests.factories.registers import an_entry
from tests.recognition.entries.test_public import API, post

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def bulk(client: Client) -> str:
    said = post(client, "/registers/check/", people="RT-000001, Ann", **{"as": "csv"})
    return str(said.content.decode())


def without_tokens(page: str) -> str:
    return re.sub(r'name="(token|csrfmiddlewaretoken)" value="[^"]*"', "", page)


def got(address: str) -> Callable[[Client, Entry, Sheet], str]:
    return lambda client, entry, sheet: without_tokens(client.get(address).content.decode())


DOORS: dict[str, Callable[[Client, Entry, Sheet], str]] = {
    "api": got(f"{API}/registered-technician/entries/RT-000001"),
    "api list": got(f"{API}/registered-technician/entries?q=made-up"),
    "page": got("/registers/registered-technician/RT-000001/"),
    "look-up": got("/registers/find/?q=made-up"),
    "badge by number": got("/verify/?q=RT-000001"),
    "bulk check": lambda client, entry, sheet: bulk(client),
    "JSON-LD": lambda client, entry, sheet: json.dumps(jsonld.entry(sheet, "https://x.example/")),
    "statement": lambda client, entry, sheet: json.dumps(
        statements.says(sheet, uuid.UUID(int=1), NOW)
    ),
}


@pytest.fixture
def entry() -> Entry:
    return an_entry("Ann Made-Up", since=date(2026, 3, 2))


def told(client: Client, entry: Entry, state: str) -> dict[str, str]:
    """Every public answer while it is in a state."""
    Award.objects.filter(pk=entry.award_id).update(state=state)
    cache.clear()
    fresh = Entry.objects.select_related("award__version", "register", "body").get(pk=entry.pk)
    sheet = sheet_of(fresh)
    assert sheet is not None
    return {door: answer(client, fresh, sheet) for door, answer in DOORS.items()}


@time_machine.travel(NOW, tick=False)
def test_what_has_one_title_is_one_answer(client: Client, entry: Entry) -> None:
    alike: dict[str, list[str]] = defaultdict(list)
    for state in rules_of(entry.award).states:
        if state.public:
            entry.award.state = state.key
            alike[shown_state_of(entry.award).title].append(state.key)
    pairs = [pair for keys in alike.values() for pair in combinations(keys, 2)]
    assert ("suspended-conduct", "suspended-health") in pairs
    assert ("removed-cpd", "removed-conduct") in pairs
    answers = {key: told(client, entry, key) for pair in pairs for key in pair}
    assert answers["suspended-health"]["api"] != answers["removed-cpd"]["api"]
    for one, other in pairs:
        for door in DOORS:
            assert answers[one][door] == answers[other][door], (door, one, other)


def test_no_door_says_more_than_the_title(client: Client, entry: Entry) -> None:
    for state, word in (("suspended-health", "suspended"), ("removed-cpd", "removed")):
        answers = told(client, entry, state)
        assert json.loads(answers["api"])["status"]["key"] == word
        for door, said in answers.items():
            for why in ("suspended-", "removed-", "health", "cpd", "interim"):
                assert why not in said.lower(), (door, why)


def test_the_words_of_a_register_for_programs_are_its_titles(client: Client, entry: Entry) -> None:
    one: Any = client.get(API).json()[0]
    version = StandardVersion.objects.in_force("registered-technician")
    assert version is not None
    keys = [each["key"] for each in one["statuses"]]
    assert {"registered", "lapsed", "suspended", "removed"} <= set(keys)
    assert len(keys) == len(set(keys))
