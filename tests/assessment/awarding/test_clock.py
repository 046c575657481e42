"""What the clock does to awards: each move from its own day on, each letter once, killed or not.

The made-up mark ends on 28 February 2029 when granted on 1 March 2026; it comes due 90 days before
(30 November 2028), lapses 30 days after (30 March 2029), and reminds 180, 90 and 30 days before.
"""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from benchside.assessment import queries
from benchside.assessment.actions import move_award
from benchside.assessment.awarding import clock, mails, tasks
from benchside.assessment.models import Award, AwardReminder, StandardVersion
from benchside.core.actions import SYSTEM
from benchside.core.models.mail import OutgoingMail
from benchside.organisations.models import Organisation
from tests.assessment.awarding.conftest import an_award
from tests.factories.people import person

pytestmark = pytest.mark.django_db


def told(award: Award) -> list[tuple[str, date]]:
    return [(one.verb, one.effective_on) for one in award.events.all()]


def with_contact(award: Award) -> Award:
    Organisation.objects.filter(pk=award.organisation_id).update(
        contact=person("contact@northmoor.example")
    )
    award.refresh_from_db()
    return award


@pytest.mark.parametrize(
    ("day", "state", "events"),
    [
        ("2028-11-29", "held", 1),
        ("2028-11-30", "renewal-due", 2),
        ("2029-03-29", "renewal-due", 2),
        ("2029-03-30", "lapsed", 3),
        ("2035-01-01", "lapsed", 3),
    ],
)
def test_it_moves_on_its_day_and_not_before(
    bench: StandardVersion, day: str, state: str, events: int
) -> None:
    award = an_award(bench)
    with time_machine.travel(f"{day} 12:00:00+00:00", tick=False):
        tasks.walk_awards.func()
        tasks.walk_awards.func()
    award.refresh_from_db()
    assert (award.state, award.events.count()) == (state, events)
    assert list(queries.faults_of(award)) == []


def test_what_was_missed_takes_effect_on_its_own_day(bench: StandardVersion) -> None:
    award = an_award(bench)
    assert clock.walk(award, date(2031, 5, 5)) == 2
    assert told(award)[1:] == [("come-due", date(2028, 11, 30)), ("lapse", date(2029, 3, 30))]
    assert queries.state_on(award, date(2029, 1, 1)) == "renewal-due"


def test_a_day_before_the_last_event_is_the_day_of_that(bench: StandardVersion) -> None:
    award = an_award(bench)
    move_award(actor=SYSTEM, award=award, verb="come-due", effective_on=date(2029, 5, 1))
    clock.walk(award, date(2029, 6, 1))
    assert told(award)[-1] == ("lapse", date(2029, 5, 1))


def test_a_worker_killed_between_two_awards_leaves_nothing_half(
    bench: StandardVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = an_award(bench), an_award(bench, "southmoor")
    real = clock.walk

    def killed(award: Award, today: date) -> int:
        if award.pk == second.pk:
            raise KeyboardInterrupt
        return real(award, today)

    with time_machine.travel("2028-12-24 12:00:00+00:00", tick=False):
        monkeypatch.setattr(clock, "walk", killed)
        with pytest.raises(KeyboardInterrupt):
            tasks.walk_awards.func()
        monkeypatch.setattr(clock, "walk", real)
        tasks.walk_awards.func()
    for one in (first, second):
        one.refresh_from_db()
        assert (one.state, one.events.count()) == ("renewal-due", 2)


def test_one_award_that_fails_keeps_no_other_from_moving(
    bench: StandardVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = an_award(bench), an_award(bench, "southmoor")
    real = clock.walk

    def broken(award: Award, today: date) -> int:
        if award.pk == first.pk:
            raise ValueError("broken")
        return real(award, today)

    monkeypatch.setattr(clock, "walk", broken)
    day = time_machine.travel("2028-12-24 12:00:00+00:00", tick=False)
    with day, pytest.raises(RuntimeError, match="1 awards"):
        tasks.walk_awards.func()
    second.refresh_from_db()
    assert second.state == "renewal-due"


# --- letters ------------------------------------------------------------------------------------
def sent() -> int:
    return OutgoingMail.objects.filter(name="assessment/award_ends_soon").count()


def test_each_letter_is_sent_once(bench: StandardVersion) -> None:
    award = with_contact(an_award(bench))
    days = {
        date(2028, 8, 31): 0,  # 181 days before the end
        date(2028, 9, 1): 1,
        date(2028, 9, 2): 1,
        date(2028, 11, 30): 2,
        date(2029, 1, 29): 3,
        date(2029, 2, 28): 3,
    }
    for day, letters in days.items():
        clock.remind(award, day)
        clock.remind(award, day)
        assert sent() == letters, day


def test_letters_that_were_missed_become_one(bench: StandardVersion) -> None:
    award = with_contact(an_award(bench))
    assert clock.remind(award, date(2029, 2, 10))
    assert not clock.remind(award, date(2029, 2, 11))
    assert [one.days for one in AwardReminder.objects.all()] == [30]


def test_nobody_is_told_that_something_gone_ends_soon(bench: StandardVersion) -> None:
    award = with_contact(an_award(bench))
    assert not clock.remind(award, date(2029, 3, 1))
    move_award(actor=SYSTEM, award=award, verb="withdraw", reason="Untrue")
    assert not clock.remind(award, date(2029, 2, 1))


def test_a_letter_that_cannot_be_written_is_tried_again(
    bench: StandardVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    award = with_contact(an_award(bench))

    def broken(*_: Any) -> bool:
        raise OSError

    monkeypatch.setattr(mails, "ends_soon", broken)
    with pytest.raises(OSError):
        clock.remind(award, date(2029, 2, 10))
    monkeypatch.undo()
    assert clock.remind(award, date(2029, 2, 10))


def test_a_new_period_is_reminded_of_anew(bench: StandardVersion) -> None:
    award = with_contact(an_award(bench))
    clock.remind(award, date(2029, 2, 10))
    move_award(actor=SYSTEM, award=award, verb="renew", effective_on=date(2029, 2, 11))
    assert award.period_end == date(2032, 2, 10)
    assert clock.remind(award, date(2032, 1, 20))
    assert sent() == 2


# --- manage.py verify_awards --------------------------------------------------------------------
def test_verify_awards_says_which_and_where(bench: StandardVersion, capsys: Any) -> None:
    an_award(bench)
    call_command("verify_awards")
    assert "1 awards, every chain holds" in capsys.readouterr().out
    Award.objects.update(state="lapsed")
    with pytest.raises(CommandError, match=r"TB-000001: event 1 is not the state"):
        call_command("verify_awards")
