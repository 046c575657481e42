"""What opens an invitation: the token in a letter's link, or a code on paper. Only hashes are kept.

A token is 256 random bits, and a fast hash is right for it: nobody guesses those, however fast. A
code is typed by hand, so it is short: twelve letters, 53 bits. Its hash is keyed with the
installation's secret, so that a copy of the database alone cannot be searched for codes; the site
itself takes few guesses (`claim_code` of ACCOUNT_RATE_LIMITS).
"""

import hashlib
import re
import secrets

from django.utils.crypto import salted_hmac

# No vowels, so no words; no L, S, B, Z, 0, 1, 5, 6 or 8, which look like others.
LETTERS = "CDFGHJKMNPQRTVWXY23479"
LENGTH, GROUP = 12, 4
BETWEEN = re.compile(r"[\s.,_/·–-]+")


def new() -> str:
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Twelve letters in three groups, as they are printed."""
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read_code(typed: str) -> str:
    """A code as it is printed, from what was typed in any case, with any gaps; "" for no code."""
    code = BETWEEN.sub("", typed[:80]).upper()
    if len(code) != LENGTH or not set(code) <= set(LETTERS):
        return ""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def digest(token: str) -> str:
    """Of a token or a code: 64 letters of hexadecimal."""
    if code := read_code(token):
        return salted_hmac("benchside.accounts.code", code, algorithm="sha256").hexdigest()
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
