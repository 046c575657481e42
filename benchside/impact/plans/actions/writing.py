"""Plans begun, actions proposed and changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.core.registries import publish
from benchside.impact.enums import Area, Delivery, Origin, PlanState
from benchside.impact.models import Action, Cycle, Plan
from benchside.impact.plans import changes as history
from benchside.impact.plans import codes, rules
from benchside.impact.published.events import PLAN_CHANGED
from benchside.organisations.models import Membership, Organisation

# What `change_action` takes; state goes through `move_action`.
FIELDS = (
    "title", "areas", "objective", "rationale", "text", "internal", "themes", "other_charters",
    "owner", "owner_post", "contributors", "starts_on", "due_on", "cost", "delivery",
    "delivery_why", "position",
)  # fmt: skip
LONGEST_TITLE = 120  # of a plan
LISTS = {"areas", "themes", "other_charters"}  # which may be empty
LATE = {Delivery.AMBER, Delivery.RED}


def begin_plan(
    *,
    actor: Actor,
    organisation: Organisation,
    title: str,
    starts_on: date,
    ends_on: date,
    cycle: Cycle | None = None,
    before: Plan | None = None,
) -> Plan:
    """Begin a plan, for a charter's cycle or for itself; `before` is the plan it continues.

    Raises Refused for an end before the start, a cycle or a plan before that is another
    organisation's or has one already; Denied.
    """
    _refuse_dates(starts_on, ends_on)
    _refuse_long(title)
    if cycle is not None and cycle.signatory.organisation_id != organisation.pk:
        raise Refused("This stage belongs to another organisation.", "Choose one of your own.")
    if before is not None and before.organisation_id != organisation.pk:
        raise Refused("The plan before belongs to another organisation.", "Choose one of yours.")
    with acting("plan.begin", actor=actor, subject=organisation, may=rules.can_keep) as act:
        try:
            with transaction.atomic():
                plan = Plan.objects.create(
                    organisation=organisation,
                    title=title.strip() or "Action plan",
                    starts_on=starts_on,
                    ends_on=ends_on,
                    cycle=cycle,
                    before=before,
                )
        except IntegrityError:
            raise Refused(
                "There is a plan for this already.", "Open it, and go on writing there."
            ) from None
        act.about(plan)
        act.note(organisation=organisation.pk)
    return plan


def change_plan(*, actor: Actor, plan: Plan, title: str, starts_on: date, ends_on: date) -> None:
    """Another title or other years. Raises Refused for an end before the start, Denied."""
    refuse_closed(plan)
    _refuse_dates(starts_on, ends_on)
    _refuse_long(title)
    with acting("plan.change", actor=actor, subject=plan, may=rules.can_keep):
        plan.title, plan.starts_on, plan.ends_on = title.strip() or plan.title, starts_on, ends_on
        plan.save(update_fields=["title", "starts_on", "ends_on"])
        publish(PLAN_CHANGED.key, plan=plan.pk)


def _refuse_dates(starts_on: date, ends_on: date) -> None:
    if ends_on <= starts_on:
        raise Refused("The plan ends before it starts.", "Give an end after the start.")


def _refuse_long(title: str) -> None:
    if len(title.strip()) > LONGEST_TITLE:
        raise Refused("The title is too long.", f"At most {LONGEST_TITLE} characters fit.")


def refuse_closed(plan: Plan) -> None:
    if plan.state == PlanState.CLOSED:
        raise Refused("This plan is closed.", "Open it again first, or write in the plan after.")


def propose_action(
    *,
    actor: Actor,
    plan: Plan,
    title: str,
    areas: Sequence[str],
    origin: str = Origin.LEAD,
    origin_ref: str = "",
    text: str = "",
    due_on: date | None = None,
) -> Action:
    """Put an action into a plan, with the next code of its first area.

    What was taken over before from the same `origin` and `origin_ref` is given back as it is.
    Raises Refused for no title, no area or a closed plan; Denied.
    """
    refuse_closed(plan)
    values = checked({"title": title, "areas": list(areas), "text": text, "due_on": due_on})
    if not rules.can_keep(actor, plan):
        raise Denied("action.propose")
    if held := _taken_over(plan, origin, origin_ref):
        return held
    try:
        with acting("action.propose", actor=actor, subject=plan, may=rules.can_keep) as act:
            code, number = codes.next_code(plan.organisation_id, values["areas"][0])
            action = Action.objects.create(
                plan=plan, code=code, number=number, position=plan.actions.count(),
                origin=Origin(origin), origin_ref=codes.ref(origin_ref), **values,
            )  # fmt: skip
            act.about(action)
            act.note(code=code, origin=str(origin))
    except IntegrityError:  # somebody took it over at the same moment
        if held := _taken_over(plan, origin, origin_ref):
            return held
        raise
    return action


def _taken_over(plan: Plan, origin: str, origin_ref: str) -> Action | None:
    if not origin_ref:
        return None
    found = Action.objects.filter(plan=plan, origin=origin, origin_ref=codes.ref(origin_ref))
    return found.select_related("plan").first()


def change_action(*, actor: Actor, action: Action, changes: Mapping[str, Any]) -> list[str]:
    """Change fields of an action, each change kept in its history; returns which did change.

    `changes` are fields of FIELDS by name: `owner` is a user or None, `contributors` are users.
    Raises Refused for a value that cannot be, for somebody who is no member, for a closed plan;
    Denied; KeyError for a field that is not to be changed so.
    """
    refuse_closed(action.plan)
    values = checked(changes)
    with acting("action.change", actor=actor, subject=action, may=rules.can_keep) as act:
        changed = apply(actor, action, values)
        act.note(fields=sorted(changed))
    return sorted(changed)


def checked(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes in the shape they are kept in. Raises Refused, KeyError."""
    values = dict(changes)
    if unknown := set(values) - set(FIELDS):
        raise KeyError(f"An action has no {sorted(unknown)} to change.")
    if "title" in values:
        values["title"] = " ".join(str(values["title"]).split())
        if not values["title"]:
            raise Refused("An action needs words.", "Say in one sentence what will be done.")
    if "areas" in values:
        values["areas"] = list(dict.fromkeys(values["areas"]))
        if not values["areas"] or set(values["areas"]) - set(Area.values):
            raise Refused("An action needs an area.", "Choose at least one of the five.")
    for name in ("themes", "other_charters"):
        if name in values:
            values[name] = list(dict.fromkeys(str(one)[:80] for one in values[name]))[:26]
    for name, value in values.items():
        field = Action._meta.get_field(name)
        longest = getattr(field, "max_length", None)
        if isinstance(value, str) and longest and len(value) > longest:
            raise Refused(
                f"The {name.replace('_', ' ')} is {len(value) - longest} characters too long.",
                f"At most {longest} fit.",
            )
    return values


def apply(actor: Actor, action: Action, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set what differs from the database, with history: inside the caller's action."""
    now = Action.objects.select_for_update(of=("self",)).select_related("plan").get(pk=action.pk)
    _refuse_outsiders(now, values)
    changed: dict[str, tuple[Any, Any]] = {}
    for name, value in values.items():
        if name == "contributors":
            _set_contributors(now, list(value), changed)
        elif (was := getattr(now, name)) != value:
            changed[name] = (was, value)
            setattr(now, name, value)
    if "delivery" in changed or "delivery_why" in changed:
        now.delivery_at = timezone.now()
    _refuse_unexplained(now)
    now.changed_at = timezone.now()
    columns = {*(set(changed) - {"contributors"}), "changed_at", "delivery_at"}
    if changed:
        try:
            now.clean_fields(exclude=({f.name for f in Action._meta.fields} - columns) | LISTS)
        except ValidationError as wrong:
            raise Refused(" ".join(wrong.messages), "Nothing was changed.") from None
        now.save(update_fields=columns)
        history.write(now, actor, changed)
    for name in columns:
        setattr(action, name, getattr(now, name))
    return changed


def _refuse_outsiders(action: Action, values: Mapping[str, Any]) -> None:
    """Owner and contributors are members of the organisation today."""
    owner = values.get("owner")
    people: list[User] = [*([owner] if owner else []), *values.get("contributors", ())]
    before = {action.owner_id, *action.contributors.values_list("pk", flat=True)}
    new = {one.pk for one in people} - before
    live = Membership.objects.live().filter(organisation=action.plan.organisation_id, user__in=new)
    if new - set(live.values_list("user", flat=True)):
        raise Refused(
            "Only somebody with a role in your organisation can be named.",
            "Invite them under People first.",
        )


def _set_contributors(
    action: Action, people: list[User], changed: dict[str, tuple[Any, Any]]
) -> None:
    was = list(action.contributors.all())
    if {one.pk for one in was} != {one.pk for one in people}:
        action.contributors.set(people)
        changed["contributors"] = (was, people)


def _refuse_unexplained(action: Action) -> None:
    if action.delivery in LATE and not action.delivery_why.strip():
        raise Refused(
            f"{action.code} is {Delivery(action.delivery).label.lower()}: say why.",
            "One sentence is enough.",
        )
