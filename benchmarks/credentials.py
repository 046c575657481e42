"""Credentials signed one by one and in a batch, in seconds of the processor: what one core does.

The plain path, which expands every document anew with PyLD, is the floor. A sample of the batch is
handed to Digital Bazaar's verifier, which has to believe every one of it.
"""

import random
import time
from collections.abc import Iterator
from dataclasses import replace

from benchside.recognition.credentials.vc import badge, did, verifying
from benchside.recognition.credentials.vc.batch import Batch
from tests.factories.badges import LIST, NOW, Body, a_badge, a_key
from tests.interop import node
from tests.interop.cases import an_endorsement, our_endorsement

PLAIN, BATCH, SAMPLE = 200, 5_000, 200
GOAL = 500
Row = tuple[str, str, str]


def run() -> Iterator[Row]:
    body = Body()
    badges = [one(number) for number in range(BATCH)]
    body.sign(badge.credential(badges[0]))  # the contexts are read once a process

    began = time.process_time()
    plainly = [body.sign(badge.credential(each)) for each in badges[:PLAIN]]
    floor = PLAIN / (time.process_time() - began)
    yield ("credentials signed one by one", f"{floor:,.0f} a second of a core", "floor")

    began = time.process_time()
    batch = Batch(key=a_key(1), method=did.method_id(body.did, "key-1"), created=NOW)
    signed = [batch.sign(each) for each in badges]
    speed = BATCH / (time.process_time() - began)
    assert signed[:PLAIN] == plainly
    yield (
        f"{BATCH:,} credentials signed in a batch",
        f"{speed:,.0f} a second of a core ({speed / floor:.0f}x)",
        f"≥ {GOAL}",
    )
    spoken = (an_endorsement(), our_endorsement())
    said = [replace(each, endorsements=spoken) for each in badges]
    began = time.process_time()
    batch = Batch(key=a_key(1), method=did.method_id(body.did, "key-1"), created=NOW)
    endorsed = [batch.sign(each) for each in said]
    speed = BATCH / (time.process_time() - began)
    assert endorsed[0] == body.sign(badge.credential(said[0]))
    yield (
        f"{BATCH:,} for which two others speak",
        f"{speed:,.0f} a second of a core ({speed / floor:.0f}x)",
        f"≥ {GOAL}",
    )
    signed += endorsed
    yield from verified(body, random.Random(1).sample(signed, SAMPLE))


def one(number: int) -> badge.Badge:
    return a_badge(
        id=f"urn:uuid:6f7c1d6e-52c0-4a53-9a6c-{number:012}",
        holders=(badge.Identifier(f"Demonstration Person {number}"),),
        license_number=f"RDT-{number:06}",
        status=badge.Status(LIST, number),
    )


def verified(body: Body, sample: list[dict[str, object]]) -> Iterator[Row]:
    documents = {body.did: body.document(), LIST: body.status_list()}
    began = time.process_time()
    for each in sample:
        report = verifying.check(each, keys=documents.get, status=documents.get, now=NOW)
        assert report.holds
    spent = (time.process_time() - began) / len(sample)
    yield ("one checked, its status list and all", f"{spent * 1000:.0f} ms", "< 50 ms")
    if not node.is_here():
        return
    cases = [{"name": str(n), "credential": each} for n, each in enumerate(sample)]
    answers = node.ask({"documents": documents, "cases": cases})
    believed = sum(
        answers[case["name"]]["verified"] and not answers[case["name"]]["revoked"] for case in cases
    )
    yield (
        f"of {len(sample)} of the batch, believed by Digital Bazaar's verifier",
        str(believed),
        str(len(sample)),
    )
