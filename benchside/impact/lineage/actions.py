"""From one plan to the next: begun, each action decided about, linked, taken back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.impact.enums import ActionState, Carried, Origin, PlanState
from benchside.impact.lineage.undecided import earlier_actions
from benchside.impact.models import Action, Carrying, Cycle, Milestone, Plan, Success
from benchside.impact.plans import rules
from benchside.impact.plans.actions import begin_plan
from benchside.impact.plans.actions.writing import checked

LONGEST_WHY = 500
# What goes with an action into the next plan; how it went does not.
COPIED = (
    "code", "number", "areas", "title", "objective", "rationale", "text", "internal", "themes",
    "other_charters", "owner", "owner_post", "starts_on", "cost",
)  # fmt: skip
# What may be said anew while it is carried over.
CHANGEABLE = ("title", "text", "due_on", "areas")


def continue_plan(
    *,
    actor: Actor,
    plan: Plan,
    title: str,
    starts_on: date,
    ends_on: date,
    cycle: Cycle | None = None,
) -> Plan:
    """Begin the plan after this one. Nothing is copied yet: each action waits for a word.

    Raises Refused where there is one after it already or it was never agreed; Denied.
    """
    if plan.state == PlanState.DRAFT:
        raise Refused("This plan is not agreed yet.", "Agree it first; then continue it.")
    return begin_plan(
        actor=actor,
        organisation=plan.organisation,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        cycle=cycle,
        before=plan,
    )


def carry(
    *,
    actor: Actor,
    plan: Plan,
    earlier: Action,
    carried: str,
    why: str = "",
    changes: Mapping[str, Any] | None = None,
) -> Carrying:
    """Say what becomes of an action of the plan before, in a plan being written.

    Continued, extended, narrowed and revised ones stand in the new plan under the same code, with
    their measures, whose last observations become baselines. A word said before is taken back
    first. Raises Refused for no reason where one is needed, a plan that is agreed; Denied.
    """
    if not rules.can_keep(actor, plan):
        raise Denied("action.carry")
    why = why.strip()
    _refuse_saying(plan, earlier, carried, why)
    values = checked({name: value for name, value in (changes or {}).items() if name in CHANGEABLE})
    with acting("action.carry", actor=actor, subject=earlier, may=rules.can_keep) as act:
        _locked(plan)
        _take_back(actor, plan, earlier)
        action = None
        if carried != Carried.STOPPED:
            action = _copy(plan, earlier, carried, why, values)
        made = Carrying.objects.create(
            plan=plan, earlier=earlier, carried=carried, why=why, action=action,
            decided_by=actor.person_id,
        )  # fmt: skip
        act.note(code=earlier.code, carried=carried, plan=plan.pk)
    return made


def carry_many(
    *, actor: Actor, plan: Plan, earlier: list[Action], carried: str, why: str = ""
) -> int:
    """The same word about several actions, all or none; gives how many."""
    with transaction.atomic():
        for one in earlier:
            carry(actor=actor, plan=plan, earlier=one, carried=carried, why=why)
    return len(earlier)


def take_back(*, actor: Actor, carrying: Carrying) -> None:
    """Take a word back while the plan is a draft; what it put into the plan goes too. A link of
    two actions that were there by themselves can be taken back at any time.

    Raises Refused for a plan that is agreed, and for an action that was worked on since; Denied.
    """
    with acting("action.uncarry", actor=actor, subject=carrying.earlier, may=rules.can_keep) as act:
        if not carrying.was_called:
            _locked(carrying.plan)
        _take_back(actor, carrying.plan, carrying.earlier)
        act.note(code=carrying.earlier.code, plan=carrying.plan_id)


def link(
    *, actor: Actor, action: Action, earlier: Action, carried: str, why: str = ""
) -> Carrying:  # fmt: skip
    """Say that an action of a plan, as when both were brought in from files, is one of the plan
    before. It takes over the code that one has: an action has one code for ever.

    Raises Refused where either is linked already or they are not of plans that follow; Denied.
    """
    plan = action.plan
    if carried == Carried.STOPPED:
        raise Refused("What goes on is not stopped.", "Choose how it goes on.")
    if plan.before_id is None or earlier.plan_id != plan.before_id:
        raise Refused("These plans do not follow each other.", "Say first which plan is before.")
    why = why.strip() or ("" if carried == Carried.CONTINUED else "Found alike in both plans.")
    with acting("action.link", actor=actor, subject=action, may=rules.can_keep) as act:
        if plan.carryings.filter(earlier=earlier).exists() or action.before_id is not None:
            raise Refused("One of the two is linked already.", "Take that back first.")
        taken = plan.actions.filter(code=earlier.code).exclude(pk=action.pk)
        if taken.exists():
            raise Refused(
                f"Another action of this plan is called {earlier.code}.", "Link that one, or none."
            )
        was_called = action.code
        act.note(code=earlier.code, was=was_called, plan=plan.pk)
        Action.objects.filter(pk=action.pk).update(
            before=earlier, code=earlier.code, number=earlier.number, carried=carried,
            carried_why=why[:LONGEST_WHY],
        )  # fmt: skip
        made = Carrying.objects.create(
            plan=plan, earlier=earlier, carried=carried, why=why[:LONGEST_WHY], action=action,
            was_called=was_called, decided_by=actor.person_id,
        )  # fmt: skip
        action.refresh_from_db()
    return made


def follow(*, actor: Actor, plan: Plan, before: Plan) -> None:
    """Say that a plan follows another, as when both were brought in. Raises Refused, Denied."""
    if before.organisation_id != plan.organisation_id or before.pk == plan.pk:
        raise Refused("Choose an earlier plan of your own.")
    if before.starts_on >= plan.starts_on:
        raise Refused("That plan does not begin earlier.", "Choose one that does.")
    with acting("plan.follow", actor=actor, subject=plan, may=rules.can_keep) as act:
        if plan.carryings.exists():
            raise Refused("Actions are linked to another plan.", "Take those links back first.")
        try:
            with transaction.atomic():
                Plan.objects.filter(pk=plan.pk).update(before=before)
        except IntegrityError:
            raise Refused("Another plan follows that one already.") from None
        plan.before = before
        act.note(before=before.pk)


# --- inside -------------------------------------------------------------------------------------
def _refuse_saying(plan: Plan, earlier: Action, carried: str, why: str) -> None:
    if plan.state != PlanState.DRAFT:
        raise Refused(
            "This plan is agreed: what it says of the plan before stays.",
            "Change or stop the action itself.",
        )
    if carried not in Carried.values:
        raise Refused("Say what becomes of it.", "Choose one of the five.")
    if not earlier_actions(plan).filter(pk=earlier.pk).exists():
        raise Refused("This action is not of the plan before.")
    if carried != Carried.CONTINUED and not why:
        raise Refused(
            "Say why, in a sentence.", "In three years somebody will ask, and you may be elsewhere."
        )
    if len(why) > LONGEST_WHY:
        raise Refused(f"The reason is {len(why) - LONGEST_WHY} characters too long.")


def _locked(plan: Plan) -> None:
    held = Plan.objects.select_for_update().get(pk=plan.pk)
    if held.state != PlanState.DRAFT:
        raise Refused("This plan was agreed a moment ago.", "Change or stop the action itself.")


def _take_back(actor: Actor, plan: Plan, earlier: Action) -> None:
    found = Carrying.objects.filter(plan=plan, earlier=earlier).select_related("action").first()
    if found is None:
        return
    action = found.action
    if action is None:
        found.delete()
    elif found.was_called:
        _part(action, found.was_called)
        found.delete()
    else:
        _refuse_used(action)
        action.delete()  # and the word with it


def _part(action: Action, code: str) -> None:
    """An action that was linked gets its own code back."""
    number = code.rpartition("-")[2]
    Action.objects.filter(pk=action.pk).update(
        before=None, carried="", carried_why="", code=code,
        number=int(number) if number.isdigit() else 0,
    )  # fmt: skip


def _refuse_used(action: Action) -> None:
    is_used = (
        action.notes.exists()
        or action.evidence.exists()
        or action.state not in {ActionState.PROPOSED, ActionState.AGREED}
    )
    if is_used:
        raise Refused(
            f"{action.code} was worked on in the new plan already.",
            "Change it there, or stop it there with a reason.",
        )


def _copy(
    plan: Plan, earlier: Action, carried: str, why: str, values: Mapping[str, Any]
) -> Action:  # fmt: skip
    kept = {name: getattr(earlier, name) for name in COPIED}
    if kept["starts_on"] is not None:
        kept["starts_on"] = max(kept["starts_on"], plan.starts_on)
    due = earlier.due_on if earlier.due_on and earlier.due_on >= plan.starts_on else None
    try:
        with transaction.atomic():
            made = Action.objects.create(
                plan=plan, before=earlier, origin=Origin.EARLIER, origin_ref=str(earlier.pk),
                carried=carried, carried_why=why, position=plan.actions.count(),
                **{**kept, "due_on": due, **values},
            )  # fmt: skip
    except IntegrityError:
        raise Refused(
            f"This plan has an action {earlier.code} already.",
            "Somebody may have carried it over a moment ago: look at the list again.",
        ) from None
    made.contributors.set(earlier.contributors.all())
    _copy_measures(earlier, made)
    Milestone.objects.bulk_create(
        [
            Milestone(action=made, title=step.title, due_on=step.due_on)
            for step in earlier.milestones.filter(done_on__isnull=True)
        ]
    )
    return made


def _copy_measures(earlier: Action, made: Action) -> None:
    """The last value seen of a measure is where the next plan begins."""
    for one in earlier.successes.prefetch_related("observations"):
        last = next(iter(one.observations.all()), None)  # latest first
        Success.objects.create(
            action=made, title=one.title, measure=one.measure, unit=one.unit,
            baseline=last.value if last else one.baseline,
            baseline_on=last.observed_on if last else one.baseline_on,
            target=one.target, target_on=None, denominator=one.denominator, source=one.source,
        )  # fmt: skip
