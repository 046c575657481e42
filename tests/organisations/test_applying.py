"""Asking for an organisation, and the answer: who may, twice, at once, and by mail."""

import threading
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from benchside.accounts.models import User
from benchside.core.actions import VISITOR, Actor, Denied, Refused
from benchside.core.models import AuditEvent
from benchside.core.models.mail import OutgoingMail
from benchside.core.states import NoSuchMove, Overtaken
from benchside.organisations import actions
from benchside.organisations.enums import Kind, MemberRole, OrganisationState
from benchside.organisations.models import Membership, Organisation
from tests.factories.organisations import a_place, an_organisation
from tests.factories.people import person, sign_in

pytestmark = pytest.mark.django_db
SCHOOL = {
    "name": "Northmoor High School",
    "kind": Kind.SCHOOL,
    "urn": "123456",
    "job": "Technician",
}


@pytest.fixture
def tess() -> User:
    return person("tess@example.org")


@pytest.fixture
def decider() -> Actor:
    user = person("dora@example.org")
    user.user_permissions.add(Permission.objects.get(codename="decide_organisation"))
    return Actor.of(User.objects.get(pk=user.pk))


def ask(user: User, **details: Any) -> Organisation:
    return actions.apply(actor=Actor.of(user), applicant=user, details={**SCHOOL, **details})


def letters() -> list[tuple[str, list[str]]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("name", "to"))


def test_asking_and_the_yes(tess: User, decider: Actor) -> None:
    made = ask(tess)
    assert made.state == OrganisationState.APPLIED
    assert made.slug == "northmoor-high-school"
    assert not Membership.objects.exists()
    assert letters() == [
        ("organisations/applied", ["tess@example.org"]),
        ("organisations/to_decide", ["desk@benchside.example"]),
    ]
    actions.approve(actor=decider, organisation=made)
    made.refresh_from_db()
    assert made.is_open
    assert made.contact == tess
    lead = Membership.objects.get()
    assert (lead.user, lead.role) == (tess, MemberRole.LEAD)
    assert letters()[-1] == ("organisations/approved", ["tess@example.org"])
    verbs = AuditEvent.objects.about(made).values_list("verb", flat=True)
    assert sorted(verbs) == ["organisation.apply", "organisation.approve"]


def test_the_no_says_why(tess: User, decider: Actor) -> None:
    made = ask(tess)
    actions.decline(actor=decider, organisation=made, answer="Ask your head first.\n<b>Soon</b>")
    made.refresh_from_db()
    assert (made.state, made.answer) == ("declined", "Ask your head first.\n<b>Soon</b>")
    letter = OutgoingMail.objects.latest("pk")
    assert "Ask your head first." in letter.text
    assert "&lt;b&gt;" in letter.html
    assert not Membership.objects.exists()
    with pytest.raises(NoSuchMove):
        actions.approve(actor=decider, organisation=made)


def test_nobody_else_decides(tess: User) -> None:
    made = ask(tess)
    for actor in (VISITOR, Actor.of(tess), Actor.of(person("other@example.org"))):
        with pytest.raises(Denied):
            actions.approve(actor=actor, organisation=made)
        with pytest.raises(Denied):
            actions.decline(actor=actor, organisation=made, answer="No.")
    with pytest.raises(Denied):
        actions.apply(actor=VISITOR, applicant=tess, details=SCHOOL)


def test_one_number_is_opened_once(tess: User, decider: Actor) -> None:
    first, second = ask(tess), ask(person("tom@example.org"))
    assert first.slug != second.slug
    actions.approve(actor=decider, organisation=first)
    with pytest.raises(Refused, match="number is open already"):
        actions.approve(actor=decider, organisation=second)
    second.refresh_from_db()
    assert second.state == OrganisationState.APPLIED
    with pytest.raises(Refused, match="here already"):
        ask(person("third@example.org"))


def test_one_person_does_not_flood_the_desk(tess: User) -> None:
    ask(tess)
    with pytest.raises(Refused, match="You have asked for this one"):
        ask(tess, name="NORTHMOOR high school")
    for number in range(2):
        ask(tess, name=f"Another {number}", urn="")
    with pytest.raises(Refused, match="3 organisations"):
        ask(tess, name="One more", urn="")


def test_an_applicant_who_left_cannot_become_lead(tess: User, decider: Actor) -> None:
    made = ask(tess)
    User.objects.filter(pk=tess.pk).update(is_active=False)
    with pytest.raises(Refused, match="closed their account"):
        actions.approve(actor=decider, organisation=made)


@pytest.mark.parametrize(
    ("name", "slug"),
    [("New", "new-2"), ("🦆", "organisation"), ("A" * 160, "a" * 70), ("../desk/", "desk")],
)
def test_a_name_makes_a_safe_slug(tess: User, name: str, slug: str) -> None:
    made = ask(tess, name=name, urn="")
    assert made.slug == slug


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(ValidationError, match="Six digits"):
        Organisation(name="x", slug="x", kind="school", urn="12345x").full_clean(
            exclude=["applied_by"]
        )


def test_a_closed_organisation_opens_to_nobody(tess: User, decider: Actor, client: Client) -> None:
    made = ask(tess)
    actions.approve(actor=decider, organisation=made)
    sign_in(client, tess)
    assert client.get(made.get_absolute_url()).status_code == 200
    actions.close(actor=decider, organisation=made)
    assert client.get(made.get_absolute_url()).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_people_at_the_desk_at_once() -> None:
    """One opens it, one declines: the first wins, the second is told."""
    made = ask(person("tess@example.org"))
    ada = person("ada@example.org", is_superuser=True)
    start, said = threading.Barrier(2), []

    def decide(verb: str) -> None:
        try:
            mine = Organisation.objects.get(pk=made.pk)
            start.wait(timeout=30)
            if verb == "approve":
                actions.approve(actor=Actor.of(ada), organisation=mine)
            else:
                actions.decline(actor=Actor.of(ada), organisation=mine, answer="No.")
            said.append(verb)
        except (Overtaken, NoSuchMove):
            said.append("too late")
        finally:
            connection.close()

    both = [threading.Thread(target=decide, args=[verb]) for verb in ("approve", "decline")]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=60)
    assert sorted(said) in (["approve", "too late"], ["decline", "too late"])
    made.refresh_from_db()
    assert Membership.objects.count() == (made.state == "approved")


# --- the pages ----------------------------------------------------------------------------------
CHECK = "/org/new/check/?list=schools&code=123456"


def test_from_the_list_to_the_desk(client: Client, tess: User) -> None:
    a_place(website="www.northmoor.example")
    found = client.get("/org/new/", {"q": "northmor"})
    assert b"Northmoor High School" in found.content
    assert not found.cookies
    assert "/accounts/signup/" in client.get(CHECK)["Location"]
    sign_in(client, tess)
    wrong = client.post(CHECK, {"job": "Technician"})
    assert wrong.status_code == 422
    assert b'value="Technician"' in wrong.content
    assert not Organisation.objects.exists()
    sent = client.post(CHECK, {"job": "Technician", "is_mine": "on"})
    assert sent["Location"] == "/my/"
    made = Organisation.objects.get()
    assert (made.urn, made.town, made.website) == (
        "123456",
        "Northmoor",
        "https://www.northmoor.example",
    )
    assert b"Northmoor High School" in client.get("/my/").content


def test_what_is_here_already_is_not_asked_for_again(client: Client) -> None:
    an_organisation("here", urn="123456")
    a_place()
    page = client.get("/org/new/", {"q": "northmoor"}).content.decode()
    assert "Here already" in page
    assert "new/check/?list=" not in page


def test_typed_by_hand(client: Client, tess: User) -> None:
    sign_in(client, tess)
    form = {
        "kind": "employer",
        "name": "Nowhere Instruments",
        "town": "Nowhere",
        "nation": "wales",
        "website": "nowhere.example",
        "job": "Trainer",
        "is_mine": "on",
    }
    assert client.post("/org/new/check/", form).status_code == 302
    made = Organisation.objects.get()
    assert (made.kind, made.nation, made.website) == (
        "employer",
        "wales",
        "https://nowhere.example",
    )


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Nowhere\nBcc: all@example.org"},
        {"name": "N" * 161},
        {"kind": "bank"},
        {"website": "javascript:alert(1)"},
        {"nation": "mars"},
        {"state": "approved", "job": ""},
    ],
)
def test_hostile_forms_ask_for_nothing(client: Client, tess: User, typed: dict) -> None:
    sign_in(client, tess)
    form = {
        "kind": "employer", "name": "Nowhere", "town": "Nowhere", "nation": "england",
        "job": "Trainer", "is_mine": "on",
    }  # fmt: skip
    assert client.post("/org/new/check/", {**form, **typed}).status_code == 422
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("query", ["list=schools&code=999999", "list=x&code=%00", "code=%27--"])
def test_a_place_nobody_knows_is_missing(client: Client, tess: User, query: str) -> None:
    sign_in(client, tess)
    assert client.get(f"/org/new/check/?{query}").status_code in {200, 404}
    if "999999" in query:
        assert client.get(f"/org/new/check/?{query}").status_code == 404


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "\0", "%" * 300, "' OR 1=1 --"])
def test_hostile_searches_are_only_words(client: Client, typed: str) -> None:
    a_place()
    answer = client.get("/org/new/", {"q": typed})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


# --- the desk -----------------------------------------------------------------------------------
def test_a_moderator_decides_at_the_desk(client: Client, tess: User, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    from tests.factories.desk import moses

    made = ask(tess)
    sign_in(client, moses())
    assert b"Northmoor High School" in client.get("/desk/organisations/").content
    page = f"/desk/organisations/{made.slug}/"
    assert client.post(page, {"verb": "decline", "answer": " "}).status_code == 422
    assert client.post(page, {"verb": "approve"}).status_code == 302
    made.refresh_from_db()
    assert made.is_open
    client.post(page, {"verb": "decline", "answer": "Changed my mind."})
    made.refresh_from_db()
    assert made.is_open


def test_an_editor_sees_no_applications(client: Client, tess: User, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    from tests.factories.desk import edith

    made = ask(tess)
    sign_in(client, edith())
    for path in ("organisations/", f"organisations/{made.slug}/", "places/", "places/1/"):
        assert client.get(f"/desk/{path}").status_code == 404
