"""What an employer answered, and asking another than was asked first."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from benchside.core.actions import Actor
from benchside.organisations.models import Organisation
from benchside.people.models import Profile
from benchside.recognition.bringing import supporting
from benchside.recognition.models import Fee, FeeSupport
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import sign_in
from tests.factories.registers import an_entry
from tests.factories.technicians import a_profile, at_work

pytestmark = pytest.mark.django_db
PAGE = "/org/northmoor/recognition/registrations/"


@pytest.fixture
def here(db: None) -> Organisation:
    return an_organisation("northmoor")


@pytest.fixture
def desk(client: Client, here: Organisation) -> Client:
    return sign_in(client, a_member(here))


@pytest.fixture
def edie(here: Organisation) -> Profile:
    profile = a_profile("Edie Made-Up")
    at_work(profile.technician, here)
    return profile


@pytest.fixture
def fee(edie: Profile) -> Fee:
    entry = an_entry("Edie Made-Up", technician=edie.technician)
    return Fee.objects.create(entry=entry, kind="year", amount="18.00")


def me(profile: Profile) -> Actor:
    return Actor.of(profile.technician.account)


def ask(profile: Profile, fee: Fee, organisation: Organisation) -> FeeSupport:
    return supporting.ask_employer(actor=me(profile), fee=fee, organisation=organisation)


# --- what was answered ----------------------------------------------------------------------------
def test_what_was_answered_last_is_read_first_and_nothing_is_cut_off(
    desk: Client, here: Organisation, fee: Fee
) -> None:
    for number in range(60):
        one = Fee.objects.create(entry=fee.entry, kind="year", amount=f"{number + 1}.25")
        FeeSupport.objects.create(
            fee=one, organisation=here, is_paid_by_them=number % 2 == 0,
            answered_at=timezone.now() - timedelta(days=60 - number),
        )  # fmt: skip
    page = desk.get(PAGE).content.decode()
    assert "£60.25" in page
    assert "£1.25" not in page
    assert f'href="{PAGE}fees/"' in page
    first, second = (desk.get(f"{PAGE}fees/{more}").content.decode() for more in ("", "?page=2"))
    assert "60 answers, the newest first" in first
    assert first.index("£60.25") < first.index("£59.25")
    assert "£1.25" in second
    table = desk.get(f"{PAGE}fees/fees.csv").content.decode()
    assert table.count("\r\n") == 61
    assert table.index(",60.25,no") < table.index(",1.25,yes")


def test_an_employer_that_answered_nothing_is_told_so(desk: Client) -> None:
    assert "Nothing answered yet" in desk.get(f"{PAGE}fees/").content.decode()
    assert "What you answered" not in desk.get(PAGE).content.decode()
