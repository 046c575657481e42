"""A school joins in two screens without account or cookie; it counts once its link was used."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from benchside.core.actions import VISITOR, Actor, Denied, Refused
from benchside.core.models import AuditEvent, OutgoingMail
from benchside.core.states import NoSuchMove
from benchside.visibility.campaigns import actions, links
from benchside.visibility.enums import CampaignState, PledgeState
from benchside.visibility.models import CampaignDay, Pledge
from tests.factories.campaigns import a_campaign, a_day, a_pledge, page_of
from tests.factories.organisations import a_place

pytestmark = pytest.mark.django_db
HERE = {"HTTP_ORIGIN": "http://testserver"}
WHO = {"contact_name": "Nora Invented", "contact_email": "nora@school.example"}
TYPED = {
    **WHO,
    "school": "Northmoor Free School",
    "town": "Northmoor",
    "postcode": "zz11zz",
    "region": "wales",
    "phase": "secondary",
    "technicians": "4",
    "is_shown": "on",
}


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


@pytest.fixture
def day() -> CampaignDay:
    return a_day()


@pytest.fixture
def visitor() -> Client:
    return Client(enforce_csrf_checks=True)


def find_url(day: CampaignDay) -> str:
    return f"{day.get_absolute_url()}join/"


def send(visitor: Client, day: CampaignDay, query: str = "", **typed: Any) -> Any:
    url = f"{find_url(day)}school/{query}"
    found = re.search(r'name="token" value="([^"]+)"', visitor.get(url).content.decode())
    assert found
    return visitor.post(url, {"token": found[1], **(typed or TYPED)}, **HERE)


def link_in_mail() -> str:
    mail = OutgoingMail.objects.latest("pk")
    found = re.search(r"http\S+(/campaigns/\S+/mine/\S+/)", mail.text)
    assert found
    return found[1]


# --- two screens ----------------------------------------------------------------------------------
def test_a_school_of_the_list_joins_and_gets_its_page(visitor: Client, day: CampaignDay) -> None:
    place = a_place("900001", name="Northmoor High School", postcode="ZZ1 1ZZ", area="North West")
    first = visitor.get(find_url(day), {"q": "northmoor high"})
    assert "school/?code=900001" in first.content.decode()
    answer = send(visitor, day, "?code=900001", **WHO, is_shown="on")
    assert answer["Location"].endswith("/join/sent/")
    pledge = Pledge.objects.get()
    assert (pledge.state, pledge.place, pledge.region, pledge.nation) == (
        PledgeState.MADE,
        place,
        "north-west",
        "england",
    )
    own = link_in_mail()
    assert "Count us in" in visitor.get(own).content.decode()
    assert pledge.code[:4] not in visitor.get(own).content.decode()
    visitor.post(f"{own}confirm/")
    page = visitor.get(own).content.decode()
    assert f"{pledge.code[:4]} {pledge.code[4:]}" in page
    assert "kit/poster-a4.pdf" in page
    assert visitor.cookies == {}
    verbs = AuditEvent.objects.filter(verb__startswith="pledge.").order_by("pk")
    assert [(one.verb, one.actor_kind) for one in verbs] == [
        ("pledge.make", "visitor"),
        ("pledge.confirm", "link"),
    ]


def test_a_typed_school_joins(visitor: Client, day: CampaignDay) -> None:
    send(visitor, day)
    one = Pledge.objects.get()
    assert (one.school, one.postcode, one.region, one.nation, one.phase, one.technicians) == (
        "Northmoor Free School",
        "ZZ1 1ZZ",
        "wales",
        "wales",
        "secondary",
        4,
    )
    assert one.is_shown


def test_a_typed_school_lies_in_the_middle_of_its_postcode_district(day: CampaignDay) -> None:
    a_place("900001", postcode="ZZ1 1AA", easting=100_000, northing=200_000)
    a_place("900002", postcode="ZZ1 9BB", easting=102_000, northing=204_000)
    a_place("900003", postcode="ZZ11 1AA", easting=900_000, northing=900_000)
    values = {**WHO, "school": "Free School", "postcode": "ZZ1 5XX"}
    made = actions.make_pledge(actor=VISITOR, day=day, values=values)
    assert made
    assert (made.easting, made.northing) == (101_000, 202_000)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("contact_name", "", "so that we know whom we write to"),
        ("contact_email", "nora at school", "This is no e-mail address"),
        ("technicians", "many", "Give a whole number from 1 to 500"),
        ("technicians", "501", "Give a whole number from 1 to 500"),
        ("postcode", "nowhere", "This is no UK postcode"),
        ("region", "atlantis", "Select a valid choice"),
        ("school", "", "Give the name of your school"),
    ],
)
def test_mistakes_are_told_and_what_was_typed_stays(
    visitor: Client, day: CampaignDay, field: str, typed: str, said: str
) -> None:
    answer = send(visitor, day, **{**TYPED, field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Northmoor Free School" in page or field == "school"
    assert not Pledge.objects.exists()


def test_nothing_of_a_name_gets_into_a_header(visitor: Client, day: CampaignDay) -> None:
    send(visitor, day, **{**TYPED, "school": "Evil\r\nBcc: all@school.example\u202e School"})
    mail = OutgoingMail.objects.get()
    assert "\n" not in mail.subject
    assert Pledge.objects.get().school == "Evil Bcc: all@school.example School"


def test_a_form_from_elsewhere_is_refused(visitor: Client, day: CampaignDay) -> None:
    answer = visitor.post(f"{find_url(day)}school/", TYPED, HTTP_ORIGIN="http://evil.example")
    assert answer.status_code == 422
    assert not Pledge.objects.exists()


def test_a_robot_is_thanked_and_nothing_is_kept(visitor: Client, day: CampaignDay) -> None:
    answer = send(visitor, day, **TYPED, website="https://spam.example")
    assert answer.status_code == 302
    assert not Pledge.objects.exists()


def test_one_address_is_not_written_to_again_and_again(day: CampaignDay) -> None:
    made = [
        actions.make_pledge(actor=VISITOR, day=day, values={**WHO, "school": f"School {number}"})
        for number in range(6)
    ]
    assert [one is not None for one in made] == [True, True, True, False, False, False]
    assert OutgoingMail.objects.count() == 3


def test_one_network_is_slowed_down(
    visitor: Client, day: CampaignDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchside.visibility.campaigns.views.joining.MOST_SENT", 1)
    first = send(visitor, day, **{**TYPED, "contact_email": "a@school.example"})
    second = send(visitor, day, **{**TYPED, "contact_email": "b@school.example"})
    assert (first.status_code, second.status_code) == (302, 429)
    assert "try again in an hour" in second.content.decode()


# --- when it cannot be ----------------------------------------------------------------------------
def test_a_school_that_is_in_is_not_taken_twice(visitor: Client, day: CampaignDay) -> None:
    place = a_place("900001")
    a_pledge(day, place=place)
    assert "In already" in visitor.get(find_url(day), {"q": "northmoor"}).content.decode()
    answer = send(visitor, day, "?code=900001", **WHO)
    assert answer.status_code == 409
    assert "has joined in already" in answer.content.decode()


def test_of_two_people_of_one_school_the_first_to_confirm_is_in(day: CampaignDay) -> None:
    """The database holds it, whoever is quicker."""
    place = a_place("900001")
    one, other = (
        a_pledge(day, place=place, state=PledgeState.MADE, contact_email=f"{n}@school.example")
        for n in "ab"
    )
    actions.confirm_pledge(actor=links.holder_of(one), pledge=one)
    with pytest.raises(Refused, match="has joined in already"):
        actions.confirm_pledge(actor=links.holder_of(other), pledge=other)
    other.refresh_from_db()
    assert other.state == PledgeState.MADE


def test_whoever_sent_the_form_twice_is_in_once(day: CampaignDay) -> None:
    one, _ = (a_pledge(day, state=PledgeState.MADE) for _ in range(2))
    actions.confirm_pledge(actor=links.holder_of(one), pledge=one)
    assert list(day.pledges.all()) == [one]


@pytest.mark.parametrize("fields", [{"state": CampaignState.OVER}, {"state": CampaignState.DRAFT}])
def test_only_an_open_campaign_takes_schools(fields: dict[str, Any]) -> None:
    day = a_day(a_campaign(**fields))
    with pytest.raises(Refused, match="takes no more"):
        actions.make_pledge(actor=VISITOR, day=day, values={**WHO, "school": "School"})


def test_nobody_joins_after_the_last_day_for_it() -> None:
    from django.utils import timezone

    today = timezone.localdate()
    day = a_day()
    day.pledges_until = today.replace(year=today.year - 1)
    day.save()
    with pytest.raises(Refused, match="takes no more"):
        actions.make_pledge(actor=VISITOR, day=day, values={**WHO, "school": "School"})


def test_a_draft_has_no_pages(visitor: Client) -> None:
    day = a_day(a_campaign(state=CampaignState.DRAFT))
    for url in (day.campaign.get_absolute_url(), day.get_absolute_url(), find_url(day)):
        assert visitor.get(url).status_code == 404


# --- links ----------------------------------------------------------------------------------------
def test_a_link_opens_its_own_pledge_alone(visitor: Client, day: CampaignDay) -> None:
    pledge, other = a_pledge(day), a_pledge(day, "Southmoor School")
    good = page_of(pledge)
    assert visitor.get(good).status_code == 200
    token = links.token_of(pledge)
    key, signature = token.split(":")
    for forged in (f"{other.key.hex}:{signature}", key, f"{key}:", "x" * 500, f"{key}:{'A' * 43}"):
        assert visitor.get(good.replace(token, forged)).status_code == 404
    elsewhere = a_day(a_campaign("another-day"))
    assert visitor.get(f"{elsewhere.get_absolute_url()}mine/{token}/").status_code == 404


def test_own_pages_name_themselves_to_nobody(visitor: Client, day: CampaignDay) -> None:
    pledge = a_pledge(day)
    answer = visitor.get(page_of(pledge))
    page = answer.content.decode()
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert 'rel="canonical"' not in page
    concern = re.search(r'href="(/concern/[^"]+)"', page)
    assert concern
    assert links.token_of(pledge) not in concern[1]


def test_opening_a_link_changes_nothing(visitor: Client, day: CampaignDay) -> None:
    """Programs that look into mails follow every link."""
    pledge = a_pledge(day, state=PledgeState.MADE)
    for page in ("mine", "stop", "leave"):
        visitor.get(page_of(pledge, page))
    assert visitor.get(page_of(pledge, "confirm")).status_code == 405
    pledge.refresh_from_db()
    assert (pledge.state, pledge.wants_reminders) == (PledgeState.MADE, True)


def test_a_visitor_cannot_confirm_for_a_school(day: CampaignDay) -> None:
    pledge, other = a_pledge(day, state=PledgeState.MADE), a_pledge(day, "Other")
    for actor in (VISITOR, links.holder_of(other), Actor.holding_link(scope=f"claim:{pledge.pk}")):
        with pytest.raises(Denied):
            actions.confirm_pledge(actor=actor, pledge=pledge)


def test_a_lost_link_is_sent_to_its_own_address_alone(visitor: Client, day: CampaignDay) -> None:
    a_pledge(day)
    url = f"{find_url(day)}again/"
    for email in ("NORA@school.example", "stranger@school.example"):
        found = re.search(r'name="token" value="([^"]+)"', visitor.get(url).content.decode())
        assert found
        answer = visitor.post(url, {"token": found[1], "email": email}, **HERE)
        assert answer["Location"].endswith("/join/sent/")
    assert [mail.to for mail in OutgoingMail.objects.all()] == [["nora@school.example"]]


def test_leaving_forgets_whom_to_write_to(visitor: Client, day: CampaignDay) -> None:
    pledge = a_pledge(day, note="Rang on Monday")
    url = page_of(pledge)
    assert "You are out" in visitor.post(page_of(pledge, "leave")).content.decode()
    pledge.refresh_from_db()
    assert (pledge.contact_name, pledge.contact_email, pledge.note, pledge.is_shown) == (
        "", "", "", False,
    )  # fmt: skip
    assert visitor.get(url).status_code == 404
    with pytest.raises(NoSuchMove):
        actions.leave(actor=links.holder_of(pledge), pledge=pledge)
