"""Forms for anybody: no cookie, no account, and still not a door for robots.

A cookie would tell visitors apart, so three other things stand in for it: a token that says
this site made the form not long ago, the browser's own word on where the form was sent from,
and a field people do not see. Too many sends from one place are slowed down, without an
address being kept.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django import forms
from django.core.cache import cache
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest
from django.utils import timezone

TOKEN_LIFE = timedelta(hours=12)
SALT_LIFE = timedelta(hours=25)


class OpenForm(forms.Form):
    """A form anybody may send. Give it the request; `purpose` keeps tokens of forms apart."""

    purpose = "open-form"
    trap_name = "website"

    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.request = request
        self.fields["token"].initial = make_token(self.purpose)

    @property
    def fresh_token(self) -> str:
        """What the page's hidden field holds: new each time, so that a second try succeeds."""
        return make_token(self.purpose)

    @property
    def is_from_a_robot(self) -> bool:
        """Somebody filled in the field that people do not see."""
        return bool(self.data.get(self.trap_name))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not is_sent_from_here(self.request):
            self.add_error(None, "This form was not sent from our own page. Please send it again.")
        elif problem := token_problem(self.data.get("token", ""), self.purpose):
            self.add_error(None, problem)
        return cleaned


def make_token(purpose: str) -> str:
    return TimestampSigner(salt=purpose).sign("form")


def token_problem(token: str, purpose: str) -> str:
    """What to tell the sender, or nothing when the token is good."""
    try:
        TimestampSigner(salt=purpose).unsign(token, max_age=TOKEN_LIFE)
    except SignatureExpired:
        return "This page was open for a long time. Your words are still here: send them again."
    except BadSignature:
        return "Something went wrong with this form. Your words are still here: send them again."
    return ""


def is_sent_from_here(request: HttpRequest) -> bool:
    """By the Origin header, else by the Referer. Browsers send one of them with every form."""
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    sender = urlsplit(said)
    return bool(sender.netloc) and (sender.scheme, sender.netloc) == (
        request.scheme,
        request.get_host(),
    )


def is_too_often(request: HttpRequest, *, what: str, limit: int, within: timedelta) -> bool:
    """Count this send and say whether its place has now sent more than `limit` within the time.

    The place is known by a keyed hash alone. The key is made anew each day and is nowhere but
    in the cache, so that tomorrow nobody can tell from which address a hash came.
    """
    key = f"open-form-{what}-{_place(request)}"
    cache.add(key, 0, int(within.total_seconds()))
    try:
        return cache.incr(key) > limit
    except ValueError:  # it ran out between the two lines
        return False


def _place(request: HttpRequest) -> str:
    day = timezone.localdate().isoformat()
    salt = cache.get_or_set(
        f"open-form-salt-{day}", lambda: secrets.token_hex(32), int(SALT_LIFE.total_seconds())
    )
    address = get_adapter().get_client_ip(request)  # knows which proxies are ours
    return hmac.new(str(salt).encode(), address.encode(), hashlib.sha256).hexdigest()[:32]
