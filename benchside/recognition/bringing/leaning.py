"""What leans on entries that came with a list, so that it can no longer be taken back as a whole.

Every relation of the models to an entry, to its award and to its person is walked as it stands: a
room that comes later is asked without anybody thinking of this one. What goes or stays with the
list of itself is named in `OWN`; all else is in the way.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import models

from benchside.assessment.models import Award
from benchside.core.actions import Refused
from benchside.people.models import Technician
from benchside.recognition.models import Entry

# By "app.Model.field": why it is not in the way.
OWN = {
    "recognition.Entry.award": "the entry itself",
    "recognition.FormerName.entry": "brought in with it, and deleted with it",
    "recognition.FormerNumber.entry": "the same; `writing` refuses those of another list",
    "recognition.NameKey.entry": "the index, made anew",
    "recognition.EntrySeal.entry": "a chain, which goes on",
    "assessment.AwardEvent.award": "a chain; the engine refuses where more came to it",
    "assessment.Award.technician": "the award itself; another keeps its person",
    "people.ClaimInvitation.technician": "letters, which are taken back with the list",
}
# What is said of the others; one that is not here is called as its model is.
SAID = {
    "recognition.Fee.entry": "a fee was asked for {} since",
    "recognition.ConductCase.entry": "a concern was raised about {}",
    "recognition.AnnualDeclaration.entry": "a declaration of CPD was made for {}",
    "recognition.DeclarationReminder.entry": "the holder of {} was reminded of their declaration",
    "recognition.AuditCase.entry": "the CPD of {} is audited",
    "recognition.ProposedMove.entry": "a change of {} was proposed",
    "recognition.EntryRequest.entry": "a request was made for {}",
    "recognition.Spell.entry": "a state of {} is meant to end on a day",
    "recognition.Sanction.entry": "a sanction stands on {}",
    "recognition.YearlyRenewal.entry": "the next year of {} was begun",
    "recognition.RenewalLetter.entry": "a letter was sent about the next year of {}",
    "recognition.Statement.entry": "a statement was given of {}",
    "recognition.HidingRequest.entry": "the holder of {} asked not to be shown",
    "recognition.CredentialClaim.award": "a credential was asked for {}",
    "recognition.Credential.award": "a credential was issued for {}",
    "recognition.FollowUp.award": "an adviser follows {} up",
    "assessment.Challenge.award": "somebody challenged {}",
    "assessment.Renewal.award": "{} is being renewed",
    "assessment.AwardReminder.award": "a reminder was sent about {}",
    "impact.Signatory.award": "{} is signed",
}
PERSON = "more is kept of whoever holds {}"
NAMED = 5  # entries that a refusal names


def relations_to(model: type[models.Model]) -> Iterator[tuple[str, Any]]:
    """Every relation to a model, also those without a name of their own: (label, its field)."""
    for one in model._meta.get_fields(include_hidden=True):
        if one.auto_created and not one.concrete:
            field = one.field  # type: ignore[union-attr]
            yield f"{field.model._meta.label}.{field.name}", field


def said_of(label: str, field: Any) -> str:
    """With {} where the number goes."""
    if label in SAID:
        return SAID[label]
    if field.related_model is Technician:
        return PERSON
    return f"there is a {field.model._meta.verbose_name} of {{}}"


def refuse_leaned_on(entries: Sequence[Entry], *, stay: Iterable[int]) -> None:
    """Raises Refused, naming what leans on which. `stay` are people who keep their record anyway:
    what hangs on them is not these entries' affair."""
    found = told_of(entries, stay=stay)
    if not found:
        return
    words = [one for number in list(found)[:NAMED] for one in found[number]]
    if more := len(found) - NAMED:
        words += [f"so it is with {more} more"] if more > 0 else []
    text = "; ".join(words)
    raise Refused(
        f"{text[0].upper()}{text[1:]}.",
        "This list cannot be taken back as a whole now: change its entries by hand.",
    )


def told_of(entries: Sequence[Entry], *, stay: Iterable[int]) -> dict[str, list[str]]:
    """By number, in order: what leans on it, in words."""
    numbers = {one.pk: one.award.number for one in entries}
    awards = {one.award_id: one.award.number for one in entries}
    kept = set(stay)
    people = {
        one.award.technician_id: one.award.number
        for one in entries
        if one.award.technician_id is not None and one.award.technician_id not in kept
    }
    found: dict[str, list[str]] = defaultdict(list)
    for model, known in ((Entry, numbers), (Award, awards), (Technician, people)):
        for label, field in relations_to(model):
            if label not in OWN:
                for number in _held(field, known):
                    found[number].append(said_of(label, field).format(number))
    return dict(sorted(found.items()))


def _held(field: Any, known: Mapping[Any, str]) -> set[str]:
    rows = field.model._base_manager.filter(**{f"{field.name}__in": list(known)})
    return {known[pk] for pk in rows.order_by().values_list(field.name, flat=True)}
