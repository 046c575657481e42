"""Issues thousands of credentials by the real jobs, and makes them anew; one JSON object a line.

Seconds are those of the processor, so that what else runs counts little. The floor is the signing
core alone over the same badges: all else is the database, the audit, the events, the pages told.
"""

import json
import os
import time
from collections.abc import Callable
from multiprocessing import get_context

MANY = int(os.environ.get("BENCHSIDE_BENCH_CREDENTIALS", "5000"))
GOAL = 500


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.factories.credentials import many_claimed

    many_claimed(MANY)
    floor = MANY / core()
    tell(f"the core alone, {MANY:,} of them", per_second(floor), f"≥ {GOAL}")
    issue(floor)
    stolen(floor)


def tell(what: str, measured: str, goal: str = "-") -> None:
    print(json.dumps({"what": what, "measured": measured, "goal": goal}), flush=True)


def per_second(speed: float, floor: float | None = None) -> str:
    beside = f" (1/{floor / speed:.1f} of the core)" if floor else ""
    return f"{speed:,.0f} a second of a core{beside}"


def spent(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def core() -> float:
    """The same badges through the signing core, which knows of no database."""
    from django.utils import timezone

    from benchside.assessment.models import Award
    from benchside.recognition.credentials import badging, keyring, saying
    from benchside.recognition.credentials.vc.batch import Batch
    from benchside.recognition.models import Credential, StatusList

    key, held = keyring.current(), StatusList(pk=1, number=1)
    badges = []
    for number, award in enumerate(Award.objects.select_related("version", "entry__body")):
        said = saying.what_to_say(award)
        assert said is not None
        badges.append(
            badging.badge_of(
                Credential(award=award, status_list=held, index=number, made_at=timezone.now(),
                           name=said.name, level=said.level, period_start=said.period_start,
                           period_end=said.period_end)
            )
        )  # fmt: skip
    private, method = keyring.private_half(key), keyring.method_of(key)

    Batch(key=private, method=method, created=timezone.now()).sign(badges[0])  # reads the contexts

    def sign() -> None:
        batch = Batch(key=private, method=method, created=timezone.now())
        for one in badges:
            batch.sign(one)

    return spent(sign)


def issue(floor: float) -> None:
    from benchside.recognition.credentials import actions, queries, tasks

    def make() -> None:
        behind = list(queries.out_of_step().values_list("pk", flat=True))
        for first in range(0, len(behind), tasks.AT_ONCE):
            actions.keep_each_in_step(awards=behind[first : first + tasks.AT_ONCE])

    making = spent(make)
    assert queries.waiting().count() == MANY
    at = [killed_at(tasks.sign_what_waits.func, MANY * part // 5) for part in (1, 3)]
    left = queries.waiting().count()
    signing = spent(tasks.sign_what_waits.func) * MANY / left
    all_is_well()
    assert signed_so_far() == MANY
    tell("made and given a place on a list", per_second(MANY / making, floor))
    tell(f"the job, killed at {at[0]:,} and at {at[1]:,}, signed {MANY:,} in all", "none twice")
    tell("signed and kept by the job", per_second(MANY / signing, floor), f"≥ {GOAL}")
    tell("the whole: from award to signed badge", per_second(MANY / (making + signing), floor))


def killed_at(work: Callable[[], object], many: int) -> int:
    """Begin it in a process of its own, kill that once so many are signed; how many were then."""
    from django.db import connection

    connection.close()  # a connection must not be shared across a fork
    process = get_context("fork").Process(target=work, daemon=True)
    process.start()
    while signed_so_far() < many:
        assert process.is_alive(), "It was done before it could be killed"
        time.sleep(0.02)
    process.kill()
    process.join()
    return signed_so_far()


def signed_so_far() -> int:
    """By the record of what was done, in which one signed twice would be counted twice."""
    from benchside.core.models import AuditEvent

    noted = AuditEvent.objects.filter(verb="credential.sign").values_list("detail", flat=True)
    return sum(one["count"] for one in noted)


def stolen(floor: float) -> None:
    """A key is given up, while three organisations speak for the badge."""
    from benchside.core.actions import SYSTEM
    from benchside.recognition.credentials import actions, keyring, tasks
    from tests.factories.credentials import spoken_for

    spoken_for("registered-technician", 3)
    old = keyring.current()
    actions.compromise_key(actor=SYSTEM, key=old)
    took = spent(lambda: tasks.reissue.func(old.pk))
    all_is_well()
    tell("a stolen key: all taken back, made anew, signed", per_second(MANY / took, floor))


def all_is_well() -> None:
    """Each award has one live credential, signed with the key in use, on a place of its own."""
    from benchside.recognition.credentials import keyring, queries
    from benchside.recognition.models import Credential

    live = Credential.objects.filter(state="live", signed_with=keyring.current())
    assert live.count() == live.values("award").distinct().count() == MANY
    places = Credential.objects.values_list("status_list", "index")
    assert len(set(places)) == len(places)
    assert not queries.out_of_step().exists()


if __name__ == "__main__":
    main()
