"""Letters about nominations."""

from django.conf import settings
from django.urls import reverse

from benchside.core import mail
from benchside.recognition.models import Nomination
from benchside.recognition.nominations import links


def ask_nominee(nomination: Nomination, token: str) -> None:
    nominator = nomination.nominator
    mail.send(
        "recognition/nominated",
        nomination.email,
        {
            "name": nomination.name,
            "by": nominator.get_full_name() if nominator else "Somebody",
            "round": nomination.round.name,
            "closes": nomination.round.closes_on,
            "link": links.address(token),
        },
    )


def answered(nomination: Nomination, *, asked_as: str = "", other: str = "") -> None:
    """To whoever nominated: a yes, under which name, and where to write; or a no. `other` is whose
    record said yes where the address it was sent to is not one of theirs."""
    if nomination.nominator is None:
        return
    page = reverse("recognition:my_nominations")
    if nomination.submission is not None:
        page = reverse("assessment:form", args=[nomination.submission.key])
    mail.send(
        "recognition/nominee_answered",
        nomination.nominator.email,
        {
            "name": asked_as or nomination.name,
            "as_name": nomination.name,
            "other": other,
            "round": nomination.round.name,
            "said_yes": nomination.submission is not None,
            "closes": nomination.round.closes_on,
            "link": f"{settings.BASE_URL}{page}",
        },
    )


def announced(nomination: Nomination) -> None:
    """To nominee and nominator, once the winners are named."""
    readers = {nomination.email}
    if nomination.nominator is not None:
        readers.add(nomination.nominator.email)
    page = reverse("recognition:nomination_round", args=[nomination.round.slug])
    for reader in sorted(readers):
        mail.send(
            "recognition/nomination_result",
            reader,
            {
                "name": nomination.name,
                "round": nomination.round.name,
                "has_won": nomination.state == "won",
                "link": f"{settings.BASE_URL}{page}",
            },
        )
