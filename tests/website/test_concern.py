"""Report a concern: no cookie, no address kept, nothing lost, answered at the desk, forgotten."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.signing import TimestampSigner
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import Actor, Denied
from benchside.core.models import AuditEvent
from benchside.core.models.mail import OutgoingMail
from benchside.core.states import NoSuchMove
from benchside.website import actions
from benchside.website.forms import own_path
from benchside.website.models import Concern
from benchside.website.states import CONCERN
from benchside.website.tasks import forget_closed_concerns
from tests.factories import desk

URL = "/concern/"
HERE = {"HTTP_ORIGIN": "http://testserver"}

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("_at_the_desk", "_empty_cache"),
]


@pytest.fixture
def visitor() -> Client:
    return Client(enforce_csrf_checks=True)


def fetch_token(client: Client) -> str:
    page = client.get(URL).content.decode()
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found.group(1)


def send(client: Client, *, token: str | None = None, headers: Any = None, **typed: str) -> Any:
    data = {"token": fetch_token(client) if token is None else token, "kind": "page", **typed}
    return client.post(URL, data, **(HERE if headers is None else headers))


# --- the form -------------------------------------------------------------------------------------
def test_a_concern_is_taken_in_without_any_cookie(visitor: Client) -> None:
    answer = send(visitor, kind="people", about="/careers/roles/baker/", message="He was rude.")

    concern = Concern.objects.get()
    assert (concern.kind, concern.about) == ("people", "/careers/roles/baker/")
    assert (concern.message, concern.reply_to, concern.state) == ("He was rude.", "", "received")
    assert answer.status_code == 302
    thanks = visitor.get(answer["Location"])
    assert concern.reference in thanks.content.decode()
    assert not visitor.cookies


def test_only_the_first_question_must_be_answered(visitor: Client) -> None:
    send(visitor, kind="other")
    assert Concern.objects.get().message == ""


def test_the_page_says_where_to_get_help_now(visitor: Client) -> None:
    page = visitor.get(URL).content.decode()
    assert "0800 1111" in page
    assert "999" in page


def test_the_form_knows_the_page_one_came_from(visitor: Client) -> None:
    page = visitor.get(URL, {"about": "/news/?name=Ann"}).content.decode()
    assert 'name="about" value="/news/"' in page
    assert "Ann" not in page


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/a\\b", "/a\nb", ""],
)
def test_only_a_path_of_ours_is_taken_as_the_page(address: str) -> None:
    assert own_path(address) == ""


def test_what_was_typed_is_kept_when_something_is_wrong(visitor: Client) -> None:
    answer = send(visitor, message="Keep <me>", reply_to="not an address", about="/news/")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Keep &lt;me&gt;" in page
    assert "not an address" in page
    assert 'value="/news/"' in page
    assert "name@example.com" in page
    assert not Concern.objects.exists()


def test_nothing_chosen_gets_a_kind_error(visitor: Client) -> None:
    answer = send(visitor, kind="", message="Hello")
    assert answer.status_code == 422
    assert "Choose what it is about." in answer.content.decode()


def test_a_message_that_is_too_long_is_refused_and_kept(visitor: Client) -> None:
    answer = send(visitor, message="x" * 2001)
    assert answer.status_code == 422
    assert "x" * 2001 in answer.content.decode()


# --- not a door for robots ------------------------------------------------------------------------
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "https://testserver"},
        {"HTTP_ORIGIN": "http://testserver.evil.example"},
        {"HTTP_ORIGIN": "http://evil.example", "HTTP_REFERER": "http://testserver/concern/"},
        {"HTTP_REFERER": "http://evil.example/?http://testserver/"},
    ],
)
def test_a_form_sent_from_elsewhere_is_refused(visitor: Client, headers: Any) -> None:
    answer = send(visitor, headers=headers, message="Mine")
    assert answer.status_code == 422
    assert "Mine" in answer.content.decode()
    assert not Concern.objects.exists()


def test_a_browser_that_sends_only_the_referer_is_believed(visitor: Client) -> None:
    send(visitor, headers={"HTTP_REFERER": "http://testserver/concern/?about=/"})
    assert Concern.objects.count() == 1


@pytest.mark.parametrize("token", ["", "form", "form:1abcde:forged"])
def test_a_forged_token_is_refused(visitor: Client, token: str) -> None:
    assert send(visitor, token=token).status_code == 422
    assert not Concern.objects.exists()


def test_a_token_of_another_form_is_refused(visitor: Client) -> None:
    other = TimestampSigner(salt="another form").sign("form")
    assert send(visitor, token=other).status_code == 422


def test_an_old_page_sends_at_the_second_try(visitor: Client) -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=13)):
        old = fetch_token(visitor)
    first = send(visitor, token=old, message="Slow typist")
    page = first.content.decode()
    assert "Your words are still here" in page
    fresh = re.search(r'name="token" value="([^"]+)"', page)
    assert fresh
    assert send(visitor, token=fresh.group(1), message="Slow typist").status_code == 302


def test_a_robot_is_thanked_and_nothing_is_kept(visitor: Client) -> None:
    answer = send(visitor, website="http://spam.example", message="Buy")
    assert answer.status_code == 302
    assert not Concern.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_too_many_from_one_place_are_slowed_and_others_are_not(visitor: Client) -> None:
    for _ in range(20):
        assert send(visitor, headers={**HERE, "REMOTE_ADDR": "192.0.2.7"}).status_code == 302
    slowed = send(visitor, headers={**HERE, "REMOTE_ADDR": "192.0.2.7"}, message="Still here")
    assert slowed.status_code == 429
    assert "Still here" in slowed.content.decode()
    assert send(visitor, headers={**HERE, "REMOTE_ADDR": "192.0.2.8"}).status_code == 302


def test_no_address_of_a_visitor_is_kept_anywhere(visitor: Client) -> None:
    send(visitor, headers={**HERE, "REMOTE_ADDR": "192.0.2.99"})
    kept = [str(row) for row in Concern.objects.values()]
    kept += [str(row) for row in AuditEvent.objects.values()]
    kept += [str(row) for row in OutgoingMail.objects.values()]
    folder = settings.VAR / "cache"
    kept += [str(file) for file in folder.rglob("*")] if folder.exists() else []
    assert "192.0.2.99" not in " ".join(kept)
    event = AuditEvent.objects.get(verb="concern.report")
    assert (event.actor, event.actor_kind) == (None, "visitor")


def test_a_signed_in_person_reports_as_nobody(visitor: Client) -> None:
    visitor.force_login(desk.edith())
    send(visitor)
    assert AuditEvent.objects.get(verb="concern.report").actor is None


def test_the_thank_you_page_repeats_nothing_but_a_number(visitor: Client) -> None:
    page = visitor.get("/concern/thanks/", {"number": "<b>X</b>!"}).content.decode()
    assert "<b>X</b>" not in page
    assert "&lt;b&gt;" not in page


# --- mail -----------------------------------------------------------------------------------------
def test_the_safeguarding_contact_is_told_without_the_words(visitor: Client) -> None:
    send(visitor, message="My secret words", reply_to="gran@example.org")
    letter = OutgoingMail.objects.get()
    assert letter.to == [settings.SAFEGUARDING_EMAIL]
    whole = letter.subject + letter.text + letter.html
    assert Concern.objects.get().reference in whole
    assert "My secret words" not in whole
    assert "gran@example.org" not in whole


def test_an_answer_goes_to_whoever_left_an_address() -> None:
    concern = Concern.objects.create(kind="page", reply_to="gran@example.org")
    actor = Actor.of(desk.sade())
    actions.answer_concern(actor=actor, concern=concern, answer="We took it down.")
    letter = OutgoingMail.objects.get()
    assert letter.to == ["gran@example.org"]
    assert "We took it down." in letter.text
    assert letter.reply_to == settings.SAFEGUARDING_EMAIL


def test_an_answer_to_nobody_is_kept_and_sent_to_nobody() -> None:
    concern = Concern.objects.create(kind="page")
    actions.answer_concern(actor=Actor.of(desk.sade()), concern=concern, answer="Mended.")
    assert Concern.objects.get().answer == "Mended."
    assert not OutgoingMail.objects.exists()


# --- states ---------------------------------------------------------------------------------------
def test_every_move_is_in_the_table_and_audited() -> None:
    concern, sade = Concern.objects.create(kind="page"), desk.sade()
    actor = Actor.of(sade)
    actions.see_concern(actor=actor, concern=concern)
    actions.answer_concern(actor=actor, concern=concern, answer="Mended.")
    actions.close_concern(actor=actor, concern=concern)
    actions.reopen_concern(actor=actor, concern=concern)
    events = AuditEvent.objects.about(concern).order_by("pk")
    assert [(event.verb, event.detail["to"]) for event in events] == [
        ("concern.see", "seen"),
        ("concern.answer", "answered"),
        ("concern.close", "closed"),
        ("concern.reopen", "seen"),
    ]
    assert {event.actor for event in events} == {sade.person_id}
    assert Concern.objects.get().closed_at is None


@pytest.mark.parametrize(
    ("state", "verb"),
    [
        (state, verb)
        for state in ("received", "seen", "answered", "closed")
        for verb in ("see", "answer", "close", "reopen")
        if (state, verb)
        not in {
            ("received", "see"), ("received", "answer"), ("received", "close"),
            ("seen", "answer"), ("seen", "close"),
            ("answered", "close"), ("answered", "reopen"),
            ("closed", "reopen"),
        }
    ],
)  # fmt: skip
def test_a_move_that_is_not_in_the_table_is_refused(state: str, verb: str) -> None:
    with pytest.raises(NoSuchMove):
        CONCERN.row(state, verb)


@pytest.mark.parametrize("state", ["answered", "closed"])
def test_the_database_refuses_a_state_without_its_who_and_when(state: str) -> None:
    concern = Concern.objects.create(kind="page")
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.filter(pk=concern.pk).update(state=state)


@pytest.mark.parametrize("verb", ["see", "close", "note"])
def test_an_editor_may_do_nothing_with_a_concern(verb: str) -> None:
    concern, actor = Concern.objects.create(kind="page"), Actor.of(desk.edith())
    doing: dict[str, Any] = {
        "see": lambda: actions.see_concern(actor=actor, concern=concern),
        "close": lambda: actions.close_concern(actor=actor, concern=concern),
        "note": lambda: actions.note_on_concern(actor=actor, concern=concern, text="x"),
    }
    with pytest.raises(Denied):
        doing[verb]()


# --- the desk -------------------------------------------------------------------------------------
def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def concern() -> Concern:
    return Concern.objects.create(kind="people", message="=2+3 <script>", reply_to="g@example.org")


@pytest.mark.parametrize(("who", "status"), [("edith", 404), ("moses", 200), ("sade", 200)])
def test_who_sees_the_inbox(concern: Concern, who: str, status: int) -> None:
    client = at_desk(getattr(desk, who)())
    for url in ("/desk/concerns/", concern.get_absolute_url(), "/desk/concerns/?export=csv"):
        assert client.get(url).status_code == status
    menu = client.get("/desk/").content.decode()
    assert ("/desk/concerns/" in menu) == (status == 200)


def test_a_visitor_is_sent_to_the_one_front_door(concern: Concern) -> None:
    answer = Client().get(concern.get_absolute_url())
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_words_of_visitors_are_shown_as_words(concern: Concern) -> None:
    page = at_desk(desk.sade()).get(concern.get_absolute_url()).content.decode()
    assert "=2+3 &lt;script&gt;" in page


def test_looking_changes_nothing(concern: Concern) -> None:
    at_desk(desk.sade()).get(concern.get_absolute_url())
    concern.refresh_from_db()
    assert concern.state == "received"


def test_a_concern_is_handled_at_the_desk(concern: Concern) -> None:
    client, url = at_desk(desk.sade()), concern.get_absolute_url()
    client.post(url, {"verb": "see"})
    client.post(url, {"verb": "note", "text": "Rang the school."})
    empty = client.post(url, {"verb": "answer", "answer": " "})
    assert empty.status_code == 422
    client.post(url, {"verb": "answer", "answer": "Put right."})
    client.post(url, {"verb": "close"})
    page = client.get(url).content.decode()
    concern.refresh_from_db()
    assert concern.state == "closed"
    assert "Rang the school." in page
    assert "Sade" in page
    assert OutgoingMail.objects.count() == 1


def test_a_move_that_cannot_be_done_says_how_it_stands(concern: Concern) -> None:
    client, url = at_desk(desk.sade()), concern.get_absolute_url()
    answer = client.post(url, {"verb": "reopen"}, follow=True)
    assert "This cannot be done now: it is" in answer.content.decode()
    assert client.post(url, {"verb": "forget"}).status_code == 404


def test_the_inbox_filters_sorts_and_pages() -> None:
    for number in range(30):
        Concern.objects.create(kind="page" if number % 2 else "picture", about=f"/{number:02d}/")
    client = at_desk(desk.sade())
    first = client.get("/desk/concerns/?ordering=about").content.decode()
    assert "/00/" in first
    assert "/29/" not in first
    second = client.get("/desk/concerns/?ordering=about&p=2").content.decode()
    assert "/29/" in second
    pictures = client.get("/desk/concerns/?kind=picture&ordering=about").content.decode()
    assert "/00/" in pictures
    assert "/01/" not in pictures


def test_the_export_holds_no_words_and_no_address(concern: Concern) -> None:
    answer = at_desk(desk.sade()).get("/desk/concerns/?export=csv")
    rows = b"".join(answer.streaming_content).decode()
    assert concern.reference in rows
    assert "2+3" not in rows
    assert "example.org" not in rows


# --- forgetting -----------------------------------------------------------------------------------
def closed(*, days_ago: int, **fields: Any) -> Concern:
    with time_machine.travel(timezone.now() - timedelta(days=days_ago), tick=False):
        concern = Concern.objects.create(kind="page", **fields)
        actions.close_concern(actor=Actor.of(desk.person(f"Closer{days_ago}", "Safeguarding")),
                              concern=concern)  # fmt: skip
    return concern


def test_closed_concerns_are_forgotten_in_two_steps() -> None:
    words = {"message": "words", "reply_to": "g@example.org"}
    fresh, month, year = (closed(days_ago=days, **words) for days in (29, 31, 366))
    waiting = Concern.objects.create(kind="page", received_at=timezone.now() - timedelta(days=900))

    forget_closed_concerns.func()
    forget_closed_concerns.func()

    left = {c.pk: (c.message, c.reply_to) for c in Concern.objects.all()}
    assert left == {
        fresh.pk: ("words", "g@example.org"),
        month.pk: ("words", ""),
        waiting.pk: ("", ""),
    }
    gone = AuditEvent.objects.get(verb="concern.forget")
    assert (gone.subject_id, gone.actor_kind) == (str(year.pk), "system")
