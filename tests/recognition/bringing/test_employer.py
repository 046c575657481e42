"""What an employer sees of its technicians' registrations, and fees it is asked to pay."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchside.assessment.actions import move_award
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.models import OutgoingMail
from benchside.core.registries import measures, todo_sources
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Organisation
from benchside.people.enums import Audience
from benchside.people.models import Profile
from benchside.recognition.bringing import registered as owed
from benchside.recognition.bringing import supporting
from benchside.recognition.models import Entry, Fee, FeeSupport, Register
from benchside.recognition.registers import queries as registers
from tests.factories import applications
from tests.factories.organisations import a_member, an_organisation, sitting
from tests.factories.people import sign_in
from tests.factories.registers import an_entry
from tests.factories.technicians import a_profile, a_technician, as_themselves, at_work

pytestmark = pytest.mark.django_db
PAGE = "/org/northmoor/recognition/registrations/"
TODAY = timezone.localdate()


@pytest.fixture
def here(db: None) -> Organisation:
    return an_organisation("northmoor")


@pytest.fixture
def desk(client: Client, here: Organisation) -> Client:
    return sign_in(client, a_member(here))


def registered(here: Organisation, name: str, *, since: date | None = None, **said: Any) -> Entry:
    """Somebody on the staff list and on the register, who shows all of it unless said."""
    hidden = said.pop("is_hidden", False)
    profile = a_profile(name, **said)
    at_work(profile.technician, here)
    basis = {"is_hidden": True, "hidden_basis": "Safety"} if hidden else {}
    return an_entry(name, technician=profile.technician, since=since, **basis)


def test_only_those_who_show_it_and_whom_the_register_shows_are_named(
    desk: Client, here: Organisation
) -> None:
    registered(here, "Shown Made-Up")
    registered(here, "Apart Made-Up", letters_to=Audience.NOBODY)
    registered(here, "Unseen Made-Up", is_shown=False)
    registered(here, "Secret Made-Up", is_hidden=True)
    elsewhere = a_profile("Elsewhere Made-Up")
    at_work(elsewhere.technician, an_organisation("southmoor"))
    an_entry("Elsewhere Made-Up", technician=elsewhere.technician)
    unclaimed = a_technician("Unclaimed Made-Up")
    at_work(unclaimed, here)
    an_entry("Unclaimed Made-Up", technician=unclaimed)
    dead = registered(here, "Dead Made-Up")
    move_award(actor=SYSTEM, award=dead.award, verb="record-death")
    for page in (PAGE, f"{PAGE}registrations.csv", f"{PAGE}?q=made"):
        said = desk.get(page).content.decode()
        assert "Shown Made-Up" in said
        for name in ("Apart", "Unseen", "Secret", "Elsewhere", "Unclaimed", "Dead"):
            assert name not in said, page


def test_a_suspension_for_health_is_told_as_the_register_tells_it(
    desk: Client, here: Organisation
) -> None:
    one = registered(here, "Ill Made-Up")
    move_award(actor=SYSTEM, award=one.award, verb="suspend-for-health", reason="Health")
    said = desk.get(PAGE).content.decode()
    assert "Suspended" in said
    assert "health" not in said.lower().partition("<main")[2]
    assert "RTMade" not in desk.get(f"{PAGE}registrations.csv").content.decode()


def test_counts_are_rounded_and_nobody_is_told_by_subtraction(
    desk: Client, here: Organisation
) -> None:
    registered(here, "Shown Made-Up")
    registered(here, "Apart Made-Up", letters_to=Audience.NOBODY)
    for number in range(7):
        at_work(a_technician(f"Other {number}"), here)
    counted = desk.get(PAGE).context["counted"]
    for cell in (counted.registered, counted.others, counted.total):
        assert cell.value is None or cell.value % 5 == 0


def test_whoever_applies_already_is_not_among_those_who_could_begin(here: Organisation) -> None:
    for number in range(10):
        at_work(a_technician(f"Other {number}"), here)
    for number in range(20):
        one = applications.begun(applications.a_claimed(f"applies{number}@work.example"))
        at_work(one.submission.technician, here)
        if number < 10:  # on one register, and applying to another
            an_entry(f"Both {number}", technician=one.submission.technician)
    found = owed.counted(here)
    cells = (found.registered, found.applying, found.others, found.total)
    assert [cell.value for cell in cells] == [10, 10, 10, 30]


def test_a_period_that_is_over_is_not_said_to_end_soon(desk: Client, here: Organisation) -> None:
    registered(here, "Over Made-Up", since=TODAY - timedelta(days=380))
    registered(here, "Sooner Made-Up", since=TODAY - timedelta(days=330))
    said = desk.get(f"{PAGE}?due=yes").content.decode()
    assert said.count("Over, to renew") == said.count("Ends soon") == 1
    assert "<dt>Over, or ends within 60 days</dt><dd>2" in said


def test_what_ends_soon_is_found_sorted_and_stands_in_what_waits(
    desk: Client, here: Organisation
) -> None:
    registered(here, "Later Made-Up")
    registered(here, "Sooner Made-Up", since=TODAY - timedelta(days=330))
    due = desk.get(f"{PAGE}?due=yes").content.decode()
    assert "Sooner" in due
    assert "Later" not in due
    text = desk.get(f"{PAGE}registrations.csv?sort=-ends").content.decode()
    assert text.index("Later") < text.index("Sooner")
    lead = here.memberships.get().user
    source = todo_sources["recognition.registrations"]
    assert [one.title for one in source.things(sitting(here, lead))] == ["Registrations to renew"]
    champion = a_member(here, MemberRole.MANAGER)
    assert source.things(sitting(here, champion)) == []


def test_who_may_open_it(here: Organisation) -> None:
    for role in (MemberRole.LEAD, MemberRole.DEPUTY, MemberRole.HR_STEWARD):
        assert sign_in(Client(), a_member(here, role)).get(PAGE).status_code == 200
    for role in (MemberRole.MANAGER, MemberRole.CHAMPION, MemberRole.EDITOR):
        assert sign_in(Client(), a_member(here, role)).get(PAGE).status_code == 403
    other = a_member(an_organisation("southmoor"))
    assert sign_in(Client(), other).get(PAGE).status_code == 404


# --- fees -----------------------------------------------------------------------------------------
@pytest.fixture
def edie(here: Organisation) -> Profile:
    profile = a_profile("Edie Made-Up", letters_to=Audience.NOBODY)
    at_work(profile.technician, here)
    return profile


@pytest.fixture
def fee(edie: Profile) -> Fee:
    entry = an_entry("Edie Made-Up", technician=edie.technician)
    return Fee.objects.create(entry=entry, kind="year", amount="18.00")


def test_somebody_asks_and_the_employer_pays(
    desk: Client, here: Organisation, edie: Profile, fee: Fee
) -> None:
    mine = as_themselves(edie)
    assert "Ask them to pay" in mine.get("/my/fees/").content.decode()
    assert mine.get(f"/my/fees/{fee.pk}/ask/")["Location"] == "/my/fees/", "and no blank page"
    mine.post(f"/my/fees/{fee.pk}/ask/", {"organisation": here.pk})
    assert "no answer yet" in mine.get("/my/fees/").content.decode()
    page = desk.get(PAGE).content.decode()
    assert "Edie Made-Up: year on the register, £18.00" in page
    support = FeeSupport.objects.get()
    long = desk.post(f"{PAGE}fees/{support.pk}/", {"say": "yes", "reference": "P" * 61})
    assert long.status_code == 422
    assert "P" * 61 in long.content.decode()
    desk.post(f"{PAGE}fees/{support.pk}/", {"say": "yes", "reference": "PO 12"})
    fee.refresh_from_db()
    assert (fee.payer, fee.reference) == ("Northmoor", "PO 12")
    assert "Pays it" in mine.get("/my/fees/").content.decode()
    late = desk.post(f"{PAGE}fees/{support.pk}/", {"say": "no"}, follow=True).content.decode()
    assert "This was answered already. The answer stands below." in late
    support.refresh_from_db()
    assert support.is_paid_by_them is True, "answered once"


def test_nobody_asks_for_another_or_where_they_do_not_work(
    here: Organisation, edie: Profile, fee: Fee
) -> None:
    other = a_profile("Olu Made-Up")
    with pytest.raises(Denied):
        supporting.ask_employer(
            actor=Actor.of(other.technician.account), fee=fee, organisation=here
        )
    assert as_themselves(other).post(f"/my/fees/{fee.pk}/ask/").status_code == 404
    with pytest.raises(Refused, match="not on their staff list"):
        supporting.ask_employer(
            actor=Actor.of(edie.technician.account), fee=fee,
            organisation=an_organisation("southmoor"),
        )  # fmt: skip
    support = supporting.ask_employer(
        actor=Actor.of(edie.technician.account), fee=fee, organisation=here
    )
    south = a_member(Organisation.objects.get(slug="southmoor"))
    page = f"/org/southmoor/recognition/registrations/fees/{support.pk}/"
    assert sign_in(Client(), south).post(page, {"say": "yes"}).status_code == 404
    with pytest.raises(Denied):
        supporting.answer_support(actor=Actor.of(south), support=support, pays=True)


def test_letters_go_to_those_who_may_answer_and_back(
    here: Organisation, edie: Profile, fee: Fee, django_capture_on_commit_callbacks: Any
) -> None:
    lead, steward = a_member(here), a_member(here, MemberRole.HR_STEWARD)
    a_member(here, MemberRole.CHAMPION)
    left = a_member(here, MemberRole.DEPUTY)
    left.memberships.update(ended_on=TODAY)
    a_member(an_organisation("southmoor"))
    me = Actor.of(edie.technician.account)
    with django_capture_on_commit_callbacks(execute=True):
        support = supporting.ask_employer(actor=me, fee=fee, organisation=here)
    letters = OutgoingMail.objects.filter(name="recognition/fee_support_asked")
    assert sorted(to for one in letters for to in one.to) == sorted([lead.email, steward.email])
    letter = letters[0]
    assert "Edie Made-Up" in letter.subject
    assert "£18.00" in letter.text
    assert PAGE in letter.text
    with django_capture_on_commit_callbacks(execute=True):
        supporting.answer_support(actor=Actor.of(lead), support=support, pays=False)
    back = OutgoingMail.objects.get(name="recognition/fee_support_answered")
    assert back.to == [edie.technician.account.email]
    assert back.subject == "Northmoor does not pay your fee"
    assert "/my/fees/" in back.text


def test_nobody_answers_what_they_asked(here: Organisation, edie: Profile, fee: Fee) -> None:
    account = edie.technician.account
    here.memberships.create(user=account, role=MemberRole.LEAD)
    me = Actor.of(account)
    support = supporting.ask_employer(actor=me, fee=fee, organisation=here)
    assert not OutgoingMail.objects.filter(name="recognition/fee_support_asked").exists()
    with pytest.raises(Refused, match="asked this yourself"):
        supporting.answer_support(actor=me, support=support, pays=True)
    support.refresh_from_db()
    assert support.answered_at is None


def test_the_page_of_fees_is_found_where_fees_are_looked_for(edie: Profile, fee: Fee) -> None:
    mine = as_themselves(edie)
    link = 'href="/my/fees/"'
    said = mine.get("/my/registrations/").content.decode()
    assert link in said
    assert "1 fee to pay" in said
    Fee.objects.update(state="paid", settled_on=TODAY)
    said = mine.get("/my/registrations/").content.decode()
    assert "to pay" not in said.partition("<main")[2]
    assert link in said
    other = as_themselves(a_profile("Olu Made-Up"))
    assert link not in other.get("/my/registrations/").content.decode()


def test_what_came_to_nothing_is_owed_by_nobody() -> None:
    one = applications.sent()
    assert owed.fees_of(one.submission.technician).count() == 1
    account = one.submission.technician.account
    assert len(registers.fees_owed_by(account)) == 1
    type(one.submission).objects.update(state="withdrawn")
    assert owed.fees_of(one.submission.technician).count() == 0
    assert registers.fees_owed_by(account) == []


def test_an_employer_is_asked_for_nothing_that_came_to_nothing(
    here: Organisation, desk: Client
) -> None:
    one = applications.sent()
    technician = one.submission.technician
    at_work(technician, here)
    fee, asks = owed.fees_of(technician).get(), Actor.of(technician.account)
    asked = supporting.ask_employer(actor=asks, fee=fee, organisation=here)
    assert owed.waiting(here).get() == asked
    type(one.submission).objects.update(state="withdrawn")
    assert not owed.waiting(here).exists()
    lead = Actor.of(here.memberships.get().user)
    with pytest.raises(Refused, match="came to nothing"):
        supporting.answer_support(actor=lead, support=asked, pays=True, reference="PO 7")
    asked.delete()
    with pytest.raises(Refused, match="came to nothing"):
        supporting.ask_employer(actor=asks, fee=fee, organisation=here)
    fee.refresh_from_db()
    assert "PO 7" not in fee.reference


# --- figures --------------------------------------------------------------------------------------
def test_figures_count_people_as_they_stood_on_a_day(here: Organisation) -> None:
    day = TODAY - timedelta(days=400)
    gone = registered(here, "Gone Made-Up", since=day)
    registered(here, "New Made-Up")
    at_work(a_technician("Nobody Made-Up"), here)
    move_award(actor=SYSTEM, award=gone.award, verb="come-due", effective_on=day)
    for verb in ("give-grace", "lapse"):
        move_award(
            actor=SYSTEM, award=gone.award, verb=verb, effective_on=TODAY - timedelta(days=5)
        )

    def told(key: str, on: date = TODAY) -> tuple[float, int | None]:
        found = measures[f"recognition.{key}"].observe(here.pk, on)
        assert found is not None
        return found.value, found.people

    assert told("registered") == (1, 3)
    assert told("registered_registered_technician") == (1, 3)
    assert told("registered", day) == (1, 3)
    assert told("lapsed") == (1, 3)
    assert told("lapsed", TODAY + timedelta(days=380)) == (0, 3)
    assert told("applying") == (0, 3)


def test_a_register_that_was_added_as_data_has_its_figure_too(here: Organisation) -> None:
    one = registered(here, "Anna Made-Up")
    assert "recognition.registered_of_our_own" not in measures
    Register.objects.filter(pk=one.register_id).update(slug="of-our-own", name="Of our own")
    found = measures["recognition.registered_of_our_own"]
    assert found.title == "On the register: Of our own"
    assert found.key in [each.key for each in measures]
    figure = found.observe(here.pk, TODAY)
    assert figure is not None
    assert (figure.value, figure.people) == (1, 1)
    # One that nobody has set up here has none.
    assert "recognition.registered_registered_engineering_technician" not in measures


def test_the_page_asks_the_same_queries_for_one_and_for_ten(
    desk: Client, here: Organisation
) -> None:
    registered(here, "First Made-Up")
    desk.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        desk.get(PAGE)
    for number in range(9):
        registered(here, f"More{number} Made-Up")
    with CaptureQueriesContext(connection) as many:
        desk.get(PAGE)
    assert len(many) == len(one)
