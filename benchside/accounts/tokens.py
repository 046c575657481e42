"""The token in an invitation's link: 256 random bits, of which only the hash is kept.

A fast hash is right here: nobody guesses 256 bits, however fast.
"""

import hashlib
import secrets


def new() -> str:
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """SHA-256 in hexadecimal, 64 letters."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
