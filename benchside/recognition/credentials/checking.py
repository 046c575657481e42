"""Checking what somebody brings: ours from our own records, others' through the careful client."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone

from benchside.core import outgoing
from benchside.recognition.credentials import carriers, keyring
from benchside.recognition.credentials.forms import own_key
from benchside.recognition.credentials.vc import did, signing, verifying
from benchside.recognition.credentials.vc.faults import BadKeyError
from benchside.recognition.credentials.vc.verifying import Name, Outcome, Report
from benchside.recognition.enums import CredentialState
from benchside.recognition.models import Credential, Endorsement, StatusList

MOST_BYTES = 1_000_000
SECONDS = 5.0
MOST_ASKED = 4  # other computers, for one check

Document = Mapping[str, Any]


class Verdict(StrEnum):
    GENUINE = "genuine"
    STRANGER = "stranger"  # whole and in force, from somebody we do not know
    CHANGED = "changed"
    FALSE = "false"  # not signed by whom it names
    OVER = "over"
    UNKNOWN = "unknown"  # cannot be checked now
    NO_BADGE = "no-badge"


CHANGED = {"signature-wrong", "undefined-words", "nodes-alike"}
FALSE = {
    "signed-by-another", "issuer-is-another", "key-not-listed", "key-of-another-kind",
    "status-forged", "status-of-another",
}  # fmt: skip
# Of our own list, read from our own records, it can only mean that it is being signed anew.
OUR_LIST = {"status-forged", "status-of-another"}
OVER = {"expired", "revoked", "suspended", "key-revoked", "key-expired"}
NO_BADGE = {
    "not-a-credential", "not-a-badge", "no-issuer", "not-signed", "another-kind-of-signature",
    "signed-for-another-purpose", "not-version-2", "unknown-context",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found out. `ours` is the record of one that we issued; `asked` says why somebody
    else's computer could not be asked, where that mattered."""

    document: Document
    report: Report
    verdict: Verdict
    at: datetime
    is_ours: bool
    ours: Credential | None = None
    asked: str = ""
    spoken: tuple[Report, ...] = ()
    taken_back: int = 0  # words for it, given through us, that do not count any more


@dataclass(slots=True)
class _Finder:
    """Answers what a check asks for, from here where it is ours, else from outside."""

    problems: list[str] = field(default_factory=list)
    kept: dict[str, Document | None] = field(default_factory=dict)

    def keys(self, issuer: str) -> Document | None:
        if issuer == keyring.our_did():
            return self._once(issuer, partial(keyring.document, with_compromised=True))
        try:
            if issuer.startswith(did.KEY):
                return did.key_document(issuer)
            return self._outside(did.url_of(issuer))
        except BadKeyError:
            return None

    def status(self, address: str) -> Document | None:
        if is_ours(address):
            return self._once(address, lambda: _own_list(address))
        return self._outside(address)

    def _once(self, key: str, find: Any) -> Document | None:
        if key not in self.kept:
            self.kept[key] = find()
        return self.kept[key]

    def _outside(self, address: str) -> Document | None:
        if address in self.kept:
            return self.kept[address]
        if len(self.kept) >= MOST_ASKED:
            return None
        self.kept[address] = None
        try:
            self.kept[address] = fetched(address)
        except (outgoing.OutgoingFailed, carriers.Unreadable) as problem:
            self.problems.append(str(problem))
        return self.kept[address]


def is_ours(address: str) -> bool:
    return address.startswith(f"{settings.BASE_URL}/")


def _own_list(address: str) -> Document | None:
    try:
        match = resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        return None
    if match.view_name != "recognition:status_list":
        return None
    signed = StatusList.objects.filter(number=match.kwargs["number"]).exclude(signed="")
    text = signed.values_list("signed", flat=True).first()
    return carriers.parsed(text) if text else None


def fetched(address: str) -> Document:
    """A document from another computer, whatever it is carried in. Raises outgoing.OutgoingFailed,
    carriers.Unreadable."""
    client = outgoing.Client(most_bytes=MOST_BYTES, seconds=SECONDS)
    answer = client.get(address, accept="application/vc+ld+json, application/json, image/*;q=0.5")
    if not answer.is_ok:
        raise outgoing.NoAnswer(f"It answered with {answer.status}.")
    return carriers.document_in(answer.body)


def check(document: Document) -> Checked:
    """All that can be said of it now. Our own is held against our records too, which know of a
    change before the signed list does."""
    now, finder = timezone.now(), _Finder()
    report = verifying.check(document, keys=finder.keys, status=finder.status, now=now)
    by_us = signing.issuer_of(document) == keyring.our_did()
    ours = _record_of(document) if by_us else None
    spoken: tuple[Report, ...] = ()
    taken_back = 0
    if report.holds:
        found = verifying.check_endorsements(
            document, keys=finder.keys, status=finder.status, now=now
        )
        spoken = _still_said(document, found)
        taken_back = len(found) - len(spoken)
    return Checked(
        document=document,
        report=report,
        verdict=_verdict(report, by_us=by_us, ours=ours),
        at=now,
        is_ours=by_us,
        ours=ours if _is_signed(report) else None,
        asked=finder.problems[0] if finder.problems else "",
        spoken=spoken,
        taken_back=taken_back,
    )


def _still_said(document: Document, found: tuple[Report, ...]) -> tuple[Report, ...]:
    """Without those words that whoever said them through us took back since. A badge is signed
    once: the copies that people hold carry them for ever, our record knows better."""
    named = document.get("endorsement", [])
    inside = named if isinstance(named, list) else [named]
    keys = [_spoken_through_us(one) for one in inside]
    gone = Endorsement.objects.filter(key__in=filter(None, keys), taken_back_at__isnull=False)
    back = set(gone.values_list("key", flat=True)) if any(keys) else set()
    return tuple(report for key, report in zip(keys, found, strict=True) if key not in back)


def _spoken_through_us(inside: Any) -> UUID | None:
    if not isinstance(inside, Mapping) or signing.issuer_of(inside) != keyring.our_did():
        return None
    said = inside.get("id")
    return own_key(said) if isinstance(said, str) else None


def _is_signed(report: Report) -> bool:
    return report[Name.SIGNATURE].outcome is Outcome.PASSED


def _record_of(document: Document) -> Credential | None:
    said = document.get("id")
    key = own_key(said) if isinstance(said, str) else None
    if key is None:
        return None
    return Credential.objects.select_related(
        "award__version", "award__organisation", "award__technician", "award__entry", "replaced_by"
    ).filter(key=key).first()  # fmt: skip


def _verdict(report: Report, *, by_us: bool, ours: Credential | None) -> Verdict:
    """The worst that was found, in the order in which it matters to whoever asked."""
    faults = set(report.faults)
    if "key-revoked" in faults:
        return Verdict.OVER
    if by_us and faults & OUR_LIST:
        return Verdict.UNKNOWN
    for codes, verdict in (
        (NO_BADGE, Verdict.NO_BADGE),
        (CHANGED, Verdict.CHANGED),
        (FALSE, Verdict.FALSE),
    ):
        if faults & codes:
            return verdict
    if faults & OVER or (_is_signed(report) and _is_revoked(ours)):
        return Verdict.OVER
    if not report.holds:
        return Verdict.UNKNOWN
    return Verdict.GENUINE if by_us else Verdict.STRANGER


def _is_revoked(ours: Credential | None) -> bool:
    return ours is not None and ours.state == CredentialState.REVOKED
