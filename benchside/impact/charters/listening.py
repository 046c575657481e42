"""What charters hear from the engine, after it is committed."""

from collections.abc import Mapping

from benchside.assessment.events import SUBMISSION_MOVED
from benchside.core.registries import Plain, Subscription
from benchside.impact.charters import actions
from benchside.impact.models import Cycle


def _cycle(payload: Mapping[str, Plain]) -> Cycle | None:
    found = Cycle.objects.filter(submission__key=str(payload["submission"]))
    return found.select_related("signatory__charter", "signatory__organisation").first()


def moved(payload: Mapping[str, Plain]) -> None:
    if cycle := _cycle(payload):
        actions.follow(cycle=cycle)


SUBSCRIPTIONS = (
    Subscription(key="impact.charters.moved", event=SUBMISSION_MOVED.key, handle=moved),
)
