"""What all public plans come to: counted by hand here, and beside a slow count of one's own."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from benchside.core.actions import Actor, Denied
from benchside.impact.models import AnalysisReport
from benchside.impact.published import analysis, reports
from benchside.impact.published.actions import unpublish_plan
from benchside.impact.published.analysis import Line, add_up, share
from benchside.impact.published.words import THEMES
from tests.factories.organisations import a_member
from tests.factories.people import give_app, person, sign_in
from tests.factories.public_plans import a_charter, a_public_plan

TODAY = date(2026, 6, 1)
PLACES = {1: ("university", 1, "Spring"), 2: ("school", 2, None)}


def line(plan: int = 1, **fields: Any) -> Line:
    values = {
        "areas": ["visibility"], "themes": [], "state": "agreed", "delivery": "", "due_on": None,
        "completed_on": None, "is_measured": False,
    } | fields  # fmt: skip
    return Line(plan=plan, **values)


# By hand: of eight, one is stopped and one revised; six still stand, of which three are done, one
# of them for good. Four had their day: two came in time, one late, one never.
LINES = [
    line(state="complete", due_on=date(2026, 1, 1), completed_on=date(2026, 1, 1)),
    line(state="embedded", due_on=date(2026, 1, 1), completed_on=date(2025, 12, 1),
         is_measured=True, delivery="blue"),
    line(2, state="complete", due_on=date(2026, 1, 1), completed_on=date(2026, 1, 2)),
    line(2, state="in-progress", due_on=date(2026, 5, 31), delivery="red"),
    line(2, state="agreed", due_on=date(2026, 6, 1), delivery="green", themes=["data", "data"]),
    line(areas=["careers", "impact"], themes=["data", "voice"]),
    line(state="stopped", due_on=date(2020, 1, 1), is_measured=True),
    line(state="revised", delivery="amber"),
]  # fmt: skip


def test_shares_are_of_what_still_stands() -> None:
    total = add_up(LINES, PLACES, TODAY)["total"]
    assert total == {
        "label": "All plans", "plans": 2, "actions": 8, "done": 50, "sustained": 33,
        "on_time": 50, "measured": 17,
    }  # fmt: skip


def test_counts_by_area_theme_state_and_going() -> None:
    found = add_up(LINES, PLACES, TODAY)
    assert dict(found["areas"]) == {
        "Visibility": 7, "Recognition": 0, "Career development": 1, "Sustainability": 0,
        "Evaluating impact": 1,
    }  # fmt: skip
    assert found["themes"][0][1] == 2
    assert sum(count for _, count in found["themes"]) == 3
    assert len(found["themes"]) == len(THEMES) == 26
    assert dict(found["going"]) == {
        "Complete": 3, "On track": 1, "At risk": 1, "Off track": 1, "Not said": 2,
    }  # fmt: skip
    assert dict(found["states"])["Stopped"] == 1
    assert [(row["label"], row["plans"], row["actions"]) for row in found["by_stage"]] == [
        ("Stage 1", 1, 5), ("Stage 2", 1, 3),
    ]  # fmt: skip
    assert found["by_cohort"][-1]["label"] == "Not said"


def test_of_nothing_there_is_no_share() -> None:
    assert share(0, 0) is None
    assert [share(1, 8), share(1, 3), share(2, 3)] == [13, 33, 67]
    found = add_up([], {}, TODAY)
    assert found["total"]["done"] is None
    assert found["gaps"] == []


@pytest.mark.django_db
def test_only_public_plans_are_counted() -> None:
    charter = a_charter()
    plan, lead = a_public_plan(charter=charter, actions=3)
    a_public_plan("no-charter", actions=4)
    a_public_plan("other", charter=a_charter("another"), actions=5)
    page = Client().get("/charters/made-up/analysis/")
    assert page.context["figures"]["total"]["actions"] == 3
    assert page["Cache-Control"] == "public, no-cache"
    unpublish_plan(actor=Actor.of(lead), plan=plan)
    empty = Client().get("/charters/made-up/analysis/")
    assert "No public plan yet" in empty.content.decode()
    assert Client().get("/charters/nothing/analysis/").status_code == 404


@pytest.mark.django_db
def test_queries_do_not_grow_with_plans(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    charter = a_charter()
    for number in range(2):
        a_public_plan(f"place-{number}", charter=charter)
    with django_assert_num_queries(6):
        Client().get("/charters/made-up/analysis/")
    for number in range(2, 12):
        a_public_plan(f"place-{number}", charter=charter, actions=4)
    with django_assert_num_queries(6):
        Client().get("/charters/made-up/analysis/")


@pytest.mark.django_db
def test_the_table_holds_all_figures() -> None:
    a_public_plan(charter=a_charter(), actions=3)
    text = Client().get("/charters/made-up/analysis/analysis.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["Actions"] == "3"
    assert {row["What"] for row in rows} == {
        "All", "Area", "Kind of organisation", "Stage", "Signed with", "Theme", "State",
        "How it goes",
    }  # fmt: skip
    assert [row["Which"] for row in rows if row["What"] == "Signed with"] == ["Spring 2025"]


def an_officer() -> Any:
    user = person("olive@example.org", is_staff=True)
    give_app(user)
    user.groups.add(Group.objects.get(name="Charter officers"))
    return user


@pytest.mark.django_db
def test_a_published_report_keeps_the_figures_of_its_day() -> None:
    charter = a_charter()
    a_public_plan(charter=charter, actions=3)
    officer = Actor.of(an_officer())
    words = {"title": "One year in", "intro": "So it began.", "closing": "Thank you."}
    report = reports.write_report(actor=officer, charter=charter, year=2026, words=words)
    url = "/charters/made-up/analysis/2026/"
    assert Client().get(url).status_code == 404
    reports.publish_report(actor=officer, report=report)
    a_public_plan("later", charter=charter, actions=9)
    page = Client().get(url)
    assert page.context["figures"]["total"]["actions"] == 3
    assert "So it began." in page.content.decode()
    live = Client().get("/charters/made-up/analysis/")
    assert live.context["figures"]["total"]["actions"] == 12
    assert "One year in" in live.content.decode()
    reports.take_down_report(actor=officer, report=report)
    assert Client().get(url).status_code == 404
    assert Client().get("/charters/made-up/analysis/99999999/").status_code == 404


@pytest.mark.django_db
def test_only_an_officer_writes_a_report() -> None:
    charter = a_charter()
    plan, lead = a_public_plan(charter=charter)
    words = {"title": "Mine", "intro": "", "closing": ""}
    for user in (lead, a_member(plan.organisation, "signer")):
        with pytest.raises(Denied):
            reports.write_report(actor=Actor.of(user), charter=charter, year=2026, words=words)
        assert sign_in(Client(), user).get("/desk/charters/made-up/report/").status_code != 200
    assert not AnalysisReport.objects.exists()


@pytest.mark.django_db
def test_the_desk_keeps_what_was_typed_and_writes_over_a_year() -> None:
    a_charter()
    client = sign_in(Client(), an_officer())
    url = "/desk/charters/made-up/report/"
    assert client.get(url).status_code == 200
    bad = client.post(url, {"verb": "write", "year": "1850", "title": "Early", "intro": "Kept"})
    assert bad.status_code == 422
    assert "Kept" in bad.content.decode()
    assert "Give the year" in bad.content.decode()
    for title in ("First", "Better"):
        client.post(url, {"verb": "write", "year": "2026", "title": title})
    assert AnalysisReport.objects.get().title == "Better"
    client.post(url, {"verb": "publish", "year": "2026"})
    assert Client().get("/charters/made-up/analysis/2026/").status_code == 200
    client.post(url, {"verb": "take_down", "year": "2026"})
    client.post(url, {"verb": "publish", "year": "\u0662"})
    assert AnalysisReport.objects.get().published_at is None
    assert analysis.table(AnalysisReport.objects.get().figures)
