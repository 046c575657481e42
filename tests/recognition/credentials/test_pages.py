"""Pages and machine's answers of credentials: who gets what, what is cached, what it costs."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchside.accounts.models import User
from benchside.core.actions import SYSTEM
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Organisation
from benchside.recognition.credentials import actions, keyring, queries
from benchside.recognition.keyrings import path_of
from benchside.recognition.models import Credential, CredentialClaim, Endorsement, SigningKey
from tests.factories import credentials as made
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import administrator, person, sign_in

pytestmark = pytest.mark.django_db
BADGE = "/credentials/badges/registered-technician/"
INSIDE = "/org/northmoor/recognition/credentials/"


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def holder(credential: Credential) -> User:
    technician = credential.award.technician
    assert technician is not None
    assert technician.account is not None
    return technician.account


def test_keys_and_lists_are_the_same_for_everybody_and_may_be_kept(client: Client) -> None:
    credential = made.claimed(made.a_registered_person())
    for address in (
        "/.well-known/did.json",
        f"/credentials/status/{credential.status_list.number}/",
    ):
        first, second = client.get(address), client.get(address)
        assert first.content == second.content
        assert first["Cache-Control"].startswith("public, max-age=")
        assert first["Access-Control-Allow-Origin"] == "*"
        assert not first.cookies
        assert "Cookie" not in first.get("Vary", "")
    said = client.get("/.well-known/did.json").json()
    assert said["id"] == keyring.our_did() == "did:web:testserver"
    listed = client.get(f"/credentials/status/{credential.status_list.number}/").json()
    assert listed["id"] == made.document_of(credential)["credentialStatus"]["statusListCredential"]
    # Of 131,072 places one is taken, and nothing in the list says which or by whom.
    assert credential.name not in json.dumps(listed)
    assert str(credential.index) not in listed["credentialSubject"]


def test_the_private_half_is_in_no_table_and_for_the_program_alone() -> None:
    key = keyring.current()
    path = path_of(key.fragment)
    assert path.stat().st_mode & 0o777 == 0o600
    secret = path.read_text().splitlines()[1]
    assert all(secret not in str(value) for value in SigningKey.objects.values_list().get())


def test_mine_offers_makes_and_takes_back(client: Client) -> None:
    entry = made.a_registered_person()
    technician = entry.award.technician
    assert technician is not None
    assert technician.account is not None
    sign_in(client, technician.account)
    assert "Make my badge" in client.get("/my/credentials/").content.decode()
    client.post(f"/my/credentials/{entry.award.pk}/claim/")
    assert "is being made" in client.get("/my/credentials/").content.decode()
    made.sign_all()
    page = client.get("/my/credentials/").content.decode()
    assert "Badge (PNG)" in page
    assert "linkedin.com/profile/add" in page
    one = Credential.objects.get()
    assert client.get(f"/my/credentials/{one.key}/badge.json").json() == made.document_of(one)
    other = Client()
    sign_in(other, person("nosy@work.example"))
    assert other.get(f"/my/credentials/{one.key}/badge.json").status_code == 404
    assert other.post(f"/my/credentials/{entry.award.pk}/claim/").status_code == 404
    client.post(f"/my/credentials/{entry.award.pk}/give-back/")
    one.refresh_from_db()
    assert one.state == "revoked"
    assert client.get(f"/credentials/{one.key}/badge.json").status_code == 404
    assert "has not counted since" in client.get(f"/credentials/{one.key}/").content.decode()


def test_an_organisation_speaks_for_a_badge_and_it_goes_into_the_next(client: Client) -> None:
    entry = made.a_registered_person()
    here = an_organisation("northmoor")
    sign_in(client, a_member(here, MemberRole.LEAD))
    tried = client.post(f"{INSIDE}endorse/", {"words": "", "badge": "", "address": ""})
    assert (tried.status_code, b"one of the two" in tried.content) == (422, True)
    kept = client.post(f"{INSIDE}endorse/", {"words": "Typed", "address": "nowhere"})
    assert (kept.status_code, b"Typed" in kept.content) == (422, True)
    said = {"words": "We know <b>what</b> it takes.", "badge": "registered-technician"}
    assert client.post(f"{INSIDE}endorse/", said).status_code == 302
    assert client.post(f"{INSIDE}endorse/", said).status_code == 422  # once
    actions.accept_words(actor=SYSTEM, endorsement=Endorsement.objects.get())
    assert "&lt;b&gt;what" in client.get(BADGE).content.decode()
    document = made.document_of(made.claimed(entry))
    (inside,) = document["endorsement"]
    assert inside["credentialSubject"]["endorsementComment"] == said["words"]
    assert "northmoor" in inside["issuer"]["name"].lower()
    one = Endorsement.objects.get()
    assert client.get(f"/credentials/endorsements/{one.key}/").status_code == 200
    client.post(f"{INSIDE}endorse/{one.pk}/")
    assert "what&lt;/b&gt;" not in client.get(BADGE).content.decode()
    assert client.get(f"/credentials/endorsements/{one.key}/").status_code == 404
    plain = Client()
    sign_in(plain, a_member(here, MemberRole.MANAGER))
    assert plain.post(f"{INSIDE}endorse/", said).status_code == 403


def test_keys_at_the_desk_are_for_administrators(client: Client) -> None:
    credential = made.claimed(made.a_registered_person())
    key = keyring.current()
    assert client.get("/desk/credentials/").status_code == 302
    sign_in(client, administrator())
    page = client.get("/desk/credentials/").content.decode()
    assert key.fragment in page
    tried = client.post("/desk/credentials/", {"verb": "compromise", "key": key.pk, "sure": ""})
    assert tried.status_code == 422
    assert SigningKey.objects.get(pk=key.pk).compromised_at is None
    client.post("/desk/credentials/", {"verb": "rotate"})
    assert keyring.current() != key
    done = client.post(
        "/desk/credentials/", {"verb": "compromise", "key": key.pk, "sure": "Give up"}
    )
    assert done.status_code == 302
    assert SigningKey.objects.get(pk=key.pk).compromised_at is not None
    assert Credential.objects.get(pk=credential.pk).state == "live"  # until the task comes to it


def test_what_pages_ask_of_the_database_does_not_grow(client: Client) -> None:
    first = made.claimed(made.a_registered_person())
    few = {
        address: queries_of(client, address)
        for address in ("/credentials/badges/", BADGE, f"/credentials/{first.key}/")
    }
    for number in range(4):
        made.claimed(made.a_registered_person(f"p{number}@work.example"))
        here: Organisation = an_organisation(f"place-{number}")
        said = actions.endorse(
            actor=_lead(here), organisation=here, words="Good.", standard="registered-technician"
        )
        actions.accept_words(actor=SYSTEM, endorsement=said)
    many = {address: queries_of(client, address) for address in few}
    assert many == few
    assert max(many.values()) <= 15
    sign_in(client, holder(first))
    once = queries_of(client, "/my/credentials/")
    assert once <= 30
    with CaptureQueriesContext(connection) as seen:
        assert not queries.out_of_step().exists()
    assert len(seen) <= 20
    assert CredentialClaim.objects.count() == 5


def _lead(here: Organisation) -> Any:
    from benchside.core.actions import Actor

    return Actor.of(a_member(here, MemberRole.LEAD))
