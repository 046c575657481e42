"""Thousands of credentials of one kind, signed as fast as the key allows.

Nearly all the time of a signature goes into JSON-LD. But the badges of a batch differ in a few
plain values only: so one of them, with marks in place of those values, is expanded the careful way,
and for each badge the marks are filled in among the finished lines. The result is the same to the
byte as `signing.sign` gives, which a property test holds us to.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from benchside.recognition.credentials.vc import signing
from benchside.recognition.credentials.vc.badge import Badge, credential
from benchside.recognition.credentials.vc.canonical import (
    BLANK,
    Quad,
    digest_of,
    escape,
    line,
    named,
    renamed,
)
from benchside.recognition.credentials.vc.keys import PrivateKey
from benchside.recognition.credentials.vc.linked_data import UNWRITABLE, WHOLE, quads

Path = tuple[str | int, ...]
# What differs from badge to badge, and whether it is a name of a node or a plain value.
NAMES: tuple[Path, ...] = (
    ("id",),
    ("credentialSubject", "id"),
    ("credentialStatus", "id"),
    ("credentialStatus", "statusListCredential"),
)
VALUES: tuple[Path, ...] = (
    ("validFrom",),
    ("validUntil",),
    ("awardedDate",),
    ("credentialSubject", "licenseNumber"),
    ("credentialStatus", "statusListIndex"),
)
HOLDERS = ("credentialSubject", "identifier")
HOLDER = "identityHash"
# No context has a term called so; another word before the colon might be a prefix in one.
SCHEMES = re.compile(r"(?:https?://|urn:|did:)[!-~]+")
# A term of N-Quads in pieces: a number stands for the value with that number.
Term = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    """The lines of one kind of badge, worked out as far as they are the same for all of it."""

    lines: frozenset[str]  # of quads without marks, in which every node has an id
    fixed: tuple[Quad, ...]  # without marks, but with a node that has none
    marked: tuple[tuple[Term, Term, Term, Term], ...]
    digests: dict[str, str]  # of nodes without an id, whose quads have no marks
    open: frozenset[str]  # the other nodes without an id
    proof: bytes  # digest of what the proof says of itself
    # Every text in what others say inside it. Where one speaks of this very badge, by its id, what
    # is said there has to be looked at together with the badge: that goes the careful way.
    said_inside: frozenset[str]


class Batch:
    """Signs many badges with one key and one time; each form of badge is worked out once."""

    def __init__(self, *, key: PrivateKey, method: str, created: datetime) -> None:
        self._key = key
        self._method = method
        self._created = created
        self._options = signing.options(method, created)
        self._forms: dict[str, _Form] = {}
        self._mark = f"urn:mark:{secrets.token_hex(16)}:"
        self._marks = re.compile(re.escape(self._mark) + "([0-9]+);")

    def sign(self, badge: Badge) -> dict[str, Any]:
        """The same as `signing.sign(credential(badge), …)`, and raises the same."""
        document = credential(badge)
        places = _places(document)
        values = [_fitting(_at(document, path), path) for path in places]
        if None in values:
            return self._plainly(document)
        signing.check_unsigned(document, self._method)
        form = self._form(document, places)
        if document.get("id") in form.said_inside:
            return self._plainly(document)
        text = _text(form, [value for value in values if value is not None])
        digest = hashlib.sha256(text.encode()).digest()
        return signing.signed(document, self._options, self._key, digest, form.proof)

    def _plainly(self, document: dict[str, Any]) -> dict[str, Any]:
        """The careful way, for what is rare, or is to be refused."""
        return signing.sign(document, key=self._key, method=self._method, created=self._created)

    def _form(self, document: dict[str, Any], places: Sequence[Path]) -> _Form:
        held = [_at(document, path) for path in places]
        for number, path in enumerate(places):
            _put(document, path, f"{self._mark}{number};")
        written = json.dumps(document, ensure_ascii=False)
        try:
            if written not in self._forms:
                self._forms[written] = self._worked_out(document)
        finally:
            for path, value in zip(places, held, strict=True):
                _put(document, path, value)
        return self._forms[written]

    def _worked_out(self, document: dict[str, Any]) -> _Form:
        every = set(quads(document))
        fixed = {quad for quad in every if not any(self._mark in part for part in quad)}
        blanks = {part for quad in every for part in quad if part.startswith(BLANK)}
        moving = {part for quad in every - fixed for part in quad} & blanks
        return _Form(
            lines=frozenset(line(quad) for quad in fixed if not blanks & set(quad)),
            fixed=tuple(quad for quad in fixed if blanks & set(quad)),
            marked=tuple(self._in_pieces(quad) for quad in every - fixed),
            digests={
                blank: digest_of(blank, [quad for quad in fixed if blank in quad])
                for blank in blanks - moving
            },
            open=frozenset(moving),
            proof=signing.digest({"@context": document["@context"], **self._options}),
            said_inside=frozenset(_texts(document.get("endorsement", []))),
        )

    def _in_pieces(self, quad: Quad) -> tuple[Term, Term, Term, Term]:
        first, verb, last, graph = (
            tuple(
                int(piece) if turn % 2 else piece
                for turn, piece in enumerate(self._marks.split(part))
            )
            for part in quad
        )
        return first, verb, last, graph


def _text(form: _Form, values: Sequence[str]) -> str:
    """The canonical text with the values in their places."""
    filled = [
        (
            _filled(first, values),
            _filled(verb, values),
            _filled(last, values),
            _filled(name, values),
        )
        for first, verb, last, name in form.marked
    ]
    uneven = [*form.fixed, *filled]
    digests = {digest: blank for blank, digest in form.digests.items()}
    for blank in form.open:
        digests[digest_of(blank, {quad for quad in uneven if blank in quad})] = blank
    names = named(digests, len(form.digests) + len(form.open))
    return "".join(sorted(form.lines.union(line(renamed(quad, names)) for quad in uneven)))


def _filled(term: Term, values: Sequence[str]) -> str:
    if len(term) == 1:
        return str(term[0])
    return "".join(values[piece] if isinstance(piece, int) else piece for piece in term)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(one)


def _places(document: dict[str, Any]) -> list[Path]:
    """Where this badge says what others of its form say otherwise."""
    places: list[Path] = [path for path in (*NAMES, *VALUES) if _at(document, path) is not None]
    holders = document["credentialSubject"].get("identifier", [])
    places.extend((*HOLDERS, number, HOLDER) for number in range(len(holders)))
    return places


def _at(document: Any, path: Path) -> Any:
    for step in path:
        if isinstance(document, dict) and step not in document:
            return None
        document = document[step]
    return document


def _put(document: Any, path: Path, value: Any) -> None:
    *way, last = path
    for step in way:
        document = document[step]
    document[last] = value


def _fitting(value: Any, path: Path) -> str | None:
    """The value as N-Quads writes it, or None for one that has to go the careful way."""
    if not isinstance(value, str) or UNWRITABLE.search(value):
        return None
    if path in NAMES:
        return value if SCHEMES.match(value) and WHOLE.fullmatch(value) else None
    return escape(value)
