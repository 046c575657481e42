"""Whoever checks our credentials comes to the same answer: two verifiers of other people and ours.

Digital Bazaar's, in JavaScript, shares no line with what we sign with; openvc-core shares PyLD.
"""

from typing import Any

import pytest
from openvc import VerificationPolicy, verify_credential
from openvc.did.base import DidResolverRegistry, parse_did_document
from openvc.did.did_key import DidKeyResolver
from openvc.errors import OpenvcError

from benchside.recognition.credentials.vc import badge, contexts, did, verifying
from benchside.recognition.credentials.vc.faults import BadKeyError
from benchside.recognition.credentials.vc.times import stamp
from tests import services
from tests.factories.badges import a_badge
from tests.interop import node
from tests.interop.cases import COMMON, Case, cases

CASES = {case.name: case for case in cases()}
EVERY = pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.name)


def standing_at(case: Case, address: str) -> Any:
    return {**COMMON, **case.documents}.get(address)


def issuer_of(case: Case, name: str) -> Any:
    try:
        return did.key_document(name)
    except BadKeyError:
        return standing_at(case, name)


@EVERY
def test_our_own_check_says_what_is_right(case: Case) -> None:
    report = verifying.check(
        case.credential,
        keys=lambda name: issuer_of(case, name),
        status=lambda address: standing_at(case, address),
        now=case.now,
    )
    assert report.faults[:1] == ((case.fault,) if case.fault else ())
    assert report.holds is not bool(case.fault)
    assert [check.name for check in report.checks] == list(verifying.Name)


@pytest.fixture(scope="module")
def digital_bazaar() -> dict[str, Any]:
    """All answers of one process: starting Node costs more than verifying."""
    services.need("Digital Bazaar's verifier (npm ci in tests/node)", node.is_here())
    asked = {
        "documents": COMMON,
        "contextsAt": list(contexts.FILES),
        "cases": [
            {
                "name": case.name,
                "credential": case.credential,
                "now": stamp(case.now),
                "documents": case.documents,
            }
            for case in CASES.values()
        ]
        + [{"name": "bare", "credential": CASES["good"].credential, "bare": True}],
    }
    return node.ask(asked)


@pytest.mark.node
@EVERY
def test_digital_bazaars_verifier_agrees(case: Case, digital_bazaar: dict[str, Any]) -> None:
    answer = digital_bazaar[case.name]
    believed = answer["verified"] and not answer["revoked"]
    right = not case.fault
    assert believed is (right ^ ("digitalbazaar" in case.otherwise)), answer["errors"]
    # What is revoked is still signed: whoever asks this library has to read the status too.
    assert answer["revoked"] is (case.fault == "revoked")


@pytest.mark.node
def test_a_status_may_not_be_passed_over(digital_bazaar: dict[str, Any]) -> None:
    answer = digital_bazaar["bare"]
    assert not answer["verified"]
    assert "checkStatus" in answer["errors"][0]


@pytest.mark.node
def test_our_contexts_are_those_other_packages_bring(digital_bazaar: dict[str, Any]) -> None:
    """1EdTech adds words to a version it has published: theirs, an older copy, lacks these two."""
    newer = {contexts.OPEN_BADGES: {"endorsementJwt", "jti"}}
    for address, other in zip(contexts.FILES, digital_bazaar["contexts"], strict=True):
        ours, theirs = contexts.context(address)["@context"], other["@context"]
        assert set(ours) - set(theirs) == newer.get(address, set())
        assert theirs == {word: ours[word] for word in theirs}
    # A verifier with the older copy would refuse them, so we never write them.
    assert not set().union(*newer.values()) & set(badge.credential(a_badge()))


class _Resolver:
    """did:web from the case's documents, as openvc wants it."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def supports(self, name: str) -> bool:
        return name.startswith("did:web:")

    def resolve(self, name: str) -> Any:
        document = standing_at(self.case, name)
        if document is None:
            raise OpenvcError(f"nothing stands at {name}")
        return parse_did_document(document)


@EVERY
def test_a_second_verifier_agrees(case: Case) -> None:
    registry = DidResolverRegistry([DidKeyResolver(), _Resolver(case)])

    def verify(credential: Any, **more: Any) -> Any:
        policy = VerificationPolicy(now=case.now, require_status_issuer_binding=True)
        return verify_credential(
            credential, policy=policy, resolver=registry, extra_contexts=extra_contexts(), **more
        )

    def status_list(address: str) -> Any:
        document = standing_at(case, address)
        if document is None:
            raise OpenvcError(f"nothing stands at {address}")
        return verify(document).credential

    try:
        verify(case.credential, resolve_status_list=status_list)
    except OpenvcError as error:
        refused = repr(error)
    else:
        refused = ""
    right = bool(case.fault)
    assert bool(refused) is (right ^ ("openvc" in case.otherwise)), refused


def extra_contexts() -> dict[str, Any]:
    return {address: contexts.context(address) for address in contexts.FILES}
