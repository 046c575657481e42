"""The keys of this installation: which one signs, which are still believed, who we are.

Private halves lie in files outside the database (`settings.KEYS_ROOT`), one a key.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.recognition.credentials.vc import did, keys
from benchside.recognition.credentials.vc.did import Method
from benchside.recognition.credentials.vc.faults import BadKeyError
from benchside.recognition.models import SigningKey


class NoPrivateKey(RuntimeError):  # noqa: N818 - says what is missing
    """The file of the key in use is not there, or not fit to be used."""


def our_did() -> str:
    """Who signs: the host of this installation."""
    return did.did_of(urlsplit(settings.BASE_URL).netloc.lower())


def path_of(fragment: str) -> Path:
    return Path(settings.KEYS_ROOT) / f"{fragment}.pem"


def current() -> SigningKey:
    """The key that signs; the first one is made when it is first asked for."""
    return SigningKey.objects.filter(is_current=True).first() or _first()


def _first() -> SigningKey:
    try:
        with transaction.atomic():
            return make()
    except IntegrityError:  # another process was quicker
        return SigningKey.objects.get(is_current=True)


def make() -> SigningKey:
    """A new key, its file written before its row is. Raises IntegrityError while one is in use."""
    private = keys.generate()
    public = keys.multikey(keys.public_bytes(private))
    # Named by its day and by itself: two that are made at once never meet in one file.
    fragment = f"key-{timezone.localdate():%Y-%m-%d}-{public[-6:].lower()}"
    keys.save(private, path_of(fragment))
    try:
        with transaction.atomic():
            return SigningKey.objects.create(fragment=fragment, public=public)
    except IntegrityError:
        path_of(fragment).unlink()
        raise


def private_half(key: SigningKey) -> keys.PrivateKey:
    """Raises NoPrivateKey: without it nothing is signed, and nothing else stops."""
    try:
        return keys.load(path_of(key.fragment))
    except (OSError, BadKeyError) as problem:
        raise NoPrivateKey(
            f"The private half of {key.fragment} cannot be read in {settings.KEYS_ROOT}: bring the "
            "folder back from the backup, or run `manage.py rotate_key`."
        ) from problem


def method_of(key: SigningKey) -> str:
    return did.method_id(our_did(), key.fragment)


def document(*, with_compromised: bool = False) -> dict[str, Any]:
    """did.json: every key that is believed, also those that sign no more. A compromised one is not
    in it, since not every verifier heeds a date beside a key; our own does, and then knows more."""
    found = SigningKey.objects.order_by("pk")
    if not with_compromised:
        found = found.filter(compromised_at__isnull=True)
    return did.document(
        our_did(),
        [Method(one.fragment, keys.read_multikey(one.public), one.compromised_at) for one in found],
    )
