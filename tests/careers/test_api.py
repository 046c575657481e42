"""Open data for programs: typed, documented, readable from any site, without a cookie."""

import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from benchside.careers.models import Role
from benchside.careers.search import index_roles

pytestmark = pytest.mark.usefixtures("catalogue")
ROLES = "/api/v1/roles"


def ask(client: Client, url: str, status: int = 200, **headers: str) -> Any:
    response = client.get(url, headers=headers)
    assert response.status_code == status, response.content
    return json.loads(response.content)


def test_pages_lead_to_each_other_and_hold_every_role_once(client: Client) -> None:
    seen, url = [], f"{ROLES}?limit=30"
    while url:
        page = ask(client, url)
        assert page["total"] == 100
        seen += [role["number"] for role in page["items"]]
        parts = urlsplit(page["next"] or "")
        url = f"{parts.path}?{parts.query}" if page["next"] else ""
    assert seen == list(range(1, 101))


def test_filters_as_the_list_page_has_them(client: Client) -> None:
    for query in ("sector=health&sector=food-and-drink&subject=chemistry", "kit=lathe", "level=4"):
        listed = client.get(f"/careers/roles/?{query}").context["total"]
        page = ask(client, f"{ROLES}?{query}&limit=100")
        assert page["total"] == len(page["items"]) == listed > 0


def test_words_find_best_first(client: Client) -> None:
    index_roles()
    page = ask(client, f"{ROLES}?q=makes+fake+blood+for+films")
    assert page["items"][0]["slug"] == "special-effects-make-up-technician"
    assert ask(client, f"{ROLES}?q=labratory")["corrected"] == "laboratory"


def test_one_role_is_whole_and_names_its_sources(client: Client) -> None:
    role = ask(client, f"{ROLES}/veterinary-nurse")
    assert role["soc2020"]["code"] == "3240"
    assert role["interests"]["realistic"] == 6.71
    assert [one["reference"] for one in role["routes"]] == ["ST0343", ""]
    assert role["routes"][0]["licence"] == "Open Government Licence v3.0"
    assert role["routes"][0]["as_of"] == "2021-01-01"
    assert sum(moment["key"] for moment in role["day"]) == 1
    assert role["url"] == "http://testserver/careers/roles/veterinary-nurse/"
    assert not [key for key in role if "pay" in key or "salary" in key]


def test_sectors_count_their_roles(client: Client) -> None:
    sectors = ask(client, "/api/v1/sectors")
    assert len(sectors) == 12
    assert sum(sector["roles"] for sector in sectors) == 100
    health = ask(client, "/api/v1/sectors/health")
    assert health["roles"] == len(health["items"])


def test_unpublished_role_is_not_served(client: Client) -> None:
    Role.objects.get(slug="veterinary-nurse").unpublish()
    ask(client, f"{ROLES}/veterinary-nurse", 404)
    assert ask(client, ROLES)["total"] == 99


@pytest.mark.parametrize(
    ("url", "status", "field", "remedy"),
    [
        (f"{ROLES}?sector=nope", 422, "sector", "Use science-and-laboratories, health"),
        (f"{ROLES}?level=3&level=99", 422, "level", "Use 2, 3"),
        (f"{ROLES}?kit=%00", 422, "kit", "or ..."),
        (f"{ROLES}?sort=pay", 422, "sort", "Use best, number, title or sector."),
        (f"{ROLES}?limit=0", 422, "limit", "/api/v1/docs"),
        (f"{ROLES}?limit=101", 422, "limit", "/api/v1/docs"),
        (f"{ROLES}?limit=many", 422, "limit", "/api/v1/docs"),
        (f"{ROLES}?offset=-1", 422, "offset", "/api/v1/docs"),
        (f"{ROLES}?offset=9999999999", 422, "offset", "/api/v1/docs"),
        (f"{ROLES}?q={'a' * 500}", 422, "q", "/api/v1/docs"),
        (f"{ROLES}?colour=red", 400, "colour", "Use q, subject"),
        (f"{ROLES}/vetinary-nurse", 404, "slug", "Did you mean veterinary-nurse?"),
        (f"{ROLES}/%3Cscript%3E", 404, "slug", "All of them are at /api/v1/roles."),
        ("/api/v1/sectors/helth", 404, "slug", "Did you mean health?"),
    ],
)
def test_refusal_names_field_and_remedy(
    client: Client, url: str, status: int, field: str, remedy: str
) -> None:
    response = client.get(url)
    problem = json.loads(response.content)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json; charset=utf-8"
    assert set(problem) == {"title", "detail", "field", "remedy"}
    assert problem["field"] == field
    assert remedy in problem["remedy"]
    assert response["Cache-Control"] == "no-store"


def test_offset_beyond_the_end_is_an_empty_page(client: Client) -> None:
    page = ask(client, f"{ROLES}?offset=500")
    assert (page["items"], page["total"], page["next"]) == ([], 100, None)


def test_anybody_may_read_and_any_cache_may_keep(client: Client) -> None:
    response = client.get(ROLES)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["Cache-Control"].startswith("public, ")
    assert not response.cookies
    again = client.get(ROLES, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    other = client.get(f"{ROLES}?subject=music")
    assert other["ETag"] != response["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    response = getattr(client, method)(ROLES)
    assert response.status_code == 405
    assert response["Allow"] == "GET"
    assert response["Content-Type"].startswith("application/problem+json")
    assert response.json()["detail"] == "This address answers GET only."


def test_one_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client.get(ROLES)
    for url in (f"{ROLES}?limit=1", f"{ROLES}?limit=100", f"{ROLES}/veterinary-nurse"):
        with django_assert_num_queries(1):
            client.get(url)


# --- the description ------------------------------------------------------------------------------
def test_schema_declares_every_answer(client: Client) -> None:
    schema = ask(client, "/api/v1/openapi.json")
    assert schema["openapi"].startswith("3.1")
    operations = {
        f"{name} {path}": told
        for path, methods in schema["paths"].items()
        for name, told in methods.items()
    }
    assert set(operations) == {
        "get /api/v1/roles",
        "get /api/v1/roles/{slug}",
        "get /api/v1/sectors",
        "get /api/v1/sectors/{slug}",
        "get /api/v1/quiz",
        "get /api/v1/technicians",
        "get /api/v1/technicians/{public_id}",
        "get /api/v1/wall",
        "get /api/v1/wall/{key}",
        "get /api/v1/stories",
        "get /api/v1/stories/{slug}",
        "get /api/v1/plans",
        "get /api/v1/plans/{key}",
        "get /api/v1/equipment",
        "get /api/v1/registers",
        "get /api/v1/registers/find",
        "get /api/v1/registers/{slug}/entries",
        "get /api/v1/registers/{slug}/entries/{number}",
        "post /api/v1/match",
        "get /api/v1/routes",
        "get /api/v1/routes/{slug}",
    }
    for operation in operations.values():
        assert {"200", "400", "404", "422"} <= set(operation["responses"])
        for status in ("400", "404", "422"):
            content = operation["responses"][status]["content"]["application/json"]
            assert content["schema"]["$ref"].endswith("/Problem")
    names = {one["name"] for one in operations["get /api/v1/roles"]["parameters"]}
    assert {"q", "sector", "subject", "kit", "limit", "offset", "sort"} <= names


def test_answers_have_the_declared_shape(client: Client) -> None:
    shapes = ask(client, "/api/v1/openapi.json")["components"]["schemas"]
    role = ask(client, f"{ROLES}/veterinary-nurse")
    assert set(role) == set(shapes["RoleOut"]["properties"])
    page = ask(client, f"{ROLES}?limit=1")
    assert set(page) == set(shapes["RolePage"]["properties"])
    assert set(page["items"][0]) == set(shapes["RoleInList"]["properties"])


def test_docs_are_our_own_page_without_script_or_third_party(client: Client) -> None:
    response = client.get("/api/v1/docs")
    page = response.content.decode()
    assert response.status_code == 200
    for path in ("/api/v1/roles", "/api/v1/roles/{slug}", "/api/v1/sectors"):
        assert f"GET {path}</code>" in page
    assert "whole number" in page
    assert "list of text" in page
    assert "cdn" not in page.lower()
    assert " style=" not in page
    assert not response.cookies


@pytest.mark.parametrize("address", ["/api/v1/nope", "/api/v1/roles/", "/api/v1/a/b/c"])
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_a_wrong_address_is_answered_in_the_shape_of_the_api(
    client: Client, method: str, address: str
) -> None:
    response = getattr(client, method)(address)
    assert response.status_code == 404
    assert response["Content-Type"].startswith("application/problem+json")
    assert response.json()["remedy"] == "Read what can be asked at /api/v1/docs."
    assert "set-cookie" not in response.headers


def test_head_says_what_get_would(client: Client) -> None:
    got, asked = client.get(ROLES), client.head(ROLES)
    assert asked.status_code == 200
    assert asked.content == b""
    for name in ("ETag", "Content-Type", "Content-Length", "Cache-Control"):
        assert asked[name] == got[name], name
    assert client.head("/api/v1/nope").status_code == 404


def test_another_sites_script_may_ask_whether_it_changed(client: Client) -> None:
    """The browser asks first, since If-None-Match is not a simple header (Fetch, CORS)."""
    asked = client.options(
        ROLES,
        headers={
            "Origin": "https://school.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in asked["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in asked.headers
