"""RDF Dataset Canonicalization (RDFC-1.0, W3C 2024) where it is quick: all else is refused.

A document in which every node has an id canonicalises by sorting its lines. A node without one is
named after the digest of the lines it stands in, if no other has the same (4.4.3, steps 3 and 4 of
the algorithm). Nodes that have the same need permutations, which is where hostile documents keep a
computer busy without end; no credential of ours has them and none is worth it (decision 0028).
"""

import hashlib
from collections.abc import Iterable

from benchside.recognition.credentials.vc.faults import NotCanonicalError

# Subject, predicate, object, graph, each as N-Quads writes it; "" is the graph without a name.
Quad = tuple[str, str, str, str]

STRING = "http://www.w3.org/2001/XMLSchema#string"
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
BLANK = "_:"
MOST_BLANKS = 200


def escape(text: str) -> str:
    """A text between the quotes of an N-Quads literal. `linked_data` refuses other such signs."""
    return text.translate(ESCAPES)


def literal(text: str, datatype: str | None = None, language: str | None = None) -> str:
    quoted = f'"{escape(text)}"'
    if language:
        return f"{quoted}@{language}"
    return f"{quoted}^^<{datatype}>" if datatype and datatype != STRING else quoted


def line(quad: Quad) -> str:
    return " ".join(part for part in quad if part) + " .\n"


def canonise(quads: Iterable[Quad]) -> str:
    """The one text of a set of quads. Raises NotCanonicalError when nodes cannot be told apart."""
    every = set(quads)
    blanks = {part for quad in every for part in quad if part.startswith(BLANK)}
    if blanks:
        names = names_of(every, blanks)
        every = {renamed(quad, names) for quad in every}
    return "".join(sorted(line(quad) for quad in every))


def names_of(quads: Iterable[Quad], blanks: set[str]) -> dict[str, str]:
    """What each node without an id is called in the canonical text."""
    if len(blanks) > MOST_BLANKS:
        raise NotCanonicalError("This document has more nodes without ids than a credential has.")
    seen: dict[str, list[Quad]] = {blank: [] for blank in blanks}
    for quad in quads:
        for part in set(quad) & blanks:
            seen[part].append(quad)
    return named({digest_of(blank, near): blank for blank, near in seen.items()}, len(blanks))


def named(digests: dict[str, str], expected: int) -> dict[str, str]:
    """Names in order of the digests. Raises NotCanonicalError when two nodes had the same."""
    if len(digests) != expected:
        raise NotCanonicalError("Two nodes without ids in this document cannot be told apart.")
    return {digests[digest]: f"_:c14n{n}" for n, digest in enumerate(sorted(digests))}


def digest_of(blank: str, near: Iterable[Quad]) -> str:
    """The first-degree digest of a node: its quads, in which it is `_:a` and any other is `_:z`."""
    lines = sorted(
        line(
            tuple(  # type: ignore[arg-type]
                ("_:a" if part == blank else "_:z") if part.startswith(BLANK) else part
                for part in quad
            )
        )
        for quad in near
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def renamed(quad: Quad, names: dict[str, str]) -> Quad:
    first, verb, last, graph = quad
    return names.get(first, first), verb, names.get(last, last), names.get(graph, graph)
