"""Making an audit run: fix the population, draw, tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.core.models.tasks import TaskProgress
from benchside.core.states import move
from benchside.core.tasks import enqueue_watched
from benchside.people.cpd.rule import period_to
from benchside.recognition.cpd import queries, rules, sampling, tasks
from benchside.recognition.cpd.enums import Stratum
from benchside.recognition.cpd.population import Population, population_of
from benchside.recognition.cpd.states import RUNS
from benchside.recognition.models import AuditCase, AuditRun, Entry, Register
from benchside.recognition.registers.shapes import CpdRule

LEAST_DAYS = 14
A_CHUNK = 500
FAR = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run is to be: how many percent, divided by what, over which CPD."""

    year: int
    percent: Decimal
    strata: Sequence[str] = ()
    each_stratum: bool = False
    ends_on: date


def rule_of(register: Register, on: date | None = None) -> CpdRule:
    """Raises Refused for a register without a rule of CPD."""
    rule = register.rules.cpd_on(on or timezone.localdate())
    if rule is None:
        raise Refused(f"{register.name} has no rule of CPD.", "Its file has no [[cpd]] yet.")
    return rule


def preview(register: Register, plan: Plan) -> tuple[Population, sampling.Sizes]:
    """Who could be drawn, and how many would be. Nothing is written.

    Raises Refused when there is a run for the year, nobody to draw, or no rule.
    """
    if unknown := set(plan.strata) - set(Stratum.values):
        raise Refused(f"Nothing can be divided by {', '.join(sorted(unknown))}.")
    today, rule = timezone.localdate(), rule_of(register)
    if plan.ends_on > today + FAR:
        raise Refused(f"{plan.ends_on:%-d %B %Y} is too far off.", "Ask at most a year ahead.")
    if plan.year in queries.audits_by_year(register):
        raise Refused(f"There is an audit of {plan.year} already.", "Open that one.")
    since = period_to(plan.ends_on, rule.audit_months).begins
    found = population_of(register, rule, on=today, since=since, strata=plan.strata)
    if not found.members:
        raise Refused("There is nobody on the register who could be asked.")
    return found, sampling.sizes(found.members, plan.percent, each_stratum=plan.each_stratum)


def freeze_population(*, actor: Actor, register: Register, plan: Plan) -> AuditRun:
    """Fix who can be drawn, before there is a seed. Raises Denied, and Refused as `preview`."""
    with acting("cpd-run.freeze", actor=actor, subject=register, may=rules.can_run) as act:
        Register.objects.select_for_update().get(pk=register.pk)
        found, taken = preview(register, plan)
        asked = period_to(plan.ends_on, rule_of(register).audit_months)
        text = sampling.canonical(found.members)
        run = AuditRun.objects.create(
            register=register,
            year=plan.year,
            percent=plan.percent,
            strata=[one for one in Stratum.values if one in plan.strata],
            each_stratum=plan.each_stratum,
            begins_on=asked.begins,
            ends_on=asked.ends,
            frozen_on=timezone.localdate(),
            population=text.decode(),
            digest=sampling.digest(text),
            size=len(found.members),
            left_out=found.left_out,
            made_by=actor.person_id,
        )
        act.about(run)
        act.note(digest=run.digest, size=run.size, wanted=taken.total)
    return run


def draw_sample(*, actor: Actor, run: AuditRun, seed: str = "") -> int:
    """Draw, with a seed that was brought along or one nobody could foresee; returns how many.

    Raises Denied; NoSuchMove and Overtaken when it is drawn already; Refused when the population
    is not the one that was fixed.
    """
    given = seed.strip()
    if not given.isprintable() or len(given) > 100:
        raise Refused("A seed is one line of at most 100 characters.")
    if sampling.digest(run.population.encode()) != run.digest:
        raise Refused("The population is not the one that was fixed.", "Make a new run.")
    used = given or sampling.new_seed()
    with transaction.atomic():
        move(
            table=RUNS,
            subject=run,
            verb="draw",
            actor=actor,
            columns={"seed": used, "is_seed_given": bool(given)},
            detail={"seed": used, "digest": run.digest},
        )
        sample = sample_of(run)
        entries = _entries_by_number(run.register, [one.number for one in sample])
        AuditCase.objects.bulk_create(
            (
                AuditCase(
                    run=run,
                    entry_id=entries[one.number],
                    stratum=one.stratum,
                    is_certain=one.is_certain,
                )
                for one in sample
            ),
            batch_size=A_CHUNK,
        )
    return len(sample)


def sample_of(run: AuditRun) -> list[sampling.Member]:
    """The sample drawn again from what the run keeps."""
    members = sampling.parse(run.population.encode())
    return sampling.draw(members, seed=run.seed, percent=run.percent, each_stratum=run.each_stratum)


def _entries_by_number(register: Register, numbers: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(numbers), A_CHUNK):
        some = Entry.objects.filter(
            register=register, award__number__in=numbers[start : start + A_CHUNK]
        )
        found |= dict(some.values_list("award__number", "pk"))
    return found


def abandon_run(*, actor: Actor, run: AuditRun) -> None:
    """Give up a run before anything is drawn: afterwards a sample cannot be drawn until it
    pleases. Raises Denied, NoSuchMove."""
    move(table=RUNS, subject=run, verb="abandon", actor=actor)


def announce_run(*, actor: Actor, run: AuditRun, due_on: date) -> TaskProgress:
    """Send everybody who was drawn a letter. Afterwards: a task that can be watched sends them,
    each once however often it is begun again. Raises Denied, NoSuchMove; Refused for a day that is
    too near."""
    today = timezone.localdate()
    if (due_on - today).days < LEAST_DAYS:
        raise Refused("That day is too near.", f"Give people {LEAST_DAYS} days at least to answer.")
    with transaction.atomic():
        move(
            table=RUNS,
            subject=run,
            verb="announce",
            actor=actor,
            columns={"due_on": due_on},
            detail={"due_on": due_on.isoformat()},
        )
        return enqueue_watched(
            tasks.send_notices,
            run.pk,
            title=f"Letters of the CPD audit {run.year}",
            owner=actor.person_id,
            key=f"recognition.cpd.notices.{run.pk}",
            then=reverse("recognition:cpd_run", args=[run.register.slug, run.pk]),
        )
