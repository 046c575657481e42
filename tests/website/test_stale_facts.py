"""The report of stale facts: each older than it may be, with its source and where to mend it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from benchside.careers.models import Advice, NationWay, Role, Route, Source
from benchside.careers.models.roles import CHECK_EVERY
from benchside.website.exports import SafeReportView
from benchside.website.first_pages import write_first_pages
from benchside.website.models import TextPage
from benchside.website.stale_facts import stale_facts
from tests.factories import desk

URL = "/desk/reports/stale-facts/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_at_the_desk")]


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def fresh(today: date) -> None:
    """The catalogue and the first pages, all checked today."""
    call_command("load_catalogue", verbosity=0)
    write_first_pages()
    Role.objects.update(checked_on=today)
    Route.objects.update(as_of=today, valid_to=None)
    Advice.objects.update(checked_on=today)
    NationWay.objects.update(checked_on=today)
    assert stale_facts() == []


def at_desk(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.usefixtures("fresh")
def test_each_kind_of_fact_grows_stale_on_its_day(today: date) -> None:
    source = Source.objects.get(slug="t-levels-2025")
    Source.objects.filter(pk=source.pk).update(stale_after_days=100)
    route = Route.objects.filter(source=source)[0]
    Route.objects.filter(pk=route.pk).update(as_of=today - timedelta(days=100))
    role = Role.objects.all()[0]
    Role.objects.filter(pk=role.pk).update(checked_on=today - CHECK_EVERY)
    TextPage.objects.filter(slug="about").update(review_by=today)
    assert stale_facts(today) == []

    tomorrow = {fact.kind: fact for fact in stale_facts(today + timedelta(days=1))}

    assert set(tomorrow) == {"route", "role", "page"}
    assert (tomorrow["route"].source, tomorrow["route"].since) == (source.name, today)
    assert tomorrow["route"].as_of == today - timedelta(days=100)
    assert (tomorrow["role"].where, tomorrow["page"].where) == (role.title, "About Benchside")


@pytest.mark.usefixtures("fresh")
def test_a_route_that_has_ended_is_stale_however_fresh(today: date) -> None:
    route = Route.objects.all()[0]
    Route.objects.filter(pk=route.pk).update(valid_to=today - timedelta(days=1))
    roles = Role.objects.filter(routes=route)
    assert {fact.fact for fact in stale_facts()} == {f"{route} has closed"}
    assert [fact.record for fact in stale_facts()] == list(roles.order_by("title"))


@pytest.mark.usefixtures("fresh")
def test_what_readers_cannot_see_is_not_listed(today: date) -> None:
    Role.objects.update(live=False, checked_on=today - timedelta(days=9999))
    Route.objects.update(as_of=today - timedelta(days=9999))
    TextPage.objects.update(live=False, review_by=today - timedelta(days=9999))
    assert stale_facts() == []


@pytest.mark.usefixtures("fresh")
def test_advice_that_nobody_ever_followed_is_stale() -> None:
    advice = Advice.objects.all()[0]
    Advice.objects.filter(pk=advice.pk).update(checked_on=None)
    assert [(fact.where, fact.as_of) for fact in stale_facts()] == [(str(advice), None)]


@pytest.mark.usefixtures("fresh")
def test_the_report_filters_sorts_pages_and_leads_to_the_mending(today: date) -> None:
    Role.objects.update(checked_on=today - timedelta(days=1000))
    about = TextPage.objects.get(slug="about")
    TextPage.objects.filter(pk=about.pk).update(review_by=today - timedelta(days=9))
    client = at_desk(desk.edith())

    pages = client.get(URL, {"kind": "page"}).content.decode()
    assert f"/desk/pages/{about.pk}/edit/" in pages
    assert Role.objects.all()[0].title not in pages
    titles = sorted(Role.objects.values_list("title", flat=True), key=str.lower)
    first = client.get(URL, {"kind": "role", "ordering": "where"}).content.decode()
    assert titles[0] in first
    assert titles[-1] not in first
    last = client.get(URL, {"kind": "role", "ordering": "-where"}).content.decode()
    assert titles[-1] in last
    second = client.get(URL, {"kind": "role", "ordering": "where", "p": "2"}).content.decode()
    assert titles[-1] in second
    assert "no results" in client.get(URL, {"nation": "Wales"}).content.decode().lower()


@pytest.mark.parametrize(
    "asked", [{"kind": "x"}, {"ordering": "secret"}, {"p": "999"}, {"nation": "<b>"}]
)
def test_a_mangled_address_gets_the_report_all_the_same(asked: dict[str, str]) -> None:
    assert at_desk(desk.edith()).get(URL, asked).status_code == 200


@pytest.mark.usefixtures("fresh")
def test_the_export_holds_every_row_chosen(today: date, tmp_path: Any) -> None:
    Role.objects.update(checked_on=today - timedelta(days=1000))
    client = at_desk(desk.edith())
    csv = b"".join(client.get(URL, {"kind": "role", "export": "csv"}).streaming_content).decode()
    assert len(csv.strip().splitlines()) == 1 + Role.objects.count()
    assert {row.split(",")[0] for row in csv.strip().splitlines()[1:]} == {"Role"}
    assert csv.startswith("Kind,Fact,Where,Nation,Source,Source address,True on,Stale since")
    book = tmp_path / "facts.xlsx"
    book.write_bytes(
        b"".join(client.get(URL, {"kind": "role", "export": "xlsx"}).streaming_content)
    )
    assert load_workbook(book).active.max_row == 1 + Role.objects.count()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_of_an_export_is_a_formula(cell: str) -> None:
    assert SafeReportView().preprocess_field_value("fact", cell, "csv") == f"'{cell}"


def test_who_edits_nothing_has_no_report() -> None:
    assert at_desk(desk.sade()).get(URL).status_code == 404
    assert at_desk(desk.moses()).get(URL).status_code == 200
    assert Client().get(URL).status_code == 302
