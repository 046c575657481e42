"""The keys that sign credentials: which one signs, which are still believed, who we are."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from benchside.recognition.credentials.vc import did, keys
from benchside.recognition.credentials.vc.did import Method
from benchside.recognition.keyrings import Keyring
from benchside.recognition.models import SigningKey

_ring = Keyring(SigningKey, prefix="key", command="rotate_key")
current, make, private_half, retire = _ring.current, _ring.make, _ring.private_half, _ring.retire


def our_did() -> str:
    """Who signs: the host of this installation."""
    return did.did_of(urlsplit(settings.BASE_URL).netloc.lower())


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
