"""The outbox: mail that would have been sent, while there is no mail server. Development only."""

import email
import email.policy
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from functools import wraps
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{6}-[0-9a-f]{6}")
LINK = re.compile(r"https?://[^\s<>\"')]+[^\s<>\"').,;:!?]")
SHOWN = 200


@dataclass(frozen=True)
class Mail:
    name: str
    message: EmailMessage

    @property
    def sent_at(self) -> str:
        return str(self.message["date"] or "")

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def links(self) -> list[str]:
        return list(dict.fromkeys(LINK.findall(self.text)))

    def _body(self, kind: str) -> str:
        part = self.message.get_body(preferencelist=(kind,))
        return str(part.get_content()) if part else ""


def _only_here(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 unless this is a development or demonstration site, seen from its own machine.

    Behind a proxy every visitor seems to sit on this machine, so none is let in there.
    """

    @wraps(view)
    def guarded(request: HttpRequest, **named: str) -> HttpResponse:
        proxied = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
        local = ip_address(request.META["REMOTE_ADDR"]).is_loopback
        if not (settings.DEBUG or settings.DEMO) or proxied or not local:
            raise Http404
        return view(request, **named)

    return guarded


def _read(path: Path) -> Mail:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    return Mail(path.stem, message)


def _open(name: str) -> Mail:
    path = Path(settings.OUTBOX) / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        raise Http404
    return _read(path)


@require_safe
@never_cache
@_only_here
def outbox(request: HttpRequest) -> HttpResponse:
    newest_first = sorted(Path(settings.OUTBOX).glob("*.eml"), reverse=True)
    mails = [_read(path) for path in newest_first[:SHOWN]]
    return render(request, "core/outbox.html", {"mails": mails, "more": len(newest_first) - SHOWN})


@require_safe
@never_cache
@_only_here
def message(request: HttpRequest, *, name: str) -> HttpResponse:
    return render(request, "core/outbox_message.html", {"mail": _open(name)})


@require_safe
@never_cache
@_only_here
def html(request: HttpRequest, *, name: str) -> HttpResponse:
    """The HTML as a mail program would show it: no script, nothing fetched, no form sent."""
    response = HttpResponse(_open(name).html)
    response["Content-Security-Policy"] = (
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
        "style-src 'unsafe-inline'; frame-ancestors 'none'"
    )
    return response
