"""What this part offers the others, registered at start-up."""

from collections.abc import Iterator, Mapping

from benchside.assessment.awarding import tasks
from benchside.assessment.awarding.joining import move_awards
from benchside.assessment.awarding.offers import shipped
from benchside.assessment.events import STANDARD_PUBLISHED
from benchside.assessment.models import StandardVersion
from benchside.assessment.standards import AwardMove, AwardRules
from benchside.core.registries import Plain, Subscription, subscriptions
from benchside.core.states import Diagram, DiagramSource, diagram_sources
from benchside.people.joining import movers


def tell_writers(payload: Mapping[str, Plain]) -> None:
    found = StandardVersion.objects.filter(key=payload["standard"], version=payload["version"])
    for version in found:
        tasks.tell_of_version.enqueue(version.pk)


TOLD = Subscription(
    key="assessment.tell_writers", event=STANDARD_PUBLISHED.key, handle=tell_writers
)


def diagrams() -> Iterator[Diagram]:
    """The life of an award, as each standard that comes with the program has it."""
    for standard in shipped():
        if standard.award is not None:
            yield Diagram(
                title=f"{standard.award.title} ({standard.key} {standard.version})",
                start=standard.award.start,
                rows=tuple(_rows(standard.award)),
            )


MOVERS = {
    "system": "Benchside itself",
    "keep": "a keeper of its awards",
    "ratify": "somebody who ratifies for the standard",
}


def _rows(award: AwardRules) -> Iterator[tuple[str, str, str, str, str, str]]:
    for move in award.moves:
        who = MOVERS[move.right]
        follows = "a new period begins" if move.new_period else ""
        for source in move.source:
            yield source, move.verb, move.target, who, _when(move), follows


def _when(move: AwardMove) -> str:
    parts = []
    if move.after_days is not None:
        days = abs(move.after_days)
        side = "before" if move.after_days < 0 else "after"
        parts.append(f"{days} days {side} the end of the period" if days else "the period's end")
    if move.from_days:
        parts.append(f"{move.from_days} days after the state began, at the earliest")
    if move.until_days is not None:
        parts.append(f"{move.until_days} days after the state began, at the latest")
    parts += [f"confirmed: {need}" for need in move.needs]
    if move.reasons:
        parts.append(f"a reason: {', '.join(move.reasons)}")
    return "; ".join(parts)


AWARDS = DiagramSource(key="assessment.awards", draw=diagrams)


def register() -> None:
    movers.append(move_awards)
    subscriptions.register(TOLD)
    diagram_sources.register(AWARDS)
