"""Sealing the registers by the clock."""

import logging

from benchside.core.schedule import daily
from benchside.core.tasks import task
from benchside.recognition.entries import seals
from benchside.recognition.models import Register

logger = logging.getLogger(__name__)


@daily(at="04:20")
@task(attempts=3)
def seal_registers() -> None:
    """Check every register and put down its head, with what did not hold."""
    for register in Register.objects.order_by("pk"):
        seal_one(register)


@task(attempts=3)
def seal_register(register_id: int) -> None:
    """The same for one, when its registrar asks."""
    for register in Register.objects.filter(pk=register_id):
        seal_one(register)


def seal_one(register: Register) -> None:
    """Twice makes two heads, and does no harm."""
    head = seals.write_head(register, faults=seals.faults_of_register(register))
    if head.faults:
        logger.error("Register %s does not hold: see its seals.", register.slug)
