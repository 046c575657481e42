"""Credentials of ours, good and spoilt, with what whoever checks them must say.

Every verifier, ours included, is asked all of them: `test_credentials.py`.
"""

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from benchside.recognition.credentials.vc import badge, did, keys, signing
from benchside.recognition.credentials.vc.batch import Batch
from tests.factories.badges import (
    HOST,
    LIST,
    NOW,
    Body,
    a_badge,
    a_key,
    an_achievement,
    an_unsigned_list,
)

HOSTILE = (
    'Bobby "Tables"; DROP',
    "back\\slash \\n \\u0041",
    "two\nlines",
    "عمر بن الخطاب",
    "\u202eright to left\u202c",
    "Zoe\u0308 is not Zo\u00eb",
    "𝒯𝑒𝒸𝒽 👩🏽‍🔬",
    "<script>alert(1)</script> ]]> &amp;",
    "_:b0 <urn:x> . #",
    "\u2028 and \u0085 and \ufeff",
)


@dataclass(frozen=True)
class Case:
    """A credential, what stands at which address (above `COMMON`; None: nothing), what is right.

    `fault` is our code for what is wrong (`""`: it holds). `otherwise` names the verifiers that
    answer otherwise; the comment at the case says why.
    """

    name: str
    credential: Mapping[str, Any]
    fault: str = ""
    documents: Mapping[str, Any] = field(default_factory=dict)
    now: datetime = NOW
    otherwise: tuple[str, ...] = ()


BODY = Body()
ROTATED = Body(seeds={"key-1": 1, "key-2": 2})
OTHER = Body("forger.example", {"key-1": 9})
COMMON: dict[str, Any] = {
    BODY.did: BODY.document(),
    OTHER.did: OTHER.document(),
    LIST: BODY.status_list(7),
}


def changed(signed: Mapping[str, Any], change: Callable[[Any], None]) -> dict[str, Any]:
    spoilt = copy.deepcopy(dict(signed))
    change(spoilt)
    return spoilt


def cases() -> Iterator[Case]:
    yield from good()
    yield from spoilt()
    yield from keys_and_their_owners()
    yield from statuses()


def good() -> Iterator[Case]:
    yield Case("good", BODY.sign(badge.credential(a_badge())))
    bare = a_badge(
        achievement=an_achievement(alignments=(), image_url="", version="", language=""),
        holders=(), status=None, source=None, evidence=(), license_number="", awarded=None,
        valid_until=None, language="",
    )  # fmt: skip
    yield Case("good, with nothing but what must be", BODY.sign(badge.credential(bare)))
    several = (
        badge.Identifier("One"),
        badge.Identifier("Two"),
        badge.Identifier("R1", "sourcedId"),
    )
    yield Case(
        "good, for a holder with several names",
        BODY.sign(badge.credential(a_badge(holders=several))),
    )
    yield Case("good, the status list itself", COMMON[LIST])
    endorsement = an_endorsement()
    yield Case("good, an endorsement by a did:key", endorsement)
    # openvc-core takes no credential inside another that names its contexts again, as it must.
    yield Case(
        "good, with an endorsement in it",
        BODY.sign(badge.credential(a_badge(endorsements=(endorsement,)))),
        otherwise=("openvc",),
    )
    batch = Batch(key=a_key(1), method=did.method_id(BODY.did, "key-1"), created=NOW)
    for number, name in enumerate(HOSTILE):
        one = a_badge(
            id=f"urn:uuid:6f7c1d6e-52c0-4a53-9a6c-3f4b3a1d1{number:03}",
            holders=(badge.Identifier(name),),
            status=badge.Status(LIST, 1_000 + number),
        )
        yield Case(f"good, from a batch, called {name!r}", batch.sign(one))
    inside = (endorsement, our_endorsement())
    for number in range(3):
        one = a_badge(
            id=f"urn:uuid:6f7c1d6e-52c0-4a53-9a6c-3f4b3a1d2{number:03}",
            holders=(badge.Identifier(f"Person {number}"),),
            status=badge.Status(LIST, 2_000 + number),
            endorsements=inside,
        )
        yield Case(
            f"good, from a batch, two speak for it, {number}",
            batch.sign(one),
            otherwise=("openvc",),  # as above
        )


def an_endorsement(about: str = "") -> dict[str, Any]:
    """Of the achievement, unless of something else."""
    key = a_key(5)
    who = did.did_key(keys.public_bytes(key))
    unsigned = badge.endorsement_credential(
        id="urn:uuid:6f7c1d6e-52c0-4a53-9a6c-3f4b3a1d0e01",
        issuer=badge.Issuer(who, "An Example Employer"),
        about=about or an_achievement().id,
        comment="We ask for this when we appoint.",
        valid_from=NOW - timedelta(days=1),
    )
    method = did.method_id(who, who.removeprefix("did:key:"))
    return signing.sign(unsigned, key=key, method=method, created=NOW)


def our_endorsement() -> dict[str, Any]:
    """By whoever issues, through whom an organisation speaks."""
    said = badge.endorsement_credential(
        id="urn:uuid:6f7c1d6e-52c0-4a53-9a6c-3f4b3a1d0e04",
        issuer=badge.Issuer(BODY.did, "Somebody, through the Example Body"),
        about=an_achievement().id,
        comment="We know what it takes.",
        valid_from=NOW - timedelta(days=1),
    )
    return BODY.sign(said)


def spoilt() -> Iterator[Case]:
    signed = BODY.sign(badge.credential(a_badge()))

    def rename(it: Any) -> None:
        it["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else"

    def lengthen(it: Any) -> None:
        it["validUntil"] = "2099-01-01T00:00:00Z"

    def drop_status(it: Any) -> None:
        del it["credentialStatus"]

    def redate(it: Any) -> None:
        it["proof"]["created"] = "2026-10-01T00:00:00Z"

    for change in (rename, lengthen, drop_status, redate):
        yield Case(f"tampered: {change.__name__}", changed(signed, change), "signature-wrong")

    def inject(it: Any) -> None:
        it["credentialSubject"]["honours"] = "First class"

    yield Case("a word injected", changed(signed, inject), "undefined-words")

    def add_type(it: Any) -> None:
        it["credentialSubject"]["type"].append("Genius")

    yield Case("a type injected", changed(signed, add_type), "undefined-words")

    def explain(it: Any) -> None:
        it["@context"].append({"honours": "https://forger.example/#honours"})
        it["credentialSubject"]["honours"] = "First class"

    yield Case("a context injected", changed(signed, explain), "unknown-context")
    then = NOW + timedelta(days=400)
    yield Case("expired", signed, "expired", now=then)
    later = BODY.sign(badge.credential(a_badge(valid_from=NOW + timedelta(days=30))))
    yield Case("not valid yet", later, "not-yet")


def keys_and_their_owners() -> Iterator[Case]:
    signed = BODY.sign(badge.credential(a_badge()))
    wrong = Body(seeds={"key-1": 3})
    yield Case("wrong key", wrong.sign(badge.credential(a_badge())), "signature-wrong")
    both = {BODY.did: ROTATED.document()}
    yield Case("rotated, the old key still listed", signed, documents=both)
    fresh = ROTATED.sign(badge.credential(a_badge()))
    new_list = {**both, LIST: ROTATED.status_list(7)}
    yield Case("rotated, signed with the new key", fresh, documents=new_list)
    only_new = {BODY.did: ROTATED.document("key-2"), LIST: ROTATED.status_list(7)}
    yield Case("rotated, the old key removed", signed, "key-not-listed", documents=only_new)
    unlisted = BODY.document()
    unlisted["assertionMethod"] = []
    yield Case(
        "the key listed, but not to assert with",
        signed,
        "key-not-listed",
        documents={BODY.did: unlisted},
    )
    yield Case("issuer unreachable", signed, "issuer-unreachable", documents={BODY.did: None})
    # Signed by the forger with their own key, in the body's name.
    unsigned = badge.credential(a_badge(issuer=OTHER.issuer))
    stolen = changed(OTHER.sign(unsigned), lambda it: it["issuer"].update(id=BODY.did))
    yield Case("signed by another", stolen, "signed-by-another")


def statuses() -> Iterator[Case]:
    revoked = BODY.sign(badge.credential(a_badge(status=badge.Status(LIST, 7))))
    good_one = BODY.sign(badge.credential(a_badge()))
    yield Case("revoked", revoked, "revoked")
    # The neighbours of a set bit, on both sides, show that bits are counted from the left.
    for near in (0, 6, 8, 131_071):
        signed = BODY.sign(badge.credential(a_badge(status=badge.Status(LIST, near))))
        yield Case(f"not revoked, at {near}", signed)
    yield Case("status list unreachable", good_one, "status-unreachable", documents={LIST: None})
    bare = an_unsigned_list(BODY.issuer)
    yield Case("status list unsigned", revoked, "status-forged", documents={LIST: bare})
    forged = OTHER.sign(an_unsigned_list(OTHER.issuer))
    yield Case("status list of another issuer", revoked, "status-forged", documents={LIST: forged})
    clean = BODY.status_list()

    def clear(it: Any) -> None:
        it["credentialSubject"]["encodedList"] = clean["credentialSubject"]["encodedList"]

    tampered = changed(COMMON[LIST], clear)
    yield Case("status list tampered", revoked, "status-forged", documents={LIST: tampered})
    stale = BODY.status_list(valid_until=NOW - timedelta(hours=1), valid_from=NOW - timedelta(2))
    yield Case("status list out of date", good_one, "status-stale", documents={LIST: stale})
    # Another list of the same issuer, signed and fresh: only its own address betrays it. Neither
    # of the others compares a list's id with where it was found.
    moved = BODY.status_list(url=f"https://{HOST}/status/2")
    yield Case(
        "status list taken for another",
        revoked,
        "status-of-another",
        documents={LIST: moved},
        otherwise=("digitalbazaar", "openvc"),
    )
