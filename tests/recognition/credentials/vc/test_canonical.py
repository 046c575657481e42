"""Our canonical text beside that of a canonicaliser in Rust, on many shapes, and beside PyLD's."""

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld

from benchside.recognition.credentials.vc import badge, contexts
from benchside.recognition.credentials.vc.canonical import Quad, canonise, line, literal
from benchside.recognition.credentials.vc.faults import NotCanonicalError
from benchside.recognition.credentials.vc.linked_data import UNWRITABLE, quads
from tests.factories.badges import Body, a_badge, an_achievement, an_unsigned_list
from tests.interop.cases import HOSTILE, an_endorsement

IRIS = st.sampled_from(["<urn:a>", "<urn:b>", "<https://x.example/é>"])
BLANKS = st.sampled_from([f"_:n{number}" for number in range(5)])
WRITABLE = st.text(max_size=6).filter(lambda text: not UNWRITABLE.search(text))
LITERALS = st.builds(
    literal, WRITABLE, st.sampled_from([None, "http://www.w3.org/2001/XMLSchema#date"])
)
QUADS = st.tuples(
    IRIS | BLANKS, IRIS, IRIS | BLANKS | LITERALS, st.just("") | st.sampled_from(["<urn:g>", "_:g"])
)


def by_rust(lines: str) -> str:
    found = pyoxigraph.parse(lines.encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    dataset = pyoxigraph.Dataset(found)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    written = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS)
    # Not splitlines, for which U+2028 ends a line too.
    return "".join(sorted(f"{one}\n" for one in written.decode().split("\n") if one))


@settings(max_examples=100, deadline=None)
@given(st.lists(QUADS, max_size=12))
def test_as_another_writes_it(every: list[Quad]) -> None:
    try:
        ours = canonise(every)
    except NotCanonicalError:
        return  # nodes that only permutations tell apart, of which the next test has one
    # Not PyLD here: it names graphs without a name otherwise than those in Rust and JavaScript do.
    assert ours == by_rust("".join(map(line, every)))


def test_nodes_that_look_alike_are_refused_at_once() -> None:
    """A ring of them, each like the other, is what keeps other canonicalisers busy."""
    ring = [(f"_:n{n}", "<urn:next>", f"_:n{(n + 1) % 60}", "") for n in range(60)]
    with pytest.raises(NotCanonicalError):
        canonise(ring)


def test_more_nodes_without_ids_than_a_credential_has() -> None:
    with pytest.raises(NotCanonicalError):
        canonise([(f"_:n{n}", "<urn:p>", f'"{n}"', "") for n in range(201)])


DOCUMENTS = {
    "a badge": badge.credential(a_badge()),
    "names of every kind": badge.credential(
        a_badge(holders=tuple(badge.Identifier(name) for name in HOSTILE))
    ),
    "with an endorsement": badge.credential(a_badge(endorsements=(an_endorsement(),))),
    "a status list": an_unsigned_list(Body().issuer, 3),
    "no alignment": badge.credential(a_badge(achievement=an_achievement(alignments=()))),
}


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_our_documents_as_two_others_write_them(document: dict[str, object]) -> None:
    said = quads(document)
    ours = canonise(said)
    assert ours == by_rust("".join(map(line, said)))
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": contexts.loader,
    }
    assert ours == jsonld.normalize(document, options)


def test_with_an_id_for_every_node_sorting_is_all() -> None:
    said = quads(badge.credential(a_badge(holders=(), achievement=an_achievement(alignments=()))))
    assert not any(part.startswith("_:") for quad in said for part in quad)
    assert canonise(said) == "".join(sorted(map(line, said)))
