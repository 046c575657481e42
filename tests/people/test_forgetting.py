"""Yeses are kept as long as the privacy page says, and no longer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from benchside.core.actions import VISITOR
from benchside.people.actions import give_consent
from benchside.people.actions.media_consents import Signed
from benchside.people.enums import Covers
from benchside.people.models import MediaConsent
from benchside.people.tasks import forget_ended_consents

pytestmark = pytest.mark.django_db
SIX_YEARS = timedelta(days=6 * 365 + 2)


def a_yes(subject: str) -> MediaConsent:
    signed = Signed(who="Edie", signed_as="Edie Made-Up", words="Yes.")
    return give_consent(actor=VISITOR, subject=subject, covers=Covers.WORDS, signed=signed)


def test_a_yes_goes_six_years_after_it_ended_and_one_that_stands_stays() -> None:
    now = timezone.now()
    ends = {
        "story:long-ago": {"withdrawn_at": now - SIX_YEARS - timedelta(hours=1)},
        "story:lately": {"withdrawn_at": now - SIX_YEARS + timedelta(hours=1)},
        "story:ran-out": {"until": timezone.localdate(now - SIX_YEARS) - timedelta(days=1)},
        "story:stands": {"given_at": now - 2 * SIX_YEARS},
    }
    for subject, values in ends.items():
        MediaConsent.objects.filter(pk=a_yes(subject).pk).update(**values)
    forget_ended_consents.func()
    left = MediaConsent.objects.values_list("subject", flat=True)
    assert set(left) == {"story:lately", "story:stands"}
