"""The quiz's pages: what a reader sees, sends and gets back, whatever is sent."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from benchside.careers.quiz.version import current
from benchside.core.reading import grade

pytestmark = pytest.mark.usefixtures("catalogue")
QUIZ, RESULT = "/careers/quiz/", "/careers/quiz/result/"
EMBED, EMBED_RESULT = "/careers/quiz/embed/", "/careers/quiz/embed/result/"
SCHOOLS = "/careers/quiz/schools/"


def yes_to(kind: str) -> dict[str, Any]:
    return {f"card-{card.slug}": "2" if card.type == kind else "0" for card in current().cards}


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def words_of(response: Any) -> str:
    """What is read in `main`, one sentence to a block."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.S)[0]  # type: ignore[index]
    main = re.sub(r"<(svg|textarea).*?</\1>", "", main, flags=re.S)
    parts = [
        re.sub(r"<[^>]+>", " ", part)
        for part in re.split(r"</(?:p|h\d|li|label|dd|dt|legend)>", main)
    ]
    parts = [" ".join(html.unescape(part).split()) for part in parts]
    return "\n\n".join(part for part in parts if part)


def checked(response: Any) -> set[tuple[str, str]]:
    """Name and value of every box and button that is on."""
    boxes = re.findall(r"<input[^>]*checked[^>]*>", response.content.decode())
    pair = re.compile(r'name="([^"]*)" value="([^"]*)"')
    return {pair.search(box).groups() for box in boxes}  # type: ignore[union-attr,misc]


def test_the_page_asks_thirty_cards_and_stores_nothing(client: Client) -> None:
    response = client.get(QUIZ)
    assert text_of(response).count(">Would you like to") == 30
    assert not response.cookies
    assert response.headers["Cache-Control"].startswith("public")
    assert checked(response) == {(f"switch-{one.name}", "") for one in current().switches}


@pytest.mark.parametrize("address", [QUIZ, EMBED, SCHOOLS])
def test_the_pages_are_easy_to_read(client: Client, address: str) -> None:
    assert grade(words_of(client.get(address))) <= 6.5


def test_answers_lead_to_six_roles_and_two_from_elsewhere(client: Client) -> None:
    response = client.post(RESULT, yes_to("realistic") | {"subject": ["maths", "physics"]})
    assert response.status_code == 200
    assert len(response.context["picks"]) == 6
    assert len(response.context["others"]) == 2
    for shown in (*response.context["picks"], *response.context["others"]):
        assert shown.role.get_absolute_url() in text_of(response)
    assert grade(words_of(response)) <= 6.5
    assert "%" not in words_of(response)


def test_a_result_is_kept_by_nobody(client: Client) -> None:
    response = client.post(RESULT, yes_to("social"))
    assert "public" not in response.headers["Cache-Control"]
    assert not response.cookies
    assert client.get(RESULT).headers["Location"] == QUIZ
    assert client.get(EMBED_RESULT).headers["Location"] == EMBED


def test_a_code_leads_to_the_same_roles(client: Client) -> None:
    posted = client.post(RESULT, yes_to("artistic"))
    code = posted.context["own_code"]
    typed = client.post(RESULT, {"code": f" {code.lower().replace('-', ' ')} "})
    assert [one.role for one in typed.context["picks"]] == [
        one.role for one in posted.context["picks"]
    ]
    assert checked(typed) == checked(posted)
    assert len(checked(typed)) == 30 + 4


def test_one_answer_changed_says_what_moved(client: Client) -> None:
    first = client.post(RESULT, yes_to("artistic"))
    again = client.post(RESULT, yes_to("social") | {"before": first.context["own_code"]})
    assert "New on the list: " in text_of(again)
    assert {one.moved for one in again.context["picks"]} >= {"New"}
    same = client.post(RESULT, yes_to("artistic") | {"before": first.context["own_code"]})
    assert "The list stays as it was." in text_of(same)
    assert {one.moved for one in same.context["picks"]} == {""}
    forged = client.post(RESULT, yes_to("artistic") | {"before": "<b>" * 99})
    assert forged.status_code == 200
    assert not forged.context["moved"]


def test_two_queries_whatever_is_sent(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Has the catalogue changed, and who tells of these jobs? Nothing is written."""
    code = client.post(RESULT, yes_to("artistic")).context["own_code"]
    with django_assert_num_queries(2):
        client.post(RESULT, yes_to("social") | {"before": code, "subject": "maths"})
    with django_assert_num_queries(0):
        client.get(QUIZ)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "You have not told us anything yet"),
        ({f"card-{card.slug}": "2" for card in current().cards}, "gave each card the same answer"),
        ({"subject": "music"}, "You skipped the cards. We went by your subjects alone."),
        ({"card-calm-dog": "2", "card-cake-stall": "0"}, "You answered 2 cards."),
        (
            {f"card-{card.slug}": "1" for card in current().cards}
            | {"subject": "music", "switch-hands": "hands"},
            "We went by your subjects and your choices alone.",
        ),
    ],
)
def test_answers_that_say_little_get_an_honest_sentence(
    client: Client, sent: dict[str, str], said: str
) -> None:
    response = client.post(RESULT, sent)
    assert said in text_of(response)
    assert len(response.context["picks"]) == 6


# --- what should not have been sent ---------------------------------------------------------------
BAD = {
    "unknown card": ({"card-fly-to-mars": "2"}, "There is no card “fly-to-mars”."),
    "unknown answer": ({"card-calm-dog": "7"}, "an answer we cannot read"),
    "markup": ({"card-<script>alert(1)</script>": "2"}, "There is no card"),
    "unknown subject": ({"subject": ["magic"]}, "We do not know the subject “magic”."),
    "four subjects": ({"subject": ["maths", "music", "pe", "drama"]}, "You picked 4 subjects."),
    "unknown switch": ({"switch-hat": "on"}, "One choice cannot be read."),
    "unknown value": ({"switch-hands": "feet"}, "One choice cannot be read."),
}


@pytest.mark.parametrize(("sent", "said"), BAD.values(), ids=BAD)
def test_one_bad_answer_does_not_lose_the_others(
    client: Client, sent: dict[str, Any], said: str
) -> None:
    good = {"card-plane-checks": "2", "card-new-wood": "0", "switch-indoors": "outdoors"}
    response = client.post(RESULT, good | sent)
    assert response.status_code == 422
    assert said in text_of(response)
    assert set(good.items()) <= checked(response)
    assert "Your other answers are still here." in text_of(response)
    assert "<script>alert" not in response.content.decode()


def test_two_answers_to_one_card(client: Client) -> None:
    sent = {"card-calm-dog": ["2", "0"], "card-new-wood": ["1", "1"], "switch-hands": ["hands", ""]}
    response = client.post(RESULT, sent)
    assert response.status_code == 422
    assert "One card has two answers. " in text_of(response)
    assert 'href="#card-calm-dog"' in text_of(response)
    assert ("card-new-wood", "1") in checked(response)
    assert ("switch-hands", "hands") in checked(response)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "There is no code here."),
        ("hello", "No code has the letter E in it."),
        ("1BR-NG8-R2Y", "too short"),
        ("1BR-NG8-R2Y-X4N-G9B-TYD", "One letter of this code is wrong"),
        ("YBR-NG8-R2Y-X4N-G9B-TYC", "from a quiz we do not know"),
        ('"><script>alert(1)</script>', "No code has"),
        ("1" * 5_000, "too long"),
    ],
)
def test_a_mangled_code_gets_a_kind_word(client: Client, typed: str, said: str) -> None:
    response = client.post(RESULT, {"code": typed})
    assert response.status_code == 422
    assert said in text_of(response)
    assert "<script>alert" not in response.content.decode()
    assert text_of(response).count(">Would you like to") == 30


def test_a_code_is_shown_again_as_it_was_typed(client: Client) -> None:
    response = client.post(RESULT, {"code": "1brng8r2yx4ng9btyd"})
    assert 'value="1BR-NG8-R2Y-X4N-G9B-TYD"' in response.content.decode()


def test_a_giant_body_is_not_read(client: Client) -> None:
    response = client.post(RESULT, yes_to("social") | {"x": "y" * 30_000})
    assert response.status_code == 422
    assert "far more than a quiz" in text_of(response)


def test_a_body_of_a_thousand_fields_is_not_read(client: Client) -> None:
    response = client.post(RESULT, {f"card-{number}": "2" for number in range(3_000)})
    assert response.status_code in {400, 422}


def test_a_forged_token_and_a_strange_origin_change_nothing(client: Client) -> None:
    """The quiz holds no token, for it has nothing that one could guard."""
    sent = yes_to("realistic") | {"token": "forged", "csrfmiddlewaretoken": "forged"}
    response = client.post(RESULT, sent, headers={"Origin": "https://elsewhere.example"})
    assert response.status_code == 200


def test_bytes_that_are_no_text(client: Client) -> None:
    sent = b"card-calm-dog=%FF%FE&subject=%00&code="
    response = client.post(RESULT, sent, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422


def test_an_older_page_is_led_to_todays_quiz(client: Client) -> None:
    response = client.post(RESULT, yes_to("social") | {"version": "1999-1"})
    assert response.status_code == 422
    assert "a quiz we no longer have" in text_of(response)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)(RESULT).status_code == 405
    assert client.post(QUIZ).status_code == 405


# --- on another site ------------------------------------------------------------------------------
def test_only_the_framed_pages_may_be_framed(client: Client) -> None:
    for response in (client.get(EMBED), client.post(EMBED_RESULT, yes_to("social"))):
        policy = response.headers["Content-Security-Policy"]
        assert "frame-ancestors *" in policy
        assert "X-Frame-Options" not in response.headers
        assert "script-src 'self'" in policy
        assert "default-src 'none'" in policy
    for response in (client.get(QUIZ), client.get(SCHOOLS), client.post(RESULT, yes_to("social"))):
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Frame-Options"] == "DENY"


def test_a_framed_page_keeps_every_promise(client: Client) -> None:
    for response in (client.get(EMBED), client.post(EMBED_RESULT, yes_to("social"))):
        text = response.content.decode()
        assert not response.cookies
        assert "favourites.js" not in text
        assert "data-favourite=" not in text
        assert not re.findall(
            r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(?!/static/)(?!http://testserver/careers/quiz/)',
            text,
        )
        leaving = re.findall(r'<a [^>]*href="(?!#)[^"]*"[^>]*>', text)
        for link in leaving:
            within = "/careers/quiz/embed/" in link
            assert within or ('target="_blank"' in link and 'rel="noopener"' in link), link
        assert re.search(r'action="/careers/quiz/embed/result/', text)


def test_the_snippet_is_ready_to_copy(client: Client, settings: Any) -> None:
    settings.BASE_URL = "https://benchside.example"
    snippet = html.unescape(
        re.search(r"<textarea.*?>(.*?)</textarea>", client.get(SCHOOLS).content.decode(), re.S)[1]  # type: ignore[index]
    )
    assert snippet.startswith("<iframe")
    assert 'src="https://benchside.example/careers/quiz/embed/"' in snippet
    assert 'title="Careers quiz' in snippet


# --- what a class is given ------------------------------------------------------------------------
def test_a_class_has_its_own_addresses(rf: Any) -> None:
    from benchside.careers.classes.group import Group, State
    from benchside.careers.classes.tickets import new_page, read_hand_in
    from benchside.careers.views import quiz

    group = Group("CDGHJK", State.OPEN, new_page(7))
    asked = quiz.asked(rf.get("/"), group=group).content.decode()
    assert 'action="/careers/class/CDGHJK/result/"' in asked
    assert f'name="page" value="{group.page}"' in asked
    answered = quiz.answered(rf.post("/", yes_to("social")), group=group).content.decode()
    assert 'action="/careers/class/CDGHJK/hand-in/"' in answered
    assert f'name="page" value="{group.page}"' in answered
    ticket = re.search(r'name="ticket" value="([^"]+)"', answered)
    assert ticket
    handed = read_hand_in(ticket[1])
    shown = re.findall(r'data-quiz-role="([^"]+)"', answered)
    assert (handed.class_id, list(handed.roles)) == (7, shown[:6])
    back = quiz.answered(rf.get("/"), group=group)
    assert back.headers["Location"] == "/careers/class/CDGHJK/quiz/"
