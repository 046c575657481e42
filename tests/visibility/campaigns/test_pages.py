"""The pages everybody reads, and a school's own: before the day, on it, after it."""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchside.core.models import Picture
from benchside.core.reading import grade
from benchside.core.registries import Panel, page_purges, panels
from benchside.visibility.campaigns import queries
from benchside.visibility.campaigns.events import CAMPAIGN_CHANGED
from benchside.visibility.campaigns.views.mine import panels_of
from benchside.visibility.enums import CampaignState, InPicture, PhotoState, PledgeState
from benchside.visibility.models import CampaignDay, KitCount, Photo, Pledge
from tests.factories.campaigns import a_campaign, a_day, a_pledge, page_of
from tests.factories.organisations import a_place
from tests.factories.people import person
from tests.organisations.lists import rows_of_every_table

pytestmark = pytest.mark.django_db
DAY = datetime.date(2027, 3, 12)
PNG = (Path(__file__).parents[3] / "benchside/website/static/website/icon-192.png").read_bytes()


@pytest.fixture
def day() -> CampaignDay:
    return a_day(a_campaign(), DAY)


def a_photo(day: CampaignDay, state: str = PhotoState.APPROVED, **fields: Any) -> Photo:
    ann = person(f"ann-{Photo.objects.count()}@example.org").person_id
    picture = Picture.objects.create(
        title="x", file=ContentFile(PNG, "x.png"), description="A technician at a lathe"
    )
    stamped = {"approved_at": timezone.now(), "approved_by": ann}
    values: dict[str, Any] = {
        "campaign": day.campaign,
        "picture": picture,
        "in_picture": InPicture.NOBODY,
        "received_at": timezone.make_aware(datetime.datetime.combine(day.day, datetime.time(10))),
        **(stamped if state == PhotoState.APPROVED else {}),
    }
    return Photo.objects.create(state=state, **{**values, **fields})


def page(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


# --- the day --------------------------------------------------------------------------------------
@time_machine.travel("2027-01-15T12:00:00Z", tick=False)
def test_before_the_day_it_says_how_to_join(day: CampaignDay) -> None:
    a_pledge(day)
    said = page(day.get_absolute_url())
    assert "in 8 weeks" in said
    assert "Join with your school" in said
    assert "How to join" in said
    assert "Northmoor High School" in said


@time_machine.travel("2027-03-12T09:00:00Z", tick=False)
def test_on_the_day_pictures_come_up_as_they_are_approved(day: CampaignDay) -> None:
    assert "The first picture is on its way" in page(day.get_absolute_url())
    a_photo(day, caption="Our prep room")
    for state in (PhotoState.QUEUED, PhotoState.HIDDEN, PhotoState.WITHDRAWN):
        a_photo(day, state, caption=f"Not {state}")
    said = page(day.get_absolute_url())
    assert "Our prep room" in said
    assert "A technician at a lathe" in said
    assert "Not queued" not in said
    assert "Not hidden" not in said
    assert "Not withdrawn" not in said
    assert "What happens when" in said


@time_machine.travel("2027-03-20T09:00:00Z", tick=False)
def test_after_the_day_there_are_figures_and_thanks(day: CampaignDay) -> None:
    a_pledge(day, technicians=7)
    a_pledge(day, "Southmoor School", technicians=6)
    said = page(day.get_absolute_url())
    assert "Thank you" in said
    assert "Join with your school" not in said
    assert "15" in said  # thirteen technicians, to the nearest five
    assert ">13<" not in said


def test_only_those_who_said_so_are_named(day: CampaignDay) -> None:
    a_pledge(day, "Shown School")
    a_pledge(day, "Hidden School", is_shown=False)
    a_pledge(day, "Waiting School", state=PledgeState.MADE)
    a_pledge(day, "Gone School", state=PledgeState.LEFT, left_at=timezone.now())
    for path in (day.get_absolute_url(), f"{day.get_absolute_url()}schools/"):
        said = page(path)
        assert "Shown School" in said
        for name in ("Hidden School", "Waiting School", "Gone School", "Nora", "nora@"):
            assert name not in said
    assert queries.schools_in(day) == 2


def test_schools_are_found_by_name_town_and_postcode(day: CampaignDay) -> None:
    a_pledge(day, "Alpha School", town="Northmoor", postcode="ZZ1 1ZZ")
    a_pledge(day, "Beta School", town="Southmoor", postcode="ZY1 1ZZ")
    url = f"{day.get_absolute_url()}schools/"
    for words in ("alpha", "northmoor", "ZZ1"):
        said = page(f"{url}?q={words}")
        assert "Alpha School" in said
        assert "Beta School" not in said
    assert "No school found" in page(f"{url}?q=zzzzqqq")


def test_public_pages_are_kept_whole_and_set_no_cookie(day: CampaignDay) -> None:
    c, d = day.campaign.get_absolute_url(), day.get_absolute_url()
    for path in ("/campaigns/", c, f"{c}partners/", d, f"{d}what-to-do/", f"{d}schools/"):
        answer = Client().get(path)
        assert "public" in answer["Cache-Control"], path
        assert not answer.cookies


def test_a_change_is_heard_by_the_page_cache() -> None:
    entry = page_purges["visibility.campaigns"]
    assert entry.event == CAMPAIGN_CHANGED.key
    assert "/campaigns*" in entry.addresses({"campaign_id": 1})


@pytest.mark.parametrize("path", ["", "schools/"])
def test_as_many_questions_for_many_schools_as_for_few(day: CampaignDay, path: str) -> None:
    url = f"{day.get_absolute_url()}{path}"
    asked = []
    for count in (1, 40):
        for number in range(count):
            a_pledge(day, f"School {count} {number}")
        a_photo(day)
        with CaptureQueriesContext(connection) as few:
            page(url)
        asked.append(len(few))
    assert asked[1] <= asked[0] + 1  # the second photograph's size is drawn once
    assert asked[1] <= 15


def test_words_are_easy_to_read(day: CampaignDay) -> None:
    for path in (f"{day.get_absolute_url()}join/", f"{day.get_absolute_url()}join/sent/"):
        main = re.search(r"<main.*?</main>", page(path), re.S)
        assert main
        blocks = re.findall(r"<(?:p|h1|h2|h3)\b[^>]*>(.*?)</(?:p|h1|h2|h3)>", main[0], re.S)
        words = [re.sub(r"<[^>]+>", "", block).strip() for block in blocks]
        assert (
            grade(" ".join(one if one[-1:] in ".?!" else f"{one}." for one in words if one)) <= 6.5
        )


# --- a campaign -----------------------------------------------------------------------------------
def test_a_draft_is_in_no_list() -> None:
    a_day(a_campaign("secret-day", name="Secret Day", state=CampaignState.DRAFT))
    assert "Secret Day" not in page("/campaigns/")


def test_words_of_editors_are_never_markup() -> None:
    day = a_day(a_campaign(about="<script>alert(1)</script>", message="<b>bold</b>"))
    for path in (day.campaign.get_absolute_url(), day.get_absolute_url()):
        assert "<script>alert" not in page(path)
        assert "<b>bold" not in page(path)


# --- the kit --------------------------------------------------------------------------------------
def test_the_kit_is_counted_without_a_cookie(day: CampaignDay) -> None:
    url = f"{day.get_absolute_url()}kit/poster-a4.pdf"
    answer = Client().get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    Client().get(url)
    Client().head(url)
    Client().get(url, HTTP_USER_AGENT="SomeBot/1.0")
    Client().get(page_of(a_pledge(day), "kit", "poster-a4"))
    assert [(one.piece, one.taken) for one in KitCount.objects.all()] == [("poster-a4", 3)]
    assert Client().get(f"{day.get_absolute_url()}kit/certificate.pdf").status_code == 404


# --- a school's own page --------------------------------------------------------------------------
def test_a_school_sees_who_is_near(day: CampaignDay) -> None:
    here = a_pledge(day, easting=450_000, northing=340_000)
    a_pledge(day, "Near School", easting=453_000, northing=344_000)
    a_pledge(day, "Shy School", easting=450_100, northing=340_000, is_shown=False)
    a_pledge(day, "Far School", easting=650_000, northing=340_000)
    said = page(page_of(here))
    assert "Near School" in said
    assert "about 3 miles" in said
    assert "Shy School" not in said
    assert "Far School" not in said


def test_a_certificate_s_name_is_kept_nowhere(day: CampaignDay) -> None:
    pledge = a_pledge(day)
    answer = Client().post(page_of(pledge, "certificate"), {"name": "Zebedee Uncommon"})
    assert answer["Content-Type"] == "application/pdf"
    assert "Zebedee" not in answer["Content-Disposition"]
    assert not any("Zebedee" in row for row in rows_of_every_table())
    assert Client().get(page_of(pledge, "certificate")).status_code == 200
    empty = Client().post(page_of(pledge, "certificate"), {"name": "  "})
    assert empty.status_code == 422
    assert "Type the name that goes on the certificate" in empty.content.decode()


@time_machine.travel("2027-03-20T09:00:00Z", tick=False)
def test_there_is_a_letter_after_the_day(day: CampaignDay) -> None:
    pledge = a_pledge(day)
    a_photo(day, pledge=pledge)
    assert Client().get(page_of(pledge, "letter"))["Content-Type"] == "application/pdf"


@time_machine.travel("2027-03-12T09:00:00Z", tick=False)
def test_there_is_no_letter_before_the_day_is_over(day: CampaignDay) -> None:
    assert Client().get(page_of(a_pledge(day), "letter")).status_code == 404


def test_what_a_school_said_can_be_changed(day: CampaignDay) -> None:
    pledge = a_pledge(day)
    bad = Client().post(page_of(pledge, "keep"), {"technicians": "lots"})
    assert bad.status_code == 422
    assert "Give a whole number" in bad.content.decode()
    Client().post(page_of(pledge, "keep"), {"technicians": "9"})
    pledge.refresh_from_db()
    assert (pledge.technicians, pledge.is_shown, pledge.wants_reminders) == (9, False, False)


def test_before_it_is_confirmed_there_is_nothing_to_take(day: CampaignDay) -> None:
    pledge = a_pledge(day, state=PledgeState.MADE)
    for path in (page_of(pledge, "kit", "poster-a4"), page_of(pledge, "certificate")):
        assert Client().get(path)["Location"] == page_of(pledge)


def test_other_rooms_get_the_school_in_plain_values(day: CampaignDay) -> None:
    asked = []

    def context(subject: str, viewer: object) -> dict[str, Any]:
        asked.append(subject)
        return {"x": 1}

    pledge = a_pledge(day, place=a_place("900001"), postcode="ZZ1 1ZZ")
    panel = Panel(
        key="test.order",
        place="visibility.pledge",
        title="Order",
        template="sheet/rule.html",
        context=context,
    )
    with panels.opened():
        panels.register(panel)
        shown = [given for one, given in panels_of(Pledge.objects.get()) if one is panel]
    assert asked == [str(pledge.key)]
    assert shown == [
        {
            "x": 1,
            "school": {
                "name": "Northmoor High School",
                "town": "Northmoor",
                "postcode": "ZZ1 1ZZ",
                "urn": "900001",
                "campaign": "made-up-day",
            },
        }
    ]
