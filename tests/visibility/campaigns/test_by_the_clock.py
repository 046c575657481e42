"""Reminders, thanks and forgetting: once each, however often and whenever they run."""

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core import personal_data
from benchside.core.actions import SYSTEM, VISITOR, Denied, Refused
from benchside.core.models import AuditEvent, OutgoingMail
from benchside.visibility.campaigns import actions, links
from benchside.visibility.campaigns.actions.thanks import start_thanks
from benchside.visibility.campaigns.tasks import send_reminders, thank_schools, tidy_campaigns
from benchside.visibility.enums import CampaignState, PledgeLetter, PledgeState
from benchside.visibility.models import CampaignDay, Partner, Pledge, PledgeMail
from tests.factories.campaigns import a_campaign, a_day, a_pledge, page_of, team
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import person

pytestmark = pytest.mark.django_db
DAY = datetime.date(2027, 3, 12)
LONG_AGO = datetime.datetime(2027, 1, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def day() -> CampaignDay:
    return a_day(a_campaign(), DAY)


def joined(day: CampaignDay, *, at: datetime.datetime = LONG_AGO, **fields: Any) -> Pledge:
    return a_pledge(day, confirmed_at=at, **fields)


def on(date: str) -> Any:
    return time_machine.travel(f"{date}T07:00:00Z", tick=False)


# --- reminders ------------------------------------------------------------------------------------
def test_four_reminders_once_each_however_often_it_runs(day: CampaignDay) -> None:
    joined(day)
    dates = [datetime.date(2027, 2, 1) + datetime.timedelta(days=n) for n in range(50)]
    for date in dates:
        with on(date.isoformat()):
            send_reminders.func()
            send_reminders.func()
    subjects = list(OutgoingMail.objects.order_by("pk").values_list("subject", flat=True))
    assert subjects == [
        f"{when}: Made-Up Day" for when in ("In four weeks", "In a week", "Tomorrow", "Today")
    ]
    sent = PledgeMail.objects.order_by("pk")
    assert [(one.kind, timezone.localdate(one.sent_at).isoformat()) for one in sent] == [
        ("four-weeks", "2027-02-12"),
        ("one-week", "2027-03-05"),
        ("day-before", "2027-03-11"),
        ("morning", "2027-03-12"),
    ]


def test_a_day_without_a_worker_is_made_up_for(day: CampaignDay) -> None:
    joined(day)
    with on("2027-03-07"):  # five days before: the week's reminder was due two days ago
        send_reminders.func()
    assert PledgeMail.objects.get().kind == "one-week"


def test_whoever_joins_late_is_not_told_what_they_have_just_read(day: CampaignDay) -> None:
    joined(day, at=datetime.datetime(2027, 3, 8, 12, tzinfo=datetime.UTC))
    with on("2027-03-09"):
        send_reminders.func()
    assert not PledgeMail.objects.exists()
    with on("2027-03-11"):
        send_reminders.func()
    assert PledgeMail.objects.get().kind == "day-before"


def test_nobody_else_is_reminded(day: CampaignDay) -> None:
    joined(day, wants_reminders=False)
    joined(day, contact_email="")
    a_pledge(day, state=PledgeState.MADE)
    a_pledge(day, state=PledgeState.LEFT, left_at=LONG_AGO)
    over = a_day(a_campaign("over-day", state=CampaignState.OVER), DAY)
    joined(over)
    with on("2027-03-11"):
        send_reminders.func()
    assert not OutgoingMail.objects.exists()


def test_the_link_in_a_reminder_stops_them(day: CampaignDay) -> None:
    pledge = joined(day)
    with on("2027-03-05"):
        send_reminders.func()
    assert page_of(pledge, "stop") in OutgoingMail.objects.get().text
    page = Client().post(page_of(pledge, "stop")).content.decode()
    assert "No more reminders" in page
    with on("2027-03-11"):
        send_reminders.func()
    assert OutgoingMail.objects.count() == 1


def test_a_reminder_whose_mail_fails_counts_as_not_sent(
    day: CampaignDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    pledge = joined(day)

    def fail(*_args: Any, **_more: Any) -> None:
        raise OSError("no disk")

    monkeypatch.setattr("benchside.core.mail.send", fail)
    with pytest.raises(OSError, match="no disk"):
        actions.remind(actor=SYSTEM, pledge=pledge, kind="one-week")
    monkeypatch.undo()
    assert actions.remind(actor=SYSTEM, pledge=pledge, kind="one-week")


# --- thanks ---------------------------------------------------------------------------------------
@on("2027-03-15")
def test_all_schools_are_thanked_once(day: CampaignDay) -> None:
    first, second = joined(day), joined(day, school="Southmoor School")
    a_pledge(day, "Waiting", state=PledgeState.MADE)
    thank_schools.func(day.pk)
    thank_schools.func(day.pk)
    mails = list(OutgoingMail.objects.order_by("pk"))
    assert [mail.subject for mail in mails] == [
        "Thank you, Northmoor High School: Made-Up Day",
        "Thank you, Southmoor School: Made-Up Day",
    ]
    assert "took part: 2" in mails[0].text
    assert page_of(first, "letter") in mails[0].text
    assert page_of(second) in mails[1].text
    day.refresh_from_db()
    assert day.thanked_at


@on("2027-03-15")
def test_thanks_that_were_stopped_go_on_where_they_were(
    day: CampaignDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        joined(day, school=f"School {number}")
    whole, sent = actions.thank, []

    def killed_after_two(**given: Any) -> bool:
        if len(sent) == 2:
            raise SystemExit
        sent.append(given["pledge"])
        return whole(**given)

    monkeypatch.setattr(actions, "thank", killed_after_two)
    with pytest.raises(SystemExit):
        thank_schools.func(day.pk)
    monkeypatch.undo()
    thank_schools.func(day.pk)
    assert OutgoingMail.objects.count() == 5
    assert PledgeMail.objects.filter(kind=PledgeLetter.THANKS).count() == 5


@on("2027-03-15")
def test_leads_of_an_organisation_are_thanked_too_and_nobody_twice(day: CampaignDay) -> None:
    school = an_organisation("northmoor")
    lead = a_member(school)
    a_member(school, local="second")
    joined(day, organisation=school, contact_email=lead.email)
    thank_schools.func(day.pk)
    to = sorted(address for mail in OutgoingMail.objects.all() for address in mail.to)
    assert to == [lead.email, "second@northmoor.example"]


def test_thanks_wait_for_the_day_to_be_over_and_are_the_team_s(day: CampaignDay) -> None:
    with on("2027-03-12"), pytest.raises(Refused, match="not over"):
        start_thanks(actor=team(), day=day, then="/")
    with on("2027-03-13"):
        with pytest.raises(Denied):
            start_thanks(actor=VISITOR, day=day, then="/")
        actor = team("Cleo")
        one = start_thanks(actor=actor, day=day, then="/")
        again = start_thanks(actor=actor, day=day, then="/")
        assert one == again


# --- forgetting -----------------------------------------------------------------------------------
def test_whom_to_write_to_is_forgotten_90_days_after_the_day(day: CampaignDay) -> None:
    pledge = joined(day, note="Rang on Monday")
    with on("2027-06-10"):
        tidy_campaigns.func()
    pledge.refresh_from_db()
    assert pledge.contact_email
    with on("2027-06-11"):
        tidy_campaigns.func()
    pledge.refresh_from_db()
    assert (pledge.contact_name, pledge.contact_email, pledge.note) == ("", "", "")
    assert pledge.state == PledgeState.CONFIRMED  # the school stays on record


def test_what_nobody_confirmed_is_deleted_after_two_weeks(day: CampaignDay) -> None:
    a_pledge(day, state=PledgeState.MADE, made_at=LONG_AGO)
    kept = joined(day)
    with on("2027-01-15"):
        tidy_campaigns.func()
        assert day.pledges.count() == 2
    with on("2027-01-16"):
        tidy_campaigns.func()
    assert list(day.pledges.all()) == [kept]


def test_a_person_can_see_and_erase_what_is_theirs(day: CampaignDay) -> None:
    user = person("nora@school.example")
    pledge = joined(day, contact_email="Nora@school.example")
    Partner.objects.create(name="P", contact_name="Nora", contact_email="nora@school.example")
    joined(day, school="Other", contact_email="other@school.example")
    held = personal_data.export_person(user.person_id)["Schools you signed up for campaigns"]
    assert [one["school"] for one in held["schools_signed_up"]] == ["Northmoor High School"]
    assert held["partners_spoken_for"] == [{"name": "P", "contact_name": "Nora"}]
    personal_data.erase_person(user.person_id)
    pledge.refresh_from_db()
    assert (pledge.contact_name, pledge.contact_email) == ("", "")
    assert Partner.objects.get().contact_email == ""
    assert Pledge.objects.get(school="Other").contact_email
    assert User.objects.get(pk=user.pk).email != "nora@school.example"


def test_nothing_of_a_contact_stands_in_the_audit(day: CampaignDay) -> None:
    made = actions.make_pledge(
        actor=VISITOR,
        day=a_day(a_campaign("soon")),
        values={
            "school": "School",
            "contact_name": "Zebedee Uncommon",
            "contact_email": "zebedee@school.example",
        },
    )
    assert made
    actions.confirm_pledge(actor=links.holder_of(made), pledge=made)
    actions.follow_up(actor=team(), pledge=made, note="Zebedee rang", write=True)
    for event in AuditEvent.objects.all():
        assert "zebedee" not in f"{event.verb} {event.detail}".casefold()
        assert links.token_of(made) not in str(event.detail)
