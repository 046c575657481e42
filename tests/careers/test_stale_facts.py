"""What a person should check again, and the figures this room publishes."""

from collections import Counter
from datetime import date

import pytest
from django.utils import timezone

from benchside.careers.measures import MEASURES
from benchside.careers.models import Advice, NationWay, Role, Route, Source
from benchside.careers.queries import stale_facts
from benchside.core.registries import measures

pytestmark = pytest.mark.usefixtures("catalogue")
DAY = date(2026, 12, 1)


def test_routes_of_2021_are_stale_and_those_of_2025_are_not() -> None:
    found = [fact for fact in stale_facts(DAY) if fact.as_of]
    assert {fact.as_of for fact in found} == {date(2021, 1, 1)}
    assert len(found) == 83  # each told once, however many roles name it
    fact = next(fact for fact in found if "Veterinary nurse" in fact.where)
    assert fact.what == "Advanced apprenticeship: Veterinary nurse: its facts"
    assert fact.source.startswith("Apprenticeship standards")
    assert fact.record == Route.objects.get(slug="veterinary-nurse-st0343")


def test_closed_route_is_listed_at_each_role_that_names_it() -> None:
    Route.objects.filter(slug="t-level-science").update(updated_at=timezone.now(), status="retired")
    found = [fact for fact in stale_facts(DAY) if fact.kind == "closed"]
    roles = Role.objects.filter(live=True, routes__slug="t-level-science")
    assert {fact.record for fact in found} == set(roles)
    assert {fact.fact for fact in found} == {"T Level: Science has closed"}


def test_route_that_is_not_open_is_listed_there_too() -> None:
    Route.objects.filter(slug="veterinary-nurse-st0343").update(
        updated_at=timezone.now(), status="coming"
    )
    found = [fact.fact for fact in stale_facts(DAY) if fact.kind == "closed"]
    assert found == ["Advanced apprenticeship: Veterinary nurse is not open"]


def test_route_no_role_names_asks_for_nothing() -> None:
    Route.objects.filter(slug="veterinary-nurse-st0343").update(
        updated_at=timezone.now(), as_of=date(1990, 1, 1)
    )
    Role.objects.get(slug="veterinary-nurse").unpublish()
    assert not [fact for fact in stale_facts(DAY) if fact.as_of == date(1990, 1, 1)]


def test_links_nobody_has_followed_come_first() -> None:
    first = stale_facts(DAY)[:22]
    assert [fact.as_of for fact in first] == [None] * 22
    assert Counter(type(fact.record) for fact in first) == {Advice: 4, NationWay: 18}
    Advice.objects.update(updated_at=timezone.now(), checked_on=DAY)
    NationWay.objects.update(updated_at=timezone.now(), checked_on=DAY)
    assert None not in {fact.as_of for fact in stale_facts(DAY)}


@pytest.mark.parametrize(("checked", "listed"), [("2024-12-01", False), ("2024-11-30", True)])
def test_role_is_listed_after_two_years(checked: str, listed: bool) -> None:
    Role.objects.filter(slug="sound-technician").update(
        updated_at=timezone.now(), checked_on=checked
    )
    found = [fact.what for fact in stale_facts(DAY)]
    assert ("Sound technician: the words and facts" in found) is listed


def test_source_says_how_long_its_facts_hold() -> None:
    Source.objects.filter(slug="dfe-standards-2021").update(
        updated_at=timezone.now(), stale_after_days=3650
    )
    assert not [fact for fact in stale_facts(DAY) if fact.as_of]


def test_withdrawn_role_asks_for_nothing() -> None:
    Role.objects.get(slug="veterinary-nurse").unpublish()
    assert not [fact for fact in stale_facts(DAY) if fact.what.startswith("Veterinary")]


def test_measures_are_published_and_true() -> None:
    values = {one.key: measures[one.key].observe(1, DAY) for one in MEASURES}
    assert values["careers.roles_live"].value == 100
    assert values["careers.facts_stale"].value == len(stale_facts(DAY)) == 105
