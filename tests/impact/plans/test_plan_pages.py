"""The pages of a plan: what they show, to whom, in how many queries, and what they refuse."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.impact.models import (
    Action,
    ActionChange,
    ActionEvidence,
    Milestone,
    Plan,
    Success,
)
from benchside.impact.plans import actions
from benchside.organisations.enums import MemberRole
from tests.factories.organisations import a_member
from tests.factories.plans import a_plan, an_action, moved

pytestmark = pytest.mark.django_db
SHEETS = ["plan", "plan_board", "plan_timeline", "plan_print", "plan_check", "plan_history"]


@pytest.fixture
def made() -> tuple[Plan, User]:
    return a_plan()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(name: str, plan: Plan, *more: object) -> str:
    return reverse(f"impact:{name}", args=[plan.organisation.slug, plan.key, *more])


def many(plan: Plan, lead: User, count: int) -> None:
    """Up to so many, rich ones, so that what a row asks for is there to be asked."""
    held = plan.actions.count()
    made = Action.objects.bulk_create(
        Action(
            plan=plan, code=f"X-{number:03d}", number=number, areas=["visibility"], title="Some",
            owner=lead, due_on=date(2027, 1, 1 + number % 28), delivery="amber", delivery_why="So.",
        )
        for number in range(held, count)
    )  # fmt: skip
    Milestone.objects.bulk_create(Milestone(action=one, title="Half") for one in made)
    Success.objects.bulk_create(Success(action=one, title="Pages") for one in made)
    ActionEvidence.objects.bulk_create(
        ActionEvidence(action=one, title="Page", url="https://x.example/") for one in made
    )
    ActionChange.objects.bulk_create(
        ActionChange(action=one, field="owner", now=str(lead.person_id)) for one in made
    )


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_shows_its_plan_to_every_member_and_to_nobody_else(
    made: tuple[Plan, User], name: str
) -> None:
    plan, lead = made
    an_action(plan, lead, "Give every technician a page", due_on=date(2027, 5, 1))
    other, other_lead = a_plan("southmoor")
    for role in (MemberRole.CHAMPION, MemberRole.STEERING):
        page = signed_in(a_member(plan.organisation, role)).get(address(name, plan))
        assert page.status_code == 200
        assert "Plan for technicians" in page.content.decode()
    stranger = signed_in(other_lead)
    assert stranger.get(address(name, plan)).status_code == 404
    # A key of another organisation behind one's own address.
    mixed = reverse(f"impact:{name}", args=[other.organisation.slug, plan.key])
    assert stranger.get(mixed).status_code == 404
    assert Client().get(address(name, plan)).status_code == 302


@pytest.mark.parametrize("name", [*SHEETS, "plan_csv", "plan_xlsx"])
def test_a_sheet_asks_as_little_of_a_long_plan_as_of_a_short_one(
    made: tuple[Plan, User], name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    plan, lead = made
    client = signed_in(lead)
    many(plan, lead, 5)
    client.get(address(name, plan))
    with django_assert_max_num_queries(24) as few:
        client.get(f"{address(name, plan)}?show=all")
    many(plan, lead, 500)
    with django_assert_max_num_queries(len(few)):
        page = client.get(f"{address(name, plan)}?show=all")
    assert page.status_code == 200


def test_the_table_sorts_sifts_and_finds(made: tuple[Plan, User]) -> None:
    plan, lead = made
    today = timezone.localdate()
    late = an_action(
        plan, lead, "Alpha", due_on=today - timedelta(days=2), owner=lead, themes=["voice"]
    )
    soon = an_action(
        plan, lead, "Beta", areas=["impact", "visibility"], due_on=today + timedelta(days=9)
    )
    actions.say_delivery(actor=Actor.of(lead), action=soon, delivery="red", why="No room.")
    done = moved(an_action(plan, lead, "Gamma"), lead, "agree", "start", "complete")
    client = signed_in(lead)

    def codes(query: str) -> list[str]:
        return [row.code for row in client.get(f"{address('plan', plan)}?{query}").context["rows"]]

    assert codes("") == ["I-001", "V-001", "V-002"]
    assert codes("sort=-code") == ["V-002", "V-001", "I-001"]
    assert codes("sort=due") == [late.code, soon.code, done.code]
    assert codes("sort=delivery")[0] == soon.code
    assert codes("area=visibility") == ["I-001", "V-001", "V-002"]
    assert codes("area=impact") == [soon.code]
    assert codes("due=late") == [late.code]
    assert codes("due=month") == [soon.code]
    assert codes("due=none") == [done.code]
    assert codes("state=open") == [soon.code, late.code]
    assert codes("delivery=red") == [soon.code]
    assert codes("delivery=unsaid") == [late.code]
    assert codes("theme=voice") == [late.code]
    assert codes(f"owner={lead.pk}") == [late.code]
    assert codes("owner=nobody") == [soon.code, done.code]
    assert codes("q=gam") == [done.code]
    assert codes("q=%00&owner=x'--&state=zz&sort=pk&page=-9&due=1") == ["I-001", "V-001", "V-002"]
    page = client.get(f"{address('plan', plan)}?q=nothing-like-it").content.decode()
    assert "Nothing found" in page
    assert "Off track" in client.get(address("plan", plan)).content.decode()


def test_an_empty_plan_says_what_to_do_first(made: tuple[Plan, User]) -> None:
    plan, lead = made
    assert "Add the first action" in signed_in(lead).get(address("plan", plan)).content.decode()
    member = signed_in(a_member(plan.organisation, MemberRole.CHAMPION))
    assert "Add the first action" not in member.get(address("plan", plan)).content.decode()
    for name in ("plan_board", "plan_timeline", "plan_print", "plan_check", "plan_history"):
        assert signed_in(lead).get(address(name, plan)).status_code == 200


def test_spreadsheets_hold_all_and_run_nothing(made: tuple[Plan, User]) -> None:
    plan, lead = made
    an_action(plan, lead, "=HYPERLINK(1)", text="@SUM(1)", internal="Not\x0bfor all", cost=1200)
    client = signed_in(lead)
    text = client.get(address("plan_csv", plan)).content.decode()
    assert "'=HYPERLINK(1)" in text
    assert "1200" in text
    book = load_workbook(BytesIO(client.get(address("plan_xlsx", plan)).content))
    header, row = book.active.iter_rows(values_only=True)
    found = dict(zip(header, row, strict=True))
    assert found["Code"] == "V-001"
    assert found["Action"] == "'=HYPERLINK(1)"
    assert found["Public text"] == "'@SUM(1)"
    assert found["Internal text"] == "Notfor all"


def test_what_is_typed_is_shown_as_text(made: tuple[Plan, User]) -> None:
    plan, lead = made
    nasty = "<script>alert(1)</script>"
    action = an_action(plan, lead, nasty, objective=nasty, other_charters=[nasty])
    actions.write_note(actor=Actor.of(lead), action=action, text=nasty, delivery="red")
    client = signed_in(lead)
    for name in SHEETS:
        assert nasty not in client.get(address(name, plan)).content.decode()
    assert nasty not in client.get(address("plan_action", plan, action.code)).content.decode()


def test_a_plan_is_begun_with_years_and_what_was_typed_stays(made: tuple[Plan, User]) -> None:
    plan, lead = made
    client = signed_in(lead)
    begin = reverse("impact:plan_begin", args=[plan.organisation.slug])
    said = {"title": "Next plan", "starts_on": "2030-01-01", "ends_on": "2029-01-01"}
    page = client.post(begin, said)
    assert page.status_code == 422
    assert "Next plan" in page.content.decode()
    assert "Give a day after the start" in page.content.decode()
    said["ends_on"] = "31/12/2031"
    assert client.post(begin, {**said, "before": str(plan.pk)}).status_code == 302
    assert Plan.objects.get(title="Next plan").before == plan
    assert client.get(reverse("impact:plans", args=[plan.organisation.slug])).status_code == 200
    member = signed_in(a_member(plan.organisation, MemberRole.CHAMPION))
    assert member.get(begin).status_code == 403


def test_an_action_is_added_then_filled_in(made: tuple[Plan, User]) -> None:
    plan, lead = made
    client = signed_in(lead)
    champion = a_member(plan.organisation, MemberRole.CHAMPION)
    answer = client.post(
        address("plan_add", plan), {"title": "Start a network", "areas": "visibility"}
    )
    assert answer.status_code == 302
    assert answer["Location"].endswith("/V-001/edit/")
    said = {
        "title": "Start a network of technicians", "areas": ["visibility", "careers"],
        "owner": str(champion.pk), "contributors": [str(lead.pk)], "due_on": "2027-03-01",
        "starts_on": "2026-02-01", "cost": "1500.50", "themes": ["networks"],
        "other_charters": "Concordat\n\nAthena", "objective": "Nobody works alone.",
    }  # fmt: skip
    wrong = client.post(
        address("plan_action_edit", plan, "V-001"), {**said, "due_on": "2025-01-01"}
    )
    assert wrong.status_code == 422
    assert "before its start" in wrong.content.decode()
    assert "Nobody works alone." in wrong.content.decode()
    assert client.post(address("plan_action_edit", plan, "V-001"), said).status_code == 302
    action = Action.objects.get()
    assert (action.owner, list(action.contributors.all())) == (champion, [lead])
    assert action.other_charters == ["Concordat", "Athena"]
    page = client.get(address("plan_action", plan, "V-001")).content.decode()
    for words in ("Start a network of technicians", "Concordat", "£1500.50", "Who answers for it"):
        assert words in page
    assert client.get(address("plan_action", plan, "V-999")).status_code == 404


def press(client: Client, plan: Plan, code: str, what: str, **said: object) -> int:
    return client.post(address("plan_action_do", plan, code, what), said).status_code


def test_every_button_of_an_action_does_its_work(made: tuple[Plan, User]) -> None:
    plan, lead = made
    action = an_action(plan, lead)
    client = signed_in(lead)
    code = action.code
    assert press(client, plan, code, "move", verb="agree") == 302
    assert press(client, plan, code, "note", text="Two are up.", delivery="amber") == 302
    assert press(client, plan, code, "milestone", title="Half", due_on="2026-12-01") == 302
    step = action.milestones.get()
    assert press(client, plan, code, "reach", milestone=step.pk) == 302
    assert press(
        client, plan, code, "measure", title="Pages", unit="people", baseline="5", target="50",
        baseline_on="2026-01-01",
    ) == 302  # fmt: skip
    success = action.successes.get()
    said = {"success": success.pk, "value": "12", "observed_on": "2026-08-01"}
    assert press(client, plan, code, "observe", **said) == 302
    assert press(client, plan, code, "observe", **{**said, "value": "14"}) == 302
    assert [int(one.value) for one in success.observations.all()] == [14]
    assert press(client, plan, code, "evidence", title="Page", url="https://x.example/a") == 302
    page = client.get(address("plan_action", plan, code)).content.decode()
    for words in (
        "Two are up.",
        "Reached: Half",
        "Pages: from 5 to 50 people",
        "https://x.example/a",
        "<svg",
    ):
        assert words in page
    shown = action.evidence.get()
    assert press(client, plan, code, "drop-evidence", evidence=shown.pk) == 302
    assert press(client, plan, code, "drop-measure", success=success.pk) == 302
    assert press(client, plan, code, "drop-milestone", milestone=step.pk) == 302
    assert not action.evidence.exists()
    assert not action.successes.exists()
    assert not action.milestones.exists()
    history = client.get(f"{address('plan_history', plan)}?code={code}").content.decode()
    assert "Half" in history


@pytest.mark.parametrize(
    ("what", "said", "words"),
    [
        ("move", {"verb": "stop", "why": " "}, "a reason"),
        ("move", {"verb": "fly"}, "cannot be done"),
        ("note", {"text": ""}, "Nothing is said yet"),
        ("note", {"delivery": "red", "text": ""}, "say why"),
        ("note", {"delivery": "purple"}, "Choose one of those shown"),
        ("milestone", {"title": "", "due_on": "tomorrow"}, "Give a day"),
        ("measure", {"baseline": "lots", "title": "Keep my words"}, "Keep my words"),
        ("measure", {"measure": "no.such"}, "Choose one of those shown"),
        ("evidence", {"url": "javascript:alert(1)"}, "not the address of a page"),
    ],
)
def test_what_cannot_be_used_says_why_and_stays(
    made: tuple[Plan, User], what: str, said: dict[str, str], words: str
) -> None:
    plan, lead = made
    action = an_action(plan, lead)
    page = signed_in(lead).post(address("plan_action_do", plan, action.code, what), said)
    assert page.status_code == 422
    assert words in page.content.decode()
    action.refresh_from_db()
    assert (action.state, action.notes.count(), action.successes.count()) == ("proposed", 0, 0)


def test_numbers_of_others_are_not_found(made: tuple[Plan, User]) -> None:
    plan, lead = made
    action, other = an_action(plan, lead), an_action(plan, lead)
    actions.add_milestone(actor=Actor.of(lead), action=other, title="Theirs")
    client = signed_in(lead)
    for what, name in (
        ("reach", "milestone"),
        ("drop-measure", "success"),
        ("drop-evidence", "evidence"),
    ):
        for value in (other.milestones.get().pk, "x", "9" * 40):
            assert press(client, plan, action.code, what, **{name: value}) == 404
    assert press(client, plan, action.code, "no-such-button") == 404


def test_the_board_moves_a_card_and_offers_only_what_one_may(made: tuple[Plan, User]) -> None:
    plan, lead = made
    action = an_action(plan, lead)
    steering = signed_in(a_member(plan.organisation, MemberRole.STEERING))
    member = signed_in(a_member(plan.organisation, MemberRole.CHAMPION))
    assert 'value="agree"' in steering.get(address("plan_board", plan)).content.decode()
    assert 'value="agree"' not in member.get(address("plan_board", plan)).content.decode()
    said = {"code": action.code, "verb": "agree"}
    assert member.post(address("plan_board_move", plan), said).status_code == 403
    assert steering.post(address("plan_board_move", plan), said).status_code == 302
    action.refresh_from_db()
    assert action.state == "agreed"


def test_the_plan_is_agreed_and_closed_by_its_buttons(made: tuple[Plan, User]) -> None:
    plan, lead = made
    client = signed_in(lead)
    client.post(address("plan_move", plan), {"verb": "agree"})
    plan.refresh_from_db()
    assert plan.state == "draft"  # it is empty
    an_action(plan, lead)
    for verb, state in (
        ("agree", "agreed"),
        ("close", "closed"),
        ("reopen", "agreed"),
        ("x", "agreed"),
    ):
        client.post(address("plan_move", plan), {"verb": verb})
        plan.refresh_from_db()
        assert plan.state == state


@pytest.mark.parametrize("name", [*SHEETS, "plan_settings", "plan_add", "plan_publish"])
def test_every_page_of_a_plan_is_marked_as_one_of_the_plans(
    made: tuple[Plan, User], name: str
) -> None:
    plan, lead = made
    an_action(plan, lead, "Show who does what")
    page = signed_in(lead).get(address(name, plan)).content.decode()
    plans = reverse("impact:plans", args=[plan.organisation.slug])
    assert f'href="{plans}" aria-current="page"' in page


def test_the_plate_says_what_stands_and_what_was_stopped(made: tuple[Plan, User]) -> None:
    plan, lead = made
    an_action(plan, lead, "Show who does what")
    moved(an_action(plan, lead, "Print a poster"), lead, "agree", "stop")
    tally = signed_in(lead).get(address("plan", plan)).context["tally"]
    assert (tally.actions, tally.stopped) == (1, 1)
