"""Several things at the same moment, each in a process of its own."""

import os
import pickle
import select
import signal
import time
import traceback
from collections.abc import Callable
from typing import Any

from django.db import connections

# What a child got from its parent with the fork: kept, for to let go of it would end it for both.
_inherited: list[Any] = []


def at_once(*jobs: Callable[[], Any], seconds: float = 120) -> list[Any]:
    """Do each job in a process of its own, all let go together; what each gave, in their order.

    Forked from this one, a process costs next to nothing: Django is there. Each opens a
    connection to the database for itself, so what they are to see must be committed. Raises
    AssertionError with the traceback of a job that failed, or that was not done in time.
    """
    wait, go = os.pipe()
    children = [_begin(job, wait, go) for job in jobs]
    os.close(wait)
    os.close(go)  # the end of this pipe is the word to start
    deadline = time.monotonic() + seconds
    return [_end(pid, answer, deadline) for pid, answer in children]


def _begin(job: Callable[[], Any], wait: int, go: int) -> tuple[int, int]:
    answer, say = os.pipe()
    if pid := os.fork():
        os.close(say)
        return pid, answer
    os.close(go)
    try:
        for one in connections.all(initialized_only=True):
            _inherited.append(one.connection)
            one.connection = None
        os.read(wait, 1)
        said = pickle.dumps((True, job()))
    except BaseException:
        said = pickle.dumps((False, traceback.format_exc()))
    with os.fdopen(say, "wb") as pipe:
        pipe.write(said)
    os._exit(0)


def _end(pid: int, answer: int, deadline: float) -> Any:
    parts: list[bytes] = []
    try:
        while True:
            if not select.select([answer], [], [], max(0, deadline - time.monotonic()))[0]:
                os.kill(pid, signal.SIGKILL)
                raise AssertionError("A process was not done in time")
            if not (part := os.read(answer, 65_536)):
                break
            parts.append(part)
    finally:
        os.close(answer)
        os.waitpid(pid, 0)
    assert parts, "A process ended without a word"
    went_well, said = pickle.loads(b"".join(parts))
    assert went_well, said
    return said
