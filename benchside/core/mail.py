"""Mail: a folder per message, sent after commit and retried, and an outbox on disk in between.

A message is a folder `emails/<room>/<name>/` in a room's templates with four files:
`subject.txt`, `text.txt`, `html.html` (extends `emails/base.html`) and `sample.json`, the
context the tests and a reader of the code see it with.
"""

import json
import os
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone

from benchside.core.models.mail import OutgoingMail
from benchside.core.schedule import daily
from benchside.core.tasks import task

DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?")
KEEP_UNSENT = timedelta(days=30)


class MailRefused(ValueError):  # noqa: N818 - reads as what happened
    """A header that would be more than one line: somebody tries to add headers of their own."""


@dataclass(frozen=True)
class Letter:
    """One message, rendered."""

    subject: str
    text: str
    html: str


def render(name: str, context: Mapping[str, Any]) -> Letter:
    """Render the message `name` ("accounts/invitation"). Raises MailRefused, TemplateDoesNotExist.

    `site_name` and `base_url` are in every context.
    """
    shell = {"site_name": settings.SITE_NAME, "base_url": settings.BASE_URL}
    full = {**shell, **context}
    subject = _plain(f"emails/{name}/subject.txt", full).strip()
    text = _plain(f"emails/{name}/text.txt", full).strip() + "\n"
    html = get_template(f"emails/{name}/html.html").render({**full, "subject": subject})
    return Letter(subject=_one_line(subject), text=text, html=html)


def send(
    name: str, to: str | Sequence[str], context: Mapping[str, Any], *, reply_to: str = ""
) -> None:
    """Render the message now and send it once the transaction commits.

    Every address gets the same message and sees the others'. Sent by a task, tried for about
    a day. Raises MailRefused, ValidationError (an address that is none).
    """
    addresses = [to] if isinstance(to, str) else list(to)
    for address in [*addresses, *([reply_to] if reply_to else [])]:
        validate_email(_one_line(address))
    letter = render(name, context)
    with transaction.atomic():
        waiting = OutgoingMail.objects.create(
            name=name,
            to=addresses,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            reply_to=reply_to,
        )
        deliver.enqueue(waiting.pk)


@task(attempts=30, wait=20, priority=20)  # somebody waits for it: ahead of whatever is drawn
def deliver(mail_id: int) -> None:
    """Hand one message to the mail server and forget it.

    The row is locked, so that two workers send it once. A worker killed between the server's
    yes and the delete sends it again with the same Message-ID, which mail programs show once.
    """
    with transaction.atomic():
        mail = OutgoingMail.objects.select_for_update().filter(pk=mail_id).first()
        if mail is None:
            return
        domain = Address(addr_spec=_sender_address()).domain
        message = EmailMultiAlternatives(
            subject=mail.subject,
            body=mail.text,
            to=mail.to,
            reply_to=[mail.reply_to] if mail.reply_to else None,
            headers={"Message-ID": f"<{mail.pk}.{mail.created_at:%Y%m%d%H%M%S%f}@{domain}>"},
        )
        message.attach_alternative(mail.html, "text/html")
        message.send()
        mail.delete()


@daily(at="03:40")
@task(attempts=3)
def forget_unsent_mail() -> None:
    """What could not be sent for a month holds a name and an address, and helps nobody."""
    OutgoingMail.objects.filter(created_at__lt=timezone.now() - KEEP_UNSENT).delete()


def _sender_address() -> str:
    found = re.search(r"<(.+)>", settings.DEFAULT_FROM_EMAIL)
    return found.group(1) if found else settings.DEFAULT_FROM_EMAIL


def _plain(template: str, context: Mapping[str, Any]) -> str:
    """Text is not HTML: O'Brien stays O'Brien."""
    compiled = get_template(template).template  # type: ignore[attr-defined]
    return str(compiled.render(Context(dict(context), autoescape=False)))


def _one_line(header: str) -> str:
    if len(header.splitlines()) > 1 or "\r" in header or "\n" in header:
        raise MailRefused(f"A mail header must be one line: {header!r}")
    return header


# --- every message there is ----------------------------------------------------------------
def message_names() -> list[str]:
    """Every message of every room, by looking at the folders."""
    found = set()
    for config in apps.get_app_configs():
        root = Path(config.path) / "templates" / "emails"
        found |= {str(path.parent.relative_to(root)) for path in root.rglob("subject.txt")}
    return sorted(found)


def sample(name: str) -> dict[str, Any]:
    """The context in a message's `sample.json`; "2027-03-01" becomes a date, and
    "2027-03-01T14:30" a moment of that day, local time.

    Raises FileNotFoundError when the folder has none.
    """
    origin = get_template(f"emails/{name}/subject.txt").origin  # type: ignore[attr-defined]
    read = json.loads(Path(origin.name).with_name("sample.json").read_text())
    return {key: _with_dates(value) for key, value in read.items()}


def _with_dates(value: Any) -> Any:
    if isinstance(value, str) and (found := DATE.fullmatch(value)):
        has_time = found[1] is not None
        moment = datetime.fromisoformat(value)
        return timezone.make_aware(moment) if has_time else moment.date()
    if isinstance(value, dict):
        return {key: _with_dates(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_dates(inner) for inner in value]
    return value


# --- the outbox of development ----------------------------------------------------------------
class OutboxBackend(BaseEmailBackend):
    """Writes each message into settings.OUTBOX as a file of its own; /outbox/ shows them."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        folder = Path(settings.OUTBOX)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{datetime.now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(3)}"  # noqa: DTZ005
            part = folder / f"{name}.part"
            part.write_bytes(message.message().as_bytes())
            os.replace(part, folder / f"{name}.eml")  # whoever lists never sees half a message
        return len(email_messages)
