"""The campaign team at the desk: campaigns and days, schools, partners and their logos."""

import csv
import datetime
import io
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchside.core.actions import SYSTEM, VISITOR, Actor, Denied, Refused
from benchside.core.models import AuditEvent, OutgoingMail, Picture
from benchside.core.states import NeedsMore
from benchside.visibility.campaigns import actions, queries
from benchside.visibility.enums import CampaignState, PledgeState
from benchside.visibility.models import Campaign, CampaignDay, Partner, Pledge
from tests.factories.campaigns import a_campaign, a_campaigner, a_day, a_pledge, team
from tests.factories.desk import edith, moses
from tests.factories.organisations import a_member, a_place, an_organisation
from tests.factories.people import give_app, sign_in

pytestmark = pytest.mark.django_db
PNG = (Path(__file__).parents[3] / "benchside/website/static/website/icon-192.png").read_bytes()
TYPED = {
    "name": "Another Day",
    "slug": "another-day",
    "message": "They make it happen.",
    "about": "Words.",
    "hashtags": "#One two",
    "starts_on": "2027-01-01",
    "ends_on": "2027-04-01",
}
PARTNER = {"name": "Made-Up Union", "website": "", "contact_name": "", "contact_email": ""}


@pytest.fixture
def desk(client: Client) -> Client:
    user = a_campaigner()
    give_app(user)
    return sign_in(client, user)


@pytest.fixture
def day() -> CampaignDay:
    return a_day()


def table(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


# --- campaigns and days ---------------------------------------------------------------------------
def test_from_nothing_to_a_day_that_schools_can_join(desk: Client) -> None:
    assert "No campaign yet" in desk.get("/desk/campaigns/").content.decode()
    desk.post("/desk/campaigns/new/", TYPED)
    made = Campaign.objects.get()
    assert (made.state, made.hashtags, made.tags) == (
        CampaignState.DRAFT,
        "One two",
        ["#One", "#two"],
    )
    days = {"day": "2027-03-12", "pledges_until": "2027-03-12", "photos_until": "2027-03-20"}
    desk.post(f"/desk/campaigns/{made.pk}/new-day/", {**days, "programme": "09:00 Assembly"})
    assert Client().get("/campaigns/another-day/2027/").status_code == 404
    desk.post(f"/desk/campaigns/{made.pk}/", {"verb": "open"})
    assert Client().get("/campaigns/another-day/2027/").status_code == 200
    desk.post(f"/desk/campaigns/{made.pk}/", {**TYPED, "verb": "change", "message": "Other words."})
    made.refresh_from_db()
    assert made.message == "Other words."
    changed = AuditEvent.objects.get(verb="campaign.change")
    assert changed.detail == {"changed": ["message"]}


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("ends_on", "2026-12-31", "cannot end before it begins"),
        ("hashtags", "#a-b", "does not work as a hashtag"),
        ("name", "", "required"),
        ("slug", "made-up-day", "already exists"),
    ],
)
def test_mistakes_in_a_campaign_are_told(
    desk: Client, day: CampaignDay, field: str, typed: str, said: str
) -> None:
    answer = desk.post("/desk/campaigns/new/", {**TYPED, field: typed})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Campaign.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("pledges_until", "2030-03-13", "before the day, or on it"),
        ("photos_until", "2030-03-11", "on the day at least"),
        ("programme", "at nine", "does not begin with a time"),
    ],
)
def test_mistakes_in_a_day_are_told(
    desk: Client, day: CampaignDay, field: str, typed: str, said: str
) -> None:
    good = {"day": "2030-03-12", "pledges_until": "2030-03-12", "photos_until": "2030-03-20"}
    answer = desk.post(f"/desk/campaigns/{day.campaign_id}/new-day/", {**good, field: typed})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert CampaignDay.objects.count() == 1


def test_a_year_has_one_day(day: CampaignDay) -> None:
    values = {"day": day.day, "pledges_until": day.day, "photos_until": day.day, "programme": ""}
    with pytest.raises(Refused, match="has a day in that year"):
        actions.add_day(actor=team(), campaign=day.campaign, values=values)


def test_nothing_is_opened_without_words() -> None:
    with pytest.raises(NeedsMore, match="words for its page"):
        actions.open_campaign(
            actor=team(), campaign=a_campaign(state=CampaignState.DRAFT, about=" ")
        )


@pytest.mark.parametrize("who", [edith, moses])
def test_the_desk_of_campaigns_is_the_team_s_alone(
    client: Client, day: CampaignDay, who: Any
) -> None:
    user = who()
    give_app(user)
    sign_in(client, user)
    pledge = a_pledge(day)
    partner = Partner.objects.create(name="P")
    for path in (
        "", "new/", f"{day.campaign_id}/", f"{day.campaign_id}/new-day/", f"days/{day.pk}/",
        f"days/{day.pk}/schools/", f"days/{day.pk}/schools.csv", f"days/{day.pk}/figures.csv",
        f"schools/{pledge.pk}/",
    ):  # fmt: skip
        assert client.get(f"/desk/campaigns/{path}").status_code == 404, path
    for path in ("/desk/partners/", f"/desk/partners/{partner.pk}/", "/desk/partners.csv"):
        assert client.get(path).status_code == 404, path
    actor = Actor.of(user)
    with pytest.raises(Denied):
        actions.close_campaign(actor=actor, campaign=day.campaign)
    with pytest.raises(Denied):
        actions.leave(actor=actor, pledge=pledge)
    with pytest.raises(Denied):
        actions.set_logo(actor=VISITOR, partner=partner, file=None)


# --- schools --------------------------------------------------------------------------------------
def test_schools_are_filtered_sorted_and_taken_as_a_spreadsheet(
    desk: Client, day: CampaignDay
) -> None:
    a_pledge(day, "Alpha School", region="wales", phase="primary", technicians=3)
    a_pledge(day, "=HYPERLINK(1)", region="london", phase="secondary", technicians=9)
    a_pledge(day, "Gamma School", state=PledgeState.MADE, region="london")
    url = f"/desk/campaigns/days/{day.pk}/schools"
    by_school = [row[0] for row in table(desk.get(f"{url}.csv?sort=school"))[1:]]
    assert by_school == ["'=HYPERLINK(1)", "Alpha School", "Gamma School"]
    many_first = [row[0] for row in table(desk.get(f"{url}.csv?sort=-technicians"))[1:]]
    assert many_first[:2] == ["'=HYPERLINK(1)", "Alpha School"]
    for asked, names in (
        ("region=london", 2), ("state=made", 1), ("phase=primary", 1), ("q=alpha", 1),
        ("untouched=yes", 3), ("region=nonsense&sort=nonsense", 3),
    ):  # fmt: skip
        assert len(table(desk.get(f"{url}.csv?{asked}"))) == names + 1, asked
    page = desk.get(f"{url}/?q=alpha").content.decode()
    assert "Alpha School" in page
    assert "Gamma School" not in page
    assert "No school fits that" in desk.get(f"{url}/?q=zzzz").content.decode()


def test_as_many_questions_for_many_schools_as_for_few(desk: Client, day: CampaignDay) -> None:
    asked = []
    for count in (1, 60):
        for number in range(count):
            a_pledge(day, f"School {count} {number}")
        desk.get(f"/desk/campaigns/days/{day.pk}/schools/")
        with CaptureQueriesContext(connection) as these:
            desk.get(f"/desk/campaigns/days/{day.pk}/schools/")
        asked.append(len(these))
    assert asked[0] == asked[1]


def test_a_school_is_followed_up_counted_in_and_taken_out(desk: Client, day: CampaignDay) -> None:
    pledge = a_pledge(day, state=PledgeState.MADE)
    url = f"/desk/campaigns/schools/{pledge.pk}/"
    desk.post(url, {"verb": "follow-up", "note": "Rang on Monday", "write": "on"})
    assert OutgoingMail.objects.get().to == ["nora@school.example"]
    desk.post(url, {"verb": "confirm"})
    pledge.refresh_from_db()
    assert (pledge.state, pledge.note) == (PledgeState.CONFIRMED, "Rang on Monday")
    assert pledge.followed_up_at
    desk.post(url, {"verb": "leave"})
    pledge.refresh_from_db()
    assert (pledge.state, pledge.note, pledge.contact_email) == (PledgeState.LEFT, "", "")
    assert "has left" in desk.get(url).content.decode()


def test_figures_by_region_phase_and_who_comes_again(desk: Client) -> None:
    campaign = a_campaign()
    today = timezone.localdate()
    before = a_day(campaign, today - datetime.timedelta(days=400))
    day = a_day(campaign)
    place, school = a_place("900001"), an_organisation("northmoor", name="Northmoor")
    a_pledge(before, place=place)
    a_pledge(before, organisation=school)
    a_pledge(before, "Typed School")
    a_pledge(day, place=place, region="wales", phase="primary")
    a_pledge(day, organisation=school, region="wales")
    a_pledge(day, "Typed School", region="london", phase="college")
    a_pledge(day, "Waiting", state=PledgeState.MADE, region="london")
    assert queries.returning(day) == 2
    rows = table(desk.get(f"/desk/campaigns/days/{day.pk}/figures.csv"))
    assert ["Schools joined", "all", "3"] in rows
    assert ["Part of the UK", "Wales", "2"] in rows
    assert ["Part of the UK", "London", "1"] in rows
    assert ["Kind of school", "Not known", "1"] in rows


# --- partners -------------------------------------------------------------------------------------
def partner_with_logo() -> Partner:
    actor = team("Pat")
    partner = actions.add_partner(actor=actor, values={"name": "Made-Up Union"})
    actions.set_logo(actor=actor, partner=partner, file=SimpleUploadedFile("logo.png", PNG))
    return partner


def agreed(partner: Partner, campaign: Campaign, first: str, until: str | None) -> None:
    actions.set_partnership(
        actor=team(f"Cara-{first}-{until}"),
        partner=partner,
        campaign=campaign,
        values={
            "terms": "As agreed.",
            "terms_version": "2027-1",
            "agreed_on": datetime.date.fromisoformat(first),
            "shown_from": datetime.date.fromisoformat(first),
            "shown_until": datetime.date.fromisoformat(until) if until else None,
        },
    )


def test_a_partner_is_shown_only_while_its_permission_lasts(day: CampaignDay) -> None:
    partner = partner_with_logo()
    url = day.campaign.get_absolute_url()
    with time_machine.travel("2026-12-01T12:00:00Z", tick=False):
        assert "Made-Up Union" not in Client().get(url).content.decode()
        agreed(partner, day.campaign, "2026-12-02", "2027-01-31")
        assert "Made-Up Union" not in Client().get(url).content.decode()
    with time_machine.travel("2027-01-31T12:00:00Z", tick=False):
        actions.take_down_logos(actor=SYSTEM)
        page = Client().get(url).content.decode()
        assert "Made-Up Union" in page
        assert "partners__logo" in page
        partner.refresh_from_db()
        assert partner.logo
        assert partner.logo.is_approved
    with time_machine.travel("2027-02-01T12:00:00Z", tick=False):
        assert "Made-Up Union" not in Client().get(url).content.decode()
        assert actions.take_down_logos(actor=SYSTEM) == 1
        assert actions.take_down_logos(actor=SYSTEM) == 0
        partner.refresh_from_db()
        assert partner.logo
        assert not partner.logo.is_approved


def test_a_logo_of_a_partner_taken_out_is_public_no_more(day: CampaignDay) -> None:
    partner = partner_with_logo()
    today = timezone.localdate().isoformat()
    agreed(partner, day.campaign, today, None)
    Client().get(day.campaign.get_absolute_url())
    partner.refresh_from_db()
    assert partner.logo
    assert partner.logo.is_approved
    actions.end_partnership(actor=team(), partnership=partner.partnerships.get())
    partner.refresh_from_db()
    assert not partner.logo.is_approved
    assert "Made-Up Union" not in Client().get(day.campaign.get_absolute_url()).content.decode()


def test_a_new_logo_destroys_the_one_before() -> None:
    partner = partner_with_logo()
    before = partner.logo_id
    actions.set_logo(
        actor=team(), partner=partner, file=SimpleUploadedFile("logo.png", PNG), description="New"
    )
    assert not Picture.objects.filter(pk=before).exists()
    assert Picture.objects.get().description == "New"


def test_partners_are_kept_at_the_desk(desk: Client, day: CampaignDay) -> None:
    assert "No partner yet" in desk.get("/desk/partners/").content.decode()
    desk.post("/desk/partners/new/", {**PARTNER, "contact_name": "=cmd()"})
    partner = Partner.objects.get()
    url = f"/desk/partners/{partner.pk}/"
    answer = desk.post(
        url,
        {"verb": "logo", "file": SimpleUploadedFile("x.svg", b"<svg xmlns='x'><script/></svg>")},
    )
    assert answer.status_code == 422
    assert "SVG drawings are not taken in" in answer.content.decode()
    desk.post(url, {"verb": "logo", "file": SimpleUploadedFile("x.png", PNG), "description": ""})
    part = {"verb": "agree", "campaign": day.campaign_id, "terms": "As agreed."}
    for wrong, said in (
        ({"shown_until": "2027-01-01"}, "Say from when"),
        ({"shown_from": "2027-01-01"}, "Nothing is shown before they have agreed"),
        ({"agreed_on": "2026-11-01"}, "which version they agreed to"),
    ):
        answer = desk.post(url, {**part, **wrong})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    today = timezone.localdate().isoformat()
    good = {"terms_version": "2027-1", "agreed_on": today, "shown_from": today}
    desk.post(url, {**part, **good})
    rows = table(desk.get("/desk/partners.csv"))
    assert rows[1][:2] == ["Made-Up Union", "Made-Up Day"]
    assert rows[1][3] == "'=cmd()"
    assert rows[1][-2:] == ["yes", "yes"]
    desk.post(url, {**PARTNER, "verb": "change", "name": "Renamed Union"})
    desk.post(url, {"verb": "end", "campaign": day.campaign_id})
    desk.post(url, {"verb": "no-logo"})
    assert not Picture.objects.exists()
    assert table(desk.get("/desk/partners.csv"))[1][:2] == ["Renamed Union", ""]


def test_the_database_holds_the_rules_of_partners(day: CampaignDay) -> None:
    partner, today = Partner.objects.create(name="P"), timezone.localdate()
    wrong: list[dict[str, Any]] = [
        {"agreed_on": today},
        {"shown_from": today, "shown_until": today - datetime.timedelta(days=1)},
    ]
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            partner.partnerships.create(campaign=day.campaign, **fields)


# --- an organisation's workspace ------------------------------------------------------------------
def test_a_lead_joins_for_the_organisation(client: Client, day: CampaignDay) -> None:
    a_place("123456", postcode="ZZ1 1ZZ", easting=1_000, northing=2_000, area="London")
    school = an_organisation("northmoor", kind="school", urn="123456")
    sign_in(client, a_member(school))
    url = "/org/northmoor/visibility/campaigns/"
    assert "Join in" in client.get(url).content.decode()
    client.post(url, {"day": day.pk, "technicians": "4", "is_shown": "on"})
    one = Pledge.objects.get()
    assert (one.organisation, one.state, one.easting, one.region, one.contact_email) == (
        school,
        PledgeState.CONFIRMED,
        1_000,
        "london",
        "lead@northmoor.example",
    )
    page = client.get(url).content.decode()
    assert "/mine/" in page
    again = client.post(url, {"day": day.pk}, follow=True)
    assert "has joined in already" in again.content.decode()
    assert Pledge.objects.count() == 1


def test_other_members_see_it_and_cannot_join(client: Client, day: CampaignDay) -> None:
    school = an_organisation("northmoor")
    a_pledge(day, organisation=school)
    sign_in(client, a_member(school, "unit-champion"))
    url = "/org/northmoor/visibility/campaigns/"
    page = client.get(url).content.decode()
    assert "Made-Up Day" in page
    assert "/mine/" not in page
    assert client.post(url, {"day": day.pk}).status_code == 403


def test_one_organisation_cannot_join_for_another(day: CampaignDay) -> None:
    here, other = an_organisation("northmoor"), an_organisation("southmoor")
    lead = a_member(other)
    with pytest.raises(Denied):
        actions.pledge_for(actor=Actor.of(lead), user=lead, organisation=here, day=day, values={})
    pledge = a_pledge(day, organisation=here)
    with pytest.raises(Denied):
        actions.leave(actor=Actor.of(lead), pledge=pledge)
