"""The link by which a nominee answers. It works until the round closes."""

import hashlib
from uuid import uuid4

from django.conf import settings
from django.urls import reverse

from benchside.core.actions import Actor
from benchside.core.permissions import holds_link
from benchside.recognition.models import Nomination

LINK = "nomination"
holds_this_link = holds_link(LINK)


def new_token() -> str:
    return uuid4().hex


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def address(token: str) -> str:
    return f"{settings.BASE_URL}{reverse('recognition:nominee', args=[token])}"


def covered(address: str) -> str:
    """An address as whoever may not be its owner reads it: enough to know one's own by."""
    local, _, domain = address.rpartition("@")
    last = local[-1] if len(local) > 2 else ""
    return f"{local[:1]}{'•' * max(1, len(local) - 2)}{last}@{domain}"


def nomination_of(token: str) -> Nomination | None:
    found = Nomination.objects.filter(token_digest=digest(token))
    return found.select_related("round", "nominator").first()


def holder_of(nomination: Nomination) -> Actor:
    """Whoever came by the link."""
    return Actor.holding_link(scope=f"{LINK}:{nomination.pk}")
