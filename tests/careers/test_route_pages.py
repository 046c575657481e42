"""The list of routes and the page of one: whose they are, what they lead to, when they closed."""

import csv
import json
import re
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from benchside.careers import actions
from benchside.careers.models import Role, Route
from benchside.careers.search import index_roles
from benchside.careers.tasks import routes_of_the_day
from benchside.core.actions import SYSTEM
from benchside.core.search.query import search

pytestmark = pytest.mark.usefixtures("catalogue")
LIST = "/careers/routes/"
SCIENCE = "/careers/routes/t-level-science/"
LAB = "/careers/routes/laboratory-technician-st0248/"
LAB_ROLE = "/careers/roles/laboratory-technician/"


def show(client: Client, url: str, status: int = 200) -> Any:
    response = client.get(url)
    assert response.status_code == status
    return response.context


def slugs(context: Any) -> set[str]:
    return {row.route.slug for row in context["rows"]}


def main_of(client: Client, url: str) -> str:
    """The words of the page itself, without the shell and without what only machines read."""
    page = client.get(url).content.decode()
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<script.*?</script>|<[^>]+>", " ", main, flags=re.S))


def jsonld(client: Client, url: str) -> dict[str, Any] | None:
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>',
        client.get(url).content.decode(),
        re.DOTALL,
    )
    return json.loads(found.group(1)) if found else None


def lab() -> Route:
    return Route.objects.get(slug="laboratory-technician-st0248")


# --- the list -------------------------------------------------------------------------------------
def test_list_says_whose_routes_they_are(client: Client) -> None:
    context = show(client, LIST)
    assert context["heading"] == "98 routes in England"
    assert len(context["rows"]) == context["page_size"] == 25
    assert [label for _, label, _, _ in context["switch"]] == [
        "England", "Scotland", "Wales", "Northern Ireland",
    ]  # fmt: skip


@pytest.mark.parametrize("nation", ["wales", "scotland", "northern-ireland"])
def test_no_english_route_is_shown_as_another_nations(client: Client, nation: str) -> None:
    context = show(client, f"{LIST}?nation={nation}")
    assert (context["total"], context["rows"], context["is_unlisted"]) == (0, [], True)
    assert [one["slug"] for one in context["nations"]] == [nation]
    text = main_of(client, f"{LIST}?nation={nation}")
    assert not re.search(r"T Level|V Level|ST\d{4}|technical qualification", text)
    assert all(way.name in text for way in context["nations"][0]["ways"])
    page = client.get(f"{LIST}?nation={nation}").content.decode()
    assert all(way.url in page for way in context["nations"][0]["ways"])


def test_filters_narrow_and_count(client: Client) -> None:
    context = show(client, f"{LIST}?kind=t-level&kind=degree")
    assert context["total"] == Route.objects.filter(kind__in=["t-level", "degree"]).count() == 16
    facets = {facet.name: facet for facet in context["facets"]}
    assert {one.value: one.count for one in facets["level"].options}["3"] == 15
    health = show(client, f"{LIST}?sector=health&level=3")
    wanted = Route.objects.filter(roles__sector__slug="health", level=3).distinct()
    assert health["total"] == wanted.count() > 0
    assert slugs(health) <= set(wanted.values_list("slug", flat=True))


def test_sorting_is_by_level_length_and_kind(client: Client) -> None:
    levels = [row.route.level for row in show(client, f"{LIST}?sort=level")["rows"]]
    assert levels == sorted(levels)
    months = [row.route.months for row in show(client, f"{LIST}?sort=length")["rows"]]
    assert months == sorted(months)
    kinds = [row.route.kind for row in show(client, f"{LIST}?sort=kind&page=4")["rows"]]
    assert kinds[-1] == "t-level"


def test_words_find_a_route_by_reference_and_by_its_jobs(client: Client) -> None:
    index_roles()
    assert "laboratory-technician-st0248" in slugs(show(client, f"{LIST}?q=ST0248"))
    assert show(client, f"{LIST}?q=veterinary+nurse")["rows"][0].route.reference == "ST0343"


def test_route_that_opens_none_of_our_roles_waits_to_be_asked_for(client: Client) -> None:
    facts = {"kind": "higher", "title": "Wig maker", "source": lab().source, "as_of": "2026-01-01"}
    Route.objects.create(slug="wig-maker-st9999", **facts)
    assert "wig-maker-st9999" not in slugs(show(client, f"{LIST}?kind=higher&q="))
    found = show(client, f"{LIST}?others=yes&kind=higher")
    assert found["total"] == 29
    facet = next(facet for facet in show(client, LIST)["facets"] if facet.name == "others")
    assert facet.options[0].count == 99
    page = client.get("/careers/routes/wig-maker-st9999/")
    assert page.status_code == 200
    assert "None of the hundred jobs" in page.content.decode()


@pytest.mark.parametrize(
    "query",
    ["kind=magic", "nation=kent", "sort=pay", "page=0", "page=many", "colour=red",
     "q=%3Cscript%3Ealert(1)%3C/script%3E", f"q={'x' * 5000}", "others=no"],
)  # fmt: skip
def test_what_cannot_be_used_is_named_and_the_rest_shown(client: Client, query: str) -> None:
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert response.context["ignored"] or query.startswith("q=%3C")


def test_page_beyond_the_last_is_a_404_that_shows_the_last(client: Client) -> None:
    context = show(client, f"{LIST}?page=99", 404)
    assert "This is the last, page 4." in context["ignored"][-1]


def test_table_holds_the_selection_on_all_its_pages(client: Client) -> None:
    response = client.get("/careers/routes.csv?kind=t-level&page=2&bogus=1")
    rows = list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert len(rows) == 15
    science = next(row for row in rows if row["slug"] == "t-level-science")
    assert (science["nation"], science["level"], science["months"]) == ("england", "3", "24")
    assert "laboratory-technician" in science["roles"].split("; ")
    assert (science["as_of"], science["licence"]) == ("2025-06-01", "Open Government Licence v3.0")


# --- one route ------------------------------------------------------------------------------------
def test_page_has_its_facts_its_jobs_and_what_comes_after(client: Client) -> None:
    context = show(client, LAB)
    assert context["route"].kind_name == "Advanced apprenticeship"
    assert {card.role.slug for card in context["cards"]} == set(
        Role.objects.filter(routes=lab()).values_list("slug", flat=True)
    )
    assert all(one.level > 3 for one in context["onward"])
    text = main_of(client, LAB)
    for said in ("ST0248", "About 18 months", "England", "Department for Education", "1 Jan 2021"):
        assert said in text
    assert "The employer chooses." in text


def test_jsonld_of_an_apprenticeship_and_of_a_course(client: Client) -> None:
    work = jsonld(client, LAB)
    assert work
    assert (work["@type"], work["timeToComplete"]) == ("WorkBasedProgram", "P18M")
    assert work["identifier"] == "ST0248"
    assert {one["codeValue"] for one in work["occupationalCategory"]} == set(
        Role.objects.filter(routes=lab()).values_list("soc2020", flat=True)
    )
    assert work["spatialCoverage"]["name"] == "England"
    course = jsonld(client, SCIENCE)
    assert course
    assert (course["@type"], course["timeToComplete"]) == ("EducationalOccupationalProgram", "P24M")
    assert not [key for key in (work | course) if "alary" in key or "rice" in key]


def test_old_facts_say_that_they_are_being_checked(client: Client, time_machine: Any) -> None:
    time_machine.move_to(date(2026, 12, 1))
    assert "We are checking this" in main_of(client, LAB)
    assert "We are checking this" not in main_of(client, SCIENCE)


@pytest.mark.parametrize("asked", ["Laboratory-Technician-ST0248", "laboratory_technician_st0248)"])
def test_other_spellings_lead_there(client: Client, asked: str) -> None:
    response = client.get(f"/careers/routes/{asked}/")
    assert (response.status_code, response["Location"]) == (301, LAB)


@pytest.mark.parametrize("asked", ["t-level-sience", "zzz", "%00", "<script>", "x" * 2000])
def test_unknown_route_is_a_kind_404(client: Client, asked: str) -> None:
    response = client.get(f"/careers/routes/{asked}/")
    assert response.status_code == 404
    assert b"<script>alert" not in response.content
    if asked == "t-level-sience":
        assert "t-level-science" in response.content.decode()


# --- closed ---------------------------------------------------------------------------------------
def everywhere(client: Client) -> dict[str, bool]:
    """Where readers and programs are told of the laboratory technician's apprenticeship."""
    role = json.loads(client.get("/api/v1/roles/laboratory-technician").content)
    listed = json.loads(client.get("/api/v1/routes?limit=100").content)["items"]
    return {
        "role page": "ST0248" in main_of(client, LAB_ROLE),
        "role jsonld": "Advanced apprenticeship: Laboratory" in str(jsonld(client, LAB_ROLE)),
        "role api": any(one["reference"] == "ST0248" for one in role["routes"]),
        "api list": any(one["reference"] == "ST0248" for one in listed),
        "list": "laboratory-technician-st0248" in slugs(show(client, f"{LIST}?q=ST0248")),
        "table": "ST0248" in client.get("/careers/routes.csv").content.decode(),
        "roles table": "ST0248" in client.get("/careers/roles.csv").content.decode(),
        "sitemap": "st0248" in client.get("/sitemap.xml").content.decode(),
        "search": any(hit.url == LAB for hit in search("ST0248").hits),
        "compare": "Advanced apprenticeship: Laboratory"
        in main_of(client, "/careers/roles/compare/?role=laboratory-technician"),
        "own jsonld": jsonld(client, LAB) is not None,
    }  # fmt: skip


def test_open_route_is_told_everywhere(client: Client) -> None:
    index_roles()
    assert all(everywhere(client).values()), everywhere(client)


def test_retired_route_is_told_as_open_nowhere(client: Client) -> None:
    index_roles()
    actions.retire_route(actor=SYSTEM, route=lab(), last_start=date(2026, 8, 31))
    told = everywhere(client)
    assert not any(told.values()), told


def test_route_whose_last_start_has_passed_is_told_as_open_nowhere(
    client: Client, time_machine: Any
) -> None:
    """The dates alone close it; the day's task tells the search."""
    Route.objects.filter(pk=lab().pk).update(updated_at=timezone.now(), valid_to=date(2027, 8, 31))
    index_roles()
    time_machine.move_to(date(2027, 8, 31))
    assert all(everywhere(client).values())
    time_machine.move_to(date(2027, 9, 2))
    routes_of_the_day.func()
    told = everywhere(client)
    assert not any(told.values()), told


def test_page_of_a_closed_route_says_when_and_what_instead(client: Client) -> None:
    actions.retire_route(actor=SYSTEM, route=lab(), last_start=date(2026, 8, 31))
    text = main_of(client, LAB)
    assert "This route has closed" in text
    assert "The last day to start was 31 August 2026." in text
    assert "T Level: Science" in text
    assert "Drawn to scale" not in text
    assert "What you need to start" not in text
    assert json.loads(client.get("/api/v1/routes/laboratory-technician-st0248").content)[
        "standing"
    ] == "closed"  # fmt: skip


def test_route_retired_without_a_day_says_when_it_was_found_so(
    client: Client, time_machine: Any
) -> None:
    time_machine.move_to(date(2026, 12, 1))
    actions.retire_route(actor=SYSTEM, route=lab())
    assert "We found it closed on 1 December 2026." in main_of(client, LAB)


def test_route_of_tomorrow_is_not_open_yet(client: Client, time_machine: Any) -> None:
    Route.objects.filter(pk=lab().pk).update(updated_at=timezone.now(), valid_from=date(2027, 9, 1))
    time_machine.move_to(date(2026, 12, 1))
    text = main_of(client, LAB)
    assert "This route is not open" in text
    assert "1 September 2027" in text
    assert "ST0248" not in main_of(client, LAB_ROLE)
    assert jsonld(client, LAB) is None


# --- how many questions ---------------------------------------------------------------------------
def test_pages_need_one_query_with_a_hundred_routes_and_with_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    urls = (LIST, f"{LIST}?kind=t-level&sort=level", SCIENCE, f"{LIST}?nation=wales")
    for keep in (100, 1):
        if keep == 1:
            Role.objects.exclude(slug="laboratory-technician").delete()
            Route.objects.exclude(slug="t-level-science").filter(uses=None).delete()
        client.get(LIST)
        for url in urls:
            with django_assert_num_queries(1):
                client.get(url)


# --- the role's page ------------------------------------------------------------------------------
def test_role_page_leads_from_the_last_year_of_school_to_the_job(client: Client) -> None:
    text = main_of(client, LAB_ROLE)
    england = text.split("Ways in for England")[1].split("Ways in for Scotland")[0]
    for said in (
        "From Year 11 to here",
        "Finish your GCSEs.",
        "Advanced apprenticeship: Laboratory technician",
        "T Level: Science",
        "If you change your mind",
    ):
        assert said in england
    scotland = text.split("Ways in for Scotland")[1].split("Ways in for Wales")[0]
    assert "From S4 to here" in scotland
    assert "Modern Apprenticeship" in scotland
    assert not re.search(r"T Level|ST\d{4}", scotland)


def test_role_without_routes_still_says_something_for_each_nation(client: Client) -> None:
    page = client.get("/careers/roles/special-effects-make-up-technician/")
    nations = page.context["nations"]
    assert [nation.routes for nation in nations] == [[], [], [], []]
    assert page.content.decode().count("to here</h3>") == 4
