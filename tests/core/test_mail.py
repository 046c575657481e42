"""Mail: every message of every room renders; sent after commit, once, and retried."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template import TemplateDoesNotExist
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from benchside.core import mail
from benchside.core.films import make_ready
from benchside.core.mail import MailRefused, OutboxBackend
from benchside.core.models import OutgoingMail
from benchside.visibility.photos.moderation_tasks import draw
from tests.core.test_tasks import work_off

SHELL = {"asked_by": "Ada", "on": ""}


class Fetches(HTMLParser):
    """Collects what a mail program would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.links: list[str] = []
        self.depth: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"img", "script", "link", "iframe", "object", "video", "form", "style"}:
            self.found.append(tag)
        self.found += [name for name in given if name in {"src", "background", "srcset"}]
        self.found += [name for name in given if name.startswith("on")]
        if "url(" in (given.get("style") or ""):
            self.found.append("url()")
        if tag == "a":
            self.links.append(given.get("href") or "")


# --- every message there is -------------------------------------------------------------------
def test_messages_are_found() -> None:
    assert "core/test" in mail.message_names()
    folders = {path.parent for path in Path("benchside").rglob("templates/emails/*/*/*.*")}
    assert len(folders) == len(mail.message_names())


@pytest.mark.parametrize("name", mail.message_names())
def test_message_renders(name: str) -> None:
    letter = mail.render(name, mail.sample(name))

    assert letter.subject
    assert len(letter.subject) <= 100
    assert letter.text.strip()
    for part in (letter.subject, letter.text):
        assert "&#x27;" not in part
        assert "&amp;" not in part
    for part in (letter.subject, letter.text, letter.html):
        assert "{{" not in part
        assert "{%" not in part
        assert "None" not in part
    seen = Fetches()
    seen.feed(letter.html)
    assert seen.found == []
    for link in seen.links:
        assert re.match(r"(https?://|mailto:)", link), link
    assert '<html lang="en-GB">' in letter.html
    assert "<title>" in letter.html


@pytest.mark.parametrize("name", mail.message_names())
def test_every_link_of_the_html_is_in_the_text(name: str) -> None:
    letter = mail.render(name, mail.sample(name))
    body = letter.html.split("max-width:34em;margin:16px")[0]  # the address under every message
    seen = Fetches()
    seen.feed(body)
    for link in seen.links:
        assert link.removeprefix("mailto:") in letter.text, link


def test_text_is_plain_and_html_is_escaped() -> None:
    letter = mail.render("core/test", {**SHELL, "asked_by": "O'Brien <b>"})
    assert "O'Brien <b>" in letter.text
    assert "<b>" not in letter.html
    assert "O&#x27;Brien &lt;b&gt;" in letter.html


def test_a_message_without_a_folder_is_an_error() -> None:
    with pytest.raises(TemplateDoesNotExist):
        mail.render("core/none", {})


# --- sending ----------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_mail_is_sent_by_the_worker_and_forgotten() -> None:
    mail.send("core/test", "ada@example.org", SHELL, reply_to="help@example.org")
    assert django_mail.outbox == []
    work_off()
    (sent,) = django_mail.outbox
    assert sent.to == ["ada@example.org"]
    assert sent.reply_to == ["help@example.org"]
    assert sent.subject == "Benchside can send mail"
    assert "This is a test message" in sent.body
    ((html, kind),) = sent.alternatives  # type: ignore[attr-defined]
    assert kind == "text/html"
    assert "<p>This is a test message" in html
    assert not OutgoingMail.objects.exists()
    assert "ada@example.org" not in str(list(DBTaskResult.objects.values()))


@pytest.mark.django_db(transaction=True)
def test_a_letter_goes_before_what_was_queued_to_be_drawn() -> None:
    """Somebody waits for a code to sign in; a wall of photographs must not stand before it."""
    draw.enqueue(0)
    make_ready.enqueue(0)
    mail.send("core/test", "ada@example.org", SHELL)
    waiting = [one.task_path.rpartition(".")[2] for one in DBTaskResult.objects.ready()]
    assert waiting == ["deliver", "draw", "make_ready"]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_sent() -> None:
    with transaction.atomic():
        mail.send("core/test", "ada@example.org", SHELL)
        transaction.set_rollback(True)
    work_off()
    assert django_mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_a_task_run_twice_sends_once() -> None:
    mail.send("core/test", "ada@example.org", SHELL)
    waiting = OutgoingMail.objects.get()
    mail.deliver.func(waiting.pk)
    mail.deliver.func(waiting.pk)
    assert len(django_mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_away_is_tried_again(settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.core.test_mail.Away"
    mail.send("core/test", "ada@example.org", SHELL)
    work_off()
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY
    assert OutgoingMail.objects.exists()

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    DBTaskResult.objects.update(run_after=DBTaskResult.objects.get().enqueued_at)
    work_off()
    assert len(django_mail.outbox) == 1
    assert not OutgoingMail.objects.exists()


class Away:
    """A mail server that does not answer."""

    def __init__(self, **options: Any) -> None: ...

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("no answer")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "to", ["a@example.org\nBcc: b@example.org", "a@example.org\r\nX: y", "nobody", ""]
)
def test_addresses_that_add_headers_are_refused(to: str) -> None:
    with pytest.raises((MailRefused, ValidationError)):
        mail.send("core/test", to, SHELL)
    with pytest.raises((MailRefused, ValidationError)):
        mail.send("core/test", "a@example.org", SHELL, reply_to=to or "x")
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_subjects_that_add_headers_are_refused(settings: Any, end: str) -> None:
    settings.SITE_NAME = f"Benchside{end}Bcc: b@example.org"
    with pytest.raises(MailRefused):
        mail.render("core/test", SHELL)


# --- the outbox on disk -----------------------------------------------------------------------
def test_outbox_keeps_each_message_in_a_file(settings: Any, tmp_path: Path) -> None:
    settings.OUTBOX = tmp_path / "outbox"
    messages = [EmailMessage(f"Subject {number}", "Body", to=["a@b.org"]) for number in range(3)]
    assert OutboxBackend().send_messages(messages) == 3
    files = sorted(settings.OUTBOX.iterdir())
    assert [path.suffix for path in files] == [".eml"] * 3
    assert b"Subject: Subject 0" in files[0].read_bytes()
