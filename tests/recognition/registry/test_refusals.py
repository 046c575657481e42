"""What a page of the desk says after something was refused: what is kept, not what was tried."""

import pytest
from django.urls import reverse
from django.utils import timezone

from benchside.core.actions import VISITOR, Refused
from benchside.recognition.models import ConductCase
from benchside.recognition.registry import actions
from tests.factories import registry as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> made.Desk:
    return made.a_desk()


def test_a_day_before_the_last_change_is_no_tampering(desk: made.Desk) -> None:
    entry = made.somebody()
    path = reverse("recognition:desk_entry", args=[entry.register.slug, entry.award.number])
    given = {"verb": "begin-break", "reason": "Caring", "effective_on": "1900-01-01"}
    answer = made.browser(desk.registrar).post(path, given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "not before it" in page
    last = entry.award.events.order_by("-number").values_list("effective_on", flat=True)[0]
    assert f"took effect on {last:%-d %B %Y}." in page
    assert "does not hold" not in page
    assert "On a career break" not in page.split("<h2")[0]


def test_a_decision_that_cannot_be_carried_out_is_not_shown_as_decided(desk: made.Desk) -> None:
    entry = made.somebody()
    case = actions.raise_concern(actor=VISITOR, entry=entry, said="Something")
    actions.look_into(actor=desk.registrar, case=case, told="A logbook.")
    ConductCase.objects.update(state="hearing", hearing_on=timezone.localdate())
    case.refresh_from_db()
    proposed = actions.propose_decision(
        actor=desk.registrar, case=case, outcome="suspension", reasons="It was shown."
    )
    made.put_into(entry, "lapsed")
    path = reverse("recognition:desk_case", args=[entry.register.slug, case.pk])
    answer = made.browser(desk.ratifier).post(path, {"do": f"confirm:{proposed.pk}"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Waits for a second person" in page


def test_a_tab_that_was_open_too_long_is_told_how_it_stands(desk: made.Desk) -> None:
    """In words for people: neither the verb nor the state of the machine."""
    entry = made.somebody()
    made.put_into(entry, "lapsed")
    with pytest.raises(Refused) as refusal:
        actions.move_entry(actor=desk.registrar, entry=entry, verb="begin-break")
    said = f"This cannot be done now: {entry.award.number} stands as “Lapsed”."
    assert refusal.value.message == said
