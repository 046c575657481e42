"""The link to a school's own page: its pledge's key, signed. Whoever holds it speaks for it."""

import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from benchside.core.actions import Actor
from benchside.visibility.models import Pledge

SIGNER = Signer(salt="visibility.pledge")


def token_of(pledge: Pledge) -> str:
    return SIGNER.sign(pledge.key.hex)


def read(token: str) -> uuid.UUID | None:
    """The key in a token; None for one that was not signed here."""
    try:
        return uuid.UUID(SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None


def holder_of(pledge: Pledge) -> Actor:
    return Actor.holding_link(scope=f"pledge:{pledge.pk}")


def address_of(pledge: Pledge, page: str = "mine", *rest: str) -> str:
    """Of one of the school's own pages, within the site."""
    day = pledge.day
    return reverse(
        f"visibility:pledge_{page}", args=[day.campaign.slug, day.year, token_of(pledge), *rest]
    )


def whole_address_of(pledge: Pledge, page: str = "mine") -> str:
    """The same, to be written in a mail."""
    return f"{settings.BASE_URL}{address_of(pledge, page)}"
