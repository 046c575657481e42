"""What others see of contributions: the public sheet, equipment, an organisation, machines."""

import csv
import json
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from benchside.core import personal_data
from benchside.core.reading import grade
from benchside.core.registries import measures
from benchside.organisations.models import Employment, Equipment, Organisation, StaffListSettings
from benchside.people.enums import Audience
from benchside.people.models import Profile
from benchside.visibility.credit.asking import dispute_contribution, holder_of
from benchside.visibility.credit.taxonomy import ROLES
from benchside.visibility.models import Contribution, CreditLetter, Output
from tests.factories.credit import asked, confirmed, stated
from tests.factories.organisations import a_member, an_organisation
from tests.factories.technicians import a_profile, as_themselves, at_work

pytestmark = pytest.mark.django_db
INSIDE = "/org/northmoor/visibility/contributions/"


@pytest.fixture
def home() -> Organisation:
    return an_organisation("northmoor")


@pytest.fixture
def edie(home: Organisation) -> Profile:
    profile = a_profile()
    at_work(profile.technician, home)
    return profile


@pytest.fixture
def item(home: Organisation) -> Equipment:
    return Equipment.objects.create(
        organisation=home, internal_id="A1", name="Diffractometer", is_public=True
    )


@pytest.fixture
def lead(home: Organisation) -> Client:
    client = Client()
    client.force_login(a_member(home))
    return client


def sheet(profile: Profile) -> str:
    answer = Client().get(f"/technicians/{profile.public_id}/")
    return unescape(answer.content.decode())


def jsonld(text: str) -> Any:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    assert found is not None
    return json.loads(found[1])


def test_confirmed_and_stated_are_told_apart_and_disputed_is_not_there(edie: Profile) -> None:
    confirmed(edie, "Kettles", doi="10.5555/kettles", stands_as="author")
    stated(edie, "Pots")
    one = asked(edie, "Pans")
    dispute_contribution(actor=holder_of(one.letter), letter=one.letter, reason="No.")
    text = sheet(edie)
    assert "by Ada Made-Up, lead author" in text
    assert "Edie Made-Up says so" in text
    assert "https://doi.org/10.5555/kettles" in text
    assert "Pans" not in text
    works = jsonld(text)["@reverse"]
    assert [one["name"] for one in works["author"]] == ["Kettles"]
    assert "Pots" not in str(works)


def test_programs_read_the_same(edie: Profile) -> None:
    confirmed(edie, "Kettles", note="I built it.")
    stated(edie, "Pots")
    one = Client().get(f"/api/v1/technicians/{edie.public_id}").json()
    listed = Client().get("/api/v1/technicians").json()["items"][0]
    assert one["contributions"] == listed["contributions"]
    told = {work["title"]: work["confirmed"] for work in one["contributions"]}
    assert told == {"Kettles": True, "Pots": False}


@pytest.mark.parametrize("count", [1, 12])
def test_queries_for_programs_do_not_grow(count: int, django_assert_max_num_queries: Any) -> None:
    for number in range(count):
        confirmed(a_profile(f"Edie Made-Up {number}"), f"Work {number}")
        CreditLetter.objects.all().delete()
    with django_assert_max_num_queries(22):
        Client().get("/api/v1/technicians?limit=100")


def test_equipment_says_what_it_made_possible(edie: Profile, item: Equipment) -> None:
    confirmed(edie, "Kettles", equipment=[item])
    stated(edie, "Pots", equipment=[item])
    text = Client().get(item.get_absolute_url()).content.decode()
    assert "Work this made possible" in text
    assert "Kettles" in text
    assert "Pots" not in text  # nobody but its maker says so
    assert f"/technicians/{edie.public_id}/" in text


def test_whoever_leaves_takes_the_name_and_the_work_stays(edie: Profile, item: Equipment) -> None:
    confirmed(edie, "Kettles", equipment=[item])
    Employment.objects.update(left_on=timezone.localdate())
    text = Client().get(item.get_absolute_url()).content.decode()
    assert "Kettles" in text
    assert "Edie" not in text
    assert "Kettles" in sheet(edie)  # theirs wherever they work


def test_equipment_without_any_says_nothing(item: Equipment) -> None:
    assert "made possible" not in Client().get(item.get_absolute_url()).content.decode()


# --- inside an organisation ----------------------------------------------------------------------
def test_an_organisation_sees_what_is_shown_to_it(lead: Client, edie: Profile) -> None:
    Profile.objects.update(contributions_to=Audience.ORGANISATION)
    confirmed(edie, "Kettles")
    page = lead.get(INSIDE)
    assert "Kettles" in page.content.decode()
    assert "Kettles" not in sheet(edie)
    Profile.objects.update(contributions_to=Audience.NOBODY)
    assert "Kettles" not in lead.get(INSIDE).content.decode()


def test_each_person_counts_once(lead: Client, edie: Profile, home: Organisation) -> None:
    for title in ("Kettles", "Pots", "Pans"):
        confirmed(edie, title, roles=["software", "validation"])
    olu = a_profile("Olu Made-Up")
    at_work(olu.technician, home)
    stated(olu, "Kettles")
    counts = lead.get(INSIDE).context["counts"]
    assert (counts.people, counts.contributions, counts.confirmed) == (2, 4, 3)
    assert [(name, people) for name, people, _ in counts.by_role] == [
        ("Investigation", 1), ("Software", 1), ("Validation", 1),
    ]  # fmt: skip


def test_the_list_is_narrowed_sorted_and_taken(lead: Client, edie: Profile) -> None:
    confirmed(edie, "Kettles", roles=["software"])
    stated(edie, "Pots")
    for asked_for, found in (
        ("q=kett", ["Kettles"]), ("role=software", ["Kettles"]), ("confirmed=no", ["Pots"]),
        ("sort=-title", ["Pots", "Kettles"]), ("sort=title", ["Kettles", "Pots"]),
        ("role=magic&sort=magic&confirmed=x&page=zz", ["Kettles", "Pots"]), ("q=%00", None),
    ):  # fmt: skip
        page = lead.get(f"{INSIDE}?{asked_for}")
        assert page.status_code == 200
        if found is not None:
            assert [one.output.title for one in page.context["page"]] == found
    text = lead.get(f"{INSIDE[:-1]}.csv?confirmed=yes").content.decode("utf-8-sig")
    assert [row["title"] for row in csv.DictReader(text.splitlines())] == ["Kettles"]


@pytest.mark.parametrize("count", [1, 20])
def test_queries_of_the_inside_list(
    lead: Client, home: Organisation, count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        profile = a_profile(f"Edie Made-Up {number}")
        at_work(profile.technician, home)
        stated(profile, f"Work {number}")
    with django_assert_max_num_queries(26):
        assert lead.get(INSIDE).status_code == 200


def test_another_organisation_and_a_technician_get_nothing(edie: Profile) -> None:
    other = Client()
    other.force_login(a_member(an_organisation("southmoor")))
    for client in (other, as_themselves(edie)):
        assert client.get(INSIDE).status_code == 404
        assert client.get(f"{INSIDE[:-1]}.csv").status_code == 404


def test_measures_count_people_once_and_by_the_day(edie: Profile, home: Organisation) -> None:
    confirmed(edie, "Kettles")
    confirmed(edie, "Pots")
    StaffListSettings.objects.create(organisation=home, version=1)
    today = timezone.localdate()
    Contribution.objects.filter(output__title="Pots").update(
        confirmed_at=timezone.now() + timedelta(days=2)
    )
    observed = {
        key: measures[f"visibility.{key}"].observe(home.pk, today)
        for key in ("contributions_confirmed", "technicians_credited")
    }
    assert observed["contributions_confirmed"] is not None
    assert observed["contributions_confirmed"].value == 1
    assert observed["technicians_credited"] is not None
    assert (observed["technicians_credited"].value, observed["technicians_credited"].people) == (
        1, 1,
    )  # fmt: skip
    before = measures["visibility.technicians_credited"].observe(home.pk, date(2000, 1, 1))
    assert before is None
    assert measures["visibility.technicians_credited"].policy == "workforce"


# --- a person's own data -------------------------------------------------------------------------
def test_all_of_it_is_told_and_erased(edie: Profile) -> None:
    account = edie.technician.account
    asked(edie, "Kettles", note="I built it.")
    olu = a_profile("Olu Made-Up")
    stated(edie, "Shared", doi="10.5555/shared")
    stated(olu, "Shared", doi="10.5555/shared")
    told = str(personal_data.export_person(account.person_id))
    for word in ("Kettles", "I built it.", "ada@benchside.example"):
        assert word in told
    personal_data.erase_person(account.person_id)
    assert not CreditLetter.objects.exists()
    assert [one.technician for one in Contribution.objects.all()] == [olu.technician]
    output = Output.objects.get()
    assert (output.title, output.added_by) == ("Shared", None)


def test_a_lead_author_with_an_account_is_forgotten_too(edie: Profile) -> None:
    ada = a_profile("Ada Made-Up").technician.account
    one = asked(edie)
    CreditLetter.objects.update(author_email=ada.email.upper())
    assert "A study of kettles" in str(personal_data.export_person(ada.person_id))
    personal_data.erase_person(ada.person_id)
    letter = CreditLetter.objects.get(contribution=one)
    assert ada.email not in letter.author_email.lower()
    assert letter.author_name == "Erased person"
    assert not letter.is_open


# --- how to credit -------------------------------------------------------------------------------
def test_fourteen_roles_with_words_to_copy(client: Client) -> None:
    answer = client.get("/technicians/credit/")
    text = unescape(answer.content.decode())
    assert len(ROLES) == 14
    for role in ROLES:
        assert role.url in text
        assert role.thanks in text
    assert not answer.cookies
    assert "public" in answer["Cache-Control"]


def test_how_to_credit_is_easily_read(client: Client) -> None:
    text = client.get("/technicians/credit/").content.decode()
    main = re.sub(r"<textarea.*?</textarea>|<[^>]+>", " ", text[text.index("<main") :], flags=re.S)
    words = " ".join(f"{role.means} {role.example}" for role in ROLES)
    assert grade(words) <= 6.5
    assert grade(unescape(main.split("</main>")[0])) <= 6.5
