"""The copies of routes that roles held become one record each, and no fact is lost on the way."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import databases

BEFORE = ("careers", "0005_desk_rights_and_two_readers")
AFTER = ("careers", "0006_routes_of_their_own")
CORE = ("core", "0006_search_digest")

pytestmark = pytest.mark.slow


def migrate(target: tuple[str, str]) -> Any:
    """The models as they are at a migration, with the database brought there."""
    executor = MigrationExecutor(connection)
    executor.migrate([target, CORE])
    return MigrationExecutor(connection).loader.project_state([target, CORE]).apps


@pytest.fixture
def old(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    with django_db_blocker.unblock(), databases.an_empty_one():
        yield migrate(BEFORE)


COPY = {
    "kind": "apprenticeship", "title": "Smith", "reference": "ST0001", "level": 3, "months": None,
    "nation": "england", "as_of": date(2021, 1, 1), "valid_from": None, "valid_to": None,
}  # fmt: skip
COURSE = COPY | {"kind": "t-level", "title": "Craft and Design", "reference": "", "months": 24}


def role(apps: Any, number: int) -> Any:
    interests = ("realistic", "investigative", "artistic", "social", "enterprising", "conventional")
    sector, _ = apps.get_model("careers.Sector").objects.get_or_create(slug="s", name="S")
    return apps.get_model("careers.Role").objects.create(
        number=number, slug=f"role-{number}", title=f"Role {number}", sector=sector, level=3,
        day=[], tasks=[], employers=[], other_names=[], phrases=[], checked_on=date(2026, 1, 1),
        **dict.fromkeys(interests, 4.0),
    )  # fmt: skip


def said(copies: list[dict[str, Any]]) -> dict[str, Any]:
    """As the catalogue's files last said it of a role."""
    dates = ("as_of", "valid_from", "valid_to")
    return {
        "title": "Role",
        "routes": [
            copy
            | {name: copy[name] and copy[name].isoformat() for name in dates}
            | {"source": "list", "listed": True}
            for copy in copies
        ],
    }


def test_copies_become_one_route_and_nothing_is_lost(old: Any) -> None:
    source = old.get_model("careers.Source").objects.create(slug="list", name="List")
    copies = old.get_model("careers.Route").objects
    one, two = role(old, 1), role(old, 2)
    copies.create(role=one, source=source, order=0, **COPY)
    copies.create(role=one, source=source, order=1, listed=False, **COURSE)
    copies.create(role=two, source=source, order=0, **COPY | {"kind": "higher", "months": 18})
    copies.create(role=two, source=source, order=1, **COURSE | {"title": "Craft and design"})
    copies.create(role=two, source=source, order=2, **COPY | {"title": "Smith again"})
    copies.create(role=two, source=source, order=3, **COPY | {"nation": "wales"})
    content_type, _ = old.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="careers", model="role"
    )
    draft = [
        {**COPY, "as_of": "2021-01-01", "pk": 1, "role": one.pk, "source": source.pk,
         "listed": True, "order": 0},
        {**COPY, "reference": "ST0777", "title": "Only in the draft", "as_of": "2026-01-01",
         "pk": None, "role": one.pk, "source": source.pk, "listed": False, "order": 1},
    ]  # fmt: skip
    revision = old.get_model("wagtailcore.Revision").objects.create(
        content_type=content_type, base_content_type=content_type, object_id=str(one.pk),
        content={"title": "Role 1", "routes": draft}, created_at="2026-01-01T00:00:00Z",
    )  # fmt: skip
    values = old.get_model("core.ImportedValue").objects
    values.create(importer="careers.catalogue", key="role:role-1", values=said([COPY, COURSE]))

    new = migrate(AFTER)

    routes = {route.slug: route for route in new.get_model("careers.Route").objects.all()}
    assert set(routes) == {
        "smith-st0001", "wales-smith-st0001", "t-level-craft-and-design",
        "only-in-the-draft-st0777",
    }  # fmt: skip
    smith = routes["smith-st0001"]
    assert (smith.months, smith.level, smith.kind, smith.as_of) == (
        18, 3, "apprenticeship", date(2021, 1, 1),
    )  # fmt: skip
    links = new.get_model("careers.RoleRoute").objects
    told = [
        (link.role_id, link.route.slug, link.listed) for link in links.order_by("role", "order")
    ]
    assert told == [
        (one.pk, "smith-st0001", True),
        (one.pk, "t-level-craft-and-design", False),
        (two.pk, "smith-st0001", True),
        (two.pk, "t-level-craft-and-design", True),
        (two.pk, "wales-smith-st0001", True),
    ]
    content = new.get_model("wagtailcore.Revision").objects.get(pk=revision.pk).content
    assert "routes" not in content
    assert [(link["route"], link["listed"]) for link in content["route_list"]] == [
        (smith.pk, True),
        (routes["only-in-the-draft-st0777"].pk, False),
    ]
    now = dict(new.get_model("core.ImportedValue").objects.values_list("key", "values"))
    assert now["role:role-1"]["routes"] == [
        {"route": "smith-st0001", "listed": True},
        {"route": "t-level-craft-and-design", "listed": True},
    ]
    assert now["route:t-level-craft-and-design"]["source"] == "list"


def test_an_empty_catalogue_migrates_too(old: Any) -> None:
    assert not migrate(AFTER).get_model("careers.Route").objects.exists()
