"""Figures of the house as a submission may cite them: safe to leave the workspace.

What is cited is frozen, signed and read outside, so a figure about people is cited as it stood on
the newest census that is shown, rounded by the policy its measure names; others as of today.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from benchside.assessment.content import asked
from benchside.assessment.models import Figure, Submission
from benchside.core.disclosure import PUPILS, WORKFORCE, Policy, protect_count, protect_list
from benchside.core.registries import Measure, Measured, measures
from benchside.organisations.models import Organisation
from benchside.organisations.staff import releasing

POLICIES = {"workforce": WORKFORCE, "pupils": PUPILS}


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure as it may be shown. Without `on` nothing is known; without `value` it is known, and
    hidden to protect people."""

    value: float | None = None
    people: int | None = None
    on: date | None = None


def cite(measure: Measure, organisation_id: int) -> Cited:
    """The newest value that may leave the workspace."""
    policy = POLICIES.get(measure.policy)
    day = _census(organisation_id) if measure.policy else timezone.localdate()
    if day is None or (measure.policy and policy is None):
        return Cited()  # a policy nobody knows hides all
    found = measure.observe(organisation_id, day)
    if found is None:
        return Cited()
    return _protected(found, policy, day) if policy else Cited(found.value, found.people, day)


def _protected(found: Measured, policy: Policy, day: date) -> Cited:
    if found.people is None:
        shown = protect_count(found.value, policy=policy, closed=True)
        return Cited(shown.value, None, day)
    part = min(int(found.value), found.people)
    both = {"in": part, "out": found.people - part}
    table = protect_list(both, policy=policy, closed=True)
    total = None if table.total.value is None else int(table.total.value)
    return Cited(table.cells["in"].value, total, day)


def _census(organisation_id: int) -> date | None:
    """The newest census day whose figures are shown."""
    shown = releasing.snapshots_of(Organisation(pk=organisation_id))
    newest = shown.filter(shown__isnull=False).first()
    return newest.day if newest else None


def prefill(submission: Submission) -> None:
    """Every measure that its criteria name, as it stands now. A key no room offers is kept by its
    name, so that whoever writes sees that it is missing."""
    Figure.objects.bulk_create(
        Figure(submission=submission, criterion=key, **values_of(measure, submission))
        for key, measure in _named(submission)
    )


def _named(submission: Submission) -> Iterator[tuple[str, str]]:
    if submission.organisation_id is None:
        return
    for one in asked(submission):
        for measure in dict.fromkeys(one.measures):
            yield one.key, measure[:60]


def values_of(key: str, submission: Submission) -> dict[str, object]:
    """The columns of a figure, looked up anew."""
    if key not in measures or submission.organisation_id is None:
        return {"measure": key, "title": key, "value": None, "people": None, "observed_on": None}
    measure = measures[key]
    cited = cite(measure, submission.organisation_id)
    return {
        "measure": key,
        "title": measure.title,
        "unit": measure.unit,
        "value": cited.value,
        "people": cited.people,
        "observed_on": cited.on,
    }


def missing(submission: Submission, criterion: str) -> list[str]:
    """Measures a criterion names and the submission does not cite yet: it began before them."""
    held = set(submission.figures.filter(criterion=criterion).values_list("measure", flat=True))
    return [key for where, key in _named(submission) if where == criterion and key not in held]


def in_words(figure: Figure) -> str:
    """A sentence to put into a text: value, denominator and day. Empty where nothing is known."""
    if figure.own_value is not None:
        said = f"{figure.title}: {number(figure.own_value)}"
        return f"{said}{_unit(figure)} (our own count: {figure.own_reason.rstrip('.')})."
    if figure.value is None or figure.observed_on is None:
        return ""
    of = "" if figure.people is None else f" of {figure.people:,}"
    return (
        f"{figure.title}: {number(figure.value)}{of}{_unit(figure)}"
        f" ({figure.observed_on:%-d %B %Y})."
    )


def number(value: float) -> str:
    """Without a tail of noughts."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0")


def _unit(figure: Figure) -> str:
    return f" {figure.unit}" if figure.unit else ""
