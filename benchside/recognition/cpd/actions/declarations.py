"""The yearly declaration."""

from dataclasses import dataclass

from django.db import IntegrityError
from django.utils import timezone

from benchside.assessment.awarding.queries import state_of
from benchside.assessment.limits import whole
from benchside.core.actions import Actor, Refused, acting
from benchside.recognition.cpd import rules
from benchside.recognition.cpd.declaring import due_on
from benchside.recognition.cpd.queries import years_to_declare
from benchside.recognition.models import AnnualDeclaration, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody declares of a year. Words are needed where one of the two is no."""

    is_kept: bool
    is_conduct_kept: bool
    had_break: bool = False
    words: str = ""


def declare_year(*, actor: Actor, entry: Entry, year: int, said: Said) -> AnnualDeclaration:
    """Declare a year, once. Raises Denied; Refused for a year that is not open or was declared, and
    for a no without words."""
    words = whole(said.words, 2000, "What you say")
    if not (said.is_kept and said.is_conduct_kept) and not words:
        raise Refused("Say what happened.", "A few honest words are enough.")
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
