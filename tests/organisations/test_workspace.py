"""The shell of a workspace: its rail, what to do first, how areas stand, and its own affairs."""

import csv
import re
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.core.registries import (
    AreaReport,
    Standing,
    ToDo,
    ToDoSource,
    WorkspaceTab,
    area_reports,
    todo_sources,
    workspace_tabs,
)
from benchside.organisations import actions, queries, wording
from benchside.organisations.actions.definitions import decide_titles, forget_titles
from benchside.organisations.enums import Kind, MemberRole, TechnicianVerdict
from benchside.organisations.models import Membership, Organisation
from benchside.organisations.tasks import forget_what_applicants_do
from tests.factories.organisations import a_member, a_staff_list, a_unit, an_organisation
from tests.factories.people import give_app, person, sign_in

pytestmark = pytest.mark.django_db
HERE = "/org/northmoor/"


@pytest.fixture
def here() -> Organisation:
    return an_organisation()


@pytest.fixture
def lena(here: Organisation, client: Client) -> User:
    user = a_member(here, MemberRole.LEAD, "lena")
    sign_in(client, user)
    return user


def page(client: Client, path: str = HERE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def waits(client: Client) -> list[str]:
    context = client.get(HERE).context
    things = [context["next"], *context["later"]] if context["next"] else []
    return [thing.title for thing in things]


# --- what to do first ---------------------------------------------------------------------------
def test_a_new_lead_is_told_what_to_do_first(client: Client, lena: User) -> None:
    assert waits(client) == [
        "Add a second lock to your sign-in",
        "Bring in your staff list",
        "Invite a deputy lead",
        "Draw up your units",
        "Invite an HR steward",
    ]
    assert "First: add a second lock" in page(client)
    assert "Invite an HR steward" in page(client)


def test_what_is_done_is_asked_no_more(client: Client, here: Organisation, lena: User) -> None:
    give_app(lena)
    a_member(here, MemberRole.DEPUTY)
    a_unit(here)
    a_staff_list(here, a_member(here, MemberRole.HR_STEWARD))
    left = waits(client)
    assert left == ["Finish bringing in the staff list"]
    assert "/org/northmoor/staff/bring-in/" in client.get(HERE).context["next"].url


def test_a_school_is_asked_for_less(client: Client, here: Organisation, lena: User) -> None:
    Organisation.objects.update(kind=Kind.SCHOOL)
    give_app(lena)
    assert waits(client) == ["Bring in your staff list", "Invite a deputy lead"]


@pytest.mark.parametrize("role", [MemberRole.STEERING, MemberRole.SIGNER, MemberRole.EDITOR])
def test_others_are_asked_for_nothing(client: Client, here: Organisation, role: str) -> None:
    sign_in(client, a_member(here, role))
    assert waits(client) == []
    assert "Nothing waits for you" in page(client)


def test_whoever_sees_the_list_is_offered_a_second_lock(here: Organisation) -> None:
    for role in (MemberRole.DEPUTY, MemberRole.HR_STEWARD):
        client, user = Client(), a_member(here, role)
        sign_in(client, user)
        assert "Add a second lock to your sign-in" in waits(client)
        give_app(user)
        assert "Add a second lock to your sign-in" not in waits(client)
    assert client.get("/accounts/second-factor/").status_code == 200


# --- rail, areas, sheets ------------------------------------------------------------------------
AREAS = ["visibility", "recognition", "careers", "sustainability", "impact", "outreach"]


def a_sheet(key: str, area: str, path: str, *roles: str) -> WorkspaceTab:
    return WorkspaceTab(
        key=key,
        area=area,
        title=key.title(),
        url=lambda slug: f"/org/{slug}/{path}",
        roles=frozenset(roles),
    )


@pytest.mark.parametrize("area", AREAS)
def test_an_area_without_a_room_says_so(client: Client, lena: User, area: str) -> None:
    with workspace_tabs.opened(), area_reports.opened():
        workspace_tabs._items = {k: v for k, v in workspace_tabs._items.items() if not v.area}
        area_reports._items = {}
        assert "still being built" in page(client, f"{HERE}{area}/")
        assert page(client).count("Not here yet") == len(AREAS)


def test_the_sheets_of_an_area_are_tabs_on_each_of_them(client: Client, lena: User) -> None:
    with workspace_tabs.opened():
        for key, path in (("plans", "outreach/"), ("tours", "people/")):
            workspace_tabs.register(a_sheet(key, "outreach", path))
        workspace_tabs.register(a_sheet("secret", "outreach", "secret/", "signer-only"))
        inside = client.get(f"{HERE}people/")
        sheets = [(one.title, one.current) for one in inside.context["area_sheets"]]
        assert ("Plans", False) in sheets
        assert "Secret" not in dict(sheets)
        assert 'aria-label="Sheets of outreach"' in inside.content.decode()
    assert client.get(f"{HERE}people/").context["area_sheets"] == []


def test_an_area_of_one_sheet_is_that_sheet(client: Client, lena: User) -> None:
    with workspace_tabs.opened():
        workspace_tabs.register(a_sheet("skills", "sustainability", "sustainability/skills/"))
        answer = client.get(f"{HERE}sustainability/")
        assert answer["Location"] == f"{HERE}sustainability/skills/"


def test_the_rail_marks_one_place(client: Client, lena: User) -> None:
    for path, title in (("", "Overview"), ("people/", "People"), ("impact/", "Impact")):
        answer = client.get(f"{HERE}{path}", follow=True)
        assert [one.title for one in answer.context["rail"] if one.current] == [title]


def test_the_rail_shows_what_a_role_opens(client: Client, here: Organisation) -> None:
    sign_in(client, a_member(here, MemberRole.STEERING))
    titles = [one.title for one in client.get(HERE).context["rail"]]
    assert titles[:7] == ["Overview", *(area.title() for area in AREAS)]
    assert not {"Invitations", "Hand over", "What was done", "Staff list"} & set(titles)


def test_progress_and_freshness_of_an_area(client: Client, lena: User) -> None:
    half = Standing(done=3, total=8, words="3 of 8 plans agreed", as_of=date(2026, 10, 31))
    with area_reports.opened(), todo_sources.opened():
        area_reports.register(AreaReport(key="t", area="outreach", standing=lambda _: half))
        todo_sources.register(
            ToDoSource(
                key="t",
                things=lambda *_: [
                    ToDo(title="Agree a <b>plan</b>", why="W", do="Agree", url="/x/", order=-1)
                ],
            )
        )
        shown = page(client)
        assert 'aria-valuemax="8" aria-valuenow="3"' in shown
        assert "3 of 8 plans agreed" in shown
        assert "31 Oct 2026" in shown
        assert "First: agree a &lt;b&gt;plan" in shown


# --- people -------------------------------------------------------------------------------------
def test_people_sort_filter_and_page(client: Client, here: Organisation, lena: User) -> None:
    unit = a_unit(here, "Zoology")
    for number in range(30):
        a_member(here, MemberRole.CHAMPION, f"p{number:02}", unit=unit)
    first = page(client, f"{HERE}people/")
    assert "31 roles" in first
    assert "P29" not in first
    assert "P29" in page(client, f"{HERE}people/?page=2")
    assert "P29" in page(client, f"{HERE}people/?sort=-name")
    assert "31 roles" in page(client, f"{HERE}people/?sort=nonsense&role=king")
    assert "30 roles" in page(client, f"{HERE}people/?q=zool")
    assert "1 role " in page(client, f"{HERE}people/?role=lead").replace("<", " <")
    assert "Nobody found" in page(client, f"{HERE}people/?q=%00%25&ended=yes")


def test_the_spreadsheet_runs_no_formula_and_holds_no_address(
    client: Client, here: Organisation, lena: User
) -> None:
    evil = a_member(here, MemberRole.MANAGER, "evil", unit=a_unit(here, "+cmd|' /C calc'!A0"))
    User.objects.filter(pk=evil.pk).update(name='=HYPERLINK("https://evil.example")')
    answer = client.get(f"{HERE}people.csv?sort=name")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Name", "Role", "Unit", "From", "Until"]
    assert len(rows) == 3
    assert rows[1][0] == '\'=HYPERLINK("https://evil.example")'
    assert rows[1][2].startswith("'+cmd")
    assert "northmoor.example" not in answer.content.decode()


def test_people_ask_the_database_as_often_for_many(
    client: Client, here: Organisation, lena: User, django_assert_max_num_queries: Any
) -> None:
    paths = ("", "people/", "people.csv", "audit/", "hand-over/", "details/")
    counted: dict[str, list[int]] = {path: [] for path in paths}
    for most in (2, 40):
        for number in range(Membership.objects.count(), most):
            added = a_member(here, MemberRole.STEERING, f"p{number}")
            membership = Membership.objects.get(user=added)
            if number % 2:
                actions.end_membership(actor=Actor.of(lena), membership=membership)
        for path in paths:
            client.get(f"{HERE}{path}")
            # The overview asks every room what waits and how its area stands.
            with django_assert_max_num_queries(30) as asked:
                assert client.get(f"{HERE}{path}").status_code == 200
            counted[path].append(len(asked))
    assert {path: one for path, one in counted.items() if one[0] != one[1]} == {}


# --- details ------------------------------------------------------------------------------------
def test_details_keep_what_was_typed_and_say_what_is_wrong(client: Client, lena: User) -> None:
    form = {"name": "Northmoor Uni", "town": "Moor", "nation": "wales", "website": "not an address"}
    wrong = client.post(f"{HERE}details/", form)
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert 'value="not an address"' in text
    assert 'value="Northmoor Uni"' in text
    assert "Type an address such as" in text
    assert Organisation.objects.get().name == "Northmoor"
    assert client.post(f"{HERE}details/", {**form, "website": "n.example"}).status_code == 302
    kept = Organisation.objects.get()
    assert (kept.name, kept.nation, kept.website, kept.slug) == (
        "Northmoor Uni",
        "wales",
        "https://n.example",
        "northmoor",
    )
    assert "name, town, nation, website" in page(client, f"{HERE}audit/")


@pytest.mark.parametrize("more", [{"state": "closed"}, {"urn": "123456"}, {"slug": "x"}])
def test_details_change_nothing_else(client: Client, lena: User, more: dict[str, str]) -> None:
    before = Organisation.objects.values("state", "urn", "slug").get()
    client.post(f"{HERE}details/", {"name": "N", "nation": "wales", **more})
    assert Organisation.objects.values("state", "urn", "slug").get() == before


def test_others_see_details_and_change_none(client: Client, here: Organisation) -> None:
    sign_in(client, a_member(here, MemberRole.STEERING))
    assert "Keep these details" not in page(client, f"{HERE}details/")
    form = {"name": "Mine", "nation": "wales"}
    assert client.post(f"{HERE}details/", form).status_code == 403
    sign_in(client, a_member(an_organisation("southmoor")))
    assert client.post(f"{HERE}details/", form).status_code == 404
    assert Organisation.objects.get(slug="northmoor").name == "Northmoor"


# --- what was done ------------------------------------------------------------------------------
def test_history_is_told_in_words_narrowed_and_paged(
    client: Client, here: Organisation, lena: User
) -> None:
    steward = a_member(here, MemberRole.HR_STEWARD, "hari")
    a_staff_list(here, steward)
    actions.add_unit(actor=Actor.of(lena), organisation=here, name="Kiln", above=None)
    everything = page(client, f"{HERE}audit/")
    assert "Applied a staff list" in everything
    assert "staff.csv of 31/10/2026" in everything
    assert "Added a unit" in everything
    assert "staff_list" not in everything.replace('value="staff_list"', "")
    units = page(client, f"{HERE}audit/?about=unit")
    assert "1 act," in units
    assert "Kiln" in units
    by_hari = page(client, f"{HERE}audit/?by={steward.person_id}")
    assert "Added a unit" not in by_hari
    assert "Nothing of this kind" in page(client, f"{HERE}audit/?about=unit&by={steward.person_id}")
    for odd in ("about=nonsense", "by=nonsense", "by=%00", "page=999", "page=x"):
        assert client.get(f"{HERE}audit/?{odd}").status_code == 200
    for number in range(60):
        actions.add_unit(actor=Actor.of(lena), organisation=here, name=f"U{number}", above=None)
    assert "page=2" in page(client, f"{HERE}audit/?about=unit")
    assert "Kiln" in page(client, f"{HERE}audit/?about=unit&page=2")


def test_history_has_words_for_all_that_is_done_to_an_organisation() -> None:
    """The pages of history show acts whose subject is an organisation or a staff list."""
    folder = Path(wording.__file__).parent / "actions"
    source = " ".join(file.read_text() for file in folder.glob("*.py"))
    verbs = re.findall(
        r'acting\(\s*"([a-z_.]+)",[^)]*?subject=(?:organisation|\w+\.organisation)', source
    )
    assert len(verbs) > 15
    assert [verb for verb in verbs if verb not in wording.TOLD] == []


def test_history_names_the_titles_that_were_decided(
    client: Client, here: Organisation, lena: User
) -> None:
    titles = [f"Bench hand {letter}" for letter in "ABCDEFG"]
    decide_titles(
        actor=Actor.of(lena),
        organisation=here,
        titles=titles,
        verdict=TechnicianVerdict.LIKELY,
    )
    assert "bench hand e and 2 more: likely" in page(client, f"{HERE}audit/?about=title")
    forget_titles(actor=Actor.of(lena), organisation=here, titles=titles[:1])
    assert ">bench hand a<" in page(client, f"{HERE}audit/?about=title")


def test_history_is_of_one_organisation(client: Client, here: Organisation, lena: User) -> None:
    there = an_organisation("southmoor")
    actions.add_unit(actor=Actor.of(a_member(there)), organisation=there, name="Theirs", above=None)
    a_staff_list(there, a_member(there, MemberRole.HR_STEWARD))
    assert "0 acts" in page(client, f"{HERE}audit/") or "Nothing" in page(client, f"{HERE}audit/")


# --- what is forgotten --------------------------------------------------------------------------
def test_what_an_applicant_does_is_forgotten_a_year_after_the_decision() -> None:
    tess = person("tess@example.org")
    decider = person("dora@example.org")
    decider.user_permissions.add(Permission.objects.get(codename="decide_organisation"))
    made = [
        actions.apply(
            actor=Actor.of(tess),
            applicant=tess,
            details={"name": name, "kind": Kind.SCHOOL, "job": "Technician"},
        )
        for name in ("Old", "New", "Waiting")
    ]
    for one in made[:2]:
        actions.approve(actor=Actor.of(User.objects.get(pk=decider.pk)), organisation=one)
    long_ago = timezone.now() - timedelta(days=366)
    Organisation.objects.filter(name="Old").update(decided_at=long_ago)
    Organisation.objects.filter(name="Waiting").update(applied_at=long_ago)
    forget_what_applicants_do.func()
    assert dict(Organisation.objects.values_list("name", "job")) == {
        "Old": "",
        "New": "Technician",
        "Waiting": "Technician",
    }


def test_its_numbers_count_each_person_once_and_nothing_that_is_over(here: Organisation) -> None:
    twice = a_member(here, MemberRole.DEPUTY)
    Membership.objects.create(organisation=here, user=twice, role=MemberRole.EDITOR)
    gone = a_member(here, MemberRole.EDITOR, "gone")
    Membership.objects.filter(user=gone).update(ended_on=timezone.localdate())
    other = an_organisation("southmoor")
    a_member(other)
    for name in ("Physics", "Closed"):
        a_unit(here, name)
    a_unit(other, "Theirs")
    here.units.filter(name="Closed").update(closed_on=timezone.localdate())
    open_units = here.units.filter(closed_on=None).count()
    found = queries.numbers_of(here)
    assert (found.people, found.units, found.open_invitations) == (1, open_units, 0)
    assert queries.numbers_of(an_organisation("empty")) == queries.Numbers(0, 0, 0)
