"""What this part offers the others, registered at start-up."""

from collections.abc import Mapping

from benchside.assessment.events import STANDARD_PUBLISHED
from benchside.core.registries import Plain, Subscription, subscriptions
from benchside.recognition.registers import loading


def when_published(payload: Mapping[str, Plain]) -> None:
    loading.make_register(str(payload["standard"]))


LISTENERS = (
    Subscription(
        key="recognition.first_registers", event=STANDARD_PUBLISHED.key, handle=when_published
    ),
)


def register() -> None:
    for listener in LISTENERS:
        subscriptions.register(listener)
