"""Signing: two names, an answer, a day; every pair that no row lists is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.models import AuditEvent, OutgoingMail
from benchside.core.states import NoSuchMove, move
from benchside.impact.charters import actions, exports, tasks
from benchside.impact.charters.states import SIGNATORY
from benchside.impact.enums import Part, SignatoryState
from benchside.impact.models import Charter, Signatory
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Organisation
from tests.factories.charters import a_charter, a_cohort, a_signatory, officer
from tests.factories.organisations import a_member, an_organisation

pytestmark = pytest.mark.django_db
DETAILS = {
    "head_name": "Vera Chancellor",
    "head_post": "Vice-chancellor",
    "contact_name": "Connie Contact",
    "contact_email": "connie@example.org",
}


@pytest.fixture
def charter() -> Charter:
    return a_charter()


@pytest.fixture
def here() -> Organisation:
    return an_organisation("northmoor")


@pytest.fixture
def lead(here: Organisation) -> User:
    return a_member(here)


@pytest.fixture
def signer(here: Organisation) -> User:
    return a_member(here, MemberRole.SIGNER)


def begun(charter: Charter, here: Organisation, lead: User) -> Signatory:
    one = actions.begin_signing(actor=Actor.of(lead), charter=charter, organisation=here)
    actions.keep_details(actor=Actor.of(lead), signatory=one, values=DETAILS)
    return one


def signed(charter: Charter, here: Organisation, lead: User, signer: User) -> Signatory:
    one = begun(charter, here, lead)
    actions.sign_as_lead(actor=Actor.of(lead), signatory=one)
    actions.sign_as_head(actor=Actor.of(signer), signatory=one, typed="vera  chancellor")
    return one


def letters() -> list[tuple[str, list[str]]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("name", "to"))


def test_from_the_first_word_to_the_public_page(
    charter: Charter, here: Organisation, lead: User, signer: User
) -> None:
    one = signed(charter, here, lead, signer)
    assert (one.state, one.lead, one.head_signed_by) == ("signed", lead, signer.person_id)
    assert letters() == [("impact/charter_to_decide", ["charter@example.org"])]
    today = timezone.localdate()
    cohort = a_cohort(charter, today)
    actions.accept_signatory(actor=officer(), signatory=one, cohort=cohort)
    assert actions.announce_cohort(actor=officer(), cohort=cohort) == 1
    one.refresh_from_db()
    assert (one.state, one.announced_on) == ("announced", today)
    assert one.award is not None
    assert (one.award.state, one.award.organisation, one.award.period_start) == (
        "signatory", here, today,
    )  # fmt: skip
    first = one.cycles.get()
    assert (first.stage, first.plan_months) == (1, 24)
    assert 12 * 30 < (first.due_on - today).days < 18 * 31 + 1
    assert [name for name, _ in letters()][1:] == [
        "impact/charter_accepted", "impact/charter_announced",
    ]  # fmt: skip
    assert mail.outbox == []  # they wait for the commit


def test_no_word_about_who_signed_goes_into_the_history(
    charter: Charter, here: Organisation, lead: User, signer: User
) -> None:
    signed(charter, here, lead, signer)
    told = repr(list(AuditEvent.objects.values_list("detail", flat=True)))
    assert "Vera" not in told
    assert "connie" not in told


def test_each_signature_has_its_own_hand(
    charter: Charter, here: Organisation, lead: User, signer: User
) -> None:
    one = begun(charter, here, lead)
    with pytest.raises(Denied):
        actions.sign_as_head(actor=Actor.of(lead), signatory=one, typed=DETAILS["head_name"])
    with pytest.raises(Denied):
        actions.sign_as_lead(actor=Actor.of(signer), signatory=one)
    with pytest.raises(Refused, match="not the name of the head"):
        actions.sign_as_head(actor=Actor.of(signer), signatory=one, typed="Vera")
    other = a_member(an_organisation("southmoor"), MemberRole.SIGNER)
    with pytest.raises(Denied):
        actions.sign_as_head(actor=Actor.of(other), signatory=one, typed=DETAILS["head_name"])
    one.refresh_from_db()
    assert (one.head_signed_at, one.lead_signed_at, one.state) == (None, None, "signing")


def test_another_head_has_not_signed(
    charter: Charter, here: Organisation, lead: User, signer: User
) -> None:
    one = begun(charter, here, lead)
    actions.sign_as_head(actor=Actor.of(signer), signatory=one, typed=DETAILS["head_name"])
    actions.keep_details(
        actor=Actor.of(lead), signatory=one, values={**DETAILS, "contact_name": "Con Tact"}
    )
    assert one.head_signed_at is not None
    actions.keep_details(
        actor=Actor.of(lead), signatory=one, values={**DETAILS, "head_name": "Victor Chancellor"}
    )
    assert one.head_signed_at is None


def test_nothing_is_signed_before_it_says_who(
    charter: Charter, here: Organisation, lead: User
) -> None:
    one = actions.begin_signing(actor=Actor.of(lead), charter=charter, organisation=here)
    with pytest.raises(Refused, match="Something is missing"):
        actions.sign_as_lead(actor=Actor.of(lead), signatory=one)


def test_a_charter_is_begun_once_until_it_is_over(
    charter: Charter, here: Organisation, lead: User
) -> None:
    one = begun(charter, here, lead)
    with pytest.raises(Refused, match="already"):
        actions.begin_signing(actor=Actor.of(lead), charter=charter, organisation=here)
    actions.take_back(actor=Actor.of(lead), signatory=one)
    assert begun(charter, here, lead).pk != one.pk


def test_only_a_lead_begins_and_only_while_it_is_open(
    charter: Charter, here: Organisation, lead: User, signer: User
) -> None:
    with pytest.raises(Denied):
        actions.begin_signing(actor=Actor.of(signer), charter=charter, organisation=here)
    with pytest.raises(Denied):
        actions.begin_signing(
            actor=Actor.of(lead), charter=charter, organisation=an_organisation("southmoor")
        )
    actions.keep_charter(actor=officer(), charter=charter, values={"is_open": False})
    with pytest.raises(Refused, match="no signatories now"):
        actions.begin_signing(actor=Actor.of(lead), charter=charter, organisation=here)


def test_sent_back_both_sign_anew_and_a_no_says_why(
    charter: Charter, here: Organisation, lead: User, signer: User
) -> None:
    one = signed(charter, here, lead, signer)
    with pytest.raises(Refused, match="reason is missing"):
        actions.return_signatory(actor=officer(), signatory=one, answer=" ")
    actions.return_signatory(actor=officer(), signatory=one, answer="Whose post is this?")
    one.refresh_from_db()
    assert (one.state, one.head_signed_at, one.lead_signed_at) == ("signing", None, None)
    actions.sign_as_lead(actor=Actor.of(lead), signatory=one)
    actions.sign_as_head(actor=Actor.of(signer), signatory=one, typed=DETAILS["head_name"])
    actions.decline_signatory(actor=officer(), signatory=one, answer="You employ no technicians.")
    assert (one.state, one.answer) == ("declined", "You employ no technicians.")
    assert [name for name, _ in letters()].count("impact/charter_answered") == 2


def test_a_cohort_is_announced_on_its_day_by_itself_and_once(
    charter: Charter, here: Organisation, lead: User, signer: User
) -> None:
    one = signed(charter, here, lead, signer)
    tomorrow = timezone.localdate() + timedelta(days=1)
    cohort = a_cohort(charter, tomorrow)
    actions.accept_signatory(actor=officer(), signatory=one, cohort=cohort)
    with pytest.raises(Refused, match="Its day is"):
        actions.announce_cohort(actor=officer(), cohort=cohort)
    tasks.keep_charters_in_step.func()
    one.refresh_from_db()
    assert one.state == "accepted"
    type(cohort).objects.filter(pk=cohort.pk).update(announced_on=timezone.localdate())
    for _ in range(2):
        tasks.keep_charters_in_step.func()
    one.refresh_from_db()
    assert (one.state, one.cycles.count()) == ("announced", 1)
    assert [name for name, _ in letters()].count("impact/charter_announced") == 1


def test_a_supporter_owes_nothing(charter: Charter, here: Organisation) -> None:
    one = a_signatory(charter, here, part=Part.SUPPORTER)
    assert one.award is not None
    assert (one.award.state, one.award.number[:4]) == ("supporter", "TCF-")
    assert not one.cycles.exists()


def test_who_signed_before_stands_at_its_stage(charter: Charter, here: Organisation) -> None:
    one = a_signatory(charter, here, announced=date(2019, 12, 1), stage=3)
    stages = one.cycles.order_by("stage")
    found = [(each.stage, each.due_on, each.plan_months, not each.closed_at) for each in stages]
    assert found == [
        (1, date(2021, 1, 31), 24, False),
        (2, date(2023, 1, 31), 36, False),
        (3, date(2026, 1, 31), 36, True),  # as published for phase 6 of the Commitment
    ]


def test_who_left_loses_the_status_from_that_day(charter: Charter, here: Organisation) -> None:
    one = a_signatory(charter, here)
    day = timezone.localdate() - timedelta(days=30)
    with pytest.raises(Refused, match="not announced by then"):
        actions.say_left(
            actor=officer(), signatory=one, reason="It asked to leave", on=date(2001, 1, 1)
        )
    actions.say_left(actor=officer(), signatory=one, reason="It asked to leave", on=day)
    assert one.award is not None
    one.award.refresh_from_db()
    assert (one.state, one.left_on, one.award.state) == ("left", day, "left")
    assert one.award.events.last().effective_on == day


@pytest.mark.parametrize("state", SignatoryState.values)
@pytest.mark.parametrize("verb", sorted({row.verb for row in SIGNATORY.rows}))
def test_every_pair_not_listed_is_refused(
    charter: Charter, here: Organisation, state: str, verb: str
) -> None:
    if (state, verb) in {(row.source, row.verb) for row in SIGNATORY.rows}:
        return
    one = a_signatory(charter, here)
    more: dict[str, Any] = {"answer": "No.", "left_on": timezone.localdate()}
    Signatory.objects.filter(pk=one.pk).update(state=state, **more)
    one.refresh_from_db()
    with pytest.raises(NoSuchMove):
        move(table=SIGNATORY, subject=one, verb=verb, actor=SYSTEM)
    one.refresh_from_db()
    assert one.state == state


def test_others_than_officers_decide_nothing(
    charter: Charter, here: Organisation, lead: User, signer: User
) -> None:
    one = signed(charter, here, lead, signer)
    cohort = a_cohort(charter, timezone.localdate())
    for user in (lead, signer):
        who = Actor.of(user)
        with pytest.raises(Denied):
            actions.accept_signatory(actor=who, signatory=one, cohort=cohort)
        with pytest.raises(Denied):
            actions.announce_cohort(actor=who, cohort=cohort)
        with pytest.raises(Denied):
            actions.record_signatory(actor=who, charter=charter, organisation=here, cohort=cohort)


def test_a_person_can_take_and_erase_what_names_them(
    charter: Charter, here: Organisation, lead: User, signer: User
) -> None:
    one = signed(charter, here, lead, signer)
    actions.keep_contact(
        actor=Actor.of(lead),
        signatory=one,
        values={"contact_name": "Lee Lead", "contact_email": lead.email},
    )
    (held,) = exports.export(lead.person_id)["charters"]
    assert (held["is_named_lead"], held["contact_email"]) == (True, lead.email)
    assert exports.export(signer.person_id) == {"charters": []}
    for _ in range(2):
        exports.erase(lead.person_id)
    one.refresh_from_db()
    assert (one.lead, one.contact_name, one.contact_email) == (None, "", "")
    assert one.head_name == DETAILS["head_name"]
