"""What waits in an organisation's workspace for those who sign."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from benchside.accounts.models import User
from benchside.assessment import signatures
from benchside.assessment.content import completeness
from benchside.assessment.models import Submission
from benchside.assessment.writing.workspace import WRITTEN, open_submissions
from benchside.assessment.writing_rules import is_signer, may_sign
from benchside.core.actions import Actor
from benchside.core.registries import ToDo, ToDoSource
from benchside.core.sitting import Sitting


def things_to_do(sitting: Sitting) -> Sequence[ToDo]:
    """One line for each that is written whole and whose next signature the viewer may give."""
    asked: list[Submission] = sitting.once(WRITTEN, open_submissions)
    if not asked:
        return []
    actor = Actor.of(User.objects.get(person_id=sitting.viewer_id))
    return [thing for one in asked for thing in _thing(actor, one)]


def _thing(actor: Actor, one: Submission) -> Iterator[ToDo]:
    if not is_signer(actor, one) or completeness(one).gaps:
        return
    step = signatures.next_step(one)
    if step is None or not may_sign(actor, one, step.right):
        return
    standard = one.version.standard
    yield ToDo(
        title=f"Sign: {standard.title}",
        why=f"Nothing is missing from it. The next signature is yours: {step.title}.",
        do="Read and sign",
        url=reverse("assessment:sign", args=[one.key, step.key]),
        order=8,
    )


TO_DO = ToDoSource(key="assessment.signing", things=things_to_do)
