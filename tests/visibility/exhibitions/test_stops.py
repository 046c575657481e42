"""Stops: never two at once, and how many came."""

import threading
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import Actor, Denied, Refused
from benchside.visibility.exhibitions import actions, queries
from benchside.visibility.exhibitions.measures import visitors
from benchside.visibility.exhibitions.tasks import forget_contacts_of_stops
from benchside.visibility.models import Stop, VisitorCount
from tests.factories.contests import a_panel, a_stop, an_exhibition, team
from tests.factories.organisations import an_organisation
from tests.factories.people import person

FIRST, LAST = date(2027, 3, 1), date(2027, 3, 14)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "last"),
    [(1, 14), (14, 20), (5, 6), (1, 1)],
)
def test_panels_are_in_one_place_at_a_time(first: int, last: int) -> None:
    exhibition = an_exhibition()
    stop = a_stop(exhibition, FIRST, LAST)
    with pytest.raises(Refused, match="The panels are at Made-Up Library, Nowhere from 1 March"):
        a_stop(exhibition, date(2027, 3, first), date(2027, 3, last))
    other = a_stop(an_exhibition("other"), FIRST, LAST)  # another set of panels
    next_stop = a_stop(exhibition, LAST + timedelta(days=1), LAST + timedelta(days=3))
    with pytest.raises(Refused):
        actions.change_stop(actor=team(), stop=next_stop, values={"starts_on": LAST})
    actions.cancel_stop(actor=team(), stop=stop)
    a_stop(exhibition, FIRST, LAST)
    with pytest.raises(Refused):
        actions.plan_again(actor=team(), stop=stop)
    assert other.pk


@pytest.mark.django_db
def test_a_stop_that_ends_before_it_begins_is_none() -> None:
    exhibition = an_exhibition()
    with pytest.raises(Refused, match="end before it begins"):
        a_stop(exhibition, LAST, FIRST)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stop.objects.create(
            exhibition=exhibition, venue="x", address="x", town="x", nation="england", access="x",
            starts_on=LAST, ends_on=FIRST,
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_of_two_who_plan_at_once_one_gets_the_days() -> None:
    exhibition, actor = an_exhibition(), team()
    start, said = threading.Barrier(2), []

    def press(venue: str) -> None:
        try:
            start.wait(timeout=30)
            actions.plan_stop(
                actor=actor,
                exhibition=exhibition,
                values={
                    "venue": venue, "address": "x", "town": "x", "nation": "wales", "access": "x",
                    "starts_on": FIRST, "ends_on": LAST,
                },
            )  # fmt: skip
            said.append("planned")
        except Refused:
            said.append("refused")
        finally:
            connection.close()

    presses = [threading.Thread(target=press, args=(venue,)) for venue in ("One", "Other")]
    for one in presses:
        one.start()
    for one in presses:
        one.join(timeout=60)
    assert sorted(said) == ["planned", "refused"]
    assert Stop.objects.count() == 1


@pytest.mark.django_db
def test_visitors_by_day_with_how_they_were_counted() -> None:
    exhibition, today = an_exhibition(), timezone.localdate()
    place = an_organisation("host")
    stop = a_stop(exhibition, today - timedelta(days=3), today + timedelta(days=3), host=place)

    def note(day: date, count: int, source: str = "clicker", guess: bool = False) -> VisitorCount:
        return actions.note_visitors(
            actor=team(), stop=stop, day=day, visitors=count, source=source, is_estimate=guess
        )

    note(today, 100)
    note(today, 120)  # again: in place of it
    assert note(today - timedelta(days=1), 30, "guess").is_estimate
    with pytest.raises(Refused, match="has not come"):
        note(today + timedelta(days=1), 1)
    with pytest.raises(Refused, match="It was not there"):
        note(today - timedelta(days=9), 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        note(today, 100_001)
    assert queries.visitors_of(exhibition) == (150, True)
    measured = visitors(place.pk, today)
    assert measured
    assert measured.value == 150
    assert visitors(place.pk, today - timedelta(days=2)) is None
    with pytest.raises(Refused, match="Visitors were counted"):
        actions.change_stop(actor=team(), stop=stop, values={"starts_on": today})
    actions.cancel_stop(actor=team(), stop=stop)
    assert queries.visitors_of(exhibition) == (0, False)
    with pytest.raises(Denied):
        actions.plan_again(actor=Actor.of(person("x@example.org")), stop=stop)


@pytest.mark.django_db
def test_contacts_are_for_the_team_and_are_forgotten() -> None:
    call_command("first_pages", verbosity=0)
    exhibition, today = an_exhibition(), timezone.localdate()
    a_panel(exhibition)
    actions.open_exhibition(actor=team(), exhibition=exhibition)
    recent = a_stop(exhibition, today - timedelta(days=5), today)
    old = a_stop(exhibition, today - timedelta(days=200), today - timedelta(days=190))
    client = Client()
    for url in ("/exhibitions/", exhibition.get_absolute_url(), "/exhibitions.ics"):
        page = client.get(url).content.decode()
        assert "Made-Up Library" in page
        for private in ("Libby Private", "libby@", "960001"):
            assert private not in page
    client.force_login(User.objects.get(email="cara@example.org"))
    stops = client.get(f"/desk/exhibitions/{exhibition.slug}/stops.csv").content.decode()
    assert "Libby Private" in stops
    forget_contacts_of_stops.func()
    recent.refresh_from_db()
    old.refresh_from_db()
    assert (old.contact, old.contact_email, old.contact_phone) == ("", "", "")
    assert recent.contact == "Libby Private"


@pytest.mark.django_db
def test_a_draft_is_nobodys_and_needs_a_panel_to_be_shown() -> None:
    call_command("first_pages", verbosity=0)
    exhibition = an_exhibition()
    assert Client().get(exhibition.get_absolute_url()).status_code == 404
    assert Client().get(f"/exhibitions/{exhibition.slug}.ics").status_code == 404
    with pytest.raises(Refused, match="a panel that may hang"):
        actions.open_exhibition(actor=team(), exhibition=exhibition)
