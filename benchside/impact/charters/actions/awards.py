"""The status that signing awards, kept in step with what is signed, late or left.

An officer's word, or a day gone by, was asked about before: the engine hears it from Benchside.
"""

from datetime import date

from django.utils import timezone

from benchside.assessment import actions as engine
from benchside.assessment.actions.awards import Given
from benchside.assessment.models import Award, StandardVersion
from benchside.core.actions import SYSTEM, Refused
from benchside.impact.enums import Part
from benchside.impact.models import Signatory


def grant(signatory: Signatory, on: date) -> Award:
    """Raises Refused where the charter names no standard that is published."""
    charter = signatory.charter
    is_supporter = signatory.part == Part.SUPPORTER
    key = charter.supporter_standard if is_supporter else charter.status_standard
    version = StandardVersion.objects.in_force(key)
    if version is None:
        raise Refused(
            "Nothing can be awarded yet: the standard of the status is not published.",
            "Publish it under Standards, and name it in the charter's details.",
        )
    return engine.grant_award(
        actor=SYSTEM,
        version=version,
        given=Given(organisation=signatory.organisation, starts_on=on),
    )


def move_if(signatory: Signatory, verb: str, *, reason: str = "", on: date | None = None) -> bool:
    """Move the award where its standard's file has this verb from where it stands; else nothing."""
    award = signatory.award
    rules = award.version.standard.award if award else None
    if award is None or rules is None:
        return False
    if not any(one.verb == verb and award.state in one.source for one in rules.moves):
        return False
    last = award.events.order_by("-number").values_list("effective_on", flat=True).first()
    day = on or timezone.localdate()
    engine.move_award(
        actor=SYSTEM,
        award=award,
        verb=verb,
        reason=reason,
        effective_on=max(day, last) if last else day,
    )
    return True
