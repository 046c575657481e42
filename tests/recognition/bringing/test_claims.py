"""People of a list come to their own entries: by a letter, or by a proven address; nobody else."""

import re
from typing import Any

import pytest
from django.test import Client

from benchside.accounts.models import Invitation, User
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.models import OutgoingMail
from benchside.people.models import Technician
from benchside.recognition.bringing import actions, carrying, claiming, letters, tasks
from benchside.recognition.entries.actions import hide_entry
from benchside.recognition.models import BroughtList, Entry, Register
from tests.factories.people import person, sign_in
from tests.recognition.bringing.lists import HEADER, a_list, csv, entry

pytestmark = pytest.mark.django_db
ANN, BEN, CAI = "ann@work.example", "ben@work.example", "cai@work.example"
WITH_MAIL = (*HEADER, "E-mail")
REGISTRY = "/registry/registered-technician/"
OWN = "/my/registrations/RT-000101/"
GONE = 410


def rows() -> bytes:
    made = [
        (*entry("RT-000101", "Ann Made-Up"), ANN),
        (*entry("RT-000102", "Ben Made-Up"), f"mailto:{BEN.upper()}"),
        (*entry("RT-000103", "Cai Made-Up"), ""),
        (*entry("RT-000104", "Ben Made-Up", Admitted="01/02/2010"), BEN),
    ]
    return csv(*made, header=WITH_MAIL)


@pytest.fixture
def brought(register: Register, reg: User) -> BroughtList:
    one = a_list(register, reg, rows())
    assert one.emails == {"RT-000101": ANN, "RT-000102": BEN, "RT-000104": BEN}
    actions.say_who_is_one(actor=Actor.of(reg), one=one, answers=["one"])
    carrying.bring_in(actor=Actor.of(reg), one=one)
    one.refresh_from_db()
    assert one.emails == {}, "addresses are with the people now, and nowhere else"
    return one


def an(number: str = "RT-000101") -> Entry:
    return Entry.objects.select_related("award__technician", "register").get(award__number=number)


def write(reg: User, number: str = "RT-000101", email: str = "") -> str:
    """The path of the link in the letter."""
    claiming.invite_holder(actor=Actor.of(reg), sender=reg, entry=an(number), email=email)
    return newest()


def newest() -> str:
    found = re.search(r"/accounts/join/\S+", OutgoingMail.objects.latest("pk").text)
    assert found is not None
    return found[0]


def join(client: Client, path: str) -> Any:
    given = {"name": "Ann", "password1": "long and made up 7", "adult": "on"}
    return client.post(path, given)


def test_a_letter_an_account_and_the_entry_is_theirs(
    client: Client, brought: BroughtList, reg: User
) -> None:
    path = write(reg)
    letter = OutgoingMail.objects.latest("pk")
    assert letter.to == [ANN]
    assert "staff list" not in letter.text, "no employer comes into it"
    page = client.get(path).content.decode()
    assert "your own entry RT-000101: Registered Technician" in page
    assert "staff list" not in page
    answer = join(client, path)
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == OWN
    assert client.get(OWN).status_code == 200
    assert "RT-000101" in client.get("/my/registrations/").content.decode()
    holder = an().award.technician
    assert holder is not None
    assert holder.account == User.objects.get(email=ANN)


def test_a_link_works_once(client: Client, brought: BroughtList, reg: User) -> None:
    path = write(reg)
    join(client, path)
    assert Client().get(path).status_code == GONE
    assert Client().post(path, {}).status_code == GONE
    with pytest.raises(Refused, match="theirs already"):
        write(reg)


def test_a_link_is_for_nobody_else(brought: BroughtList, reg: User) -> None:
    path = write(reg)
    other = sign_in(Client(), person("other@work.example"))
    assert "for another address" in other.post(path, {}).content.decode()
    assert other.get(OWN).status_code == 404
    assert not Technician.objects.claimed().exists()


def test_whoever_has_a_record_keeps_it_and_gets_the_entry(brought: BroughtList, reg: User) -> None:
    user = person(ANN)
    mine = Technician.objects.create(name="Ann M", account=user, claimed_at=user.date_joined)
    path = write(reg)
    theirs = sign_in(Client(), user)
    assert theirs.post(path, {})["Location"] == OWN
    assert an().award.technician == mine
    assert theirs.get(OWN).status_code == 200
    assert mine.claims.count() == 1, "what was sent is told to them, and goes with them"


def test_hidden_the_link_is_dead(
    brought: BroughtList, reg: User, django_capture_on_commit_callbacks: Any
) -> None:
    path = write(reg)
    with django_capture_on_commit_callbacks(execute=True):
        hide_entry(actor=SYSTEM, entry=an(), basis="A risk to their safety")
    answer = Client().get(path)
    assert answer.status_code == GONE
    assert "RT-000101" not in answer.content.decode()
    assert "RT-000101" not in letters.to_invite(brought), "nor is it among those written to"


def test_taken_back_the_link_is_dead_and_nobody_is_left(brought: BroughtList, reg: User) -> None:
    path = write(reg)
    number = Technician.objects.filter(work_email=ANN).count()
    assert number == 1
    actions.undo_list(actor=Actor.of(reg), one=brought)
    assert Client().get(path).status_code == GONE
    assert not Technician.objects.exclude(work_email="").exists()
    with pytest.raises(Refused, match="nobody’s any more"):
        write(reg)
    page = sign_in(Client(), person(ANN)).get("/my/record/").content.decode()
    assert "Is this you?" not in page


def test_a_link_whose_entry_went_to_another_gives_nothing(
    client: Client, brought: BroughtList, reg: User
) -> None:
    path = write(reg)
    award = an().award
    award.technician = Technician.objects.create(name="Somebody Else")
    award.save(update_fields=["technician"])
    assert "works no longer" in join(client, path).content.decode()
    assert not Technician.objects.claimed().exists()
    assert not User.objects.filter(email=ANN).exists(), "nor is an account made of it"


def test_it_is_not_taken_back_once_somebody_came(
    client: Client, brought: BroughtList, reg: User
) -> None:
    join(client, write(reg))
    with pytest.raises(Refused, match="RT-000101 has signed in"):
        actions.undo_list(actor=Actor.of(reg), one=brought)


def test_by_a_proven_address_alone(brought: BroughtList) -> None:
    theirs = sign_in(Client(), person(ANN))
    assert "/my/record/" in theirs.get("/my/registrations/").content.decode()
    page = theirs.get("/my/record/").content.decode()
    assert "A register has <strong>Ann Made-Up</strong>" in page
    theirs.post("/my/record/", {"record": an().award.technician_id})
    assert theirs.get(OWN).status_code == 200
    unproven = sign_in(Client(), person(BEN, verified=False))
    assert "Is this you?" not in unproven.get("/my/record/").content.decode()


def test_a_keeper_never_writes_to_themselves(brought: BroughtList, reg: User) -> None:
    with pytest.raises(Refused, match="your own address"):
        write(reg, email=reg.email.upper())
    actor = Actor.of(person("other@work.example"))
    with pytest.raises(Denied):
        claiming.invite_holder(actor=actor, sender=reg, entry=an())
    with pytest.raises(Denied):
        claiming.take_letter_back(actor=actor, entry=an())
    with pytest.raises(Denied):
        claiming.invite_list(actor=actor, one=brought, then="/")
    assert not Invitation.objects.exists()


def test_another_address_closes_the_letter_before(brought: BroughtList, reg: User) -> None:
    first = write(reg)
    second = write(reg, email="new@work.example")
    assert Client().get(first).status_code == GONE
    assert Client().get(second).status_code == 200
    third = write(reg)
    assert third != second, "the same address: sent anew"
    assert Invitation.objects.filter(state="open").count() == 1
    claiming.take_letter_back(actor=Actor.of(reg), entry=an())
    assert Client().get(third).status_code == GONE


def test_all_of_a_list_are_written_to_once(brought: BroughtList, reg: User) -> None:
    """Ben has two numbers and gets one letter; Cai has no address; twice does no more than once."""
    for _ in range(2):
        tasks.invite_people.func(brought.pk, reg.pk)
    sent = OutgoingMail.objects.values_list("to", flat=True)
    assert sorted(sent) == [[ANN], [BEN]]
    assert letters.standing_of(brought) == {
        "RT-000101": "asked", "RT-000103": "no-address", "RT-000104": "asked",
    }  # fmt: skip
    with pytest.raises(Refused, match="has been asked"):
        claiming.invite_list(actor=Actor.of(reg), one=brought, then="/")


def test_who_said_no_is_left_in_peace(brought: BroughtList, reg: User) -> None:
    path = write(reg)
    Client().post(f"{path}decline/", {"answer": ""})
    with pytest.raises(Refused, match="said no"):
        write(reg)
    other = write(reg, "RT-000104")
    Client().post(f"{other}decline/", {"answer": "not-me"})
    assert write(reg, "RT-000104", "ben@home.example")


def test_the_desk_shows_whose_it_is_and_writes(brought: BroughtList, reg: User) -> None:
    desk = sign_in(Client(), reg)
    where = f"{REGISTRY}bring/{brought.pk}/"
    page = desk.get(where).content.decode()
    assert "Bring 2 people to their entries" in page
    assert "No address (1)" in page
    narrowed = desk.get(f"{where}?stands=no-address").content.decode()
    assert "Cai Made-Up" in narrowed
    assert "Ann Made-Up" not in narrowed
    told = desk.get(f"{where}entries.csv?stands=no-address").content.decode()
    assert "Cai Made-Up" in told
    assert "Ann Made-Up" not in told
    letter = f"{REGISTRY}entries/RT-000103/letter/"
    assert letter in desk.get(f"{REGISTRY}entries/RT-000103/").content.decode()
    wrong = desk.post(letter, {"email": "cai at work", "do": "send"})
    assert wrong.status_code == 422
    assert "Write it in full" in wrong.content.decode()
    assert desk.post(letter, {"email": CAI, "do": "send"}).status_code == 302
    assert f"To {CAI}" in desk.get(letter).content.decode()
    desk.post(letter, {"do": "back"})
    assert Invitation.objects.get().state == "revoked"
    assert desk.post(f"{where}invite/").status_code == 302
    assert sign_in(Client(), person("other@work.example")).get(letter).status_code == 404


def test_a_bad_address_is_a_bad_row(register: Register, reg: User) -> None:
    row = (*entry("RT-000101", "Ann Made-Up"), "ann at work")
    one = a_list(register, reg, csv(row, header=WITH_MAIL))
    assert one.run is not None
    [told] = one.run.problems
    assert (told["row"], told["column"], told["value"]) == (2, "E-mail", "ann at work")
    assert told["remedy"] == "Write one address, such as name@work.example, or leave it empty."
