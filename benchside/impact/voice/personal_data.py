"""What is kept of technicians' words, and of the reports on all plans."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

YEARS = "While the organisation keeps the plan."


def _said(purpose: str, erasure: Erasure = Erasure.BLANKED) -> Personal:
    return Personal(purpose, Basis.LEGITIMATE_INTERESTS, YEARS, erasure)


declare(
    "impact.Suggestion",
    seen_by="You. The lead and deputies read the words, and your name only if you say so.",
    personal={
        "technician": _said("Telling you what became of it."),
        "title": _said("Hearing what technicians would have in the plan."),
        "why": _said("Understanding it."),
        "may_name": _said("Obeying your choice."),
        "answered_by": _said("Being able to say who answered.", Erasure.KEPT),
    },
    not_personal="key plan area state answer action made_at answered_at",
)
declare(
    "impact.Opinion",
    seen_by="You. The lead and deputies see counts from five on, words without a name in lots of "
    "five, and your name only if you say so.",
    personal={
        "technician": _said("Letting you change it, counting you once.", Erasure.DELETED),
        "feeling": _said("Knowing what matters to technicians.", Erasure.DELETED),
        "words": _said("Understanding it.", Erasure.DELETED),
        "may_name": _said("Obeying your choice.", Erasure.DELETED),
    },
    not_personal="action said_at",
)
declare(
    "impact.AnalysisReport",
    not_personal="charter year title intro closing figures made_at published_at",
)
