"""From a document to what a signature covers: its quads, and a refusal where they would not be all.

JSON-LD leaves out, in silence, what its contexts do not define: somebody could add such a word to a
signed credential and the signature would still hold. So a document is counted before it is expanded
and after, and every name in it has to have become a whole address. The same rules hold for what we
sign and for what we check, with bounds, since anybody may hand us a file to check.
"""

import re
import threading
from collections import Counter
from collections.abc import Mapping
from typing import Any

from benchside.recognition.credentials.vc import contexts
from benchside.recognition.credentials.vc.canonical import Quad, literal
from benchside.recognition.credentials.vc.faults import CredentialError, UnsafeError

# PyLD compares every value of a property with every other; more than this is no credential.
MOST_LEAVES = 1_500
DEEPEST = 24
LARGEST_NUMBER = 2**53 - 1  # beyond, JavaScript's verifiers read another number
# Scheme, colon, and nothing that would have to be escaped in N-Quads.
WHOLE = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`\x7f]*')
# Not every canonicaliser writes these alike (the line feed they do); half a pair has no UTF-8.
UNWRITABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
OPEN, SHUT = "_:", "@"
OF_CREDENTIALS = "<https://www.w3.org/2018/credentials#"

# PyLD keeps its caches for the whole process and guards them against nothing.
_lock = threading.Lock()
_resolved: dict[str, Any] = {}


def quads(document: Mapping[str, Any]) -> list[Quad]:
    """Every statement the document makes, as terms of N-Quads; `""` is the graph without a name.

    Raises UnsafeError when something in it would be left out or has no whole address,
    UnknownContextError when it names another context than ours.
    """
    before = _count(document, 0)
    if before > MOST_LEAVES:
        raise UnsafeError("This document says more than a credential does.")
    with _lock:
        expanded = _process("expand", dict(document))
        after = _covered(expanded)
        if after != before:
            raise UnsafeError(
                "A word in this document is not defined, so no signature would cover it."
            )
        dataset = _process("to_rdf", expanded)
    said = [_quad(triple, name) for name, triples in dataset.items() for triple in triples]
    _check_in_its_place(document, said)
    return said


def _process(verb: str, what: Any) -> Any:
    from pyld import jsonld  # noqa: PLC0415 - a third of a second, which most requests need not pay
    from pyld.context_resolver import ContextResolver  # noqa: PLC0415

    options = {
        "documentLoader": contexts.loader,
        "contextResolver": ContextResolver(_resolved, contexts.loader),
        "processingMode": "json-ld-1.1",
        # Otherwise PyLD makes a whole address of any word, beginning http://example.org/base/.
        "base": None,
    }
    try:
        return getattr(jsonld, verb)(what, options)
    except jsonld.JsonLdError as error:
        # What our own loader refused lies at the bottom of PyLD's errors.
        cause: BaseException | None = error
        while cause is not None and not isinstance(cause, CredentialError):
            cause = getattr(cause, "cause", None) or cause.__cause__
        raise cause or UnsafeError("This document is no JSON-LD we can read.") from error
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError) as error:
        # PyLD trusts what it is given to be better made than what anybody brings.
        raise UnsafeError("This document is no JSON-LD we can read.") from error


def check_contexts(named: Any) -> None:
    """Raises UnknownContextError unless `named` is an address or a list of addresses we know."""
    for address in named if isinstance(named, list) else [named]:
        contexts.context(address if isinstance(address, str) else "(written in the document)")


def _count(value: Any, depth: int) -> int:
    """How many plain values the document holds. Raises UnsafeError for what cannot be signed."""
    if depth > DEEPEST:
        raise UnsafeError("This document is nested deeper than a credential is.")
    if isinstance(value, Mapping):
        if not value:
            raise UnsafeError("This document holds an empty object, which no signature covers.")
        return sum(_count_entry(key, held, depth) for key, held in value.items())
    if isinstance(value, list):
        return sum(_count(item, depth + 1) for item in value)
    _check_plain(value)
    return 1


def _count_entry(key: str, held: Any, depth: int) -> int:
    if key == "@context":
        check_contexts(held)
        return 0
    if key.startswith(SHUT) or ":" in key:
        # A word under its whole address is signed alike, and whoever reads the JSON misses it.
        raise UnsafeError(f"This document uses {key}, which credentials have no need of.")
    return _count(held, depth + 1)


def _check_plain(value: Any) -> None:
    if isinstance(value, str):
        if UNWRITABLE.search(value):
            raise UnsafeError("A text holds a sign that is not written alike by everybody.")
    elif isinstance(value, bool):
        return
    elif isinstance(value, int | float):
        if not abs(value) <= LARGEST_NUMBER:
            raise UnsafeError("A number is larger than everybody can read.")
    else:
        raise UnsafeError("Nothing in a credential may be null.")


def _covered(expanded: Any) -> int:
    """How many plain values are left. Raises UnsafeError for a name that is no whole address."""
    if isinstance(expanded, list):
        return sum(_covered(item) for item in expanded)
    if "@value" in expanded:
        if "@type" in expanded:
            _whole(expanded["@type"])
        return 1
    found = 0
    for key, held in expanded.items():
        if key in ("@id", "@type"):
            names = held if isinstance(held, list) else [held]
            for name in names:
                _whole(name)
            found += len(names)
        elif key in ("@list", "@set", "@graph"):
            found += _covered(held)
        else:
            _whole(key)
            found += _covered(held)
    return found


def _whole(name: Any) -> None:
    if not isinstance(name, str) or not WHOLE.fullmatch(name):
        raise UnsafeError(f"{name!r} is not defined, and no whole address either.")


def _check_in_its_place(document: Mapping[str, Any], said: list[Quad]) -> None:
    """Raises UnsafeError when what a credential says of itself stands elsewhere than at its top.

    Its status or its end could be moved to wherever its id stands, say to what an endorsement is
    about: the statements stay the same, the signature holds, and a reader of the JSON sees neither.
    Where both places say one, the two could change places: so there may be no more than at its top.
    """
    itself = f"<{document.get('id')}>"
    said_of_itself = Counter(
        verb.removeprefix(OF_CREDENTIALS).rstrip(">")
        for first, verb, _last, _graph in said
        if first == itself and verb.startswith(OF_CREDENTIALS)
    )
    for name, count in said_of_itself.items():
        at_top = document.get(name, [])
        if count > (len(at_top) if isinstance(at_top, list) else 1):
            raise UnsafeError(f"What this document says as {name} stands in another place.")


def _quad(triple: Mapping[str, Any], graph: str) -> Quad:
    return (
        _term(triple["subject"]),
        _term(triple["predicate"]),
        _term(triple["object"]),
        "" if graph == "@default" else graph if graph.startswith(OPEN) else f"<{graph}>",
    )


def _term(term: Mapping[str, str]) -> str:
    if term["type"] == "IRI":
        return f"<{term['value']}>"
    if term["type"] == "blank node":
        return term["value"]
    return literal(term["value"], term.get("datatype"), term.get("language"))
