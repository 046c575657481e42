"""What is refused a signature, and that thousands at once are signed as one would be."""

import copy
import json
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchside.recognition.credentials.vc import badge, contexts, did, signing
from benchside.recognition.credentials.vc.batch import NAMES, VALUES, Batch
from benchside.recognition.credentials.vc.faults import (
    CredentialError,
    NotCanonicalError,
    UnknownContextError,
    UnsafeError,
)
from benchside.recognition.credentials.vc.linked_data import MOST_LEAVES
from tests.factories.badges import LIST, NOW, UUID, Body, a_badge, a_key, an_achievement
from tests.interop.cases import HOSTILE, an_endorsement

BODY = Body()
METHOD = did.method_id(BODY.did, "key-1")


def spoil(*way: str | int, to: Any) -> dict[str, Any]:
    document = badge.credential(a_badge())
    place: Any = document
    for step in way[:-1]:
        place = place[step]
    place[way[-1]] = to
    return document


UNSAFE = {
    "a word no context defines": spoil("rank", to="first"),
    "one deep inside": spoil("credentialSubject", "achievement", "rank", to="first"),
    "one that holds an object": spoil("rank", to={"id": "urn:x"}),
    "one nobody would see": spoil("credentialSubject", "rank", to=["first", "second"]),
    "a type that stays relative": spoil("type", to=[badge.CREDENTIAL, badge.BADGE, "Genius"]),
    "a type of the subject": spoil("credentialSubject", "type", to=["Genius"]),
    "an id that is no address": spoil("id", to="42"),
    "an address with a space": spoil("id", to="https://x.example/a b"),
    "an address that breaks out": spoil("id", to="https://x.example/> <urn:p> <urn:q"),
    "null": spoil("name", to=None),
    "an empty object": spoil("credentialSubject", "source", to={}),
    "a keyword": spoil("@id", to="urn:x"),
    "a word under its whole address": spoil("https://schema.org/keywords", to="x"),
    "a graph": spoil("@graph", to=[{"id": "urn:x"}]),
    "half a surrogate pair": spoil("name", to="\ud83d"),
    "a tab": spoil("name", to="a\tb"),
    "a carriage return": spoil("name", to="a\rb"),
    "a nought": spoil("name", to="a\0b"),
    "a number not all can read": spoil("credentialSubject", "activityEndDate", to=2**53),
    "no number": spoil("credentialSubject", "activityEndDate", to=float("nan")),
    "infinity": spoil("credentialSubject", "activityEndDate", to=float("inf")),
    "something JSON has not": spoil("name", to=b"bytes"),
    "too much": spoil("credentialSubject", "achievement", "tag", to=["x"] * (MOST_LEAVES + 1)),
    "signed already": spoil("proof", to={"type": "DataIntegrityProof"}),
    "issued by another": spoil("issuer", to="did:web:other.example"),
}


@pytest.mark.parametrize("document", UNSAFE.values(), ids=UNSAFE)
def test_what_a_signature_would_not_cover_is_not_signed(document: dict[str, Any]) -> None:
    with pytest.raises(UnsafeError):
        BODY.sign(document)


def test_nesting_without_end_is_refused() -> None:
    inner: dict[str, Any] = {"id": "urn:x"}
    for _ in range(2_000):
        inner = {"id": "urn:x", "source": inner}
    with pytest.raises(UnsafeError):
        BODY.sign(spoil("credentialSubject", "source", to=inner))


@pytest.mark.parametrize(
    "named",
    [
        "https://forger.example/context.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json/",
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        "http://www.w3.org/ns/credentials/v2",
        "file:///etc/passwd",
        {"name": "https://forger.example/#name"},
        None,
    ],
)
def test_no_other_context_is_taken(named: Any) -> None:
    with pytest.raises(UnknownContextError):
        BODY.sign(spoil("@context", to=[*contexts.OURS, named]))
    with pytest.raises(UnknownContextError):
        BODY.sign(spoil("credentialSubject", "@context", to=named))


def test_the_package_may_not_change_a_context(monkeypatch: pytest.MonkeyPatch) -> None:
    name, _digest = contexts.FILES[contexts.VC]
    monkeypatch.setitem(contexts.FILES, contexts.VC, (name, "0" * 64))
    with pytest.raises(UnknownContextError, match="another"):
        contexts.context.__wrapped__(contexts.VC)


def test_two_names_alike_are_refused() -> None:
    twice = (badge.Identifier("Twin"), badge.Identifier("Twin"))
    with pytest.raises(NotCanonicalError):
        BODY.sign(badge.credential(a_badge(holders=twice)))


def test_a_time_needs_its_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        badge.credential(a_badge(valid_from=datetime(2026, 1, 1)))


def batch() -> Batch:
    return Batch(key=a_key(1), method=METHOD, created=NOW)


ONE_BATCH = batch()
TEXTS = st.text(st.characters(exclude_categories=()), max_size=30) | st.sampled_from(HOSTILE)
TIMES = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=NOW.tzinfo)
)
SPOKEN, ABOUT_IT = an_endorsement(), an_endorsement(about=UUID)
OTHERS = BODY.sign(
    badge.endorsement_credential(
        id="urn:uuid:6f7c1d6e-52c0-4a53-9a6c-3f4b3a1d0e03", issuer=BODY.issuer,
        about=an_achievement().id, comment="So do we.", valid_from=NOW,
    )
)  # fmt: skip
# Says of the badge with this id what only the badge may say of itself.
SMUGGLED = copy.deepcopy(ABOUT_IT)
SMUGGLED["credentialSubject"] |= {
    "type": ["EndorsementSubject", "VerifiableCredential"], "validUntil": "2099-01-01T00:00:00Z"
}  # fmt: skip
BADGES = st.builds(
    replace,
    st.just(a_badge()),
    id=st.uuids().map(lambda one: one.urn)
    | st.sampled_from(["", "x", "name:x", "urn:é"])
    | st.just(UUID),
    holders=st.lists(st.builds(badge.Identifier, TEXTS), max_size=2).map(tuple),
    license_number=TEXTS,
    valid_from=TIMES,
    valid_until=st.none() | TIMES,
    status=st.none() | st.builds(badge.Status, st.just(LIST), st.integers(0, 131_071)),
    language=st.sampled_from(["", "cy"]),
    achievement=st.sampled_from([an_achievement(), an_achievement(alignments=())]),
    endorsements=st.sampled_from([(), (SPOKEN,), (SPOKEN, OTHERS), (ABOUT_IT,), (SMUGGLED,)]),
)


def outcome(verb: Any, *given: Any, **named: Any) -> str:
    try:
        return json.dumps(verb(*given, **named))
    except CredentialError as error:
        return repr(error)


@settings(max_examples=50, deadline=None)
@given(BADGES)
def test_a_batch_signs_what_one_by_one_would(one: badge.Badge) -> None:
    """To the byte, and refuses the same with the same words."""
    plain = outcome(lambda: BODY.sign(badge.credential(one)))
    assert outcome(ONE_BATCH.sign, one) == plain


@pytest.mark.parametrize("spoken", [(), (SPOKEN,), (SPOKEN, OTHERS)])
def test_a_batch_takes_the_careful_way_once_a_form(
    spoken: tuple[dict[str, Any], ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    real = signing.quads
    for module in ("signing", "batch"):
        monkeypatch.setattr(
            f"benchside.recognition.credentials.vc.{module}.quads",
            lambda document: asked.append(copy.deepcopy(document)) or real(document),
        )
    signs = batch()
    signed = [
        signs.sign(
            a_badge(
                id=f"https://register.example/{number}",
                license_number=f"RDT-{number:06}",
                holders=(badge.Identifier(f"Person {number}"),),
                awarded=NOW - timedelta(days=number),
                endorsements=spoken,
            )
        )
        for number in range(40)
    ]
    assert len({one["proof"]["proofValue"] for one in signed}) == 40
    assert len(asked) == 2  # the form, and what the proof says of itself
    # And what a mark stood for is nowhere in what was signed.
    assert "urn:mark" not in json.dumps(signed)


def test_what_is_said_inside_of_the_badge_itself_is_looked_at_with_it() -> None:
    signs = batch()
    assert signs.sign(a_badge(endorsements=(ABOUT_IT,)))
    for made in (signs.sign, lambda one: BODY.sign(badge.credential(one))):
        with pytest.raises(UnsafeError, match="another place"):
            made(a_badge(endorsements=(SMUGGLED,)))
    # Of another badge it is only an endorsement that is not about it: others are told so.
    other = a_badge(id="urn:uuid:6f7c1d6e-52c0-4a53-9a6c-3f4b3a1d0002", endorsements=(SMUGGLED,))
    assert signs.sign(other) == BODY.sign(badge.credential(other))


def test_what_a_batch_fills_in_is_no_prefix_and_every_path_is_there() -> None:
    """A value that a context takes for `prefix:rest` would become another address."""
    words = [word for address in contexts.FILES for word in contexts.context(address)["@context"]]
    assert not {"urn", "did", "http", "https"} & set(words)
    document = badge.credential(a_badge())
    for path in (*NAMES, *VALUES):
        held: Any = document
        for step in path:
            held = held[step]
        assert isinstance(held, str), path


def test_nothing_of_this_needs_django_or_opens_a_socket() -> None:
    program = """
import sys
def closed(event, given):
    if event.startswith("socket."):
        raise RuntimeError(event)
sys.addaudithook(closed)
from benchside.recognition.credentials.vc import badge, baking, batch, did, verifying
from tests.factories.badges import NOW, Body, a_badge
signed = Body().sign(badge.credential(a_badge(status=None)))
report = verifying.check(
    signed, keys={Body().did: Body().document()}.get, status=lambda at: None, now=NOW
)
assert report.holds
assert not [name for name in sys.modules if name.split(".")[0] in ("django", "openbadgeslib")]
"""
    subprocess.run([sys.executable, "-c", program], check=True)
