"""The keys that sign statements: which one signs now, which are still believed."""

from collections.abc import Iterable

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from benchside.recognition.credentials.vc import keys
from benchside.recognition.entries import signing
from benchside.recognition.entries.signing import Signed
from benchside.recognition.keyrings import Keyring
from benchside.recognition.models import StatementKey

_ring = Keyring(StatementKey, prefix="statement", command="rotate_key --statements")
current, make, private_half, retire = _ring.current, _ring.make, _ring.private_half, _ring.retire


def public_pem(key: StatementKey) -> bytes:
    """As other programs read it."""
    return Ed25519PublicKey.from_public_bytes(keys.read_multikey(key.public)).public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def signer_of(signed: Signed, among: Iterable[StatementKey] | None = None) -> StatementKey | None:
    """The key of ours that signed it, whether it is still believed or not; None for no key."""
    found = StatementKey.objects.all() if among is None else among
    return next(
        (one for one in found if signing.holds(signed, keys.read_multikey(one.public))), None
    )
