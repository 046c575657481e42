"""A chain of events in which no link can be changed, taken out or put in without being found.

Each link holds the digest of the one before it. A digest is SHA-256 over the canonical JSON of
what the link says, with opaque ids in it and no names, so that a person can be erased and the chain
still holds. No Django here.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """What is kept of one event: its place in the chain, what it says, and both digests."""

    number: int
    says: Mapping[str, Any]
    before: str
    digest: str


@dataclass(frozen=True, slots=True)
class Broken:
    """Where a chain does not hold, and what is wrong there."""

    number: int
    problem: str


def canonical(value: Any) -> bytes:
    """The one way a value is written: keys sorted, no spaces, UTF-8, times in ISO 8601.

    Raises TypeError for what has no plain form, ValueError for numbers that are none.
    """
    return json.dumps(
        value,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
        default=_plain,
    ).encode()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError("A time without its zone says two things.")
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form.")


def digest_of(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def next_link(last: Link | None, says: Mapping[str, Any]) -> Link:
    """The link that follows `last`, or begins a chain."""
    number = last.number + 1 if last else 1
    before = last.digest if last else BEGINNING
    return Link(number, says, before, _digest(number, before, says))


def _digest(number: int, before: str, says: Mapping[str, Any]) -> str:
    return digest_of({"number": number, "before": before, "says": says})


def verify(links: Iterable[Link], *, head: str | None = None) -> Iterator[Broken]:
    """Every place where the chain does not hold; nothing when it does.

    `head` is the digest of the last link as written down elsewhere: without it, links cut off at
    the end leave a chain that still holds.
    """
    last: Link | None = None
    for link in links:
        expected = last.number + 1 if last else 1
        if link.number != expected:
            yield Broken(link.number, f"comes where number {expected} should stand")
        if link.before != (last.digest if last else BEGINNING):
            yield Broken(link.number, "does not follow the one before it")
        if link.digest != _digest(link.number, link.before, link.says):
            yield Broken(link.number, "does not say what it said when it was written")
        last = link
    if head is not None and head != (last.digest if last else BEGINNING):
        yield Broken(last.number if last else 0, "is not the last there was")
