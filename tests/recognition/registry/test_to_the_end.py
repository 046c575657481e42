"""From two months before the end of a year to the day it is gone: who gets which letter on which
day, when nobody does anything. Admitted on 1 March 2026: the year ends on 28 February 2027, the
last day of extra time is 28 May, 89 days later, and on 29 May it has lapsed."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.awarding import tasks as engine
from benchside.core.models import OutgoingMail
from benchside.organisations.enums import Kind
from benchside.organisations.models import Employment, Organisation
from benchside.recognition.cpd import tasks as cpd
from benchside.recognition.cpd.actions import Said, declare_year
from benchside.recognition.cpd.queries import years_to_declare
from benchside.recognition.models import Entry, Fee, RenewalLetter
from benchside.recognition.registry import actions, tasks
from benchside.recognition.registry.queries import desk_of
from benchside.recognition.registry.queues import Reader, queues
from tests.factories import registers
from tests.factories import registry as made
from tests.factories.organisations import a_member, an_organisation

pytestmark = pytest.mark.django_db
BEGINS = date(2026, 3, 1)
THEIRS = "siobhn@work.example"


def entry_of(**more: Any) -> Entry:
    with time_machine.travel("2026-03-01 12:00Z", tick=False):
        entry = made.somebody(days=0, **more)
    assert entry.award.period_end == date(2027, 2, 28)
    return entry


def fresh(entry: Entry) -> Entry:
    return Entry.objects.select_related("award__version", "register").get(pk=entry.pk)


@pytest.fixture
def letters(django_capture_on_commit_callbacks: Any) -> Any:
    """The letters of each day from one to another, (day, name, to), with the clocks of its night
    run as they run: awards, entries, CPD."""

    def walk(first: date, last: date) -> list[tuple[str, str, str]]:
        sent = []
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            known = set(OutgoingMail.objects.values_list("pk", flat=True))
            with (
                time_machine.travel(f"{day} 12:00Z", tick=False),
                django_capture_on_commit_callbacks(execute=True),
            ):
                engine.walk_awards.func()
                tasks.look_after_entries.func()
                cpd.ask_for_declarations.func()
            new = OutgoingMail.objects.exclude(pk__in=known).order_by("pk")
            sent += [(day.isoformat(), one.name.split("/")[1], one.to[0]) for one in new]
        return sent

    return walk


def test_who_does_nothing_is_told_again_and_again_before_it_lapses(letters: Any) -> None:
    made.a_desk()
    entry = entry_of()
    found = letters(date(2026, 10, 25), date(2027, 6, 10))
    assert {to for _, _, to in found} == {THEIRS}
    assert [(day, name) for day, name, _ in found] == [
        ("2026-11-01", "declaration_due"),  # 60 days before 31 December
        ("2026-11-30", "award_ends_soon"),  # 90 days before the end
        ("2026-12-01", "declaration_due"),
        ("2026-12-24", "declaration_due"),
        ("2027-01-07", "declaration_due"),
        ("2027-01-29", "award_ends_soon"),  # 30 days
        ("2027-01-30", "declaration_due"),
        ("2027-02-21", "award_ends_soon"),  # 7 days
        ("2027-03-01", "renewal_missing"),  # 1 day over
        ("2027-03-01", "declaration_due"),
        ("2027-03-30", "renewal_missing"),  # 30
        ("2027-04-29", "renewal_missing"),  # 60
        ("2027-05-22", "renewal_missing"),  # 83
        ("2027-05-27", "renewal_missing"),  # 88: one day is left
        ("2027-05-29", "entry_changed"),
    ]
    assert fresh(entry).award.state == "lapsed"
    texts = list(
        OutgoingMail.objects.filter(name="recognition/renewal_missing").values_list(
            "subject", "text"
        )
    )
    for subject, text in texts:  # the day, what to do, one link
        assert "by 28 May 2027" in subject
        assert "until 28 May 2027" in text
        assert text.count("http") == 1
    before = OutgoingMail.objects.filter(name="assessment/award_ends_soon").first()
    assert before
    assert f"You hold {entry.award.number}" in before.text
    assert "This is missing: Look at what the register says of you" in before.text
    last = OutgoingMail.objects.get(name="recognition/entry_changed").text
    assert "You can come back until 29 May 2030" in last  # three years and the leap day: 1096 days


def an_employer_that_pays(entry: Entry, *, is_lead: bool = False) -> Organisation:
    works = an_organisation("works", kind=Kind.EMPLOYER)
    boss = a_member(works)
    works.contact = None if is_lead else boss
    works.save(update_fields=["contact"])
    Employment.objects.create(organisation=works, technician=entry.award.technician, key="k")
    return works


@pytest.mark.parametrize("is_lead", [False, True])
def test_an_employer_that_pays_is_told_in_the_last_month_and_so_is_the_person(
    letters: Any, is_lead: bool
) -> None:
    made.a_desk()
    entry = entry_of()
    works = an_employer_that_pays(entry, is_lead=is_lead)
    letters(date(2027, 2, 27), date(2027, 2, 27))
    with time_machine.travel("2027-02-27 12:00Z", tick=False):
        actions.confirm_renewal(
            actor=made.holder_of(entry), entry=fresh(entry), details=True, conduct=True
        )
    Fee.objects.update(state="invoiced", payer=works.name)
    found = letters(date(2027, 4, 28), date(2027, 4, 30))
    assert [day for day, name, _ in found if name == "employer_told"] == ["2027-04-29"]
    told = OutgoingMail.objects.get(name="recognition/employer_told")
    assert "28 May 2027" in told.text
    assert "/org/works/recognition/registrations/" in told.text
    letter = OutgoingMail.objects.filter(name="recognition/renewal_missing").latest("pk").text
    assert "We have written to" in letter
    if not is_lead:
        return
    works.memberships.all().delete()
    RenewalLetter.objects.filter(is_employer=True).delete()
    letters(date(2027, 5, 1), date(2027, 5, 2))
    assert not RenewalLetter.objects.filter(is_employer=True).exists()  # nobody there: not told


def test_nobody_on_a_break_is_asked_to_renew(letters: Any) -> None:
    desk = made.a_desk()
    entry = entry_of()
    with time_machine.travel("2026-11-01 12:00Z", tick=False):
        actions.move_entry(
            actor=desk.registrar,
            entry=entry,
            verb="begin-break",
            reason="Study",
            until=date(2027, 4, 30),
        )
    found = letters(date(2026, 11, 25), date(2027, 6, 10))
    assert [(day, name) for day, name, _ in found] == [("2027-03-31", "spell_ends")]
    assert fresh(entry).award.state == "career-break"


def test_a_break_without_an_end_is_asked_about_once_a_year(letters: Any) -> None:
    desk = made.a_desk()
    entry = entry_of()
    with time_machine.travel("2026-11-01 12:00Z", tick=False):
        actions.move_entry(actor=desk.registrar, entry=entry, verb="begin-break", reason="Caring")
    found = letters(date(2027, 10, 30), date(2027, 11, 5))
    assert found == [("2027-11-01", "break_goes_on", THEIRS)]
    found = letters(date(2028, 10, 29), date(2028, 11, 2))
    assert found == [("2028-10-31", "break_goes_on", THEIRS)]  # two times 365 days
    assert fresh(entry).award.state == "career-break"


def test_who_comes_back_from_a_suspension_after_their_year_has_the_whole_extra_time(
    letters: Any,
) -> None:
    """Suspended before the end, cleared in August: without it they would be gone that night."""
    desk = made.a_desk()
    entry = entry_of()
    for day, verb, reason in (
        ("2027-01-10", "suspend-meanwhile", "The public must be protected meanwhile"),
        ("2027-08-01", "lift", "Nothing was found"),
    ):
        with time_machine.travel(f"{day} 12:00Z", tick=False):
            proposal = actions.propose_move(
                actor=desk.registrar, entry=fresh(entry), verb=verb, reason=reason, words="See it."
            )
            actions.confirm_move(actor=desk.ratifier, proposal=proposal)
    found = letters(date(2027, 8, 2), date(2027, 10, 30))
    renewal = [day for day, name, _ in found if name == "renewal_missing"]
    # 1, 30, 60, 83 and 88 days after 1 August
    assert renewal == ["2027-08-02", "2027-08-31", "2027-09-30", "2027-10-23", "2027-10-28"]
    assert found[-1][:2] == ("2027-10-30", "entry_changed")
    assert fresh(entry).award.state == "lapsed"


@pytest.mark.parametrize("waits", ["conduct", "request"])
def test_nobody_lapses_for_what_waits_for_the_registrar(letters: Any, waits: str) -> None:
    desk = made.a_desk()
    entry = entry_of()
    holder = made.holder_of(entry)
    letters(date(2027, 3, 1), date(2027, 3, 1))
    with time_machine.travel("2027-05-20 12:00Z", tick=False):
        if waits == "request":
            asked = actions.ask_for(
                actor=holder, entry=fresh(entry), verb="begin-break", reason="Caring"
            )
        else:
            for year in years_to_declare(fresh(entry), timezone.localdate()):
                said = Said(is_kept=True, is_conduct_kept=True)
                declare_year(actor=holder, entry=fresh(entry), year=year, said=said)
            told = actions.confirm_renewal(
                actor=holder,
                entry=fresh(entry),
                details=True,
                conduct=False,
                conduct_words="A warning at work.",
            )
            Fee.objects.update(state="paid", settled_on=date(2027, 5, 20))
    letters(date(2027, 5, 28), date(2027, 6, 20))
    assert fresh(entry).award.state == "grace"
    with time_machine.travel("2027-06-21 12:00Z", tick=False):
        if waits == "request":
            actions.refuse_request(actor=desk.registrar, request=asked, answer="Renew first.")
        else:
            actions.see_conduct(actor=desk.registrar, renewal=told)
    letters(date(2027, 6, 21), date(2027, 6, 22))
    assert fresh(entry).award.state == ("lapsed" if waits == "request" else "active")


def test_who_has_no_account_is_written_to_at_work_and_who_has_no_address_stands_at_the_desk(
    letters: Any,
) -> None:
    desk = made.a_desk()
    with time_machine.travel("2026-03-01 12:00Z", tick=False):
        at_work = registers.an_entry("At Work", since=BEGINS)
        nowhere = registers.an_entry("No Where", since=BEGINS)
    technician = at_work.award.technician
    assert technician
    technician.work_email = "at@work.example"
    technician.save(update_fields=["work_email"])
    found = letters(date(2027, 2, 28), date(2027, 3, 1))
    assert {to for _, _, to in found} == {"at@work.example"}
    assert {name for _, name, _ in found} >= {"award_ends_soon", "renewal_missing"}
    with time_machine.travel("2027-03-02 12:00Z", tick=False):
        here = desk_of(User.objects.get(email="registrar@council.example"), desk.register.slug)
        assert here
        (queue,) = [one for one in queues if one.key == "unreached"]
        assert [one.title for one in queue.waiting(Reader(here))] == [
            f"{nowhere.award.number} {nowhere.name}"
        ]
