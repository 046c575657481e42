"""What a thin room sets aside when an appeal is upheld, and all of it is looked at again by others:
an interview. The engine's own part, the panel and the decision, it sets aside itself."""

from collections.abc import Callable
from dataclasses import dataclass

from benchside.assessment.models import Submission
from benchside.core.registries import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Afresh:
    """`set_aside(submission)` in the transaction that upholds: it counts no more, and is kept."""

    key: str
    set_aside: Callable[[Submission], None]
    order: int = 0


afresh: Registry[Afresh] = Registry("what is set aside with a decision")
