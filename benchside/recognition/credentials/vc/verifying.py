"""Whether a credential holds: one line a check, and every doubt counts against it.

Nothing here asks the network: `keys` and `status` are given by the caller and answer from what it
keeps, or from its own careful client. The words for people are the caller's too; here are codes.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from benchside.recognition.credentials.vc import badge, contexts, signing, status_list
from benchside.recognition.credentials.vc.faults import (
    BadKeyError,
    BadStatusListError,
    NotCanonicalError,
    UnknownContextError,
    UnsafeError,
)
from benchside.recognition.credentials.vc.keys import holds, read_multibase, read_multikey
from benchside.recognition.credentials.vc.linked_data import check_contexts
from benchside.recognition.credentials.vc.times import read_stamp

Document = Mapping[str, Any]
Lookup = Callable[[str], Mapping[str, Any] | None]

LARGEST = 512 * 1024
CLOCKS_DIFFER = timedelta(minutes=5)
BADGES = {"OpenBadgeCredential", "AchievementCredential"}
PURPOSES = {"revocation", "suspension"}
MOST_ENDORSEMENTS = 20  # each costs as much as a badge; anybody may hand us a file full of them
PROOF_TEXTS = ("verificationMethod", "proofValue", "created")


class Outcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    NOT_STATED = "not-stated"  # the credential says nothing of it, and need not
    NOT_REACHED = "not-reached"  # an earlier check failed


class Name(StrEnum):
    SHAPE = "shape"
    CONTEXTS = "contexts"
    TERMS = "terms"
    ISSUER = "issuer"
    KEY = "key"
    SIGNATURE = "signature"
    DATES = "dates"
    STATUS = "status"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name, how it went, and a code for why it failed (`""` when it did not)."""

    name: Name
    outcome: Outcome
    why: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All checks, in the order of `Name`."""

    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether the credential may be believed: nothing failed, nothing was left out."""
        return all(check.outcome in (Outcome.PASSED, Outcome.NOT_STATED) for check in self.checks)

    @property
    def faults(self) -> tuple[str, ...]:
        """Why not, as codes."""
        return tuple(check.why for check in self.checks if check.outcome is Outcome.FAILED)

    def __getitem__(self, name: Name) -> Check:
        return next(check for check in self.checks if check.name is name)


class _Failed(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, why: str) -> None:
        self.why = why


def read(raw: bytes | str) -> dict[str, Any]:
    """The document in a file. Raises UnsafeError for none, one too long, or a word said twice."""
    if len(raw) > LARGEST:
        raise UnsafeError("This file is longer than a credential is.")
    try:
        found = json.loads(raw, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise UnsafeError("This file holds no credential.") from error
    if not isinstance(found, dict):
        raise UnsafeError("This file holds no credential.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("the same word twice: each reader would take another")
    return found


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def check(document: Document, *, keys: Lookup, status: Lookup, now: datetime) -> Report:
    """Every check of a badge, an endorsement or a status list.

    `keys` gives the document of an issuer by its id, `status` a status list by its address; both
    give None for what they do not have.
    """
    run = _Run()
    run.check(Name.SHAPE, lambda: _shape(document))
    run.check(Name.CONTEXTS, lambda: _contexts(document), after=[Name.SHAPE])
    digests: list[bytes] = []
    run.check(Name.TERMS, lambda: digests.extend(_digests(document)), after=[Name.CONTEXTS])
    found: list[Document] = []
    run.check(Name.ISSUER, lambda: found.append(_issuer(document, keys)), after=[Name.SHAPE])
    public: list[bytes] = []
    run.check(Name.KEY, lambda: public.append(_key(document, found[0], now)), after=[Name.ISSUER])
    run.check(
        Name.SIGNATURE,
        lambda: _signature(document, digests, public[0]),
        after=[Name.TERMS, Name.KEY],
    )
    run.check(Name.DATES, lambda: _dates(document, now), after=[Name.SHAPE])
    if "credentialStatus" not in document and run.passed(Name.SHAPE):
        run.not_stated(Name.STATUS, Name.REVOKED)
    else:
        bits: list[bool] = []
        run.check(
            Name.STATUS,
            lambda: bits.append(_status(document, keys, status, now)),
            after=[Name.SHAPE],
        )
        run.check(Name.REVOKED, lambda: _not_revoked(document, bits[0]), after=[Name.STATUS])
    return Report(tuple(run.checks))


def check_endorsements(
    document: Document, *, keys: Lookup, status: Lookup, now: datetime
) -> tuple[Report, ...]:
    """A report for each endorsement inside a badge, in their order; the badge's own is `check`."""
    named = document.get("endorsement", [])
    inside = named if isinstance(named, list) else [named]
    ids = _endorsable(document)
    looked_at = [_endorsement(one, ids, keys, status, now) for one in inside[:MOST_ENDORSEMENTS]]
    return (*looked_at, *(_nothing("too-many") for _ in inside[MOST_ENDORSEMENTS:]))


def _endorsement(one: Any, ids: set[str], keys: Lookup, status: Lookup, now: datetime) -> Report:
    if not isinstance(one, Mapping) or badge.ENDORSEMENT not in _types(one):
        return _nothing("not-an-endorsement")
    subject = one.get("credentialSubject")
    about = subject.get("id") if isinstance(subject, Mapping) else None
    if not isinstance(about, str) or about not in ids:
        return _nothing("about-something-else")
    return check(one, keys=keys, status=status, now=now)


def _nothing(why: str) -> Report:
    first, *others = Name
    rest = (Check(name, Outcome.NOT_REACHED) for name in others)
    return Report((Check(first, Outcome.FAILED, why), *rest))


def _endorsable(document: Document) -> set[str]:
    subject = document.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, Mapping) else None
    inner = achievement.get("id") if isinstance(achievement, Mapping) else None
    ids = (document.get("id"), signing.issuer_of(document), inner)
    return {name for name in ids if isinstance(name, str) and name}


class _Run:
    """The checks so far; one whose forerunners did not pass is not reached."""

    def __init__(self) -> None:
        self.checks: list[Check] = []

    def check(self, name: Name, verb: Callable[[], None], after: list[Name] | None = None) -> None:
        if not all(self.passed(earlier) for earlier in after or []):
            self.checks.append(Check(name, Outcome.NOT_REACHED))
            return
        try:
            verb()
        except _Failed as failed:
            self.checks.append(Check(name, Outcome.FAILED, failed.why))
        else:
            self.checks.append(Check(name, Outcome.PASSED))

    def passed(self, name: Name) -> bool:
        return any(c.name is name and c.outcome is Outcome.PASSED for c in self.checks)

    def not_stated(self, *names: Name) -> None:
        self.checks.extend(Check(name, Outcome.NOT_STATED) for name in names)


def _types(document: Document) -> set[str]:
    named = document.get("type")
    return {
        name for name in (named if isinstance(named, list) else [named]) if isinstance(name, str)
    }


def _shape(document: Document) -> None:
    types = _types(document)
    subject = document.get("credentialSubject")
    if badge.CREDENTIAL not in types or not isinstance(subject, Mapping):
        raise _Failed("not-a-credential")
    if types & BADGES:
        if not isinstance(subject.get("achievement"), Mapping):
            raise _Failed("not-a-badge")
    elif not types & {badge.ENDORSEMENT, badge.STATUS_LIST}:
        raise _Failed("not-a-badge")
    if not signing.issuer_of(document):
        raise _Failed("no-issuer")
    _shape_of_proof(_proof(document))


def _shape_of_proof(proof: Any) -> None:
    if proof is None:
        raise _Failed("not-signed")
    # Several proofs, or a chain of them, would each have to be understood.
    if not isinstance(proof, Mapping) or "previousProof" in proof or "@context" in proof:
        raise _Failed("another-kind-of-signature")
    if proof.get("type") != signing.PROOF or proof.get("cryptosuite") != signing.SUITE:
        raise _Failed("another-kind-of-signature")
    if proof.get("proofPurpose") != signing.PURPOSE:
        raise _Failed("signed-for-another-purpose")
    if not all(isinstance(proof.get(name), str) for name in PROOF_TEXTS):
        raise _Failed("another-kind-of-signature")


def _proof(document: Document) -> Any:
    """The proof; some write the only one as a list."""
    proof = document.get("proof")
    return proof[0] if isinstance(proof, list) and len(proof) == 1 else proof


def _contexts(document: Document) -> None:
    named = document.get("@context")
    if not isinstance(named, list) or not named or named[0] != contexts.VC:
        raise _Failed("not-version-2")
    try:
        check_contexts(named)
    except UnknownContextError as error:
        raise _Failed("unknown-context") from error


def _digests(document: Document) -> tuple[bytes, bytes]:
    bare = {key: value for key, value in document.items() if key != "proof"}
    options = {key: value for key, value in _proof(document).items() if key != "proofValue"}
    try:
        return signing.digest({"@context": document["@context"], **options}), signing.digest(bare)
    except UnknownContextError as error:
        raise _Failed("unknown-context") from error
    except NotCanonicalError as error:
        raise _Failed("nodes-alike") from error
    except UnsafeError as error:
        raise _Failed("undefined-words") from error


def _issuer(document: Document, keys: Lookup) -> Document:
    issuer = signing.issuer_of(document)
    if _proof(document)["verificationMethod"].partition("#")[0] != issuer:
        raise _Failed("signed-by-another")
    found = keys(issuer)
    if found is None:
        raise _Failed("issuer-unreachable")
    if found.get("id") != issuer:
        raise _Failed("issuer-is-another")
    return found


def _key(document: Document, issuer: Document, now: datetime) -> bytes:
    wanted = _proof(document)["verificationMethod"]
    method = _method(issuer, wanted)
    if method is None:
        raise _Failed("key-not-listed")
    if method.get("type") != "Multikey" or method.get("controller") != issuer["id"]:
        raise _Failed("key-of-another-kind")
    _key_in_force(method, _proof(document)["created"], now)
    try:
        return read_multikey(method.get("publicKeyMultibase", ""))
    except BadKeyError as error:
        raise _Failed("key-of-another-kind") from error


def _method(issuer: Document, wanted: str) -> Document | None:
    """The key, only if the issuer lists it for statements like this one."""
    listed = issuer.get("assertionMethod")
    for one in listed if isinstance(listed, list) else [listed]:
        if isinstance(one, Mapping) and one.get("id") == wanted:
            return one
        if one == wanted:
            return _among(issuer.get("verificationMethod"), wanted)
    return None


def _among(methods: Any, wanted: str) -> Document | None:
    for method in methods if isinstance(methods, list) else []:
        if isinstance(method, Mapping) and method.get("id") == wanted:
            return method
    return None


def _key_in_force(method: Document, created: str, now: datetime) -> None:
    if "revoked" in method:
        # Whoever stole a key dates what they sign before it was found out, so no date helps.
        revoked = read_stamp(method["revoked"])
        if revoked is None or revoked <= now:
            raise _Failed("key-revoked")
    if "expires" in method:
        expires, made = read_stamp(method["expires"]), read_stamp(created)
        if expires is None or made is None or made >= expires:
            raise _Failed("key-expired")


def _signature(document: Document, digests: list[bytes], public: bytes) -> None:
    try:
        value = read_multibase(_proof(document)["proofValue"])
    except BadKeyError as error:
        raise _Failed("signature-wrong") from error
    if not holds(value, b"".join(digests), public):
        raise _Failed("signature-wrong")


def _dates(document: Document, now: datetime) -> None:
    begins = read_stamp(document.get("validFrom"))
    created = read_stamp(_proof(document)["created"])
    if begins is None or created is None:
        raise _Failed("no-date")
    if begins > now + CLOCKS_DIFFER or created > now + CLOCKS_DIFFER:
        raise _Failed("not-yet")
    for ends in (document.get("validUntil"), _proof(document).get("expires")):
        if ends is not None:
            moment = read_stamp(ends)
            if moment is None:
                raise _Failed("no-date")
            if moment <= now:
                raise _Failed("expired")


def _status(document: Document, keys: Lookup, status: Lookup, now: datetime) -> bool:
    """Whether the bit is set. The list has to be signed by the same issuer, and fresh."""
    entry = document["credentialStatus"]
    if not isinstance(entry, Mapping) or entry.get("type") != badge.STATUS_ENTRY:
        raise _Failed("another-kind-of-status")
    purpose, address = entry.get("statusPurpose"), entry.get("statusListCredential")
    if not isinstance(purpose, str) or not isinstance(address, str):
        raise _Failed("another-kind-of-status")
    if purpose not in PURPOSES or "statusSize" in entry:
        raise _Failed("another-kind-of-status")
    listed = status(address)
    if listed is None:
        raise _Failed("status-unreachable")
    subject = _status_subject(listed, document, keys, now)
    if listed.get("id") != address or subject.get("statusPurpose") != purpose:
        raise _Failed("status-of-another")
    try:
        return status_list.decode(subject.get("encodedList"))[
            status_list.read_index(entry.get("statusListIndex"))
        ]
    except BadStatusListError as error:
        raise _Failed("status-unreadable") from error


def _status_subject(listed: Document, document: Document, keys: Lookup, now: datetime) -> Document:
    if badge.STATUS_LIST not in _types(listed) or "credentialStatus" in listed:
        raise _Failed("status-forged")
    report = check(listed, keys=keys, status=lambda _address: None, now=now)
    if not report.holds:
        stale = report.faults == ("expired",)
        raise _Failed("status-stale" if stale else "status-forged")
    if signing.issuer_of(listed) != signing.issuer_of(document):
        raise _Failed("status-forged")
    subject: Document = listed["credentialSubject"]
    if "BitstringStatusList" not in _types(subject):
        raise _Failed("status-unreadable")
    return subject


def _not_revoked(document: Document, on: bool) -> None:
    if on:
        suspended = document["credentialStatus"]["statusPurpose"] == "suspension"
        raise _Failed("suspended" if suspended else "revoked")
