"""Ed25519 keys: made, kept in files outside the database, and written as a Multikey.

Multikey: W3C Controlled Identifiers 1.0, 2.2.2: base58-btc behind a `z`, of the two bytes 0xed01
and the 32 bytes of the public key.
"""

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from benchside.recognition.credentials.vc.faults import BadKeyError

PrivateKey = Ed25519PrivateKey
ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
PLACES = {letter: place for place, letter in enumerate(ALPHABET)}
ED25519 = b"\xed\x01"
LENGTH = 32
LONGEST = 200  # base58 is quadratic; nothing we read is longer than a signature
ONLY_THE_OWNER = 0o600


def generate() -> PrivateKey:
    return Ed25519PrivateKey.generate()


def public_bytes(key: PrivateKey) -> bytes:
    """The 32 bytes of the public half."""
    return key.public_key().public_bytes_raw()


def multikey(public: bytes) -> str:
    """The public key as everybody writes it: `z6Mk…`. Raises BadKeyError unless it has 32 bytes."""
    if len(public) != LENGTH:
        raise BadKeyError("A public key of Ed25519 has 32 bytes.")
    return "z" + base58(ED25519 + public)


def read_multikey(text: str) -> bytes:
    """The 32 bytes of a public key. Raises BadKeyError for anything but an Ed25519 Multikey."""
    raw = read_multibase(text)
    if not raw.startswith(ED25519) or len(raw) != len(ED25519) + LENGTH:
        raise BadKeyError("This is not a public key of Ed25519.")
    return raw[len(ED25519) :]


def read_multibase(text: object) -> bytes:
    """The bytes behind a `z` and base58. Raises BadKeyError for all else."""
    if not isinstance(text, str) or not text.startswith("z") or len(text) > LONGEST:
        raise BadKeyError("This is not written in base58 behind a z.")
    return read_base58(text[1:])


def holds(signature: bytes, over: bytes, public: bytes) -> bool:
    """Whether `signature` was made over `over` by the key with this public half."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, over)
    except (InvalidSignature, ValueError):
        return False
    return True


def to_pem(key: PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def from_pem(pem: bytes) -> PrivateKey:
    """Raises BadKeyError when it is no private key, or none of Ed25519."""
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise BadKeyError("This file holds no private key.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKeyError("This file holds a key of another kind than Ed25519.")
    return key


def save(key: PrivateKey, path: Path) -> None:
    """Writes the key for its owner alone. Raises FileExistsError: no key is overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_THE_OWNER)
    with os.fdopen(handle, "wb") as file:
        file.write(to_pem(key))
        file.flush()
        os.fsync(file.fileno())


def load(path: Path) -> PrivateKey:
    """Raises BadKeyError when the file holds none or others could read it, FileNotFoundError."""
    if path.stat().st_mode & 0o077:
        raise BadKeyError(f"Others can read the key file {path.name}. Set its mode to 0600.")
    return from_pem(path.read_bytes())


def base58(raw: bytes) -> str:
    """Bitcoin's alphabet: zeros at the front are kept as ones."""
    number = int.from_bytes(raw)
    letters = []
    while number:
        number, place = divmod(number, 58)
        letters.append(ALPHABET[place])
    zeros = len(raw) - len(raw.lstrip(b"\0"))
    return "1" * zeros + "".join(reversed(letters))


def read_base58(text: str) -> bytes:
    """Raises BadKeyError for a letter that is not of the alphabet."""
    number = 0
    for letter in text:
        if letter not in PLACES:
            raise BadKeyError("This is not base58.")
        number = number * 58 + PLACES[letter]
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)
