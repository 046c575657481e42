"""Running a charter: its words, its cohorts, its rules."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.assessment.models import Submission
from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import publish
from benchside.impact.charters import files, queries, rules
from benchside.impact.charters.actions import awards
from benchside.impact.charters.deadlines import Rules, plain, round_key
from benchside.impact.charters.events import CHARTER_CHANGED
from benchside.impact.models import Charter, CharterRules, Cohort, Cycle

BEGINNING = date(2000, 1, 1)  # the first rules hold for all that was before them too


def create_charter(*, actor: Actor, values: Mapping[str, Any]) -> Charter:
    """A charter with the rules every charter begins with. Raises Denied; Refused for a slug that
    is taken."""
    with acting("charter.create", actor=actor, subject=None, may=rules.can_run) as act:
        charter = Charter(**{"status_standard": files.SIGNATORY, **values})
        charter.supporter_standard = charter.supporter_standard or files.SUPPORTER
        try:
            with transaction.atomic():
                charter.save()
        except IntegrityError:
            raise Refused("There is a charter with this address.", "Choose another one.") from None
        CharterRules.objects.create(
            charter=charter, valid_from=BEGINNING, content=plain(files.FIRST_RULES)
        )
        act.about(charter)
        publish(CHARTER_CHANGED.key, charter=charter.slug)
    return charter


def keep_charter(*, actor: Actor, charter: Charter, values: Mapping[str, Any]) -> None:
    """Change its words, its contact, its standards, or whether it takes signatories. Its address
    stays."""
    with acting("charter.keep", actor=actor, subject=charter, may=rules.can_run) as act:
        for name, value in values.items():
            if name != "slug":
                setattr(charter, name, value)
        charter.save()
        act.note(fields=sorted(values))
        publish(CHARTER_CHANGED.key, charter=charter.slug)


def keep_cohort(
    *, actor: Actor, charter: Charter, cohort: Cohort | None, title: str, announced_on: date
) -> Cohort:
    """Make a cohort, or change one; its day is fixed once somebody was announced with it."""
    kept = cohort or Cohort(charter=charter)
    with acting("cohort.keep", actor=actor, subject=charter, may=rules.can_run) as act:
        moves = cohort is not None and cohort.announced_on != announced_on
        if moves and queries.announced(charter).filter(cohort=cohort).exists():
            raise Refused(
                "Its signatories are announced already: the day stands.", "Change the title alone."
            )
        kept.title, kept.announced_on = title.strip(), announced_on
        try:
            with transaction.atomic():
                kept.save()
        except IntegrityError:
            raise Refused("There is a cohort of this name.", "Give it another one.") from None
        act.about(kept)
        publish(CHARTER_CHANGED.key, charter=charter.slug)
    return kept


def set_rules(*, actor: Actor, charter: Charter, valid_from: date, new: Rules) -> int:
    """Rules from a day on, and every open stage they reach gets its new day. What is sent in, or
    set by an officer, stays. Returns how many stages moved. Raises Denied."""
    with acting("charter.set_rules", actor=actor, subject=charter, may=rules.can_run) as act:
        locked = Charter.objects.select_for_update().get(pk=charter.pk)
        effects = queries.effects_of(locked, valid_from, new)
        CharterRules.objects.update_or_create(
            charter=locked, valid_from=valid_from, defaults={"content": plain(new)}
        )
        for effect in effects:
            _move_stage(effect)
        act.note(valid_from=valid_from.isoformat(), moved=len(effects), rules=plain(new))
        publish(CHARTER_CHANGED.key, charter=charter.slug)
    return len(effects)


def _move_stage(effect: queries.Effect) -> None:
    cycle, due = effect.cycle, effect.after
    Cycle.objects.filter(pk=cycle.pk).update(
        first_due_on=due.first_due_on, due_on=due.due_on, plan_months=due.plan_months
    )
    if cycle.submission_id:
        Submission.objects.filter(pk=cycle.submission_id).update(round=round_key(due.due_on))
    if due.due_on >= timezone.localdate():
        awards.move_if(cycle.signatory, "catch-up")
