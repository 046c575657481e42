"""The quiz's pages: what a reader sees, sends and gets back."""

import pytest
from django.test import Client

from benchside.careers.quiz import codes
from benchside.careers.quiz.matching import Answers
from benchside.careers.quiz.version import current

pytestmark = pytest.mark.usefixtures("catalogue")


def all_yes_to(kind: str) -> dict[str, str]:
    return {f"card-{c.slug}": "2" if c.type == kind else "0" for c in current().cards}


def test_the_page_asks_thirty_cards(client: Client) -> None:
    text = client.get("/careers/quiz/").content.decode()
    assert text.count("Would you like to") == 30


def test_answers_lead_to_six_roles_and_two_from_elsewhere(client: Client) -> None:
    response = client.post(
        "/careers/quiz/result/", all_yes_to("realistic") | {"subject": ["maths"]}
    )
    assert response.status_code == 200
    assert len(response.context["picks"]) == 6
    assert len(response.context["others"]) == 2


def test_a_code_leads_to_the_same_roles(client: Client) -> None:
    posted = client.post("/careers/quiz/result/", all_yes_to("artistic"))
    code = posted.context["own_code"]
    typed = client.post("/careers/quiz/result/", {"code": code.lower().replace("-", " ")})
    assert [p.role for p in typed.context["picks"]] == [p.role for p in posted.context["picks"]]
    assert codes.read(code) == typed_answers()


def typed_answers() -> Answers:
    cards = {c.slug: 2 if c.type == "artistic" else 0 for c in current().cards}
    return Answers(current().name, cards)
