"""A file brought in through its pages, from the upload to taking it back."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from benchside.core.actions import Actor
from benchside.impact.bringing import example
from benchside.impact.bringing.actions import take_in_file
from benchside.impact.bringing.building import preview_of
from benchside.impact.models import Plan, PlanFile
from benchside.organisations.enums import MemberRole
from tests.factories.organisations import a_member
from tests.factories.plan_files import TRACK, taken_in
from tests.factories.plans import a_plan
from tests.impact.bringing.messy import CODES, csv_file, workbook

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name: str, file: PlanFile | None = None, *more: str, slug: str = "northmoor") -> str:
    return reverse(f"impact:{name}", args=[slug, *([file.key] if file else []), *more])


def upload(client: Client, data: bytes, name: str = "plan.xlsx", **said: str):
    return client.post(at("bring_in"), {"file": SimpleUploadedFile(name, data), **said})


@pytest.fixture
def lead_and_plan():
    plan, lead = a_plan()
    return signed_in(lead), plan, lead


def typed(page: str) -> dict[str, str | list[str]]:
    """What a browser would send of the forms on the page, as they stand."""
    found: dict[str, list[str]] = {}
    for one in re.findall(r"<input[^>]*>", page):
        attrs = dict(re.findall(r'([a-z]+)="([^"]*)"', one))
        kind = attrs.get("type", "text")
        if "name" not in attrs or (kind in {"checkbox", "radio"} and " checked" not in one):
            continue
        found.setdefault(attrs["name"], []).append(attrs.get("value", ""))
    for name, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        first = re.search(r'value="([^"]*)"', body)
        found.setdefault(name, []).append((chosen or first).group(1))
    return {name: said if len(said) > 1 else said[0] for name, said in found.items()}


def test_the_made_up_plan_goes_all_the_way(lead_and_plan) -> None:
    client, plan, _ = lead_and_plan
    for data, name in ((example.workbook(), "plan.xlsx"), (example.document(), "plan.docx")):
        plan.actions.all().delete()
        answer = upload(client, data, name, plan=str(plan.key))
        file = PlanFile.objects.filter(plan=plan).first()
        assert answer.url == at("bring_read", file)
        page = client.get(answer.url).content.decode()
        assert "What is to be done" in page
        answer = client.post(answer.url, {**typed(page), "house": "track"})
        assert answer.status_code == 302, answer.content.decode()[:3000]
        assert answer.url == at("bring_rows", file)
        page = client.get(answer.url).content.decode()
        assert "Bring in 10 new and 0 changed" in page, name
        answer = client.post(at("bring_apply", file), typed(page), follow=True)
        assert "is brought in" in answer.content.decode()
        assert plan.actions.count() == 10
        answer = client.post(at("bring_undo", file), follow=True)
        assert "as it was before" in answer.content.decode()
        assert not plan.actions.exists()


def test_a_new_plan_is_begun_for_a_file_and_only_for_one_that_can_be_read(lead_and_plan) -> None:
    client, *_ = lead_and_plan
    said = {
        "plan": "new",
        "title": "Plan of old",
        "starts_on": "2020-08-01",
        "ends_on": "2023-07-31",
    }
    answer = upload(client, b"%PDF-1.7", "plan.xlsx", **said)
    assert answer.status_code == 422
    assert "but it is a PDF" in answer.content.decode()
    assert "Plan of old" in answer.content.decode()
    assert Plan.objects.count() == 1
    assert upload(client, workbook(Plan=CODES), **said).status_code == 302
    assert Plan.objects.get(title="Plan of old").files.count() == 1
    answer = upload(client, workbook(Plan=CODES), plan="new")
    assert "Say when the plan begins." in answer.content.decode()


def test_what_is_wrong_on_the_page_of_columns_is_said_and_kept(lead_and_plan) -> None:
    client, plan, lead = lead_and_plan
    file = taken_in(plan, lead, CODES)
    page = client.get(at("bring_read", file)).content.decode()
    said = typed(page) | {"col-0-2": "title", "header-0": "1"}
    answer = client.post(at("bring_read", file), said)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "are both “What is to be done”" in body
    again = typed(body)
    assert again["col-0-2"] == "title"
    answer = client.post(at("bring_read", file), again | {"header-0": "999", "col-0-2": "owner"})
    assert "stand in a row of this table" in answer.content.decode()
    answer = client.post(at("bring_read", file), {"header-0": "1"})
    assert "Every table is left out" in answer.content.decode()


def test_rows_that_wait_are_settled_one_by_one(lead_and_plan) -> None:
    client, plan, lead = lead_and_plan
    rows = [["Action", "Area", "Lead"], ["Hold a day", "", "A"], ["Film technicians", "Other", "B"]]
    file = taken_in(plan, lead, rows)
    first, second = (one.line.key for one in preview_of(file).of("doubt"))
    page = client.get(at("bring_line", file, first)).content.decode()
    assert "No area of the Commitment is named." in page
    answer = client.post(at("bring_line", file, first), {"kind": "action", "areas": ["visibility"]})
    assert answer.url == at("bring_line", file, second)
    answer = client.post(at("bring_line", file, second), {"kind": "action"}, follow=True)
    assert "It still waits" in answer.content.decode()
    answer = client.post(at("bring_line", file, second), {"kind": "leave"})
    assert answer.url == at("bring_rows", file)
    answer = client.post(at("bring_line", file, second), {"take-back": "yes"})
    assert preview_of(PlanFile.objects.get()).count("doubt") == 1
    assert client.get(at("bring_line", file, "7-7")).status_code == 404


def test_the_rows_come_as_a_spreadsheet_without_formulas(lead_and_plan) -> None:
    client, plan, lead = lead_and_plan
    data = csv_file([["Action", "Area", "Lead"], ['=HYPERLINK("http://x")', "Visibility", "@A"]])
    actor = Actor.of(lead)
    file = take_in_file(actor=actor, plan=plan, data=data, filename="plan.csv")
    text = client.get(at("bring_rows_csv", file) + "?show=new").content.decode()
    assert "'=HYPERLINK" in text
    assert "'@A" in text
    page = client.get(at("bring_rows", file)).content.decode()
    assert "HYPERLINK(&quot;" in page


def test_words_from_a_file_are_never_markup(lead_and_plan) -> None:
    client, plan, lead = lead_and_plan
    evil = "<script>alert(1)</script>"
    rows = [
        ["Action", f"{evil} of old", "RAG", "When", "Who", "Area"],
        [evil, evil, evil, evil, evil, evil],
    ]
    file = taken_in(plan, lead, rows, name=f"{evil}.xlsx")
    key = preview_of(file).told[0].line.key
    for name, more in (
        ("bring_in", ()),
        ("bring_read", ()),
        ("bring_rows", ()),
        ("bring_line", (key,)),
    ):
        target = at(name) if name == "bring_in" else at(name, file, *more)
        assert evil not in client.get(target).content.decode(), name


def test_another_organisations_file_is_not_there(lead_and_plan) -> None:
    _, plan, lead = lead_and_plan
    file = taken_in(plan, lead, CODES, rag=TRACK)
    _, other = a_plan("southmoor")
    stranger = signed_in(other)
    for name in ("bring_read", "bring_rows", "bring_rows_csv"):
        assert stranger.get(at(name, file)).status_code == 404
        assert stranger.get(at(name, file, slug="southmoor")).status_code == 404
    for name in ("bring_apply", "bring_undo", "bring_leave", "bring_open", "bring_use_for"):
        assert stranger.post(at(name, file)).status_code == 404
        assert stranger.post(at(name, file, slug="southmoor")).status_code == 404
    steering = signed_in(a_member(plan.organisation, MemberRole.STEERING))
    assert steering.get(at("bring_rows", file)).status_code == 403
    assert not plan.actions.exists()


@pytest.mark.parametrize("count", [5, 60])
def test_the_preview_asks_the_database_as_often_for_many_rows(
    lead_and_plan, count, django_assert_max_num_queries
) -> None:
    client, plan, lead = lead_and_plan
    rows = [
        ["Action", "Area"],
        *([f"Do thing number {at} of {at * 7}", "Visibility"] for at in range(count)),
    ]
    file = taken_in(plan, lead, rows)
    with django_assert_max_num_queries(24):
        assert client.get(at("bring_rows", file)).status_code == 200


def test_a_row_said_to_be_a_heading_is_an_action_after_all(lead_and_plan) -> None:
    client, plan, lead = lead_and_plan
    rows = [["Action", "Lead", "When"], ["Hold a day", "Events", "2027"], ["Sundries"]]
    file = taken_in(plan, lead, rows)
    client.post(at("bring_line", file, "0-3"), {"kind": "heading"})
    page = client.get(at("bring_rows", file) + "?show=skipped").content.decode()
    assert "It is an action after all" in page
    client.post(at("bring_line", file, "0-3"), {"take-back": "yes"})
    waiting = [one.line.title for one in preview_of(PlanFile.objects.get()).of("doubt")]
    assert "Sundries" in waiting


def test_the_same_file_is_looked_at_for_another_plan(lead_and_plan) -> None:
    client, plan, lead = lead_and_plan
    file = taken_in(plan, lead, CODES)
    years = {"starts_on": date(2020, 8, 1), "ends_on": date(2023, 7, 31)}
    other = Plan.objects.create(organisation=plan.organisation, title="Of old", **years)
    assert "Of old" in client.get(at("bring_rows", file)).content.decode()
    answer = client.post(at("bring_use_for", file), {"plan": str(other.key)})
    assert answer.url == at("bring_read", other.files.get())
    answer = client.post(at("bring_use_for", file), {"plan": "magic"}, follow=True)
    assert "Choose one of your plans" in answer.content.decode()
