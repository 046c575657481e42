"""Up to three roles side by side, with what differs marked."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from benchside.careers.comparison import Row

pytestmark = pytest.mark.usefixtures("catalogue")
SOUND, LIGHT, NURSE, RAIL = (
    "sound-technician",
    "lighting-technician",
    "veterinary-nurse",
    "rail-engineering-technician",
)


def compare(client: Client, *slugs: str) -> Any:
    response = client.get("/careers/roles/compare/", {"role": slugs})
    assert response.status_code == 200
    return response.context


def row(context: Any, name: str) -> Row:
    return next(one for one in context["rows"] if one.name == name)


def test_roles_stand_in_the_order_asked_for(client: Client) -> None:
    context = compare(client, SOUND, LIGHT, NURSE)
    assert [role.slug for role in context["roles"]] == [SOUND, LIGHT, NURSE]
    assert {len(one.cells) for one in context["rows"]} == {3}
    assert context["choices"] == []
    assert context["ignored"] == []


def test_rows_are_those_promised(client: Client) -> None:
    names = [one.name for one in compare(client, SOUND, LIGHT)["rows"]]
    assert names[:4] == ["what", "day", "where", "takes"]
    assert {"subjects", "level", "kit", "ways", "hands", "indoors", "people", "place"} <= set(names)


def test_what_is_shared_and_what_differs_is_marked(client: Client) -> None:
    context = compare(client, SOUND, LIGHT)
    sector = row(context, "sector")
    assert not sector.differs
    assert all(item.is_shared for cell in sector.cells for item in cell)
    kit = row(context, "kit")
    assert kit.differs
    mine, others = ({item.text for item in cell} for cell in kit.cells)
    shared = {item.text for cell in kit.cells for item in cell if item.is_shared}
    assert shared == mine & others
    assert not row(context, "what").differs


def test_one_role_has_nothing_shared_and_asks_for_another(client: Client) -> None:
    context = compare(client, SOUND)
    assert not any(item.is_shared for one in context["rows"] for c in one.cells for item in c)
    assert len(context["choices"]) == 99


def test_fourth_role_is_left_out_by_name(client: Client) -> None:
    context = compare(client, SOUND, LIGHT, NURSE, RAIL)
    assert len(context["roles"]) == 3
    assert "we left out Rail engineering technician" in context["ignored"][0]


def test_unknown_role_is_named_and_the_others_compared(client: Client) -> None:
    context = compare(client, SOUND, "wizard", LIGHT, SOUND, "")
    assert [role.slug for role in context["roles"]] == [SOUND, LIGHT]
    assert context["ignored"] == ["We hold no role called “wizard”. Choose from the list of roles."]


def test_each_role_can_be_taken_away(client: Client) -> None:
    links = compare(client, SOUND, LIGHT)["without"]
    assert [link.url for link in links] == [
        f"/careers/roles/compare/?role={LIGHT}",
        f"/careers/roles/compare/?role={SOUND}",
    ]
    assert compare(client, SOUND)["without"][0].url == "/careers/roles/compare/"


def test_nothing_to_compare_is_a_page_too(client: Client) -> None:
    context = compare(client)
    assert context["rows"] == []
    assert len(context["choices"]) == 100


def test_one_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    compare(client, SOUND)
    with django_assert_num_queries(1):
        compare(client, SOUND, LIGHT, NURSE)
