"""The link by which a supporter answers: it works until a day, and a new one ends the old."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from benchside.assessment.models import Submission, Supporter
from benchside.core.actions import Actor
from benchside.core.permissions import holds_link

LINK = "supporter"
holds_this_link = holds_link(LINK)


def token_for(submission: Submission, email: str, asked_at: datetime) -> str:
    """The secret of a link: nothing is kept of it but its digest, and we can say it again."""
    said = f"{submission.key}:{email.lower()}:{asked_at.isoformat()}"
    return salted_hmac("assessment.supporter", said, algorithm="sha256").hexdigest()


def token_of(supporter: Supporter) -> str:
    return token_for(supporter.submission, supporter.email, supporter.asked_at)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(supporter: Supporter) -> str:
    path = reverse("assessment:support", args=[token_of(supporter)])
    return f"{settings.BASE_URL}{path}"


def supporter_of(token: str) -> Supporter | None:
    """Whose link this is, whether or not it still works."""
    found = Supporter.objects.filter(token_digest=digest(token))
    return found.select_related("submission__version").first()


def works(supporter: Supporter) -> bool:
    return supporter.expires_at > timezone.now()


def holder_of(supporter: Supporter) -> Actor:
    """Whoever came by the link."""
    return Actor.holding_link(scope=f"{LINK}:{supporter.pk}")
