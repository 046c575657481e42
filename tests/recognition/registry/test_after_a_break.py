"""Being back from a break, or on the register again: what is confirmed, and what is owed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from benchside.assessment.actions import move_award
from benchside.core.actions import SYSTEM, Refused
from benchside.recognition.models import Entry, Fee
from benchside.recognition.registers.actions import waive_fee
from benchside.recognition.registry import actions, clock
from tests.factories import registry as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> made.Desk:
    return made.a_desk()


def owing(desk: made.Desk) -> Entry:
    """Their year ends in twenty days, and its fee is open."""
    entry = made.somebody(days=345)
    clock.look_after(entry, timezone.localdate())
    assert Fee.objects.get().state == "due"
    return entry


def fresh(entry: Entry) -> Entry:
    return Entry.objects.select_related("award__version", "register").get(pk=entry.pk)


def away(desk: made.Desk, entry: Entry) -> Entry:
    actions.move_entry(actor=desk.registrar, entry=entry, verb="begin-break", reason="Caring")
    return fresh(entry)


def back(desk: made.Desk, entry: Entry) -> None:
    needs = made.needs_of(entry, "end-break")
    actions.move_entry(actor=desk.registrar, entry=entry, verb="end-break", confirmed=needs)


def test_nobody_is_back_from_a_break_unless_cpd_and_fee_are_confirmed(desk: made.Desk) -> None:
    entry = away(desk, made.somebody())
    needs = list(made.needs_of(entry, "end-break"))
    assert needs == ["Their CPD is declared", "The fee for their year is paid"]
    for confirmed in ([], needs[:1], needs[1:]):
        with pytest.raises(Refused, match="Not confirmed yet"):
            actions.move_entry(
                actor=desk.registrar, entry=entry, verb="end-break", confirmed=confirmed
            )
    page = reverse("recognition:desk_entry", args=[entry.register.slug, entry.award.number])
    told = made.browser(desk.registrar).get(page).content.decode()
    for one in needs:
        assert one in told
    back(desk, entry)
    assert fresh(entry).award.state == "active"


def test_the_fee_of_before_a_break_is_settled_before_the_next_year(
    desk: made.Desk, django_capture_on_commit_callbacks: object
) -> None:
    entry = away(desk, owing(desk))
    with pytest.raises(Refused, match=r"fee of £18\.00 for their year is not settled"):
        back(desk, entry)
    waive_fee(actor=desk.registrar, fee=Fee.objects.get(), why="Ill for long")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        back(desk, entry)
    assert fresh(entry).award.period_start == timezone.localdate()
    assert Fee.objects.get().why == "Ill for long"


def test_who_comes_back_owes_nothing_for_a_year_that_never_came(
    desk: made.Desk, django_capture_on_commit_callbacks: object
) -> None:
    entry = owing(desk)
    actions.move_entry(actor=desk.registrar, entry=entry, verb="resign")
    entry = fresh(entry)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        move_award(
            actor=SYSTEM,
            award=entry.award,
            verb="return",
            confirmed=made.needs_of(entry, "return"),
        )
    fee = Fee.objects.get()
    assert (fee.state, fee.why) == ("waived", "Their year began anew without it.")
