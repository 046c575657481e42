"""The page of a role, its address in every spelling, and what it says for machines."""

import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from benchside.careers.jsonld import script_text
from benchside.careers.models import Role, RoleRoute, Route, Source

pytestmark = pytest.mark.usefixtures("catalogue")
NURSE = "/careers/roles/veterinary-nurse/"


def show(client: Client, url: str = NURSE) -> Any:
    response = client.get(url)
    assert response.status_code == 200
    return response.context


def test_page_has_what_the_sheet_shows(client: Client) -> None:
    context = show(client)
    assert context["role"].title == "Veterinary nurse"
    assert context["sector"].slug == "animals-land-and-sea"
    assert context["level"] == "Level 3 (like A levels)"
    assert context["kit_list"][0].term.slug == "animal-care-kit"
    assert (context["previous"].number, context["next"].number) == (34, 36)
    assert len(context["related"]) == 4


def test_first_and_last_have_one_neighbour(client: Client) -> None:
    assert show(client, "/careers/roles/laboratory-technician/")["previous"] is None
    assert show(client, "/careers/roles/agricultural-engineering-technician/")["next"] is None


def test_each_nation_has_routes_or_an_official_link(client: Client) -> None:
    nations = show(client)["nations"]
    assert [nation.label for nation in nations] == [
        "England",
        "Scotland",
        "Wales",
        "Northern Ireland",
    ]
    assert [len(nation.routes) for nation in nations] == [2, 0, 0, 0]
    assert all(way.nation == nation.slug for nation in nations for way in nation.ways)
    assert all(nation.ways for nation in nations)
    hosts = [nation.advice.url.split("/")[2] for nation in nations]
    assert hosts == [
        "nationalcareers.service.gov.uk",
        "www.myworldofwork.co.uk",
        "careerswales.gov.wales",
        "www.nidirect.gov.uk",
    ]
    assert len(show(client)["pay"]) == 4


def test_route_says_when_it_is_stale(client: Client, time_machine: Any) -> None:
    time_machine.move_to(date(2026, 12, 1))
    old, new = (way.route for way in show(client)["nations"][0].routes)
    assert (old.as_of.year, old.is_stale) == (2021, True)
    assert (new.as_of.year, new.is_stale) == (2025, False)


def test_route_outside_its_validity_is_not_shown(client: Client) -> None:
    role = Role.objects.get(slug="veterinary-nurse")
    source = Source.objects.first()
    facts = {"kind": "higher", "source": source, "as_of": date(2020, 1, 1)}
    others = [
        Route(slug="past", title="Past", valid_to=date(2021, 1, 1), **facts),
        Route(slug="to-come", title="To come", valid_from=date(2099, 1, 1), **facts),
        Route(slug="retired", title="Retired", status="retired", **facts),
    ]
    for order, route in enumerate(others, 5):
        route.save()
        RoleRoute.objects.create(role=role, route=route, order=order)
    role.save()
    page = client.get(NURSE).content.decode()
    assert not [route for route in others if route.title in page.split("<h2")[5]]
    titles = [way.route.title for way in show(client)["nations"][0].routes]
    assert titles == ["Veterinary nurse", "Animal Care and Management"]


@pytest.mark.parametrize(
    "mangled",
    [
        "Veterinary-Nurse",
        "veterinary_nurse.html",
        "35",
        "035",
        "veterinary-nurse)",
        "035-veterinary-nurse",
    ],
)
def test_other_spellings_lead_there(client: Client, mangled: str) -> None:
    response = client.get(f"/careers/roles/{mangled}/")
    assert (response.status_code, response["Location"]) == (301, NURSE)


@pytest.mark.parametrize(
    ("asked", "near"),
    [("vetinary-nurse", "veterinary-nurse"), ("sound-technican-jobs", "sound-technician")],
)
def test_misspelt_role_is_a_404_with_suggestions(client: Client, asked: str, near: str) -> None:
    response = client.get(f"/careers/roles/{asked}/")
    assert response.status_code == 404
    assert near in {card.role.slug for card in response.context["cards"]}
    assert asked in response.content.decode()


@pytest.mark.parametrize(
    "asked", ["999", "0", "zzzz", "%00", "<script>", "x" * 2000, "..%2f..%2fetc"]
)
def test_nonsense_is_a_kind_404(client: Client, asked: str) -> None:
    response = client.get(f"/careers/roles/{asked}/")
    assert response.status_code == 404
    assert b"<script>alert" not in response.content


def test_unpublished_role_is_gone_from_everywhere(client: Client) -> None:
    Role.objects.get(slug="veterinary-nurse").unpublish()
    assert client.get(NURSE).status_code == 404
    assert client.get("/careers/roles/35/").status_code == 404
    assert show(client, "/careers/roles/digital-forensics-technician/")["next"].number == 36


def test_page_needs_one_query_and_two_for_who_does_this(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """The role itself is drawn once; the people and the stories of its panels are asked for each
    time."""
    client.get(NURSE)
    with django_assert_num_queries(3):
        client.get("/careers/roles/sound-technician/")


def test_edited_role_is_seen_at_once(client: Client) -> None:
    client.get(NURSE)
    role = Role.objects.get(slug="veterinary-nurse")
    role.sentence = "A new sentence about looking after animals in pain."
    role.save()
    assert role.sentence in client.get(NURSE).content.decode()


def test_renamed_sector_is_seen_at_once(client: Client) -> None:
    client.get(NURSE)
    sector = Role.objects.get(slug="veterinary-nurse").sector
    sector.name = "Beasts and fields"
    sector.save()
    assert show(client)["sector"].name == "Beasts and fields"


def test_sector_page_lists_its_roles(client: Client) -> None:
    context = show(client, "/careers/sectors/health/")
    assert len(context["cards"]) == Role.objects.filter(sector__slug="health").count()
    assert client.get("/careers/sectors/Health/")["Location"] == "/careers/sectors/health/"
    assert client.get("/careers/sectors/nope/").status_code == 404
    assert len(show(client, "/careers/")["live"].sectors) == 12


def test_pages_hold_what_favourites_looks_for(client: Client) -> None:
    page = client.get("/careers/roles/favourites/").content.decode()
    for name in ("list", "empty", "blocked", "plain", "clear", "compare", "status"):
        assert f"data-favourites-{name}" in page
    assert page.count("data-favourite-item=") == 100
    assert 'data-favourite="veterinary-nurse"' in client.get(NURSE).content.decode()


# --- for machines ---------------------------------------------------------------------------------
def jsonld(client: Client) -> dict[str, Any]:
    page = client.get(NURSE).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found.group(1))


def test_jsonld_is_an_occupation(client: Client) -> None:
    data = jsonld(client)
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Occupation")
    assert data["name"] == "Veterinary nurse"
    assert data["url"] == f"http://testserver{NURSE}"
    assert data["occupationalCategory"]["codeValue"] == "3240"
    assert data["occupationalCategory"]["@type"] == "CategoryCode"
    assert data["occupationLocation"] == {"@type": "Country", "name": "United Kingdom"}
    assert "Advanced apprenticeship: Veterinary nurse, Level 3" in data["qualifications"]
    assert "Sterile" not in data["skills"]
    assert "Working germ-free" in data["skills"]
    assert not [key for key in data if "alary" in key]


def test_jsonld_cannot_end_its_script_element() -> None:
    hostile = {"name": "</script><script>alert(1)</script><!-- & \u2028"}
    text = script_text(hostile)
    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text) == hostile
    assert unescape(text) == text


def test_hostile_title_stays_inside_the_page(client: Client) -> None:
    role = Role.objects.get(slug="veterinary-nurse")
    role.sentence = "</script><script>alert(1)</script>"
    role.save()
    assert b"<script>alert" not in client.get(NURSE).content
    assert jsonld(client)["description"] == role.sentence
