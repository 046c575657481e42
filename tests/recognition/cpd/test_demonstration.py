"""The made-up audits: whole, made once, somebody asked and somebody to read."""

from typing import Any

import pytest
from django.utils import timezone

from benchside.accounts import demo as accounts
from benchside.recognition import demo as recognition
from benchside.recognition.cpd import demo
from benchside.recognition.cpd.year import year_of
from benchside.recognition.models import AuditCase, AuditRun


@pytest.mark.django_db
def test_the_demonstration_is_whole_and_made_once(settings: Any) -> None:
    settings.DEMO = True
    accounts.create_people(password="x", people=recognition.PEOPLE)
    for _ in range(2):
        demo.create()
    assert list(AuditRun.objects.values_list("state", flat=True)) == ["announced", "announced"]
    theirs = AuditCase.objects.filter(run__year=timezone.localdate().year)
    mine = theirs.get(entry__award__technician__account__email__startswith="asked@")
    assert mine.state == "notified"
    assert [one.kind for one in mine.letters.all()] == ["notified"]
    to_read = AuditCase.objects.get(state="submitted")
    year = year_of(to_read)
    assert year
    assert year.activities
    assert AuditCase.objects.filter(state="committee").exists()
    assert AuditCase.objects.filter(state="accepted", verdicts__is_met=True).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("enough", [2, 3, 60])
def test_it_is_made_however_many_are_on_the_register(
    settings: Any, monkeypatch: pytest.MonkeyPatch, enough: int
) -> None:
    """Of two in one part a fifth is one: both are drawn only by asking for more."""
    settings.DEMO = True
    monkeypatch.setattr(demo, "ENOUGH", enough)
    accounts.create_people(password="x", people=recognition.PEOPLE)
    demo.create()
    cases = AuditCase.objects.filter(run__year=timezone.localdate().year)
    theirs = cases.filter(entry__award__technician__account__isnull=False)
    assert sorted(theirs.values_list("state", flat=True)) == ["notified", "submitted"]
