"""What is on, as the first page and teachers are told it: only what can be joined or seen."""

import datetime

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from benchside.core.reading import grade
from benchside.visibility.enums import CampaignState
from benchside.visibility.exhibitions import actions
from benchside.visibility.exhibitions.enums import ExhibitionState
from benchside.visibility.models import Competition, Exhibition
from benchside.visibility.whats_on import happenings
from tests.factories.campaigns import a_campaign, a_day
from tests.factories.contests import a_competition, a_stop, an_exhibition, open_competition, team

pytestmark = pytest.mark.django_db
DAYS = datetime.timedelta(days=1)


def titles() -> list[str]:
    return [one.title for one in happenings()]


def on_tour(slug: str = "on-tour") -> Exhibition:
    exhibition = an_exhibition(slug)
    Exhibition.objects.filter(pk=exhibition.pk).update(state=ExhibitionState.OPEN)
    return exhibition


def test_nothing_is_on() -> None:
    assert happenings() == []


def test_the_nearest_day_to_come_is_named() -> None:
    campaign = a_campaign()
    today = timezone.localdate()
    far, near = a_day(campaign, today + 149 * DAYS), a_day(a_campaign("other"), today)
    a_day(a_campaign("past"), today - DAYS)
    (only,) = happenings()
    assert (only.title, only.url) == (near.campaign.name, near.get_absolute_url())
    assert only.do == "Join with your school"
    near.campaign.state = CampaignState.DRAFT
    near.campaign.save()
    (only,) = happenings()
    assert only.url == far.get_absolute_url()


def test_a_day_that_is_far_off_waits() -> None:
    a_day(a_campaign(), timezone.localdate() + 151 * DAYS)
    assert happenings() == []


def test_a_day_that_takes_no_more_schools_does_not_ask_for_them() -> None:
    today = timezone.localdate()
    a_day(a_campaign(), today + 2 * DAYS, pledges_until=today - DAYS)
    assert [one.do for one in happenings()] == ["See the day"]


def test_only_competitions_that_take_entries() -> None:
    a_competition("draft")
    closed = open_competition("closed")
    Competition.objects.filter(pk=closed.pk).update(closes_at=timezone.now())
    taking = open_competition("taking")
    assert titles() == [taking.title]


def test_only_stops_that_are_not_called_off() -> None:
    today = timezone.localdate()
    exhibition = on_tour()
    first = a_stop(exhibition, today, today + DAYS)
    a_stop(exhibition, today + 3 * DAYS, today + 5 * DAYS)
    assert [one.when for one in happenings()] == [f"Until {today + DAYS:%-d %B %Y}"]
    actions.cancel_stop(actor=team(), stop=first)
    assert [one.when for one in happenings()] == [f"{today + 3 * DAYS:%-d %B %Y}"]


def test_a_draft_tours_nowhere() -> None:
    today = timezone.localdate()
    a_stop(an_exhibition("hidden"), today, today + DAYS)
    assert happenings() == []


def test_it_says_so_in_plain_words() -> None:
    open_competition("taking")
    said = render_to_string("visibility/parts/whats_on.html", {"happenings": happenings()})
    assert "Hands that make it happen (taking)" in said
    assert "/competitions/taking/" in said
    assert grade(" ".join(f"{one.says} {one.do}." for one in happenings())) <= 6.5
