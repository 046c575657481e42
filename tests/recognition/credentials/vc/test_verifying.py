"""The checks one by one. Whether a credential is good or bad at all, others say: tests/interop."""

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from benchside.recognition.credentials.vc import badge, did, keys, signing, verifying
from benchside.recognition.credentials.vc.faults import UnsafeError
from benchside.recognition.credentials.vc.verifying import Name, Outcome, Report
from tests.factories.badges import LIST, LONG, NOW, Body, a_badge, a_key, an_unsigned_list
from tests.interop.cases import an_endorsement, changed

BODY = Body()
SIGNED = BODY.sign(badge.credential(a_badge()))
CLEAN = BODY.status_list()


def check(document: Any, now: datetime = NOW, **given: Any) -> Report:
    known = {BODY.did: BODY.document(), **given.get("keys", {})}
    lists = {LIST: CLEAN, **given.get("lists", {})}
    return verifying.check(
        document,
        keys=lambda name: (
            did.key_document(name) if name.startswith("did:key:") else known.get(name)
        ),
        status=lists.get,
        now=now,
    )


def put(*way: str | int, to: Any) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        for step in way[:-1]:
            document = document[step]
        document[way[-1]] = to

    return change


def test_a_good_one_passes_every_check() -> None:
    report = check(SIGNED)
    assert {one.outcome for one in report.checks} == {Outcome.PASSED}
    assert report.holds
    assert report.faults == ()


def test_one_without_a_status_says_nothing_of_it() -> None:
    report = check(BODY.sign(badge.credential(a_badge(status=None))))
    assert report[Name.STATUS].outcome is Outcome.NOT_STATED
    assert report[Name.REVOKED].outcome is Outcome.NOT_STATED
    assert report.holds


SHAPES = {
    "nothing": ({}, "not-a-credential"),
    "no subject": (changed(SIGNED, put("credentialSubject", to="x")), "not-a-credential"),
    "two subjects": (
        changed(SIGNED, put("credentialSubject", to=[SIGNED["credentialSubject"]] * 2)),
        "not-a-credential",
    ),
    "another kind": (changed(SIGNED, put("type", to=["VerifiableCredential"])), "not-a-badge"),
    "no achievement": (
        changed(SIGNED, put("credentialSubject", "achievement", to="x")),
        "not-a-badge",
    ),
    "no issuer": (changed(SIGNED, put("issuer", to={"name": "x"})), "no-issuer"),
    "issuers": (changed(SIGNED, put("issuer", to=["a", "b"])), "no-issuer"),
    "unsigned": (badge.credential(a_badge()), "not-signed"),
    "two proofs": (
        changed(SIGNED, put("proof", to=[SIGNED["proof"]] * 2)),
        "another-kind-of-signature",
    ),
    "no proof in a list": (changed(SIGNED, put("proof", to=[])), "another-kind-of-signature"),
    "another suite": (
        changed(SIGNED, put("proof", "cryptosuite", to="eddsa-jcs-2022")),
        "another-kind-of-signature",
    ),
    "an old proof": (
        changed(SIGNED, put("proof", "type", to="Ed25519Signature2020")),
        "another-kind-of-signature",
    ),
    "a chain": (
        changed(SIGNED, put("proof", "previousProof", to="urn:x")),
        "another-kind-of-signature",
    ),
    "its own contexts": (
        changed(SIGNED, put("proof", "@context", to=[])),
        "another-kind-of-signature",
    ),
    "a value that is none": (
        changed(SIGNED, put("proof", "proofValue", to=["z1"])),
        "another-kind-of-signature",
    ),
    "another purpose": (
        changed(SIGNED, put("proof", "proofPurpose", to="authentication")),
        "signed-for-another-purpose",
    ),
}


@pytest.mark.parametrize(("document", "fault"), SHAPES.values(), ids=SHAPES)
def test_what_is_no_signed_badge(document: Any, fault: str) -> None:
    report = check(document)
    assert report.faults == (fault,)
    assert not report.holds
    assert {one.outcome for one in report.checks[1:]} == {Outcome.NOT_REACHED}


def test_a_credential_of_the_first_version_is_told_so() -> None:
    old = changed(SIGNED, put("@context", 0, to="https://www.w3.org/2018/credentials/v1"))
    assert check(old)[Name.CONTEXTS].why == "not-version-2"


def test_a_proof_alone_in_a_list_is_read() -> None:
    assert check(changed(SIGNED, put("proof", to=[SIGNED["proof"]]))).holds


SIGNATURES = {
    "none": "z",
    "of another base": "u" + SIGNED["proof"]["proofValue"][1:],
    "too short": SIGNED["proof"]["proofValue"][:-2],
    "too long": SIGNED["proof"]["proofValue"] + "1",
    "without end": "z" + "1" * 100_000,
    "one letter off": SIGNED["proof"]["proofValue"][:-1] + "?",
    "of something else": CLEAN["proof"]["proofValue"],
}


@pytest.mark.parametrize("value", SIGNATURES.values(), ids=SIGNATURES)
def test_a_signature_that_is_wrong(value: str) -> None:
    report = check(changed(SIGNED, put("proof", "proofValue", to=value)))
    assert report.faults == ("signature-wrong",)


def test_every_word_of_a_badge_is_under_its_signature() -> None:
    """Any plain value changed, anywhere, and it holds no more."""

    def places(value: Any, way: tuple[str | int, ...] = ()) -> Any:
        if isinstance(value, dict):
            for key, held in value.items():
                if key not in ("@context", "proof"):
                    yield from places(held, (*way, key))
        elif isinstance(value, list):
            for number, held in enumerate(value):
                yield from places(held, (*way, number))
        else:
            yield way, value

    tried = 0
    for way, value in places(SIGNED):
        other = (not value) if isinstance(value, bool) else f"{value}x"
        assert not check(changed(SIGNED, put(*way, to=other))).holds, way
        tried += 1
    assert tried > 45


def hidden_under_its_address(document: Any) -> None:
    document["https://www.w3.org/2018/credentials#credentialStatus"] = document.pop(
        "credentialStatus"
    )


def hidden_in_an_endorsement(document: Any) -> None:
    """What is said of the badge may be said anywhere its id stands, and is signed all the same."""
    subject = document["endorsement"][0]["credentialSubject"]
    assert subject["id"] == document["id"]
    subject["type"].append("VerifiableCredential")
    for name in ("credentialStatus", "validUntil"):
        subject[name] = document.pop(name)


@pytest.mark.parametrize("hide", [hidden_under_its_address, hidden_in_an_endorsement])
def test_a_status_cannot_be_hidden(hide: Callable[[Any], None]) -> None:
    """The same statements, so the same signature; but whoever reads the JSON would miss one."""
    about = an_endorsement(about=a_badge().id)
    revoked = BODY.sign(badge.credential(a_badge(endorsements=(about,))))
    lists = {LIST: BODY.status_list(94_567)}
    assert check(revoked, lists=lists).faults == ("revoked",)
    report = check(changed(revoked, hide), lists=lists)
    assert not report.holds
    assert report[Name.TERMS].outcome is Outcome.FAILED


def document_with(**said: Any) -> dict[str, Any]:
    document = copy.deepcopy(BODY.document())
    document["verificationMethod"][0].update(said)
    return document


KEYS = {
    "revoked before it signed": (document_with(revoked="2026-01-01T00:00:00Z"), "key-revoked"),
    "found stolen after it signed": (document_with(revoked="2026-11-01T11:00:00Z"), "key-revoked"),
    "revoked, nobody knows when": (document_with(revoked="soon"), "key-revoked"),
    "expired before it signed": (document_with(expires="2026-01-01T00:00:00Z"), "key-expired"),
    "expired, nobody knows when": (document_with(expires=None), "key-expired"),
    "of another's": (document_with(controller="did:web:other.example"), "key-of-another-kind"),
    "of an old kind": (document_with(type="Ed25519VerificationKey2020"), "key-of-another-kind"),
    "not a key": (document_with(publicKeyMultibase="zzz"), "key-of-another-kind"),
    "of another curve": (
        document_with(publicKeyMultibase="zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv"),
        "key-of-another-kind",
    ),
    "without a method": ({**BODY.document(), "verificationMethod": None}, "key-not-listed"),
    "for nothing": ({**BODY.document(), "assertionMethod": None}, "key-not-listed"),
    "of another document": ({**BODY.document(), "id": "did:web:x.example"}, "issuer-is-another"),
}


@pytest.mark.parametrize(("document", "fault"), KEYS.values(), ids=KEYS)
def test_a_key_that_may_not_be_believed(document: Any, fault: str) -> None:
    report = check(SIGNED, keys={BODY.did: document})
    assert report.faults[0] == fault
    assert not report.holds


def test_a_key_that_will_be_withdrawn_is_still_believed() -> None:
    later = document_with(revoked="2027-01-01T00:00:00Z", expires="2027-01-01T00:00:00Z")
    assert check(SIGNED, keys={BODY.did: later}).holds


def test_a_key_may_stand_inside_its_purpose() -> None:
    document = BODY.document()
    inside = {**document, "assertionMethod": document.pop("verificationMethod")}
    assert check(SIGNED, keys={BODY.did: inside}).holds


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("2026-11-01T12:04:00Z", ""),  # clocks differ
        ("2026-11-01T12:06:00Z", "not-yet"),
        ("2026-11-01T14:00:00+02:00", ""),
        ("2026-11-01T12:00:00", "no-date"),
        ("2026-11-01", "no-date"),
        ("2026-13-01T12:00:00Z", "no-date"),
        ("2026-11-01T12:00:00Z ", "no-date"),
        (20261101, "no-date"),
        (None, "no-date"),
    ],
)
def test_from_when_it_holds(said: Any, fault: str) -> None:
    assert check(changed(SIGNED, put("validFrom", to=said)))[Name.DATES].why == fault


def test_until_when_it_holds() -> None:
    end = datetime(2027, 10, 2, 12, tzinfo=UTC)
    assert SIGNED["validUntil"] == "2027-10-02T12:00:00Z"
    assert check(SIGNED, end - timedelta(seconds=1)).holds
    assert check(SIGNED, end).faults == ("expired",)
    assert check(changed(SIGNED, put("validUntil", to="never")))[Name.DATES].why == "no-date"


def entry(**said: Any) -> dict[str, Any]:
    unsigned = badge.credential(a_badge())
    unsigned["credentialStatus"] |= said
    return BODY.sign(unsigned)


def test_a_suspension_is_no_revocation() -> None:
    suspended = BODY.status_list(94_567, purpose="suspension")
    report = check(entry(statusPurpose="suspension"), lists={LIST: suspended})
    assert report.faults == ("suspended",)
    # And a list of suspensions does not answer for a revocation.
    assert check(SIGNED, lists={LIST: suspended}).faults == ("status-of-another",)


STATUSES = {
    "a message": (entry(statusPurpose="message"), "another-kind-of-status"),
    "of several bits": (entry(statusSize=2), "another-kind-of-status"),
    "no number": (entry(statusListIndex="x"), "status-unreadable"),
    "beyond the list": (entry(statusListIndex="131072"), "status-unreadable"),
    "elsewhere": (entry(statusListCredential="https://x.example/1"), "status-unreachable"),
}


@pytest.mark.parametrize(("document", "fault"), STATUSES.values(), ids=STATUSES)
def test_a_status_that_says_nothing_counts_against_it(document: Any, fault: str) -> None:
    report = check(document)
    assert report.faults == (fault,)
    assert report[Name.REVOKED].outcome is Outcome.NOT_REACHED


def signed_list(change: Callable[[Any], None]) -> dict[str, Any]:
    unsigned = an_unsigned_list(BODY.issuer)
    change(unsigned)
    return BODY.sign(unsigned)


LISTS = {
    "a badge in its place": (SIGNED, "status-forged"),
    "of two purposes": (
        signed_list(put("credentialSubject", "statusPurpose", to=["revocation", "refresh"])),
        "status-of-another",
    ),
    "with a bomb in it": (
        signed_list(put("credentialSubject", "encodedList", to="uH4sIAAAAAAAA_w")),
        "status-unreadable",
    ),
    "that names a list itself": (
        signed_list(put("credentialStatus", to=badge.credential(a_badge())["credentialStatus"])),
        "status-forged",
    ),
    "not yet": (BODY.status_list(valid_from=NOW + timedelta(hours=1)), "status-forged"),
    "no longer": (
        BODY.status_list(valid_from=NOW - LONG / 2, valid_until=NOW),
        "status-stale",
    ),
    "no object": ({}, "status-forged"),
}


@pytest.mark.parametrize(("document", "fault"), LISTS.values(), ids=LISTS)
def test_a_list_that_may_not_be_believed(document: Any, fault: str) -> None:
    assert check(SIGNED, lists={LIST: document}).faults == (fault,)


def test_a_list_may_write_its_one_type_as_a_list() -> None:
    document = signed_list(put("credentialSubject", "type", to=["BitstringStatusList"]))
    assert check(SIGNED, lists={LIST: document}).holds


def endorsed(*inside: Any) -> dict[str, Any]:
    return BODY.sign(badge.credential(a_badge(endorsements=inside)))


def check_endorsements(document: Any) -> tuple[Report, ...]:
    return verifying.check_endorsements(
        document, keys=did.key_document, status=lambda _address: None, now=NOW
    )


def test_an_endorsement_is_checked_for_itself() -> None:
    document = endorsed(an_endorsement())
    (report,) = check_endorsements(document)
    assert report.holds
    assert check_endorsements(SIGNED) == ()
    spoilt = changed(
        document, put("endorsement", 0, "credentialSubject", "endorsementComment", to="Awful.")
    )
    (report,) = check_endorsements(spoilt)
    assert report.faults == ("signature-wrong",)
    assert check(spoilt).faults == ("signature-wrong",)  # the badge's covers it too


def test_an_endorsement_of_something_else_endorses_nothing() -> None:
    key = a_key(5)
    who = did.did_key(keys.public_bytes(key))
    unsigned = badge.endorsement_credential(
        id="urn:uuid:6f7c1d6e-52c0-4a53-9a6c-3f4b3a1d0e02",
        issuer=badge.Issuer(who, "An Example Employer"),
        about="https://elsewhere.example/",
        comment="Good.",
        valid_from=NOW,
    )
    method = did.method_id(who, who.removeprefix("did:key:"))
    other = signing.sign(unsigned, key=key, method=method, created=NOW)
    for inside, fault in ((other, "about-something-else"), (SIGNED, "not-an-endorsement")):
        (report,) = check_endorsements({**SIGNED, "endorsement": inside})
        assert report.faults == (fault,)
        assert not report.holds


READ = {
    "nothing": b"",
    "a list": b"[]",
    "a word twice": b'{"id": "urn:a", "id": "urn:b"}',
    "no number": b'{"a": NaN}',
    "no end of nesting": b'{"a":' * 100_000,
    "no UTF-8": b"\xff\xfe\x00",
    "too long": b'{"a": "' + b"x" * 600_000 + b'"}',
    "a number without end": b'{"a": ' + b"9" * 10_000 + b"}",
}


@pytest.mark.parametrize("raw", READ.values(), ids=READ)
def test_a_file_that_is_none_is_refused(raw: bytes) -> None:
    with pytest.raises(UnsafeError):
        verifying.read(raw)


def test_a_file_is_read() -> None:
    assert verifying.read(json.dumps(SIGNED)) == SIGNED
    assert verifying.read(json.dumps(SIGNED, ensure_ascii=False).encode()) == SIGNED
