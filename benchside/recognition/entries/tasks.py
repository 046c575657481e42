"""Sealing the registers by the clock, and one when its registrar asks."""

import logging
from itertools import islice
from uuid import UUID

from benchside.core.models import TaskProgress
from benchside.core.schedule import daily
from benchside.core.tasks import enqueue_watched, report, task
from benchside.recognition.entries import seals
from benchside.recognition.models import Entry, Register, RegisterHead

logger = logging.getLogger(__name__)


@daily(at="04:20")
@task(attempts=3)
def seal_registers() -> None:
    """Check every register and put down its head, with what did not hold."""
    for register in Register.objects.order_by("pk"):
        seal_one(register)


@task(attempts=3, wait=5)
def seal_register(register_id: int, after: int) -> None:
    """The same for one, when its registrar asks. Killed and run again it begins anew, and makes no
    second seal: `after` is the number of the last one there was."""
    for register in Register.objects.filter(pk=register_id):
        if last_seal(register) > after:
            report(1, 1, "It is sealed.")
            return
        report(1, 1, _told(register, seal_one(register)))


def _told(register: Register, head: RegisterHead) -> str:
    if head.faults:
        return "It is sealed. Something does not hold: see below."
    if seals.found_before(register):
        return "It is sealed. Nothing new, and what was found before still counts: see below."
    return "All holds."


def last_seal(register: Register) -> int:
    found = register.heads.order_by("-number").values_list("number", flat=True).first()
    return found or 0


def _key(register: Register) -> str:
    """One for each seal to come: pressed twice, it is made once."""
    return f"recognition.seal:{register.pk}:{last_seal(register) + 1}"


def seal_watched(register: Register, *, owner: UUID | None, then: str = "") -> TaskProgress:
    """Queue the next seal of a register, once, so that it can be watched."""
    return enqueue_watched(
        seal_register,
        register.pk,
        last_seal(register),
        title=f"Checking and sealing {register.name}"[:120],
        owner=owner,
        key=_key(register),
        then=then,
    )


def being_sealed(register: Register) -> TaskProgress | None:
    """The seal that is being made now, whoever asked for it."""
    found = TaskProgress.objects.select_related("result").filter(key=_key(register)).first()
    return found if found and not found.is_over else None


def seal_one(register: Register) -> RegisterHead:
    """Twice makes two heads, and does no harm."""
    total = register.entries.count()

    def passed(count: int) -> None:
        report(count, total, f"{count:,} of {total:,} entries checked")

    faults = list(islice(seals.faults_of_register(register, passed), seals.MOST_FAULTS))
    seals.seal_new_events(Entry.objects.filter(register=register))
    head = seals.write_head(register, faults=faults)
    if head.faults:
        logger.error("Register %s does not hold: see its seals.", register.slug)
    return head
