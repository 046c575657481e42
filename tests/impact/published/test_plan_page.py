"""The page of a public plan: what can be chosen, how it is built, how many queries it takes."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from benchside.core.actions import Actor
from benchside.impact.models import Action, ActionEvidence, Milestone, ProgressNote, Success
from benchside.impact.plans import actions as plans
from tests.factories.plans import an_action
from tests.factories.public_plans import a_charter, a_public_plan, agreed
from tests.website.test_pages import Outline

pytestmark = pytest.mark.django_db


def body(url: str) -> str:
    response = Client().get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def codes(url: str) -> list[str]:
    return [one.code for one in Client().get(url).context["page"]]


def a_varied_plan() -> str:
    plan, lead = a_public_plan(actions=1)
    actor = Actor.of(lead)
    more = [
        ("Pay for registration", {"areas": ["recognition"], "other_charters": ["Green Pledge"]}),
        ("Plan ahead", {"areas": ["sustainability", "impact"], "themes": ["continuity"]}),
        ("A late one", {"delivery": "red", "delivery_why": "Nobody had time"}),
    ]
    for title, fields in more:
        agreed(an_action(plan, lead, title, **fields), lead)
    done = plan.actions.get(code="V-001")
    for verb in ("start", "complete"):
        plans.move_action(actor=actor, action=done, verb=verb)
    return f"/plans/{plan.key}/"


def test_it_is_narrowed_and_sorted_by_its_address() -> None:
    url = a_varied_plan()
    assert codes(url) == ["V-001", "R-001", "S-001", "V-002"]
    assert codes(f"{url}?area=impact") == ["S-001"]
    assert codes(f"{url}?state=complete") == ["V-001"]
    assert codes(f"{url}?going=blue") == ["V-001"]
    assert codes(f"{url}?going=red") == ["V-002"]
    assert codes(f"{url}?theme=continuity") == ["S-001"]
    assert codes(f"{url}?charter=Green+Pledge") == ["R-001"]
    assert codes(f"{url}?q=pay+REGISTRATION") == ["R-001"]
    assert codes(f"{url}?area=magic") == []
    assert codes(f"{url}?sort=-code") == ["V-002", "V-001", "S-001", "R-001"]
    assert "Nobody had time" not in body(url)


def test_what_is_chosen_is_also_what_is_taken_along() -> None:
    url = a_varied_plan()
    text = Client().get(f"{url}plan.csv?area=recognition").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Number"] for row in rows] == ["R-001"]
    data = Client().get(f"{url}plan.xlsx?going=red").content
    sheet = load_workbook(io.BytesIO(data))["Actions"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["V-002"]


def test_a_table_for_each_area_with_headings_in_order() -> None:
    outline = Outline(body(a_varied_plan()))
    assert outline.headings[0] == 1
    assert all(b <= a + 1 for a, b in zip(outline.headings, outline.headings[1:], strict=False))
    assert len(outline.ids) == len(set(outline.ids))
    tables = [found for tag, found in outline.tags if tag == "table"]
    captions = [tag for tag, _ in outline.tags if tag == "caption"]
    assert len(tables) == len(captions) == 3 + 2  # areas, and the two charts
    heads = [found for tag, found in outline.tags if tag == "th"]
    assert all(found.get("scope") in {"col", "row"} for found in heads)


def test_how_it_goes_is_told_by_letter_shape_and_word() -> None:
    html = body(a_varied_plan())
    assert "status--r" in html
    assert "Off track" in html
    assert "Not said" in html


def test_a_page_beyond_the_last_is_no_page() -> None:
    url = a_varied_plan()
    for page in ("2", "999999999999999"):
        assert Client().get(f"{url}?page={page}").status_code == 404
    assert Client().get(f"{url}?page=nonsense").status_code == 200


HOSTILE = ["%00", "'\"><script>alert(1)</script>", "=HYPERLINK(1)", "a" * 5000, "\u202eevil"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["q", "area", "state", "going", "theme", "charter", "sort"])
def test_hostile_addresses_are_answered_calmly(name: str, text: str) -> None:
    url = a_varied_plan()
    for end in ("", "plan.csv", "embed/"):
        response = Client().get(f"{url}{end}", {name: text})
        assert response.status_code == 200
        assert b"<script>alert" not in response.content


def test_what_is_typed_into_an_action_is_only_text() -> None:
    plan, _ = a_public_plan(actions=1)
    bad = "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)> \x0b"
    action = plan.actions.get()
    Action.objects.filter(pk=action.pk).update(
        title=bad, text=bad, owner_post=bad, themes=["<b>x</b>"], other_charters=["<i>y</i>"]
    )
    ProgressNote.objects.create(action=action, text=f"{bad}\x0c", is_public=True)
    ActionEvidence.objects.create(
        action=action, title="Bad", url="javascript:alert(1)", is_public=True
    )
    url = f"/plans/{plan.key}/"
    for end in ("", "V-001/", "embed/", "notes.atom"):
        html = body(url + end)
        assert "<img src=x" not in html
        assert "<b>x</b>" not in html
        assert "javascript:alert" not in html
    assert "'=cmd" in Client().get(f"{url}plan.csv").content.decode()
    book = load_workbook(io.BytesIO(Client().get(f"{url}plan.xlsx").content))
    assert book["Actions"]["B2"].data_type == "s"


def test_only_public_notes_are_in_the_feed_and_it_is_well_formed() -> None:
    from xml.etree import ElementTree

    plan, lead = a_public_plan(actions=1)
    action = plan.actions.get()
    plans.write_note(actor=Actor.of(lead), action=action, text="Half way", delivery="green",
                     is_public=True)  # fmt: skip
    plans.write_note(actor=Actor.of(lead), action=action, text="Between us")
    text = body(f"/plans/{plan.key}/notes.atom")
    root = ElementTree.fromstring(text)
    space = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{space}entry")
    assert [one.findtext(f"{space}title") for one in entries] == [
        "V-001 Do the 1. thing (On track)"
    ]
    assert "Lead" not in text


def fill(plan: Any, lead: Any, count: int) -> None:
    for number in range(count):
        action = an_action(plan, lead, f"More {number}", themes=["data"])
        agreed(action, lead)
        Milestone.objects.create(action=action, title="Step")
        Success.objects.create(action=action, title="Measure", baseline=1, target=2)
        ProgressNote.objects.create(action=action, text="Said", is_public=True)
        ActionEvidence.objects.create(
            action=action, title="Shown", url="https://x.example/", is_public=True
        )


@pytest.mark.parametrize(
    ("end", "most"),
    [("", 8), ("plan.csv", 8), ("plan.json", 8), ("embed/", 6), ("notes.atom", 8), ("V-002/", 8)],
)
def test_queries_do_not_grow_with_the_plan(
    end: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    plan, lead = a_public_plan(charter=a_charter(), actions=1)
    for count in (2, 25):
        fill(plan, lead, count)
        with django_assert_max_num_queries(most):
            body(f"/plans/{plan.key}/{end}")


def test_the_list_of_plans_sorts_filters_and_does_not_grow_in_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    charter = a_charter()
    a_public_plan("alpha", charter=charter)
    a_public_plan("beta", actions=5)
    with django_assert_max_num_queries(5):
        first = Client().get("/plans/")
    names = [one.organisation for one, _ in first.context["lines"]]
    assert names == ["Alpha", "Beta"]
    for number in range(12):
        a_public_plan(f"more-{number:02d}", charter=charter, actions=1)
    with django_assert_max_num_queries(5):
        Client().get("/plans/")
    most = Client().get("/plans/?sort=-actions").context["lines"][0][0]
    assert most.organisation == "Beta"
    only = Client().get("/plans/?charter=made-up&q=alp").context["lines"]
    assert [one.organisation for one, _ in only] == ["Alpha"]
    assert "Nothing fits" in body("/plans/?q=zzz")
    table = body("/plans/plans.csv?q=beta")
    assert "Beta" in table
    assert "Alpha" not in table


def test_the_api_gives_what_the_file_gives() -> None:
    plan, _ = a_public_plan(charter=a_charter(), actions=2)
    listed = Client().get("/api/v1/plans?charter=made-up").json()
    assert (listed["total"], listed["items"][0]["actions"]) == (1, 2)
    assert listed["items"][0]["url"] == "http://testserver/charters/made-up/northmoor/plan/"
    whole = Client().get(f"/api/v1/plans/{plan.key}")
    assert whole["Access-Control-Allow-Origin"] == "*"
    file = Client().get(f"/plans/{plan.key}/plan.json")
    assert file["Access-Control-Allow-Origin"] == "*"
    assert whole.json() == file.json()
    assert [one["code"] for one in whole.json()["actions"]] == ["V-001", "V-002"]
    missing = Client().get("/api/v1/plans/00000000-0000-0000-0000-000000000000")
    assert missing.status_code == 404
    assert Client().get("/api/v1/plans?charter=%00&q=%00").json()["total"] == 1
    assert "/api/v1/plans/{key}" in Client().get("/api/v1/openapi.json").json()["paths"]


def test_what_was_stopped_does_not_count_against_what_is_done() -> None:
    url = a_varied_plan()
    plan = Client().get(url).context["plan"]
    assert plan.done_words == "1 of 4 actions done"
    stopped = Action.objects.get(plan__key=plan.key, code="R-001")
    actor = Actor.of(stopped.plan.organisation.memberships.get(role="lead").user)
    plans.move_action(actor=actor, action=stopped, verb="stop", why="No money.")
    assert Client().get(url).context["plan"].done_words == "1 of 3 actions done"


def test_a_signatorys_plan_leads_up_to_the_signatory_and_its_charter() -> None:
    plan, _ = a_public_plan(actions=1, charter=a_charter())
    up = f"/charters/{plan.cycle.signatory.charter.slug}/"
    for page in (f"{up}{plan.organisation.slug}/plan/", f"/plans/{plan.key}/V-001/"):
        text = body(page)
        assert f'<a href="{up}">' in text, page
        assert f'<a href="{up}{plan.organisation.slug}/">' in text, page
