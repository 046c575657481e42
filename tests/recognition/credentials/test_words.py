"""What an organisation would say of a badge: read by nobody before a yes, taken out by whom it is
about, and never of one's own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Duty
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models import AuditEvent, OutgoingMail
from benchside.core.states import NoSuchMove, move
from benchside.organisations.enums import MemberRole, OrganisationState
from benchside.organisations.models import Membership, Organisation
from benchside.recognition.credentials import actions, checking, forgetting, queries
from benchside.recognition.credentials.states import ENDORSEMENTS
from benchside.recognition.enums import WordState
from benchside.recognition.models import Credential, Endorsement, Entry, Licence
from benchside.recognition.registry import queues
from benchside.recognition.registry.queries import desk_of
from tests.factories import credentials as made
from tests.factories import marks, registers
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import administrator, person, sign_in

pytestmark = pytest.mark.django_db
BADGE = "/credentials/badges/registered-technician/"
WORDS = "We ask for it when we appoint."
MINE = "/my/credentials/words/"
BY_HAND = {
    "waiting": {"accept": "shown", "decline": "declined", "take-back": "taken-back"},
    "shown": {"take-back": "taken-back"},
    "declined": {},
    "taken-back": {},
}


@pytest.fixture
def here() -> Organisation:
    return an_organisation("northmoor")


@pytest.fixture
def lead(here: Organisation) -> User:
    return a_member(here, MemberRole.LEAD)


@pytest.fixture
def entry() -> Entry:
    return made.a_registered_person()


@pytest.fixture
def keeper(entry: Entry) -> User:
    return registers.a_registrar()


def say(lead: User, here: Organisation, credential: Credential | None = None) -> Endorsement:
    return actions.endorse(
        actor=Actor.of(lead),
        organisation=here,
        words=WORDS,
        standard="" if credential else registers.STANDARD,
        credential=credential,
    )


def holder_of(entry: Entry) -> User:
    account = entry.award.technician and entry.award.technician.account
    assert account
    return account


def page(client: Client, user: User, address: str) -> str:
    sign_in(client, user)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# --- nothing before a yes -------------------------------------------------------------------------
def is_out(one: Endorsement, client: Client, entry: Entry) -> set[bool]:
    """On the badge's page, at its own address, and in what is signed now."""
    made.sign_all()
    Credential.objects.filter(award=entry.award, state="waiting").delete()
    actions.give_back(actor=Actor.of(holder_of(entry)), award=entry.award)
    document = made.document_of(made.claimed(entry))
    client.logout()
    return {
        WORDS in client.get(BADGE).content.decode(),
        client.get(f"/credentials/endorsements/{one.key}/").status_code == 200,
        "endorsement" in document,
    }


def test_of_a_badge_nothing_is_read_or_signed_before_its_keeper_says_yes(
    client: Client, lead: User, here: Organisation, entry: Entry, keeper: User
) -> None:
    made.claimed(entry)
    one = say(lead, here)
    assert is_out(one, client, entry) == {False}
    assert WORDS in page(client, keeper, MINE)
    assert client.post(f"{MINE}{one.pk}/", {"do": "yes"}).status_code == 302
    assert is_out(one, client, entry) == {True}
    assert "Show it no more" in page(client, keeper, MINE)
    client.post(f"{MINE}{one.pk}/", {"do": "take-back"})
    assert is_out(one, client, entry) == {False}


def test_of_one_credential_its_holder_says_yes_and_its_keeper_does_not(
    client: Client, lead: User, here: Organisation, entry: Entry, keeper: User
) -> None:
    credential = made.claimed(entry)
    one, address = say(lead, here, credential), f"/credentials/{credential.key}/"
    assert WORDS not in page(client, keeper, MINE)
    assert client.post(f"{MINE}{one.pk}/", {"do": "yes"}).status_code == 404
    assert "Northmoor wants to speak for a badge" in page(client, holder_of(entry), "/my/")
    assert WORDS not in client.get(address).content.decode()
    client.post(f"{MINE}{one.pk}/", {"do": "yes"})
    assert WORDS in client.get(address).content.decode()
    assert "wants to speak" not in page(client, holder_of(entry), "/my/")
    # Its keeper and its holder may each take it down.
    assert WORDS in page(client, keeper, MINE)
    client.post(f"{MINE}{one.pk}/", {"do": "take-back"})
    assert WORDS not in client.get(address).content.decode()


def test_of_an_organisations_own_its_lead_says_yes(
    client: Client, lead: User, here: Organisation
) -> None:
    award = made.a_marked_school()
    made.sign_all()
    credential = Credential.objects.in_use().get(award=award)
    one = say(lead, here, credential)
    assert award.organisation is not None
    inside = f"/org/{award.organisation.slug}/recognition/credentials/"
    head, editor = (a_member(award.organisation, role) for role in ("lead", "editor"))
    assert "Northmoor wants to speak" in page(client, head, f"/org/{award.organisation.slug}/")
    assert WORDS in page(client, head, inside)
    assert WORDS not in page(client, editor, inside)
    assert client.post(f"{inside}words/{one.pk}/", {"do": "yes"}).status_code == 403
    sign_in(client, head)
    client.post(f"{inside}words/{one.pk}/", {"do": "yes"})
    assert WORDS in client.get(f"/credentials/{credential.key}/").content.decode()
    client.post(f"{inside}words/{one.pk}/", {"do": "take-back"})
    assert WORDS not in client.get(f"/credentials/{credential.key}/").content.decode()


def test_it_waits_at_the_registrars_desk_and_at_nobody_elses(
    client: Client, lead: User, here: Organisation, entry: Entry, keeper: User
) -> None:
    say(lead, here)

    def waiting(user: User) -> list[str]:
        desk = desk_of(user, entry.register.slug)
        assert desk is not None
        return [row.title for row in queues.queues["words"].waiting(queues.Reader(desk))]

    assert waiting(keeper) == ["Northmoor"]
    assert "wants to speak" not in page(client, keeper, "/my/")  # the desk has it
    Membership.objects.create(organisation=here, user=keeper, role=MemberRole.STEERING)
    assert waiting(keeper) == []


def test_keepers_of_a_badge_without_a_desk_find_it_in_their_own_space(
    client: Client, lead: User, here: Organisation
) -> None:
    marks.a_mark()
    officer = person("officer@council.example")
    Duty.objects.create(user=officer, standard=marks.STANDARD, kind=DutyKind.KEEP)
    actions.endorse(actor=Actor.of(lead), organisation=here, words=WORDS, standard=marks.STANDARD)
    assert "Northmoor wants to speak for a badge" in page(client, officer, "/my/")
    assert "wants to speak" not in page(client, administrator(), "/my/")


# --- a no -----------------------------------------------------------------------------------------
def test_a_no_has_a_reason_of_the_list_and_a_letter_and_holds_for_a_while(
    client: Client, lead: User, here: Organisation, entry: Entry, keeper: User,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:  # fmt: skip
    one = say(lead, here)
    sign_in(client, keeper)
    for reason in ("", "made-up"):
        said = {"do": "no", f"words-{one.pk}-reason": reason}
        assert (
            "Choose one of the list"
            in client.post(f"{MINE}{one.pk}/", said, follow=True).content.decode()
        )
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{MINE}{one.pk}/", {"do": "no", f"words-{one.pk}-reason": "untrue"})
    one.refresh_from_db()
    assert (one.state, one.reason, one.answered_by) == ("declined", "untrue", keeper.person_id)
    letter = OutgoingMail.objects.get(name="recognition/words_declined")
    assert letter.to == [lead.email]
    assert "What it says is not so" in letter.text
    assert "it says is not so" in page(client, lead, "/org/northmoor/recognition/credentials/")
    with pytest.raises(Refused, match="said no"):
        say(lead, here)
    say(lead, here, made.claimed(entry))  # of something else it may ask
    with time_machine.travel(timezone.now() + queries.AGAIN + timedelta(days=1)):
        assert say(lead, here).state == "waiting"


# --- one's own ------------------------------------------------------------------------------------
def test_nobody_speaks_for_what_they_give_or_hold(lead: User, here: Organisation) -> None:
    entry = made.a_registered_person()
    credential = made.claimed(entry)
    Licence.objects.create(register=entry.register, body=here)
    for one in (None, credential):
        with pytest.raises(Refused, match="your own"):
            say(lead, here, one)
    Licence.objects.all().delete()
    Organisation.objects.filter(pk=here.pk).update(name=entry.register.rules.keeper.upper())
    here.refresh_from_db()
    with pytest.raises(Refused, match="your own"):
        say(lead, here)
    school = made.a_marked_school().organisation
    assert school is not None
    made.sign_all()
    with pytest.raises(Refused, match="your own"):
        say(
            a_member(school, MemberRole.LEAD),
            school,
            Credential.objects.in_use().get(award__organisation=school),
        )


@pytest.mark.parametrize("role", MemberRole)
def test_a_lead_or_deputy_speaks_and_nobody_else(role: str, here: Organisation) -> None:
    made.a_registered_person()
    somebody = a_member(here, role)
    if role in {"lead", "deputy"}:
        assert say(somebody, here).state == "waiting"
    else:
        with pytest.raises(Denied):
            say(somebody, here)


def test_what_counts_no_more_is_not_shown_after_all(
    lead: User, here: Organisation, entry: Entry
) -> None:
    credential = made.claimed(entry)
    one = say(lead, here, credential)
    actions.give_back(actor=Actor.of(holder_of(entry)), award=entry.award)
    one = Endorsement.objects.get(pk=one.pk)
    with pytest.raises(Refused, match="still counts"):
        actions.accept_words(actor=Actor.of(holder_of(entry)), endorsement=one)


def test_of_who_has_closed_meanwhile_nothing_is_shown(
    lead: User, here: Organisation, entry: Entry, keeper: User
) -> None:
    one = say(lead, here)
    Organisation.objects.filter(pk=here.pk).update(
        state=OrganisationState.CLOSED, closed_at=timezone.now()
    )
    one = Endorsement.objects.get(pk=one.pk)
    with pytest.raises(Refused, match="open here"):
        actions.accept_words(actor=Actor.of(keeper), endorsement=one)


# --- taken back -----------------------------------------------------------------------------------
def test_it_is_taken_out_when_whoever_said_it_is_closed(
    here: Organisation, entry: Entry, keeper: User
) -> None:
    made.spoken_for(registers.STANDARD, 1)
    one = Endorsement.objects.get()
    document = made.document_of(made.claimed(entry))
    Organisation.objects.filter(pk=one.organisation_id).update(
        state=OrganisationState.CLOSED, closed_at=timezone.now()
    )
    actions.take_back(actor=Actor.of(keeper), endorsement=one)
    assert not queries.endorsements_of(registers.STANDARD).exists()
    assert checking.check(document).taken_back == 1
    assert not AuditEvent.objects.filter(verb="credential.unendorse").exists()


def test_who_is_forgotten_takes_with_them_what_was_said_of_them(
    client: Client, lead: User, here: Organisation, entry: Entry
) -> None:
    user = holder_of(entry)
    one = say(lead, here, made.claimed(entry))
    actions.accept_words(actor=Actor.of(user), endorsement=one)
    made.sign_all()
    address = f"/credentials/endorsements/{one.key}/"
    assert client.get(address).status_code == 200
    assert WORDS in str(forgetting.export(user.person_id))
    forgetting.erase(user.person_id)
    one.refresh_from_db()
    assert (one.state, one.words, one.document) == ("taken-back", "", "")
    assert client.get(address).status_code == 404


# --- the table ------------------------------------------------------------------------------------
def test_the_table_is_the_one_written_by_hand() -> None:
    assert set(BY_HAND) == set(WordState.values)
    assert ENDORSEMENTS.start == "waiting"
    written = {(state, verb, to) for state, verbs in BY_HAND.items() for verb, to in verbs.items()}
    assert {(row.source, row.verb, row.target) for row in ENDORSEMENTS.rows} == written


# Who may, of words for a badge and of words for one credential: answer, take back.
MAY = {
    "lead": (False, True, False, True),
    "editor": (False, False, False, False),
    "keeper": (True, True, False, True),
    "keeper who works there": (False, True, False, True),
    "holder": (False, False, True, True),
    "superuser": (True, True, False, True),
    "somebody": (False, False, False, False),
}


def put(one: Endorsement, state: str) -> Endorsement:
    moment = timezone.now()
    Endorsement.objects.filter(pk=one.pk).update(
        state=state,
        reason="untrue" if state == "declined" else "",
        taken_back_at=moment if state == "taken-back" else None,
    )
    return Endorsement.objects.get(pk=one.pk)


@pytest.mark.parametrize("state", BY_HAND)
def test_every_verb_by_everybody(
    state: str, lead: User, here: Organisation, entry: Entry, keeper: User
) -> None:
    both = (say(lead, here), say(lead, here, made.claimed(entry)))
    works_there = registers.a_registrar("other@council.example")
    Membership.objects.create(organisation=here, user=works_there, role=MemberRole.MANAGER,
                              unit=here.units.create(name="Stores"))  # fmt: skip
    people = dict(zip(MAY, (
        lead, a_member(here, MemberRole.EDITOR), keeper, works_there, holder_of(entry),
        administrator(), person("somebody@work.example"),
    ), strict=True))  # fmt: skip
    for of_one, one in enumerate(both):
        for verb in ("accept", "decline", "take-back"):
            target = BY_HAND[state].get(verb)
            columns = {"reason": "untrue"} if verb == "decline" else {}
            for who, user in people.items():
                may = MAY[who][2 * of_one + (verb == "take-back")]
                held: Model = put(one, state)

                def do(held: Model = held, verb: str = verb, user: User = user,
                       columns: Any = columns) -> None:  # fmt: skip
                    move(table=ENDORSEMENTS, subject=held, verb=verb, actor=Actor.of(user),
                         columns=columns)  # fmt: skip

                if target and may:
                    do()
                else:
                    with pytest.raises(Denied if target else NoSuchMove):
                        do()
                now = Endorsement.objects.get(pk=one.pk).state
                assert now == (target if target and may else state), (who, verb, of_one)
