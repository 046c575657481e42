"""The yearly declaration, and correcting it."""

from dataclasses import dataclass

from django.db import IntegrityError
from django.utils import timezone

from benchside.assessment.awarding.queries import state_of
from benchside.assessment.limits import whole
from benchside.core.actions import Actor, Refused, acting
from benchside.recognition.cpd import rules
from benchside.recognition.cpd.declaring import due_on
from benchside.recognition.cpd.queries import (
    correctable_until,
    is_looked_into,
    years_to_declare,
)
from benchside.recognition.models import AnnualDeclaration, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody declares of a year. Words are needed where one of the two is no."""

    is_kept: bool
    is_conduct_kept: bool
    had_break: bool = False
    words: str = ""


def _words_of(said: Said) -> str:
    words = whole(said.words, 2000, "What you say")
    if not (said.is_kept and said.is_conduct_kept) and not words:
        raise Refused("Say what happened.", "A few honest words are enough.")
    return words


def declare_year(*, actor: Actor, entry: Entry, year: int, said: Said) -> AnnualDeclaration:
    """Declare a year, once. Raises Denied; Refused for a year that is not open or was declared, and
    for a no without words."""
    words = _words_of(said)
    with acting("cpd.declare", actor=actor, subject=entry, may=rules.can_declare) as act:
        today = timezone.localdate()
        rule = entry.register.rules.cpd_on(today)
        if rule is None or year not in years_to_declare(entry, today):
            raise Refused(f"{year} is not open to declare.", "It was declared, or it is too early.")
        if not state_of(entry.award).stands:
            raise Refused("You are not on the register now.", "Write to the registrar.")
        try:
            made = AnnualDeclaration.objects.create(
                entry=entry,
                year=year,
                is_kept=said.is_kept,
                is_conduct_kept=said.is_conduct_kept,
                had_break=said.had_break,
                words=words,
                due_on=due_on(year, rule.declare_by),
            )
        except IntegrityError:
            raise Refused(f"{year} was declared already.") from None
        act.about(made)
        act.note(year=year, kept=said.is_kept, conduct=said.is_conduct_kept)
    return made


def correct_declaration(*, actor: Actor, declaration: AnnualDeclaration, said: Said) -> None:
    """Say something else of a year that was declared; what was said before is kept.

    Raises Denied; Refused when the days for it are over, while an audit of that year is open, for
    somebody off the register, and for a no without words or nothing that is new.
    """
    words = _words_of(said)
    with acting("cpd.correct", actor=actor, subject=declaration, may=rules.can_declare) as act:
        held = AnnualDeclaration.objects.select_for_update().get(pk=declaration.pk)
        _refuse_correcting(held)
        new = {
            "is_kept": said.is_kept,
            "is_conduct_kept": said.is_conduct_kept,
            "had_break": said.had_break,
            "words": words,
        }
        before = {name: getattr(held, name) for name in new}
        if new == before:
            raise Refused("That is what you said before.", "Change what is not right.")
        held.earlier.create(**before, said_at=held.corrected_at or held.made_at)
        for name, value in new.items():
            setattr(held, name, value)
        held.corrected_at = timezone.now()
        held.save(update_fields=[*new, "corrected_at"])
        act.note(year=held.year, kept=said.is_kept, conduct=said.is_conduct_kept)
    declaration.refresh_from_db()


def _refuse_correcting(held: AnnualDeclaration) -> None:
    if is_looked_into(held.entry, held.year):
        raise Refused(
            f"The CPD of {held.year} is being looked at.", "Write to the registrar instead."
        )
    if not state_of(held.entry.award).stands:
        raise Refused("You are not on the register now.", "Write to the registrar.")
    if correctable_until(held, timezone.localdate()) is None:
        raise Refused(
            f"The days to correct {held.year} are over.", "Write to the registrar instead."
        )
