"""Asking somebody in: by whom, once, for two weeks, and for nobody else."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from benchside.accounts import actions, queries
from benchside.accounts.enums import InvitationState, Purpose
from benchside.accounts.models import Invitation, User
from benchside.accounts.tasks import forget_old_invitations
from benchside.core import mail
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models.audit import AuditEvent
from benchside.core.models.mail import OutgoingMail
from benchside.core.states import NoSuchMove
from tests.factories.people import administrator, give_app, person, sign_in

pytestmark = pytest.mark.django_db
JOIN = {"name": "Grace Hopper", "password1": "a long enough sentence", "adult": "on"}
PAGE = "/accounts/invitations/"


@pytest.fixture
def ada() -> User:
    return administrator()


def invite(sender: User, email: str = "grace@example.org", **options: str) -> Invitation:
    return actions.invite(actor=Actor.of(sender), sender=sender, email=email, **options)


def link() -> str:
    """The path of the link in the newest letter."""
    found = re.search(r"http://\S+/accounts/join/\S+/", OutgoingMail.objects.latest("pk").text)
    assert found
    return urlsplit(found[0]).path


def token() -> str:
    return link().split("/")[-2]


def test_link_makes_an_account_whose_address_counts_as_verified(client: Client, ada: User) -> None:
    invite(ada)
    page = client.get(link()).content.decode()
    assert "Ada offers you an account" in page
    answer = client.post(link(), JOIN)
    assert answer["Location"] == "/accounts/"
    user = User.objects.get(email="grace@example.org")
    assert EmailAddress.objects.get(user=user).verified
    assert (user.is_staff, user.is_superuser) == (False, False)
    invitation = Invitation.objects.get()
    assert (invitation.state, invitation.accepted_by) == ("accepted", user.person_id)
    assert [e.verb for e in AuditEvent.objects.about(invitation)] == [
        "invitation.accept",
        "invitation.send",
    ]


def test_link_works_once(client: Client, ada: User) -> None:
    invite(ada)
    client.post(link(), JOIN)
    second = Client().post(link(), JOIN | {"name": "Thief"})
    assert second.status_code == 410
    assert User.objects.get(email="grace@example.org").name == "Grace Hopper"


def test_whoever_holds_the_link_may_say_no_and_it_works_no_longer(ada: User) -> None:
    invite(ada)
    path = link()
    assert "No, thank you" in Client().get(path).content.decode()
    answer = Client().post(f"{path}decline/")
    assert answer.status_code == 200
    assert "You said no" in answer.content.decode()
    assert Invitation.objects.get().state == "declined"
    assert Client().post(path, JOIN).status_code == 410
    assert Client().post(f"{path}decline/").status_code == 410
    assert not User.objects.filter(email="grace@example.org").exists()


def test_token_is_nowhere_in_the_database_but_in_the_letter(ada: User) -> None:
    invite(ada)
    assert token() not in str(list(Invitation.objects.values()))
    assert token() not in str(list(AuditEvent.objects.values()))


def test_unknown_used_withdrawn_and_run_out_get_the_same_answer(ada: User) -> None:
    def answer(path: str) -> tuple[int, bytes]:
        found = Client().get(path)
        return found.status_code, found.content.replace(path.encode(), b"")

    unknown = answer("/accounts/join/nobody-knows-this/")
    invitation = invite(ada)
    actions.revoke_invitation(actor=Actor.of(ada), invitation=invitation)
    assert clean(answer(link())) == clean(unknown)
    invite(ada, "second@example.org")
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)):
        assert clean(answer(link())) == clean(unknown)
    assert unknown[0] == 410


def clean(answer: tuple[int, bytes]) -> tuple[int, bytes]:
    """Without the page's own address, which stands in the footer."""
    return answer[0], re.sub(
        rb"/accounts/join/[^\"/]*|%2Faccounts%2Fjoin%2F[^\"%]*", b"", answer[1]
    )


@pytest.mark.parametrize("mangled", ["%00", "x" * 3000, "%F0%9F%94%91", "..%2F..", "' OR 1=1"])
def test_mangled_link_gets_a_kind_page(client: Client, mangled: str) -> None:
    assert client.get(f"/accounts/join/{mangled}/").status_code in {404, 410}


def test_sending_again_ends_the_link_sent_before(client: Client, ada: User) -> None:
    invitation = invite(ada)
    old = link()
    actions.resend_invitation(actor=Actor.of(ada), invitation=invitation)
    assert client.get(old).status_code == 410
    assert client.get(link()).status_code == 200


def test_accepted_invitation_cannot_be_taken_back(client: Client, ada: User) -> None:
    invite(ada)
    client.post(link(), JOIN)
    with pytest.raises(NoSuchMove):
        actions.revoke_invitation(actor=Actor.of(ada), invitation=Invitation.objects.get())
    here = sign_in(Client(), ada)
    answer = here.post(f"{PAGE}{Invitation.objects.get().pk}/revoke/", follow=True)
    assert "cannot be done" in answer.content.decode()


# --- an address that has an account -----------------------------------------------------------
def test_inviting_somebody_with_an_account_looks_the_same(ada: User) -> None:
    person("tess@example.org")
    here = sign_in(Client(), ada)
    known = here.post(PAGE, {"email": "tess@example.org", "purpose": "account"})
    unknown = here.post(PAGE, {"email": "new@example.org", "purpose": "account"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    first, second = OutgoingMail.objects.order_by("pk")
    assert first.subject == second.subject


def test_somebody_with_an_account_accepts_by_signing_in(client: Client, ada: User) -> None:
    tess = person("tess@example.org")
    invite(ada, "tess@example.org", purpose=Purpose.EDITOR)
    page = client.get(link()).content.decode()
    assert "Sign in, then accept" in page
    assert client.post(link(), JOIN).status_code == 200
    assert Invitation.objects.get().state == InvitationState.OPEN
    sign_in(client, tess).post(link())
    tess.refresh_from_db()
    assert [group.name for group in tess.groups.all()] == ["Editors"]
    assert Invitation.objects.get().accepted_by == tess.person_id


def test_invitation_of_another_is_refused(client: Client, ada: User) -> None:
    person("tess@example.org")
    mallory = person("mallory@example.org")
    invite(ada, "tess@example.org", purpose=Purpose.EDITOR)
    answer = sign_in(client, mallory).post(link())
    assert "for another address" in answer.content.decode()
    assert not mallory.groups.exists()
    invite(ada, "nobody@example.org", purpose=Purpose.EDITOR)
    sign_in(client, mallory).post(link())
    assert not mallory.groups.exists()


# --- who may ------------------------------------------------------------------------------------
def test_only_those_with_the_right_see_the_page(client: Client) -> None:
    tess = person("tess@example.org")
    give_app(tess)
    assert client.get(PAGE)["Location"].startswith("/accounts/login/")
    assert sign_in(client, tess).get(PAGE).status_code == 403
    tess.user_permissions.add(Permission.objects.get(codename="add_invitation"))
    assert client.get(PAGE).status_code == 200


def test_the_right_to_invite_gives_nobody_a_place_at_the_desk(client: Client) -> None:
    tess = person("tess@example.org")
    give_app(tess)
    tess.user_permissions.add(Permission.objects.get(codename="add_invitation"))
    sign_in(client, tess).post(PAGE, {"email": "friend@example.org", "purpose": "editor"})
    assert not Invitation.objects.exists()
    with pytest.raises(Denied):
        invite(tess, purpose=Purpose.MODERATOR)


def test_others_invitations_are_neither_seen_nor_touched(client: Client, ada: User) -> None:
    tess = person("tess@example.org")
    give_app(tess)
    tess.user_permissions.add(Permission.objects.get(codename="add_invitation"))
    theirs = invite(ada)
    sign_in(client, tess)
    assert "grace@example.org" not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{theirs.pk}/revoke/").status_code == 404
    with pytest.raises(Denied):
        actions.resend_invitation(actor=Actor.of(tess), invitation=theirs)


@pytest.mark.parametrize("what", ["resend", "revoke"])
def test_nothing_is_done_by_a_mere_link(client: Client, ada: User, what: str) -> None:
    invitation = invite(ada)
    assert sign_in(client, ada).get(f"{PAGE}{invitation.pk}/{what}/").status_code == 405


# --- hostile and unlucky --------------------------------------------------------------------------
@pytest.mark.parametrize(
    "email",
    ["", "no address", "a@b\nBcc: c@example.org", "a\x00@example.org", "a" * 260 + "@b.org"],
)
def test_address_that_is_none_is_refused(client: Client, ada: User, email: str) -> None:
    answer = sign_in(client, ada).post(PAGE, {"email": email, "purpose": "account"})
    assert answer.status_code == 200
    assert not Invitation.objects.exists()


def test_name_of_the_sender_cannot_add_a_header(ada: User) -> None:
    ada.name = "Ada\nBcc: everybody@example.org"
    ada.save()
    with pytest.raises(mail.MailRefused):
        invite(ada)
    assert not Invitation.objects.exists()


def test_second_invitation_says_that_one_is_open(client: Client, ada: User) -> None:
    invite(ada)
    answer = sign_in(client, ada).post(PAGE, {"email": "GRACE@example.org", "purpose": "account"})
    assert "open already" in answer.content.decode()
    with pytest.raises(Refused, match="Send that one again"):
        invite(ada, "Grace@Example.org")


def test_children_are_not_let_in_by_invitation(client: Client, ada: User) -> None:
    invite(ada)
    answer = client.post(link(), {k: v for k, v in JOIN.items() if k != "adult"})
    assert "Accounts are for adults only" in answer.content.decode()
    assert queries.user_with_address("grace@example.org") is None


def test_weak_password_is_refused(client: Client, ada: User) -> None:
    invite(ada)
    answer = client.post(link(), JOIN | {"password1": "short"})
    assert "at least 12" in answer.content.decode()
    assert Invitation.objects.get().is_open


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "accepted"},
        {"state": "revoked"},
        {"state": "open", "revoked_at": "2027-01-01T00:00Z"},
        {"expires_at": "2000-01-01T00:00Z"},
    ],
)
def test_database_holds_the_rules(ada: User, wrong: dict[str, str]) -> None:
    invitation = invite(ada)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(**wrong)


def test_old_invitations_are_forgotten(ada: User) -> None:
    invite(ada)
    with time_machine.travel(timezone.now() + timedelta(days=14 + 91)):
        invite(ada, "new@example.org")
        forget_old_invitations.func()
    assert [one.email for one in Invitation.objects.all()] == ["new@example.org"]


def test_password_of_the_invited_works_at_once(client: Client, ada: User) -> None:
    invite(ada)
    client.post(link(), JOIN)
    other = Client()
    form = {"login": "grace@example.org", "password": JOIN["password1"]}
    assert other.post("/accounts/login/", form)["Location"] == "/accounts/"
