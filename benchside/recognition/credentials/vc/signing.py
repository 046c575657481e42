"""Data Integrity proofs of the suite eddsa-rdfc-2022 (W3C Data Integrity EdDSA 1.0, 3.2)."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from benchside.recognition.credentials.vc.canonical import canonise
from benchside.recognition.credentials.vc.faults import UnsafeError
from benchside.recognition.credentials.vc.keys import PrivateKey, base58
from benchside.recognition.credentials.vc.linked_data import quads
from benchside.recognition.credentials.vc.times import stamp

SUITE = "eddsa-rdfc-2022"
PROOF = "DataIntegrityProof"
PURPOSE = "assertionMethod"


def sign(
    document: Mapping[str, Any], *, key: PrivateKey, method: str, created: datetime
) -> dict[str, Any]:
    """The document with a proof behind it; `method` is the id of the key in its issuer's document.

    Raises UnsafeError when the signature would not cover every word, UnknownContextError,
    NotCanonicalError.
    """
    check_unsigned(document, method)
    proof = options(method, created)
    sealed = digest(document), digest({"@context": document["@context"], **proof})
    return signed(document, proof, key, *sealed)


def signed(
    document: Mapping[str, Any],
    proof: Mapping[str, Any],
    key: PrivateKey,
    document_digest: bytes,
    proof_digest: bytes,
) -> dict[str, Any]:
    value = "z" + base58(key.sign(proof_digest + document_digest))
    return {**document, "proof": {**proof, "proofValue": value}}


def options(method: str, created: datetime) -> dict[str, Any]:
    """What a proof says of itself before it has a value."""
    return {
        "type": PROOF,
        "cryptosuite": SUITE,
        "created": stamp(created),
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }


def digest(document: Mapping[str, Any]) -> bytes:
    """SHA-256 of the canonical text of a document."""
    return hashlib.sha256(canonise(quads(document)).encode()).digest()


def check_unsigned(document: Mapping[str, Any], method: str) -> None:
    """Raises UnsafeError when it is signed already, or by a key that is not its issuer's."""
    if "proof" in document:
        raise UnsafeError("This document is signed already.")
    if issuer_of(document) != method.partition("#")[0]:
        raise UnsafeError("Whoever issues a credential signs it with a key of their own.")


def issuer_of(document: Mapping[str, Any]) -> str:
    """The id of who issued it, or `""`."""
    issuer = document.get("issuer")
    name = issuer.get("id") if isinstance(issuer, Mapping) else issuer
    return name if isinstance(name, str) else ""
