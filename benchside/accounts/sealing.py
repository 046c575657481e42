"""Secrets at rest: what a copy of the database alone must not give away.

The key comes from SECRET_KEY; texts sealed under one of SECRET_KEY_FALLBACKS still open.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class CannotOpen(ValueError):  # noqa: N818 - what happened, said plainly
    """Sealed under a key that is no longer there."""


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Open what `seal` closed. Raises CannotOpen when SECRET_KEY was changed without fallback."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen(
            "A second factor was sealed under another SECRET_KEY: name the old key in "
            "BENCHSIDE_SECRET_KEY_FALLBACKS."
        ) from error


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derive(key)) for key in keys])


def _derive(key: str | bytes) -> bytes:
    raw = key if isinstance(key, bytes) else key.encode()
    return base64.urlsafe_b64encode(hashlib.sha256(b"benchside.accounts.sealing" + raw).digest())
