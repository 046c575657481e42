"""A credential as plain values, and as the JSON that is signed: Open Badges 3.0.

Every node that may have an id has one. Two kinds may not, since 1EdTech's schema closes them: an
alignment and the holder's name. What they say tells them apart (see `canonical`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from benchside.recognition.credentials.vc import contexts
from benchside.recognition.credentials.vc.times import stamp

CREDENTIAL = "VerifiableCredential"
BADGE = "OpenBadgeCredential"
ENDORSEMENT = "EndorsementCredential"
STATUS_LIST = "BitstringStatusListCredential"
STATUS_ENTRY = "BitstringStatusListEntry"
REVOCATION = "revocation"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues, or who assessed: an id (a did:web, or an address), a name, a page."""

    id: str
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """What an achievement answers to elsewhere; `framework` names the standard and its version."""

    name: str
    url: str
    code: str = ""
    framework: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Achievement:
    """What was achieved, the same for all who did; `kind` is 1EdTech's achievementType.

    `criteria_url` is where the criteria stand, `criteria` the same in words; one of them is needed.
    """

    id: str
    name: str
    description: str
    criteria_url: str
    criteria: str = ""
    kind: str = ""
    alignments: tuple[Alignment, ...] = ()
    image_url: str = ""
    version: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """What the holder is called, by their own wish, unhashed. `kind` is 1EdTech's identityType."""

    value: str
    kind: str = "name"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something public that shows why it was awarded."""

    id: str
    name: str
    narrative: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """Where it is said whether a credential still holds: a list's address and a place in it."""

    list_url: str
    index: int


@dataclass(frozen=True, slots=True)
class Badge:
    """One person's or organisation's credential.

    `endorsements` are signed endorsement credentials of others, as they stand.
    """

    id: str
    issuer: Issuer
    achievement: Achievement
    holders: tuple[Identifier, ...]
    valid_from: datetime
    valid_until: datetime | None = None
    awarded: datetime | None = None
    license_number: str = ""
    source: Issuer | None = None
    evidence: tuple[Evidence, ...] = ()
    language: str = ""
    status: Status | None = None
    endorsements: tuple[Mapping[str, Any], ...] = ()


def credential(badge: Badge) -> dict[str, Any]:
    """The unsigned document. Raises ValueError for a time without a zone."""
    return _said(
        {
            "@context": list(contexts.OURS),
            "id": badge.id,
            "type": [CREDENTIAL, BADGE],
            "issuer": profile(badge.issuer),
            "name": badge.achievement.name,
            "inLanguage": badge.language,
            "validFrom": stamp(badge.valid_from),
            "validUntil": stamp(badge.valid_until) if badge.valid_until else "",
            "awardedDate": stamp(badge.awarded) if badge.awarded else "",
            "credentialSubject": _subject(badge),
            "credentialStatus": _status(badge.status) if badge.status else "",
            "evidence": [_evidence(one) for one in badge.evidence],
            "endorsement": [dict(one) for one in badge.endorsements],
        }
    )


def status_list_credential(
    *,
    url: str,
    issuer: Issuer,
    encoded: str,
    valid_from: datetime,
    valid_until: datetime,
    purpose: str = REVOCATION,
    ttl: int | None = None,
) -> dict[str, Any]:
    """The unsigned list at `url` (W3C Bitstring Status List 1.0, 2.2); `ttl` in milliseconds."""
    return _said(
        {
            "@context": [contexts.VC],
            "id": url,
            "type": [CREDENTIAL, STATUS_LIST],
            "issuer": issuer.id,
            "validFrom": stamp(valid_from),
            "validUntil": stamp(valid_until),
            "credentialSubject": _said(
                {
                    "id": f"{url}#list",
                    "type": "BitstringStatusList",
                    "statusPurpose": purpose,
                    "encodedList": encoded,
                    "ttl": ttl,
                }
            ),
        }
    )


def endorsement_credential(
    *,
    id: str,  # noqa: A002 - the standard's word
    issuer: Issuer,
    about: str,
    comment: str,
    valid_from: datetime,
    name: str = "",
    valid_until: datetime | None = None,
    status: Status | None = None,
) -> dict[str, Any]:
    """Somebody's unsigned word on the badge, achievement or issuer with the id `about`."""
    return _said(
        {
            "@context": list(contexts.OURS),
            "id": id,
            "type": [CREDENTIAL, ENDORSEMENT],
            "issuer": profile(issuer),
            "name": name,
            "validFrom": stamp(valid_from),
            "validUntil": stamp(valid_until) if valid_until else "",
            "credentialSubject": _said(
                {"id": about, "type": ["EndorsementSubject"], "endorsementComment": comment}
            ),
            "credentialStatus": _status(status) if status else "",
        }
    )


def profile(who: Issuer) -> dict[str, Any]:
    return _said({"id": who.id, "type": ["Profile"], "name": who.name, "url": who.url})


def _subject(badge: Badge) -> dict[str, Any]:
    # The holder is known by this credential alone: no id that two of them would share.
    return _said(
        {
            "id": f"{badge.id}#holder",
            "type": ["AchievementSubject"],
            "identifier": [_identity(one) for one in badge.holders],
            "licenseNumber": badge.license_number,
            "source": profile(badge.source) if badge.source else "",
            "achievement": _achievement(badge.achievement),
        }
    )


def _identity(holder: Identifier) -> dict[str, Any]:
    return {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": holder.value,
        "identityType": holder.kind,
    }


def _achievement(what: Achievement) -> dict[str, Any]:
    return _said(
        {
            "id": what.id,
            "type": ["Achievement"],
            "name": what.name,
            "description": what.description,
            "criteria": _said({"id": what.criteria_url, "narrative": what.criteria}),
            "achievementType": what.kind,
            "alignment": [_alignment(one) for one in what.alignments],
            "image": {"id": what.image_url, "type": "Image"} if what.image_url else "",
            "version": what.version,
            "inLanguage": what.language,
        }
    )


def _alignment(to: Alignment) -> dict[str, Any]:
    return _said(
        {
            "type": ["Alignment"],
            "targetName": to.name,
            "targetUrl": to.url,
            "targetCode": to.code,
            "targetFramework": to.framework,
            "targetDescription": to.description,
        }
    )


def _evidence(what: Evidence) -> dict[str, Any]:
    return _said(
        {"id": what.id, "type": ["Evidence"], "name": what.name, "narrative": what.narrative}
    )


def _status(status: Status) -> dict[str, Any]:
    return {
        "id": f"{status.list_url}#{status.index}",
        "type": STATUS_ENTRY,
        "statusPurpose": REVOCATION,
        "statusListIndex": str(status.index),
        "statusListCredential": status.list_url,
    }


def _said(what: Mapping[str, Any]) -> dict[str, Any]:
    """Without what nothing is known of: an empty word would still be signed."""
    nothing: Sequence[Any] = ("", None, [], {})
    return {key: value for key, value in what.items() if value not in nothing}
