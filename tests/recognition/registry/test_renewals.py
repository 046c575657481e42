"""Another year: what is missing, letters that name it, the employer who pays, kill and resume."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from benchside.assessment.awarding import clock as engine
from benchside.assessment.awarding.queries import last_day
from benchside.core.actions import Denied, Refused
from benchside.core.models import OutgoingMail
from benchside.organisations.enums import Kind
from benchside.organisations.models import Employment
from benchside.recognition.cpd import queries as cpd
from benchside.recognition.cpd.actions.declarations import Said, declare_year
from benchside.recognition.models import Entry, Fee, RenewalLetter, YearlyRenewal
from benchside.recognition.registry import actions, checks, clock, mails, tasks
from benchside.recognition.registry.checks import Missing, RenewalCheck, missing_of
from tests.factories import registry as made
from tests.factories.organisations import a_member, an_organisation

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def ending_in(days: int, name: str = "Siobhán O’Brien", *, declared: bool = True) -> Entry:
    """Whose year ends so many days from now; before today where it is negative. Their CPD is
    declared unless said otherwise."""
    entry = made.somebody(name, days=364 - days)
    for year in cpd.years_to_declare(entry, TODAY()) if declared else ():
        said = Said(is_kept=True, is_conduct_kept=True)
        declare_year(actor=made.holder_of(entry), entry=entry, year=year, said=said)
    engine.walk(entry.award, TODAY())
    entry.award.refresh_from_db()
    assert entry.award.period_end is not None
    return entry


def pay(entry: Entry) -> None:
    Fee.objects.filter(entry=entry).update(state="paid", settled_on=TODAY())


def confirm(entry: Entry, **more: Any) -> YearlyRenewal:
    given = {"details": True, "conduct": True, **more}
    return actions.confirm_renewal(actor=made.holder_of(entry), entry=entry, **given)


def fresh(entry: Entry) -> Entry:
    return Entry.objects.select_related("award__version", "register").get(pk=entry.pk)


@pytest.fixture
def desk() -> made.Desk:
    return made.a_desk()


def test_each_thing_is_named_until_it_is_there_and_then_a_year_begins(desk: made.Desk) -> None:
    entry = ending_in(20)
    end = entry.award.period_end
    assert end is not None
    assert entry.award.state == "renewal-due"
    clock.look_after(entry, TODAY())
    made_fee = Fee.objects.get(entry=entry)
    assert (made_fee.amount, made_fee.due_on, made_fee.state) == (Decimal("18.00"), end, "due")
    assert [one.what for one in missing_of(fresh(entry))] == [
        "Look at what the register says of you, and say that it is right.",
        "Say that you keep to the code of conduct.",
        "Pay the fee of £18.00.",
    ]
    confirm(entry)
    assert [one.what for one in missing_of(fresh(entry))] == ["Pay the fee of £18.00."]
    assert entry.award.state == "renewal-due"
    pay(entry)
    clock.look_after(fresh(entry), TODAY())
    again = fresh(entry).award
    assert (again.state, again.period_start) == ("active", end + timedelta(days=1))
    assert again.period_end == date(end.year + 1, end.month, end.day)  # a year, to the day


def test_a_year_that_is_far_off_is_not_confirmed_and_costs_nothing_yet(desk: made.Desk) -> None:
    entry = ending_in(91)
    assert entry.award.period_end is not None
    opens = entry.award.period_end - timedelta(days=90)
    with pytest.raises(Refused, match=f"opens on {opens:%-d %B %Y}"):
        confirm(entry)
    assert not Fee.objects.exists()
    path = reverse("recognition:renew_entry", args=[entry.award.number])
    page = made.browser(made.holder_of(entry)).get(path).content.decode()
    assert "Your next year is not open yet" in page
    assert f"{opens:%-d %B %Y}" in page
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        confirm(entry)
    assert Fee.objects.exists()


def test_a_renewal_waits_for_the_declaration_of_cpd(desk: made.Desk) -> None:
    entry = ending_in(20, declared=False)
    clock.look_after(entry, TODAY())
    confirm(entry)
    pay(entry)
    (year,) = cpd.years_to_declare(entry, TODAY())
    assert [one.what for one in missing_of(fresh(entry))] == [f"Declare your CPD of {year}."]


def test_a_clock_that_runs_twice_does_nothing_twice(desk: made.Desk) -> None:
    entry = ending_in(-31)
    assert entry.award.state == "grace"
    for _ in range(2):
        clock.look_after(fresh(entry), TODAY())
    assert (Fee.objects.count(), YearlyRenewal.objects.count()) == (1, 1)
    assert list(RenewalLetter.objects.values_list("days", flat=True)) == [30]


def test_what_was_told_of_conduct_waits_until_a_registrar_has_read_it(desk: made.Desk) -> None:
    entry = ending_in(20)
    renewal = confirm(entry, conduct=False, conduct_words="A warning at work in May.")
    pay(entry)
    clock.look_after(fresh(entry), TODAY())
    assert fresh(entry).award.state == "renewal-due"
    with pytest.raises(Denied):
        actions.see_conduct(actor=made.holder_of(entry), renewal=renewal)
    actions.see_conduct(actor=desk.registrar, renewal=renewal)
    assert fresh(entry).award.state == "active"


def test_what_was_told_anew_is_not_read_with_what_was_told_before(desk: made.Desk) -> None:
    entry, client = ending_in(20), made.browser(desk.registrar)
    address = f"/registry/{entry.register.slug}/entries/{entry.award.number}/"
    renewal = confirm(entry, conduct=False, conduct_words="A warning at work in May.")
    page = client.get(address).content.decode()
    read = page.split('name="told_at" value="')[1].split('"')[0]
    confirm(entry, conduct=False, conduct_words="I was dismissed in June.")
    with pytest.raises(Refused, match="It has changed since you read it"):
        actions.see_conduct(actor=desk.registrar, renewal=renewal)
    said = {"do": "seen", "told_at": read}
    answer = client.post(f"{address}affairs/", said, follow=True).content.decode()
    assert "It has changed since you read it." in answer
    renewal.refresh_from_db()
    assert renewal.conduct_seen_at is None
    said["told_at"] = answer.split('name="told_at" value="')[1].split('"')[0]
    assert "Read and kept." in client.post(f"{address}affairs/", said, follow=True).content.decode()


@pytest.mark.parametrize("given", [{"details": False}, {"conduct": False}])
def test_nothing_is_confirmed_by_halves(desk: made.Desk, given: dict[str, bool]) -> None:
    with pytest.raises(Refused):
        confirm(ending_in(20), **given)
    assert not YearlyRenewal.objects.exists()


def test_letters_after_the_end_name_the_one_thing_and_the_last_day(
    desk: made.Desk, django_capture_on_commit_callbacks: Any
) -> None:
    entry = ending_in(-2)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(entry)
        clock.look_after(fresh(entry), TODAY())
    letter = OutgoingMail.objects.get(name="recognition/renewal_missing")
    assert "Pay the fee of £18.00." in letter.text
    last = last_day(fresh(entry).award)
    assert last == TODAY() + timedelta(days=87)  # 90 days after its end it stands no more
    assert f"{last:%-d %B %Y}" in letter.text


def test_no_letter_after_the_end_of_a_break_or_of_what_stands_no_more(desk: made.Desk) -> None:
    entry = ending_in(20)
    actions.move_entry(actor=desk.registrar, entry=entry, verb="begin-break", reason="Study")
    clock.look_after(fresh(entry), TODAY() + timedelta(days=60))
    assert not RenewalLetter.objects.exists()
    with pytest.raises(Refused, match="nothing to renew"):
        confirm(entry)


def test_only_an_employer_that_pays_is_told_once_in_the_last_month(
    desk: made.Desk, django_capture_on_commit_callbacks: Any
) -> None:
    works = an_organisation("works", kind=Kind.EMPLOYER)
    works.contact = a_member(works)
    works.save(update_fields=["contact"])
    entry = ending_in(-61)
    Employment.objects.create(organisation=works, technician=entry.award.technician, key="k")

    def told() -> list[str]:
        with django_capture_on_commit_callbacks(execute=True):
            clock.look_after(fresh(entry), TODAY())
        letters = OutgoingMail.objects.filter(name="recognition/employer_told")
        return [to for one in letters for to in one.to]

    assert told() == []  # they pay themselves
    Fee.objects.update(payer="Somebody else Ltd")
    assert told() == []
    Fee.objects.update(payer=works.name.upper())
    assert told() == [works.contact.email]
    assert told() == [works.contact.email]  # no second one


def test_many_at_once_and_one_that_cannot_keeps_no_other_back(desk: made.Desk) -> None:
    ready, not_ready = ending_in(20, "Ready Made-Up"), ending_in(20, "Late Made-Up")
    confirm(ready)
    confirm(not_ready)
    pay(ready)
    came = actions.renew_many(actor=desk.registrar, entries=[fresh(not_ready), fresh(ready)])
    assert [one.pk for one in came.done] == [ready.pk]
    assert [(one.pk, "Pay the fee" in why) for one, why in came.left] == [(not_ready.pk, True)]


def test_another_part_adds_a_check(desk: made.Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    cpd = RenewalCheck(
        key="test.cpd", title="CPD", missing=lambda entry, end: Missing("Declare your CPD.")
    )
    monkeypatch.setattr(checks, "renewal_checks", [*checks.renewal_checks, cpd])
    entry = ending_in(20)
    confirm(entry)
    pay(entry)
    assert [one.what for one in missing_of(fresh(entry))] == ["Declare your CPD."]


def test_killed_in_the_middle_and_run_again_each_has_one_letter(
    desk: made.Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [ending_in(-2, f"Made-{number} Up") for number in range(4)]
    send, sent = mails.renewal_missing, []

    def dies_at_the_third(entry: Entry, *rest: Any) -> None:
        if len(sent) == 2:
            raise KeyboardInterrupt
        sent.append(entry.pk)
        send(entry, *rest)

    monkeypatch.setattr(mails, "renewal_missing", dies_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        tasks.look_after_entries.call()
    assert RenewalLetter.objects.count() == 2
    monkeypatch.setattr(mails, "renewal_missing", lambda entry, *rest: sent.append(entry.pk))
    tasks.look_after_entries.call()
    assert sorted(sent) == sorted(one.pk for one in entries)


def test_a_registrar_does_not_renew_past_what_is_missing(desk: made.Desk) -> None:
    entry = ending_in(20)
    clock.look_after(entry, TODAY())
    with pytest.raises(Refused, match="by renewing"):
        actions.move_entry(actor=desk.registrar, entry=fresh(entry), verb="renew")
    with pytest.raises(Refused, match="Look at what the register says"):
        actions.renew_entry(actor=desk.registrar, entry=fresh(entry))
