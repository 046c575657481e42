"""The verify page on a badge of our own: file, address and number, in milliseconds of a core.

The floor is the bare form, past the page cache. What is measured is the whole page: form token,
reading the file, both signatures (the badge's and that of the status list), the record, the words.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

from benchmarks import ground

ROUNDS = 25
ADDRESS = "/verify/"
Row = tuple[str, str, str]


def run() -> Iterator[Row]:
    ground.use_here()
    from django.db import transaction

    with transaction.atomic():
        yield from measure()
        transaction.set_rollback(True)


def measure() -> Iterator[Row]:
    from django.core.cache import cache
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from benchside.core.open_forms import make_token
    from benchside.recognition.credentials.views.files import file_of

    credential = a_credential()
    client = Client(HTTP_HOST="127.0.0.1", HTTP_ORIGIN="http://127.0.0.1")
    png = file_of(credential, "badge.png").content

    def drop(data: bytes, name: str) -> None:
        cache.clear()  # too many from one place in a short time are told to wait
        sent = {"token": make_token("verify"), "file": SimpleUploadedFile(name, data)}
        assert b"this is genuine" in client.post(ADDRESS, sent).content

    def ask(typed: str) -> None:
        assert client.get(ADDRESS, {"q": typed}).status_code == 200

    yield "verify page: the bare form", f"{timed(partial(client.get, ADDRESS)):.0f} ms", "floor"
    for name, work in {
        "a badge as PNG": partial(drop, png, "badge.png"),
        "a badge as JSON": partial(drop, credential.document.encode(), "badge.json"),
        "the address of one": partial(ask, str(credential.key)),
        "a number": partial(ask, credential.award.number),
    }.items():
        yield f"verify page: {name}", f"{timed(work):.0f} ms", "< 50 ms"


def timed(work: Callable[[], object]) -> float:
    """The middle of many, in milliseconds of the processor, so that other loads do not count."""
    work()
    found = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        found.append(1000 * (time.process_time() - began))
    return statistics.median(found)


def a_credential():  # type: ignore[no-untyped-def]
    """One of the demonstration's, signed."""
    from benchside.recognition.credentials import tasks
    from benchside.recognition.models import Credential

    tasks.keep_all_in_step.func()
    tasks.sign_what_waits.func()
    return Credential.objects.filter(state="live").select_related("award__version")[0]
