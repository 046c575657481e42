"""The quiz for programs: the page's own sums, never kept, refused in words."""

import json
from typing import Any

import pytest
from django.test import Client

from benchside.careers.quiz.version import current

pytestmark = pytest.mark.usefixtures("catalogue")
MATCH = "/api/v1/match"


def send(client: Client, body: Any, status: int = 200) -> Any:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    response = client.post(MATCH, text, content_type="application/json")
    assert response.status_code == status, response.content
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    return json.loads(response.content)


def test_what_is_asked_is_what_may_be_sent(client: Client) -> None:
    asked = json.loads(client.get("/api/v1/quiz").content)
    assert len(asked["cards"]) == 30
    dice = {card["slug"]: place % 3 for place, card in enumerate(asked["cards"])}
    body = {
        "version": asked["version"],
        "cards": dice,
        "subjects": [one["slug"] for one in asked["subjects"][: asked["subjects_at_most"]]],
        "switches": {one["name"]: one["options"][0]["slug"] for one in asked["switches"]},
    }
    found = send(client, body)
    assert len(found["picks"]) == 6
    assert len(found["others"]) == 2
    assert found["url"] == f"http://testserver/careers/quiz/#{found['code']}"
    assert not [key for pick in found["picks"] for key in pick if "fit" in key or "score" in key]
    assert send(client, {"code": found["code"]})["picks"] == found["picks"]


def test_page_and_interface_say_the_same(client: Client) -> None:
    cards = {card.slug: 2 if card.type == "social" else 0 for card in current().cards}
    page = client.post("/careers/quiz/result/", {f"card-{slug}": v for slug, v in cards.items()})
    found = send(client, {"cards": cards})
    assert [one["slug"] for one in found["picks"]] == [p.role.slug for p in page.context["picks"]]
    assert [one["reasons"] for one in found["picks"]] == [p.reasons for p in page.context["picks"]]
    assert found["code"] == page.context["own_code"]


def test_nothing_sent_is_a_varied_six_and_says_so(client: Client) -> None:
    found = send(client, {})
    assert len({pick["sector"] for pick in found["picks"]}) == 6
    assert found["note"].startswith("You have not told us anything yet")


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"cards": {"fly-to-mars": 2}}, 422, "cards"),
        ({"cards": {"calm-dog": 3}}, 422, "calm-dog"),
        ({"cards": {"calm-dog": "much"}}, 422, "calm-dog"),
        ({"cards": {"calm-dog": True}}, 422, "calm-dog"),
        ({"subjects": ["magic"]}, 422, "subjects"),
        ({"subjects": ["maths", "music", "pe", "drama"]}, 422, "subjects"),
        ({"switches": {"hat": "on"}}, 422, "switches"),
        ({"switches": {"hands": "feet"}}, 422, "hands"),
        ({"version": "1999-1"}, 422, "version"),
        ({"code": "nonsense"}, 422, "code"),
        ({"code": "1BR-NG8-R2Y-X4N-G9B-TYC", "subjects": ["maths"]}, 422, "code"),
        ({"name": "Sam"}, 422, "name"),
        ([], 422, ""),
        ("{", 400, ""),
        (b"\xff\xfe", 400, ""),
    ],
)
def test_bad_input_names_the_place_and_the_remedy(
    client: Client, body: Any, status: int, field: str
) -> None:
    problem = send(client, body, status)
    assert problem["remedy"]
    assert problem["detail"]
    if field:
        assert problem["field"] == field


def test_every_status_it_gives_is_documented(client: Client) -> None:
    described = json.loads(client.get("/api/v1/openapi.json").content)["paths"][MATCH]["post"]
    assert {"200", "400", "422"} <= set(described["responses"])


def test_it_cannot_be_asked_by_an_address(client: Client) -> None:
    """An address stands in logs: answers must not."""
    assert client.get(f"{MATCH}?code=1BR-NG8-R2Y-X4N-G9B-TYC").status_code == 405
