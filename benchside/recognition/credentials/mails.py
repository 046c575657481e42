"""Letters about badges."""

from django.conf import settings
from django.urls import reverse

from benchside.core import mail
from benchside.organisations.queries import leads_of
from benchside.recognition.credentials.badging import said_of
from benchside.recognition.credentials.queries import AGAIN
from benchside.recognition.models import Endorsement


def words_declined(one: Endorsement) -> None:
    """To the leads of whoever would have said it: that it was not taken, and why."""
    path = reverse("recognition:inside_credentials", args=[one.organisation.slug])
    context = {
        "organisation": one.organisation.name,
        "about": said_of(one)[0],
        "reason": one.get_reason_display(),
        "words": one.words,
        "again": AGAIN.days,
        "link": f"{settings.BASE_URL}{path}",
    }
    for reader in leads_of(one.organisation):
        mail.send("recognition/words_declined", reader.email, context)
