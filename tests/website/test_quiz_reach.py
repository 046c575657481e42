"""Editors see which roles the quiz seldom shows; nobody else does."""

import csv
import io
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from benchside.careers.models import Role, Sector
from benchside.careers.quiz.reach import HOW, reached
from tests.factories import desk

URL = "/desk/reports/quiz/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_at_the_desk")]


@pytest.fixture
def filled() -> None:
    call_command("load_catalogue", verbosity=0)


def at_desk(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.usefixtures("filled")
def test_every_role_is_counted_the_seldom_first() -> None:
    rows = reached()
    assert {row.role.pk for row in rows} == set(Role.objects.values_list("pk", flat=True))
    times = [row.of_a_thousand for row in rows]
    assert times == sorted(times)
    assert abs(sum(times) - 6_000) < 60  # six roles to each of a thousand, rounded a hundred times


@pytest.mark.usefixtures("filled")
def test_a_role_no_answer_leads_to_is_named() -> None:
    """Thirty twins of one role in one sector: some of them come up seldom or never."""
    health = Sector.objects.get(slug="health")
    twin = Role.objects.filter(sector=health)[0]
    for place, role in enumerate(Role.objects.exclude(sector=health)[:30]):
        for name in ("realistic", "investigative", "artistic", "social", "enterprising"):
            setattr(role, name, getattr(twin, name) - 0.001 * place * (name == "realistic"))
        role.conventional, role.sector, role.hands = twin.conventional, health, twin.hands
        role.save()
        role.subjects.set(twin.subjects.all())
    rows = {row.role.pk: row.how for row in reached()}
    assert "seldom" in rows.values() or "never" in rows.values()


@pytest.mark.usefixtures("filled")
def test_the_report_lists_sorts_and_exports() -> None:
    client = at_desk(desk.edith())
    first = client.get(URL).content.decode()
    assert "Every role comes up in the quiz." in first
    assert reached()[0].role.title in first
    assert f"/desk/snippets/careers/role/edit/{reached()[0].role.pk}/" in first
    last = client.get(URL, {"ordering": "-of_a_thousand"}).content.decode()
    assert reached()[-1].role.title in last
    sent = b"".join(client.get(URL, {"export": "csv"}).streaming_content).decode()
    rows = list(csv.reader(io.StringIO(sent)))
    assert rows[0] == ["Role", "Sector", "Shown to, of a thousand", "How often"]
    assert len(rows) == 1 + Role.objects.count()
    assert {row[3] for row in rows[1:]} <= set(HOW.values())


def test_an_empty_catalogue_is_no_trouble() -> None:
    assert at_desk(desk.edith()).get(URL).status_code == 200


def test_who_edits_nothing_has_no_report() -> None:
    assert at_desk(desk.sade()).get(URL).status_code == 404
    assert at_desk(desk.moses()).get(URL).status_code == 200
    assert Client().get(URL).status_code == 302
