"""What somebody hands over who wants to harm us, or to be believed: always an answer in words."""

import copy
import json
import time
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from django.utils import timezone

from benchside.core.open_forms import make_token
from benchside.recognition.credentials import carriers, checking, keyring, wording
from benchside.recognition.credentials.vc import badge, did, keys, signing, times, verifying
from benchside.recognition.credentials.vc.status_list import Bits
from benchside.recognition.models import Credential
from tests.factories import credentials as made
from tests.recognition.credentials.test_checking import HERE, drop, foreign

pytestmark = pytest.mark.django_db


def told(document: Any) -> wording.Told:
    return wording.told(checking.check(document))


@pytest.fixture
def ours() -> dict[str, Any]:
    return made.document_of(made.claimed(made.a_registered_person()))


def put(document: dict[str, Any], way: tuple[Any, ...], value: Any) -> dict[str, Any]:
    spoilt = copy.deepcopy(document)
    place: Any = spoilt
    for step in way[:-1]:
        place = place[step]
    place[way[-1]] = value
    return spoilt


SUBJECT = ("credentialSubject",)
STATUS = ("credentialStatus",)
ODD: dict[str, tuple[tuple[Any, ...], Any]] = {
    "an id with a bracket": (("id",), "http://["),
    "an id that is a list": (("id",), ["urn:a"]),
    "an issuer that is a number": (("issuer",), 7),
    "a purpose that is a list": ((*STATUS, "statusPurpose"), ["revocation"]),
    "a purpose that is an object": ((*STATUS, "statusPurpose"), {"id": "x"}),
    "a status that is a list": (STATUS, [{}]),
    "a list of ours without end": (
        (*STATUS, "statusListCredential"), f"http://testserver/credentials/status/{'9' * 40}/"
    ),
    "a list of ours that is a page": (
        (*STATUS, "statusListCredential"), "http://testserver/verify/"
    ),
    "a day before all days": (("validFrom",), "0001-01-01T00:00:00+14:00"),
    "the first day": (("validFrom",), "0001-01-01T00:00:00Z"),
    "a day after all days": (("validUntil",), "9999-12-31T23:59:59-14:00"),
    "half a sign": (("name",), "\ud800"),
    "null": (("name",), None),
    "nothing in nothing": (SUBJECT, {"achievement": {}}),
    "lists in lists": ((*SUBJECT, "identifier"), [[["x"]]]),
    "a type that is a number": ((*SUBJECT, "type"), 3),
    "a type that is an object": (("type",), ["VerifiableCredential", "OpenBadgeCredential", {}]),
    "a proof made at no time": (("proof", "created"), "0001-01-01T00:00:00+14:00"),
    "a method that is a list": (("proof", "verificationMethod"), ["x"]),
    "an endorsement that is a word": (("endorsement",), "x"),
    "an endorsement of a list": (
        ("endorsement",),
        [{"type": ["EndorsementCredential"], "credentialSubject": {"id": ["urn:a"]}}],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ODD)
def test_odd_values_get_a_plain_no(case: str, ours: dict[str, Any], client: Client) -> None:
    way, value = ODD[case]
    page = drop(client, json.dumps(put(ours, way, value)).encode())
    assert "Yes: this is genuine" not in page
    assert 'id="answer"' in page


@pytest.mark.parametrize(
    "typed", ["http://[", "https://testserver/[", "//[::1", "[", "%00", "\x00"]
)
def test_odd_addresses_get_an_answer(typed: str, client: Client) -> None:
    assert client.get("/verify/", {"q": typed}).status_code == 200
    sent = {"token": make_token("verify"), "typed": typed}
    assert client.post("/verify/", sent, **HERE).status_code in {200, 422}


def test_odd_times_are_none() -> None:
    for said in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0000-01-01T00:00:00Z"):
        assert times.read_stamp(said) is None
    assert times.read_stamp("9999-12-31T23:59:59Z") is not None  # for "never"


# --- who pretends to be us ------------------------------------------------------------------------
def test_a_stranger_may_not_name_us_as_issuer(ours: dict[str, Any]) -> None:
    """With a key of their own, listed by themselves; with our name and theirs mixed."""
    key = Ed25519PrivateKey.generate()
    who = did.did_key(keys.public_bytes(key))
    method = did.method_id(who, who.removeprefix("did:key:"))
    bare = {name: held for name, held in ours.items() if name != "proof"}
    theirs = signing.sign({**bare, "issuer": {**bare["issuer"], "id": who}}, key=key, method=method,
                          created=timezone.now())  # fmt: skip
    # Theirs in our words: whole, but never called ours, and nothing of our record is shown with it.
    answer = checking.check(theirs)
    assert answer.verdict not in {"genuine"}
    assert answer.ours is None
    # Our name put in afterwards: neither key nor signature fits.
    assert told(put(theirs, ("issuer", "id"), keyring.our_did())).heading == (
        "No: it was not made by whom it names"
    )


def test_a_strangers_badge_is_never_judged_by_our_list(ours: dict[str, Any]) -> None:
    """It points to a list of ours, which is clean; but only its own issuer may say so."""
    address = ours["credentialStatus"]["statusListCredential"]
    answer = told(foreign(status=badge.Status(address, 7)))
    assert answer.heading == "No: it was not made by whom it names"


def test_our_badge_is_never_judged_by_a_strangers_list(
    ours: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = Ed25519PrivateKey.generate()
    who = did.did_key(keys.public_bytes(key))
    now, address = timezone.now(), ours["credentialStatus"]["statusListCredential"]
    clean = badge.status_list_credential(
        url=address, issuer=badge.Issuer(who, ""), encoded=Bits().encode(),
        valid_from=now, valid_until=now + timedelta(days=1),
    )  # fmt: skip
    method = did.method_id(who, who.removeprefix("did:key:"))
    forged = signing.sign(clean, key=key, method=method, created=now)
    monkeypatch.setattr(checking, "_own_list", lambda _address: forged)
    checked = checking.check(ours)
    assert not checked.report.holds
    assert "status-forged" in checked.report.faults


CONTEXTS: dict[str, Any] = {
    "a word given another meaning": {"identityHash": "https://evil.example/#x"},
    "a word taken away": {"credentialStatus": None},
    "another vocabulary for all": {"@vocab": "https://evil.example/"},
    "another base for all": {"@base": "https://evil.example/"},
    "another language": {"@language": "cy"},
    "a context that brings another": {"@import": "https://evil.example/c"},
    "an unprotected one": {"@version": 1.1, "@protected": False},
    "one under another's address": "https://www.w3.org/ns/credentials/v2#",
}


@pytest.mark.parametrize("case", CONTEXTS)
@pytest.mark.parametrize("way", [(), ("credentialSubject",), ("credentialSubject", "achievement")])
def test_meanings_cannot_be_changed(
    case: str, way: tuple[str, ...], ours: dict[str, Any], client: Client
) -> None:
    """Neither at the top nor inside: what no signature covers is not shown as signed."""
    place: Any = ours
    for step in way:
        place = place[step]
    held = place.get("@context", [])
    lured = put(ours, (*way, "@context"), [*held, CONTEXTS[case]])
    assert not checking.check(lured).report.holds
    assert "Yes" not in told(lured).heading
    without = put(ours, ("@context",), [ours["@context"][0], CONTEXTS[case]])
    assert not checking.check(without).report.holds


# --- who wants to keep us busy --------------------------------------------------------------------
def test_a_badge_with_a_crowd_in_it_is_not_checked_without_end() -> None:
    inside = made.document_of(made.claimed(made.a_registered_person()))
    document = {**inside, "endorsement": [{"type": "EndorsementCredential"}] * 60}
    found = verifying.check_endorsements(
        document, keys=lambda _: None, status=lambda _: None, now=timezone.now()
    )
    assert len(found) == 60
    assert [one.faults for one in found[20:]] == [("too-many",)] * 40


def svg_of_lines(count: int) -> bytes:
    return (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0">'
        b"<o:credential>" + b"\n" * count + b"{}</o:credential></svg>"
    )


def test_a_drawing_of_lines_costs_what_its_letters_cost() -> None:
    """Read line by line, each put behind all before it, it would cost their number squared."""

    def spent(count: int) -> float:
        began = time.process_time()
        assert carriers.document_in(svg_of_lines(count)) == {}
        return time.process_time() - began

    few = max(spent(25_000), 0.001)
    assert spent(400_000) < 16 * 8 * few  # sixteen times as many: squared it would be 256 times


SCRIPTED = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
    b' onload="alert(1)"><openbadges:credential><![CDATA[%s]]></openbadges:credential>'
    b"<script>alert(2)</script><image href='https://evil.example/x'/></svg>"
)


def test_a_drawing_with_a_script_is_read_for_its_badge_alone(
    ours: dict[str, Any], client: Client
) -> None:
    """Nothing of the drawing comes back to whoever looks at the answer."""
    page = drop(client, SCRIPTED % json.dumps(ours).encode(), "<img src=x onerror=alert(3)>.svg")
    assert "Yes: this is genuine" in page
    for word in ("alert(1)", "alert(2)", "evil.example", "<img src=x"):
        assert word not in page


# --- who wants us to ask for them -----------------------------------------------------------------
PRIVATE = (
    "https://127.0.0.1/b.json", "https://localhost/b.json", "https://[::1]/b.json",
    "https://169.254.169.254/latest/", "http://10.0.0.1/", "https://2130706433/",
    "https://user:word@elsewhere.example/", "https://elsewhere.example:8443/",
)  # fmt: skip


@pytest.fixture
def _asking(settings: Any) -> None:
    settings.OUTGOING_REQUESTS = True


@pytest.mark.usefixtures("_asking")
@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_leads_into_our_own_network(address: str, client: Client) -> None:
    sent = {"token": make_token("verify"), "typed": address}
    page = client.post("/verify/", sent, **HERE).content.decode()
    assert "We could not ask that address" in page


@pytest.mark.usefixtures("_asking")
def test_no_badge_makes_us_ask_our_own_network() -> None:
    """Neither its issuer's name nor its list: both would be asked while it is checked."""
    for who in ("did:web:127.0.0.1", "did:web:localhost", "did:web:169.254.169.254%3A80"):
        document = put(foreign(), ("issuer", "id"), who)
        document["proof"]["verificationMethod"] = f"{who}#key"
        assert told(document).heading in {"We cannot tell just now", "No: somebody changed it"}
        checked = checking.check(document)
        assert "issuer-unreachable" in checked.report.faults
    listed = foreign(status=badge.Status("https://127.0.0.1/list", 7))
    assert "status-unreachable" in checking.check(listed).report.faults
    assert not Credential.objects.exists()
