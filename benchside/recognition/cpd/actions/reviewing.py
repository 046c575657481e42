"""Reading a year against the standards, a verdict each, and what follows from it.

That somebody has not met them takes two people: who reads first doubts, who reads second fails.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from benchside.assessment.limits import whole
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.states import move
from benchside.recognition.cpd import letters, rules
from benchside.recognition.cpd.enums import LetterKind, StandardKey
from benchside.recognition.cpd.states import CASES
from benchside.recognition.cpd.year import rule_of, standards_of
from benchside.recognition.models import AuditCase, AuditVerdict

LEAST_DAYS = 14


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader found of one standard; words are needed where it is not met."""

    is_met: bool
    words: str = ""


Verdicts = Mapping[StandardKey, Found]


def accept_year(*, actor: Actor, case: AuditCase, verdicts: Verdicts, words: str = "") -> None:
    """All standards are met. Afterwards: a letter. Raises Denied, NoSuchMove; Refused while a
    standard is not said to be met."""
    if unmet := [key for key, one in verdicts.items() if not one.is_met]:
        raise Refused(
            f"You say that this is not met: {StandardKey(unmet[0]).label}.",
            "Ask again, or say that it is met.",
        )
    _decide(actor, case, verdicts, "accept", words, kind=LetterKind.ACCEPTED)


def ask_again(
    *, actor: Actor, case: AuditCase, verdicts: Verdicts, words: str, due_on: date
) -> None:
    """Something is missing: say what, and until when. Afterwards: a letter. Raises Denied,
    NoSuchMove; NeedsMore when it was asked as often as the rule allows; Refused without words or
    for a day that is too near."""
    if (due_on - timezone.localdate()).days < LEAST_DAYS:
        raise Refused("That day is too near.", f"Give them {LEAST_DAYS} days at least.")
    _decide(actor, case, verdicts, "ask-again", words, kind=LetterKind.ASKED_AGAIN, due_on=due_on)


def doubt_year(*, actor: Actor, case: AuditCase, verdicts: Verdicts, words: str) -> None:
    """It is not met, as far as the first reader sees: somebody else looks at it. Nobody is told.
    Raises Denied, NoSuchMove, Refused."""
    _needs_unmet(verdicts)
    _decide(actor, case, verdicts, "doubt", words)


def fail_year(*, actor: Actor, case: AuditCase, verdicts: Verdicts, words: str) -> None:
    """A second reader finds it not met either: it goes to the committee, and they are told so.
    Raises Denied to the first reader, NoSuchMove, Refused."""
    _needs_unmet(verdicts)
    with transaction.atomic():
        _decide(actor, case, verdicts, "fail", words)
        move(table=CASES, subject=case, verb="refer", actor=SYSTEM)
        letters.send_once(case, LetterKind.COMMITTEE)


def _needs_unmet(verdicts: Verdicts) -> None:
    if all(one.is_met for one in verdicts.values()):
        raise Refused("You say that every standard is met.", "Say which is not, and why.")


def _decide(
    actor: Actor,
    case: AuditCase,
    verdicts: Verdicts,
    verb: str,
    words: str,
    *,
    kind: LetterKind | None = None,
    due_on: date | None = None,
) -> None:
    words = whole(words, 4000, "What you say to them")
    if actor.person_id is None or not rules.can_review(actor, case):
        raise Denied(f"cpd-audit.{verb}")
    if verb != "accept" and not words:
        raise Refused("Say to them what is missing.", "They read these words.")
    _whole(case, verdicts)
    columns: dict[str, object] = {"words": words}
    if due_on is not None:
        columns |= {"due_on": due_on, "rounds": case.rounds + 1, "time_refused_at": None}
    with transaction.atomic():
        _keep(actor.person_id, case, verdicts)
        move(table=CASES, subject=case, verb=verb, actor=actor, columns=columns)
        if kind is not None:
            letters.send_once(case, kind)


def _whole(case: AuditCase, verdicts: Verdicts) -> None:
    asked = standards_of(rule_of(case.run))
    if missing := [key for key in asked if key not in verdicts]:
        raise Refused(f"There is no verdict yet: {missing[0].label}.", "Give one for each.")
    for key, one in verdicts.items():
        if not one.is_met and not one.words.strip():
            raise Refused(f"Say what is missing: {StandardKey(key).label}.")


def _keep(reader: UUID, case: AuditCase, verdicts: Verdicts) -> None:
    """The verdicts of one reader in this round; what they said before in it is said anew."""
    mine = AuditVerdict.objects.filter(case=case, round=case.rounds, made_by=reader)
    mine.delete()
    AuditVerdict.objects.bulk_create(
        AuditVerdict(
            case=case,
            round=case.rounds,
            standard=key,
            is_met=one.is_met,
            words=whole(one.words, 2000, "The verdict"),
            made_by=reader,
        )
        for key, one in verdicts.items()
    )
