"""The list of roles: found by filters and words, kind to mangled addresses, few queries."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from benchside.careers.models import Role, Sector
from benchside.careers.search import index_roles

pytestmark = pytest.mark.usefixtures("catalogue")
LIST = "/careers/roles/"


def show(client: Client, query: str = "", status: int = 200) -> Any:
    response = client.get(LIST + (f"?{query}" if query else ""))
    assert response.status_code == status
    return response.context


def slugs(context: Any) -> list[str]:
    return [card.role.slug for card in context["cards"]]


def facet(context: Any, name: str) -> dict[str, Any]:
    return {
        option.value: option
        for one in context["facets"]
        if one.name == name
        for option in one.options
    }


def test_all_roles_by_number_twelve_a_page(client: Client) -> None:
    context = show(client)
    assert (context["total"], context["heading"]) == (100, "All 100 roles")
    assert [card.role.number for card in context["cards"]] == list(range(1, 13))
    assert context["page"].paginator.num_pages == 9
    assert context["applied"] == []
    assert context["ignored"] == []


def test_filters_combine_as_the_database_says(client: Client) -> None:
    context = show(client, "sector=health&sector=food-and-drink&subject=chemistry&level=3")
    expected = Role.objects.filter(
        sector__slug__in=["health", "food-and-drink"], subjects__slug="chemistry", level=3
    )
    assert context["total"] == expected.count() > 0
    assert slugs(context) == [role.slug for role in expected][:12]
    assert [link.label for link in context["applied"]] == [
        "Chemistry",
        "Health",
        "Food and drink",
        "Level 3 (like A levels)",
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kit=lathe", {"kit__slug": "lathe"}),
        ("setting=hospital", {"settings__slug": "hospital"}),
        ("way=t-level", {"routes__kind": "t-level"}),
        ("hands=screen", {"hands__in": ["screen", "both"]}),
        ("indoors=outdoors", {"indoors__in": ["outdoors", "both"]}),
        ("people=quiet", {"people__in": ["quiet", "both"]}),
        ("place=travel", {"place__in": ["travel", "both"]}),
    ],
)
def test_each_facet_as_the_database_says(
    client: Client, query: str, expected: dict[str, Any]
) -> None:
    numbers = Role.objects.filter(**expected).distinct().count()
    assert 0 < numbers < 100
    assert show(client, query)["total"] == numbers


def test_count_is_what_a_click_gives(client: Client) -> None:
    context = show(client, "sector=health")
    for option in facet(context, "subject").values():
        if option.count:
            assert client.get(option.url).context["total"] == option.count


def test_ticked_option_leads_to_the_list_without_it(client: Client) -> None:
    option = facet(show(client, "sector=health&subject=physics&page=2", 404), "sector")["health"]
    assert option.checked
    assert option.url == "/careers/roles/?subject=physics"


def test_words_find_and_say_why(client: Client) -> None:
    index_roles()
    context = show(client, "q=makes+fake+blood+for+films")
    assert slugs(context)[0] == "special-effects-make-up-technician"
    assert context["cards"][0].why
    assert context["sort_options"][0].label == "Best match"
    assert context["query"] == "makes fake blood for films"


def test_mended_spelling_is_said(client: Client) -> None:
    index_roles()
    context = show(client, "q=labratory")
    assert "laboratory" in context["did_you_mean"].label
    assert context["did_you_mean"].url == "/careers/roles/?q=laboratory"
    assert context["total"] > 0


def test_words_and_filters_narrow_together(client: Client) -> None:
    index_roles()
    alone = show(client, "q=music")["total"]
    both = show(client, "q=music&sector=health")["total"]
    assert both < alone


def test_nothing_fits_says_what_to_take_away(client: Client) -> None:
    context = show(client, "subject=music&setting=at-sea")
    assert context["total"] == 0
    assert [link.label for link in context["relax"]] == ["Music", "At sea"]
    for link in context["relax"]:
        assert client.get(link.url).context["total"] > 0


def test_nothing_found_for_words_offers_the_list_without_them(client: Client) -> None:
    index_roles()
    context = show(client, "q=zzzzqqqq&sector=health")
    assert context["total"] == 0
    assert context["relax"][-1].url == "/careers/roles/?sector=health"


@pytest.mark.parametrize(
    "query",
    [
        "sector=nope",
        "kit=%00",
        "page=abc",
        "page=-1",
        "sort=pay",
        "colour=red",
        "q=%00",
        "sector=health&sector=%FF%FE",
        "q=%27%3B+DROP+TABLE+careers_role%3B--",
        "q=" + "a" * 5000,
        "subject[]=physics",
    ],
)
def test_mangled_address_gets_a_page_all_the_same(client: Client, query: str) -> None:
    assert show(client, query)["heading"]
    assert Role.objects.count() == 100


def test_ignored_value_is_named_and_escaped(client: Client) -> None:
    response = client.get(LIST, {"sector": ["health", "<script>alert(1)</script>"]})
    assert "“<script>alert(1)</script>”" in response.context["ignored"][0]
    assert b"<script>alert(1)" not in response.content
    assert response.context["total"] == Role.objects.filter(sector__slug="health").count()


def test_page_beyond_the_last_is_a_404_that_shows_the_last(client: Client) -> None:
    context = show(client, "sector=health&page=40", 404)
    assert "There is no page 40." in context["ignored"][-1]
    assert context["cards"]
    assert context["page"].number == context["page"].paginator.num_pages


def test_sorting(client: Client) -> None:
    titles = [card.role.title for card in show(client, "sort=title")["cards"]]
    assert titles == sorted(titles, key=str.casefold)
    sectors = [card.role.sector.order for card in show(client, "sort=sector")["cards"]]
    assert sectors == sorted(sectors)


def test_links_keep_the_selection(client: Client) -> None:
    context = show(client, "subject=physics&page=2&sort=title")
    assert context["page_url"] == "/careers/roles/?subject=physics&sort=title&page="
    assert context["csv_url"] == "/careers/roles.csv?subject=physics&sort=title"
    assert context["canonical_url"] == "/careers/roles/?subject=physics&sort=title&page=2"


def test_draft_and_withdrawn_roles_are_not_listed(client: Client) -> None:
    role = Role.objects.get(slug="veterinary-nurse")
    role.unpublish()
    assert show(client)["total"] == 99
    assert facet(show(client), "sector")["animals-land-and-sea"].count == (
        Role.objects.filter(live=True, sector=role.sector).count()
    )


def test_list_needs_few_queries_however_many_roles(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """One asks whether anything has changed; the rest is in memory."""
    client.get(LIST)
    with django_assert_num_queries(1):
        client.get(f"{LIST}?subject=physics")
    Role.objects.exclude(slug="veterinary-nurse").delete()
    Sector.objects.filter(roles=None).delete()
    client.get(LIST)
    with django_assert_num_queries(1):
        client.get(f"{LIST}?subject=biology")


def test_list_after_a_change_still_keeps_to_its_budget(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    Role.objects.get(slug="veterinary-nurse").save()
    with django_assert_max_num_queries(15):
        client.get(f"{LIST}?subject=physics")


def test_search_keeps_to_its_budget(client: Client, django_assert_max_num_queries: Any) -> None:
    index_roles()
    client.get(LIST)
    with django_assert_max_num_queries(15):
        client.get(f"{LIST}?q=makes+fake+blood+for+films&sector=health")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_list_only_reads(client: Client, method: str) -> None:
    assert getattr(client, method)(LIST).status_code == 405


def test_public_page_sets_no_cookie(client: Client) -> None:
    for url in (
        LIST,
        "/careers/",
        "/careers/roles/veterinary-nurse/",
        "/careers/roles/favourites/",
    ):
        response = client.get(url)
        assert response.status_code == 200
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
