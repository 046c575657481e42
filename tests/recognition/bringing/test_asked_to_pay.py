"""What an employer answered, and asking another than was asked first."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from benchside.core.actions import Actor, Denied, Refused
from benchside.organisations.models import Employment, Organisation
from benchside.people.models import Profile
from benchside.recognition.bringing import registered, supporting
from benchside.recognition.models import Fee, FeeSupport
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import sign_in
from tests.factories.registers import an_entry
from tests.factories.technicians import a_profile, as_themselves, at_work

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


# --- asking another -------------------------------------------------------------------------------
def test_what_nobody_answered_is_taken_back_and_another_is_asked(
    desk: Client, here: Organisation, edie: Profile, fee: Fee
) -> None:
    south = an_organisation("southmoor")
    at_work(edie.technician, south)
    asked = ask(edie, fee, south)
    with pytest.raises(Refused, match="asked already"):
        ask(edie, fee, here)
    mine = as_themselves(edie)
    assert "Take it back" in mine.get("/my/fees/").content.decode()
    assert mine.get(f"/my/fees/{fee.pk}/take-back/")["Location"] == "/my/fees/"
    asked.refresh_from_db()
    assert asked.waits, "a page that is opened takes nothing back"
    mine.post(f"/my/fees/{fee.pk}/take-back/")
    page = mine.get("/my/fees/").content.decode()
    assert "you took it back on" in page
    assert "Ask them to pay" in page
    lead = a_member(south)
    other = sign_in(Client(), lead)
    assert "£18.00" not in other.get(PAGE.replace("northmoor", "southmoor")).content.decode()
    with pytest.raises(Refused, match="took it back"):
        supporting.answer_support(actor=Actor.of(lead), support=asked, pays=True)
    again = mine.post(f"/my/fees/{fee.pk}/take-back/", follow=True).content.decode()
    assert "Nothing waits for an answer." in again
    ask(edie, fee, here)
    assert "Edie Made-Up: year on the register" in desk.get(PAGE).content.decode()


def test_after_a_no_another_is_asked_and_after_a_yes_nobody(
    here: Organisation, edie: Profile, fee: Fee
) -> None:
    south = an_organisation("southmoor")
    at_work(edie.technician, south)
    lead = Actor.of(a_member(here))
    supporting.answer_support(actor=lead, support=ask(edie, fee, here), pays=False)
    assert "Ask them to pay" in as_themselves(edie).get("/my/fees/").content.decode()
    yes = ask(edie, fee, south)
    supporting.answer_support(actor=Actor.of(a_member(south)), support=yes, pays=True)
    for refused in (
        lambda: ask(edie, fee, here),
        lambda: supporting.take_back(actor=me(edie), fee=fee),
    ):
        with pytest.raises(Refused):
            refused()
    page = as_themselves(edie).get("/my/fees/").content.decode()
    assert "Does not pay it" in page
    assert "Pays it" in page
    assert "Ask them to pay" not in page
    assert "Take it back" not in page


def test_nobody_takes_back_what_another_asked(here: Organisation, edie: Profile, fee: Fee) -> None:
    asked = ask(edie, fee, here)
    other = a_profile("Olu Made-Up")
    with pytest.raises(Denied):
        supporting.take_back(actor=me(other), fee=fee)
    assert as_themselves(other).post(f"/my/fees/{fee.pk}/take-back/").status_code == 404
    asked.refresh_from_db()
    assert asked.waits


def test_where_they_work_no_more_nobody_reads_or_answers_it(
    desk: Client, here: Organisation, edie: Profile, fee: Fee
) -> None:
    asked = ask(edie, fee, here)
    assert registered.waiting(here).exists()
    Employment.objects.update(left_on=timezone.localdate())
    assert not registered.waiting(here).exists()
    assert "Edie" not in desk.get(PAGE).content.decode()
    said = desk.post(f"{PAGE}fees/{asked.pk}/", {"say": "yes"}, follow=True).content.decode()
    assert "not on your staff list now" in said
    fee.refresh_from_db()
    assert fee.payer == ""


def test_of_who_has_left_only_what_is_paid_for_stands(
    desk: Client, here: Organisation, edie: Profile, fee: Fee
) -> None:
    lead = Actor.of(here.memberships.get().user)
    supporting.answer_support(actor=lead, support=ask(edie, fee, here), pays=False)
    assert "Edie" in desk.get(f"{PAGE}fees/").content.decode()
    Employment.objects.update(left_on=timezone.localdate())
    for address in (PAGE, f"{PAGE}fees/", f"{PAGE}fees/fees.csv"):
        assert "Edie" not in desk.get(address).content.decode()
    FeeSupport.objects.update(is_paid_by_them=True)
    assert "Edie" in desk.get(f"{PAGE}fees/").content.decode()
