"""Pages of charters: what everybody reads, what members do, what officers run."""

import csv
import io
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import feedparser
import icalendar
import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from benchside.accounts.models import User
from benchside.assessment.models import Submission
from benchside.core.actions import Actor
from benchside.core.registries import panels_at
from benchside.impact.charters import actions, links, queries
from benchside.impact.charters.deadlines import months_on, plain
from benchside.impact.charters.desk.forms import filled
from benchside.impact.charters.files import FIRST_RULES
from benchside.impact.charters.forms import ExtensionForm
from benchside.impact.enums import Part
from benchside.impact.models import Charter, CharterRules, Cycle, Plan, Signatory
from benchside.impact.plans.forms import NewAction, PlanForm
from benchside.organisations.enums import MemberRole, Nation
from benchside.organisations.models import Organisation
from tests.factories.charters import (
    a_charter,
    a_cohort,
    a_signatory,
    an_officer,
    cycle_of,
    officer,
    recommended,
    sent_in,
)
from tests.factories.organisations import a_member, an_organisation

pytestmark = pytest.mark.django_db
PUBLIC = "/charters/bench-charter/"
INSIDE = "/org/northmoor/impact/charters/bench-charter/"
DESK = "/desk/charters/bench-charter/"


@pytest.fixture
def charter() -> Charter:
    return a_charter()


@pytest.fixture
def here() -> Organisation:
    return an_organisation("northmoor")


@pytest.fixture
def lead(here: Organisation) -> User:
    return a_member(here)


@pytest.fixture
def signatory(charter: Charter, here: Organisation, lead: User) -> Signatory:
    return a_signatory(charter, here)


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


# --- for everybody -------------------------------------------------------------------------------
def test_public_pages_set_no_cookie_and_may_be_kept(client: Client, signatory: Signatory) -> None:
    for path in ("/charters/", PUBLIC, f"{PUBLIC}northmoor/", "/charters/bench-charter.csv",
                 "/charters/bench-charter.atom", "/charters/bench-charter.ics"):  # fmt: skip
        response = client.get(path)
        assert (response.status_code, dict(response.cookies)) == (200, {}), path
        assert response["Cache-Control"] == "public, no-cache", path


def test_a_page_says_since_when_which_stage_and_whom_to_write_to(
    client: Client, signatory: Signatory
) -> None:
    html = client.get(f"{PUBLIC}northmoor/").content.decode()
    due = cycle_of(signatory).due_on
    for words in ("Connie Contact", "connie@example.org", f"{due.day} {due:%B %Y}", "TCS-000001"):
        assert words in html
    assert "plan/" not in html
    Plan.objects.create(
        organisation=signatory.organisation, cycle=cycle_of(signatory), title="Plan",
        starts_on=due, ends_on=months_on(due, 24), published_at=timezone.now(),
    )  # fmt: skip
    assert f'href="{PUBLIC}northmoor/plan/"' in client.get(f"{PUBLIC}northmoor/").content.decode()


def test_nobody_is_shown_before_the_announcement(
    client: Client, charter: Charter, here: Organisation, lead: User
) -> None:
    actions.begin_signing(actor=Actor.of(lead), charter=charter, organisation=here)
    assert "Northmoor" not in client.get(PUBLIC).content.decode()
    assert client.get(f"{PUBLIC}northmoor/").status_code == 404
    assert client.get("/charters/no-such/").status_code == 404


def test_who_left_is_gone_from_the_list_and_the_page_says_until_when(
    client: Client, signatory: Signatory
) -> None:
    day = timezone.localdate() - timedelta(days=3)
    actions.say_left(actor=officer(), signatory=signatory, reason="It asked to leave", on=day)
    assert "Northmoor" not in client.get(PUBLIC).content.decode()
    html = client.get(f"{PUBLIC}northmoor/").content.decode()
    assert f"{day.day} {day:%B %Y}" in html
    assert "connie@example.org" not in html


def test_the_list_is_searched_filtered_sorted_and_taken_along(
    client: Client, charter: Charter, signatory: Signatory
) -> None:
    welsh = an_organisation("cwm", nation=Nation.WALES, name="=Cwm()")
    a_signatory(charter, welsh, announced=date(2019, 12, 1), stage=3)
    body = an_organisation("society", kind="body")
    a_signatory(charter, body, part=Part.SUPPORTER)

    def names(asked: str) -> list[str]:
        text = client.get(f"/charters/bench-charter.csv?{asked}").content.decode()
        return [row["Organisation"] for row in rows(text)]

    assert names("") == ["'=Cwm()", "Northmoor", "Society"]  # no cell is a formula
    assert names("nation=wales") == ["'=Cwm()"]
    assert names("stage=3") == ["'=Cwm()"]
    assert names("part=supporter") == ["Society"]
    assert names("kind=body") == ["Society"]
    assert names("q=NORTH") == ["Northmoor"]
    assert names("sort=-since")[-1] == "'=Cwm()"
    cohort = charter.cohorts.get(announced_on=date(2019, 12, 1))
    assert names(f"cohort={cohort.pk}") == ["'=Cwm()"]
    for odd in ("cohort=x", "stage=²", "nation=mars", "sort=magic", "q=%00"):
        assert client.get(f"{PUBLIC}?{odd}").status_code == 200


@pytest.mark.parametrize("path", [PUBLIC, "/charters/bench-charter.csv"])
def test_a_longer_list_asks_the_database_no_more(
    client: Client, charter: Charter, path: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(2):
        a_signatory(charter, an_organisation(f"one-{number}"))
    with django_assert_max_num_queries(15) as few:
        client.get(path)
    for number in range(12):
        a_signatory(charter, an_organisation(f"more-{number}"))
    with django_assert_max_num_queries(15) as many:
        client.get(path)
    assert len(few) == len(many)


def test_the_feed_is_read_by_somebody_elses_reader(client: Client, signatory: Signatory) -> None:
    found = feedparser.parse(client.get("/charters/bench-charter.atom").content)
    assert not found.bozo
    assert [one.title for one in found.entries] == ["Northmoor"]
    assert found.entries[0].link.endswith(f"{PUBLIC}northmoor/")


def test_the_windows_as_a_calendar(client: Client, charter: Charter) -> None:
    text = client.get("/charters/bench-charter.ics").content
    days = [one["DTSTART"].dt for one in icalendar.Calendar.from_ical(text).walk("VEVENT")]
    assert {(day.month, day.day) for day in days} == {(1, 31), (7, 31)}
    assert len(days) == len(set(days)) == 8  # a year back, three ahead


# --- a lead's own calendar -----------------------------------------------------------------------
def test_a_lead_has_their_days_until_the_role_ends(
    client: Client, signatory: Signatory, lead: User
) -> None:
    path = f"/charters/mine/{links.token_of(signatory, lead)}.ics"
    response = client.get(path)
    assert response["Cache-Control"] == "private, no-store"
    found = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    due = cycle_of(signatory).due_on
    assert [one["DTSTART"].dt for one in found] == [
        months_on(due, -6), months_on(due, -3), months_on(due, -2), due,
    ]  # fmt: skip
    lead.memberships.update(ended_on=timezone.localdate())
    assert client.get(path).status_code == 404


def test_a_forged_calendar_link_opens_nothing(
    client: Client, signatory: Signatory, lead: User
) -> None:
    token = links.token_of(signatory, lead)
    other = links.token_of(signatory, a_member(an_organisation("southmoor")))
    for forged in (token[:-1] + ("a" if token[-1] != "a" else "b"), "1-2.x", other):
        assert client.get(f"/charters/mine/{forged}.ics").status_code == 404


# --- in the workspace ----------------------------------------------------------------------------
def test_another_organisation_finds_nothing(signatory: Signatory) -> None:
    other = as_user(a_member(an_organisation("southmoor")))
    for path in (INSIDE, "/org/northmoor/impact/charters/", f"{INSIDE}response/1/"):
        assert other.get(path).status_code == 404
        assert other.post(path, {"verb": "begin", "stage": "1"}).status_code in {404, 405}


def test_a_lead_signs_with_the_head_on_the_pages(
    charter: Charter, here: Organisation, lead: User
) -> None:
    page = as_user(lead)
    assert "Begin" in page.get("/org/northmoor/impact/charters/").content.decode()
    page.post(INSIDE, {"verb": "begin_signing", "part": "signatory"})
    given = {"verb": "details", "head_name": "Vera Head", "head_post": "", "contact_name": "Con",
             "contact_email": "nonsense"}  # fmt: skip
    answer = page.post(INSIDE, given)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Vera Head"' in html  # nothing typed is lost
    assert 'value="nonsense"' in html
    page.post(INSIDE, {**given, "head_post": "Director", "contact_email": "con@example.org"})
    page.post(INSIDE, {"verb": "sign_lead"})
    signer = as_user(a_member(here, MemberRole.SIGNER))
    wrong = signer.post(INSIDE, {"verb": "sign_head", "typed": "Somebody"})
    assert (wrong.status_code, "not the name of the head" in wrong.content.decode()) == (422, True)
    signer.post(INSIDE, {"verb": "sign_head", "typed": "Vera Head"})
    assert Signatory.objects.get().state == "signed"


def test_who_may_not_is_shown_no_button_and_is_refused(
    signatory: Signatory, here: Organisation
) -> None:
    champion = as_user(a_member(here, MemberRole.CHAMPION))
    html = champion.get(INSIDE).content.decode()
    assert 'value="begin"' not in html
    assert 'value="extend"' not in html
    contact = {"verb": "contact", "contact_name": "X", "contact_email": "x@example.org"}
    for given in ({"verb": "begin", "stage": "1"}, {"verb": "extend", "why": "Please."}, contact):
        assert champion.post(INSIDE, given).status_code == 403
    assert not Submission.objects.exists()


def test_a_stage_is_begun_from_the_page_and_leads_to_its_form(
    signatory: Signatory, lead: User
) -> None:
    answer = as_user(lead).post(INSIDE, {"verb": "begin", "stage": "1"})
    made = Submission.objects.get()
    assert answer["Location"] == f"/forms/{made.key}/"
    assert f"/forms/{made.key}/" in as_user(lead).get(INSIDE).content.decode()


def test_odd_posts_do_nothing(signatory: Signatory, lead: User) -> None:
    page = as_user(lead)
    for given in ({}, {"verb": "magic"}):
        assert page.post(INSIDE, given).status_code == 302
    for stage in ("", "-1", "9999999999", "²", "7"):
        assert page.post(INSIDE, {"verb": "begin", "stage": stage}).status_code == 404
    assert page.post(INSIDE, {"verb": "extend", "why": ""}).status_code == 422
    assert not Submission.objects.exists()


def test_the_extension_is_taken_on_the_page_once(signatory: Signatory, lead: User) -> None:
    page, due = as_user(lead), cycle_of(signatory).due_on
    page.post(INSIDE, {"verb": "extend", "why": "Our lead left."})
    assert cycle_of(signatory).due_on > due
    assert "Your one extension was taken" in page.get(INSIDE).content.decode()
    again = page.post(INSIDE, {"verb": "extend", "why": "Again, please."})
    assert (again.status_code, "Again, please." in again.content.decode()) == (422, False)


def test_a_recommendation_is_answered_and_kept_apart(
    signatory: Signatory, lead: User, here: Organisation
) -> None:
    cycle = cycle_of(signatory)
    page = as_user(lead)
    assert page.get(f"{INSIDE}response/1/").status_code == 404  # nothing is released
    made = sent_in(cycle, lead)
    one = recommended(made)
    path = f"{INSIDE}response/1/"
    empty = page.post(path, {"verb": "respond", "feedback": one.pk, f"r{one.pk}-text": ""})
    assert empty.status_code == 422
    page.post(path, {"verb": "respond", "feedback": one.pk, f"r{one.pk}-text": "We will."})
    one.refresh_from_db()
    assert one.response == "We will."
    assert "1 of 1 recommendation answered" in page.get(path).content.decode()
    champion = as_user(a_member(here, MemberRole.CHAMPION))
    given = {"verb": "respond", "feedback": one.pk, f"r{one.pk}-text": "No."}
    assert champion.post(path, given).status_code == 403


def test_feedback_of_another_organisation_cannot_be_answered(
    charter: Charter, signatory: Signatory, lead: User
) -> None:
    other = a_member(an_organisation("southmoor"))
    theirs = a_signatory(charter, other.memberships.get().organisation)
    foreign = recommended(sent_in(cycle_of(theirs), other))
    recommended(sent_in(cycle_of(signatory), lead))
    given = {"verb": "respond", "feedback": foreign.pk, f"r{foreign.pk}-text": "Ours."}
    assert as_user(lead).post(f"{INSIDE}response/1/", given).status_code == 404
    foreign.refresh_from_db()
    assert foreign.response == ""


def test_panels_tell_writers_the_day_and_reviewers_the_stage(
    signatory: Signatory, lead: User
) -> None:
    made = actions.begin_self_assessment(actor=Actor.of(lead), cycle=cycle_of(signatory))
    ((_, form),) = [
        one for one in panels_at("assessment.form", str(made.key)) if "charters" in one[0].key
    ]
    assert [one["title"] for one in form["reminders"]] == [
        "Ask technicians", "Take it to the steering group", "Take it to the executive",
    ]  # fmt: skip
    ((_, review),) = [
        one for one in panels_at("assessment.review", str(made.key)) if "charters" in one[0].key
    ]
    assert review["cycle"].stage == 1
    assert [
        one for one in panels_at("assessment.form", str(uuid4())) if "charters" in one[0].key
    ] == []


# --- at the desk ---------------------------------------------------------------------------------
@pytest.fixture
def desk(charter: Charter) -> Client:
    return as_user(User.objects.get(email="officer@charter.example"))


def test_the_desk_is_for_officers_alone(charter: Charter, lead: User) -> None:
    editor = a_member(an_organisation("southmoor"), MemberRole.EDITOR)
    for path in ("/desk/charters/", DESK, f"{DESK}rules/", f"{DESK}due.csv", f"{DESK}signatories/"):
        for user in (lead, editor):
            assert as_user(user).get(path).status_code in {302, 404}, path
        assert Client().get(path).status_code == 302


def test_what_is_due_is_listed_sorted_and_taken_along(
    desk: Client, charter: Charter, signatory: Signatory, lead: User
) -> None:
    late = a_signatory(charter, an_organisation("late-hall"))
    Cycle.objects.filter(signatory=late).update(due_on=timezone.localdate() - timedelta(days=9))
    sent_in(cycle_of(signatory), lead)
    found = rows(desk.get(f"{DESK}due.csv?phase=late").content.decode())
    assert [(one["Organisation"], one["Stands"]) for one in found] == [("Late Hall", "Late")]
    found = rows(desk.get(f"{DESK}due.csv?phase=sent").content.decode())
    assert [one["Organisation"] for one in found] == ["Northmoor"]
    book = load_workbook(io.BytesIO(desk.get(f"{DESK}due.xlsx?phase=all").content))
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == [
        "Late Hall", "Northmoor", "Northmoor",
    ]  # fmt: skip
    for odd in ("phase=magic", "window=20x7-1", "stage=²", "sort=-magic", "cohort=x", "q=%00"):
        assert desk.get(f"{DESK}?{odd}").status_code == 200, odd


def test_officers_remind_whom_they_tick(
    desk: Client, charter: Charter, signatory: Signatory
) -> None:
    nobody = a_signatory(charter, an_organisation("nobody-hall"))
    other = a_signatory(a_charter("other", name="Other"), an_organisation("elsewhere"))
    ticked = [cycle_of(one).pk for one in (signatory, nobody, other)]
    html = desk.post(DESK, {"cycle": ticked}, follow=True).content.decode()
    assert "1 is reminded" in html
    assert "Nobody leads it there" in html
    assert cycle_of(signatory).reminders.count() == 1
    assert cycle_of(other).reminders.count() == 0  # of another charter


def test_rules_are_previewed_before_they_hold(
    desk: Client, charter: Charter, signatory: Signatory
) -> None:
    given = {name: value for name, value in filled(FIRST_RULES).items() if value is not None}
    given |= {"windows": "30 April, 31 Oct", "valid_from": timezone.localdate().isoformat()}
    due = cycle_of(signatory).due_on
    html = desk.post(f"{DESK}rules/", {**given, "verb": "preview"}).content.decode()
    assert "Stages that would move: 1" in html
    assert (cycle_of(signatory).due_on, CharterRules.objects.count()) == (due, 1)
    desk.post(f"{DESK}rules/", {**given, "verb": "apply"})
    assert cycle_of(signatory).due_on != due
    kept = charter.rules.first()
    assert kept is not None
    assert kept.content == plain(FIRST_RULES) | {"windows": ["04-30", "10-31"]}
    wrong = desk.post(f"{DESK}rules/", {**given, "windows": "31 Smarch", "verb": "apply"})
    assert (wrong.status_code, "not a day of every year" in wrong.content.decode()) == (422, True)


def test_officers_answer_set_days_and_part_on_the_page(
    desk: Client, charter: Charter, signatory: Signatory
) -> None:
    page = f"{DESK}signatories/{signatory.pk}/"
    day = (timezone.localdate() + timedelta(days=200)).isoformat()
    assert desk.post(page, {"verb": "override", "stage": "1", "due_on": day}).status_code == 422
    desk.post(page, {"verb": "override", "stage": "1", "due_on": day, "why": "A flood."})
    assert cycle_of(signatory).due_on.isoformat() == day
    html = desk.get(page).content.decode()
    assert "A flood." in html
    given = {"verb": "leave", "reason": "It asked to leave", "on": timezone.localdate().isoformat()}
    desk.post(page, given)
    signatory.refresh_from_db()
    assert signatory.state == "left"
    other = a_charter("other", name="Other")
    assert desk.get(f"/desk/charters/{other.slug}/signatories/{signatory.pk}/").status_code == 404


def test_a_charter_is_made_with_cohort_and_earlier_signatory(here: Organisation) -> None:
    desk = as_user(an_officer())
    a_charter("other", name="Other")  # and with it the standards
    given = {
        "name": "New",
        "slug": "new-charter",
        "owner": "We",
        "is_open": "on",
        "status_standard": "charter-signatory",
        "supporter_standard": "charter-supporter",
    }
    assert desk.post("/desk/charters/new/", {**given, "slug": "other"}).status_code == 422
    desk.post("/desk/charters/new/", given)
    made = Charter.objects.get(slug="new-charter")
    here_url = f"/desk/charters/{made.slug}/"
    desk.post(f"{here_url}cohorts/", {"title": "First", "announced_on": "2019-12-01"})
    assert desk.post(f"{here_url}cohorts/", {"title": "", "announced_on": "x"}).status_code == 422
    cohort = made.cohorts.get()
    record = {"organisation": "northmoor", "cohort": cohort.pk, "part": "signatory", "stage": "3"}
    wrong = desk.post(f"{here_url}signatories/record/", {**record, "organisation": "no-such"})
    assert (wrong.status_code, "no open organisation" in wrong.content.decode()) == (422, True)
    desk.post(f"{here_url}signatories/record/", record)
    assert queries.public_signatories(made).get().now_due == date(2026, 1, 31)
    cohort_page = f"{here_url}cohorts/{cohort.pk}/"
    moved = desk.post(cohort_page, {"title": "First", "announced_on": "2019-11-01"})
    assert (moved.status_code, "the day stands" in moved.content.decode()) == (422, True)


def test_empty_desks_say_what_to_do_first(desk: Client, charter: Charter) -> None:
    for path in (
        DESK,
        f"{DESK}rounds/",
        f"{DESK}cohorts/",
        f"{DESK}signatories/",
        f"{DESK}rounds/2031-01/",
    ):
        assert "desk-first" in desk.get(path).content.decode(), path
    Charter.objects.all().delete()
    assert "Make a charter" in desk.get("/desk/charters/").content.decode()


def test_a_longer_due_list_asks_the_database_no_more(
    desk: Client, charter: Charter, django_assert_max_num_queries: Any
) -> None:
    a_cohort(charter, date(2020, 1, 1))
    for number in range(2):
        a_signatory(charter, an_organisation(f"one-{number}"))
    desk.get(DESK)
    with django_assert_max_num_queries(30) as few:
        desk.get(DESK)
    for number in range(12):
        a_signatory(charter, an_organisation(f"more-{number}"))
    with django_assert_max_num_queries(30) as many:
        desk.get(DESK)
    assert len(few) == len(many)


def test_what_is_left_empty_is_told_what_to_do() -> None:
    assert ExtensionForm({}).errors["why"] == ["Fill this in."]
    assert NewAction({}).errors["title"] == ["Fill this in."]
    assert PlanForm({"title": "Plan"}).errors["starts_on"] == ["Give a day, such as 31/07/2027."]
