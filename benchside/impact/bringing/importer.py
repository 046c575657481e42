"""Actions of one plan as records of an import: read as they are, written, taken back.

A record's key stays with its action for as long as it is in the plan, whatever becomes of its words
and its code: that of the row it came from, or of its code where nobody brought it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.utils import timezone

from benchside.core.actions import SYSTEM, Actor, Refused
from benchside.core.imports import Importer, Row, Values, importers
from benchside.impact.bringing.records import NOTE_BEGINS, NOTE_ENDS
from benchside.impact.enums import ActionState, Origin
from benchside.impact.models import Action, BroughtRow, Milestone, Plan, Success
from benchside.impact.plans import changes as history
from benchside.impact.plans import codes, rules
from benchside.impact.plans.actions.writing import apply

TEXTS = ("title", "text", "objective", "rationale", "owner_post", "delivery", "delivery_why")
_by: ContextVar[Actor] = ContextVar("who_brings_a_plan", default=SYSTEM)


@contextmanager
def brought_by(actor: Actor) -> Iterator[None]:
    """In whose name actions change while an import is written."""
    token = _by.set(actor)
    try:
        yield
    finally:
        _by.reset(token)


def key_of(action: Action, brought: BroughtRow | None) -> str:
    return brought.key if brought else f"code:{action.code}"


class PlanImporter(Importer):
    """`scope` is the plan's key. Rows come ready made: the room's own pages read the files."""

    key = "impact.plan"
    title = "Action plan"
    removes: ClassVar[bool] = False  # a file may be a part of the plan

    def allows(self, actor: Actor, scope: str) -> bool:
        return rules.can_keep(actor, Plan.objects.get(key=scope))

    def parse(self, data: bytes) -> Iterable[Row]:
        return [Row(one["row"], one["key"], one["values"]) for one in json.loads(data)]

    def current(self, scope: str, *, lock: bool = False) -> dict[str, Values]:
        found = actions_of(scope)
        if lock:
            Plan.objects.select_for_update().get(key=scope)
            found = found.select_for_update(of=("self",))
        return {key_of(one, _brought(one)): values_of(one) for one in found}

    def create(self, scope: str, records: Mapping[str, Values]) -> None:
        plan = Plan.objects.get(key=scope)
        position = plan.actions.count()
        for key, values in records.items():
            action = self._made(plan, key, values, position)
            _follow_lists(action, values)
            _remember(plan, key, action, values)
            position += 1

    def update(self, scope: str, records: Mapping[str, Values]) -> None:
        plan = Plan.objects.get(key=scope)
        there = {key_of(one, _brought(one)): one for one in actions_of(scope)}
        for key, values in records.items():
            action = there[key]
            actor = _by.get()
            apply(actor, action, _fields(values, action.internal))
            _move(action, values, actor)
            _follow_lists(action, values)
            _remember(plan, key, action, values)

    def remove(self, scope: str, keys: Sequence[str]) -> None:
        gone = [one for one in actions_of(scope) if key_of(one, _brought(one)) in keys]
        if held := [one.code for one in gone if _is_used(one)]:
            raise Refused(
                f"{', '.join(held[:5])}: people have worked on it since.",
                "Take it out by hand, or stop it with a reason.",
            )
        Action.objects.filter(pk__in=[one.pk for one in gone]).delete()

    @staticmethod
    def _made(plan: Plan, key: str, values: Values, position: int) -> Action:
        code, number = codes.next_code(plan.organisation_id, values["areas"][0])
        action = Action(
            plan=plan, code=code, number=number, position=position, origin=Origin.IMPORT,
            origin_ref=key, **_columns(values, ""),
        )  # fmt: skip
        action.state = values.get("state") or ActionState.PROPOSED
        action.state_why = values.get("state_why", "")
        action.delivery_at = timezone.now() if action.delivery else None
        action.save()
        return action


def actions_of(scope: str) -> Any:
    found = Action.objects.filter(plan__key=scope).select_related("plan", "brought")
    return found.order_by("pk").prefetch_related("successes", "milestones")


def values_of(one: Action) -> Values:
    """As a row would say it."""
    brought = _brought(one)
    return {
        **{name: getattr(one, name) for name in TEXTS},
        "areas": list(one.areas),
        "owner": str(one.owner_id or ""),
        "starts_on": one.starts_on.isoformat() if one.starts_on else None,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "cost": f"{one.cost:.2f}" if one.cost is not None else "",
        "state": one.state,
        "state_why": one.state_why,
        "note": note_in(one.internal),
        "successes": [success.title for success in one.successes.all()],
        "milestones": sorted(step.title for step in one.milestones.all()),
        "file_code": brought.ref if brought else "",
        "file_title": brought.title if brought else "",
    }


def note_in(internal: str) -> str:
    """What stands of the file in an internal note; people write before and after it."""
    begins, ends = internal.find(NOTE_BEGINS), internal.rfind(NOTE_ENDS)
    return internal[begins : ends + len(NOTE_ENDS)] if 0 <= begins < ends else ""


def with_note(internal: str, note: str) -> str:
    old = note_in(internal)
    if old:
        return internal.replace(old, note).strip()
    return "\n\n".join(part for part in (internal.strip(), note) if part)


def _brought(action: Action) -> BroughtRow | None:
    return getattr(action, "brought", None)


def _fields(values: Values, internal: str) -> dict[str, Any]:
    """What `plans.writing.apply` takes."""
    return {
        name: value for name, value in _columns(values, internal).items() if name != "owner_id"
    } | ({"owner": _person(values["owner"])} if "owner" in values else {})


def _person(owner: str | None) -> Any:
    model = Action._meta.get_field("owner").related_model
    return model._default_manager.filter(pk=owner).first() if owner else None


def _columns(values: Values, internal: str) -> dict[str, Any]:
    """None is as good as empty: taking an addition back says so of every field."""
    made: dict[str, Any] = {name: values[name] or "" for name in TEXTS if name in values}
    for name in ("starts_on", "due_on"):
        if name in values:
            made[name] = date.fromisoformat(values[name]) if values[name] else None
    if "areas" in values:
        made["areas"] = values["areas"]
    if "owner" in values:
        made["owner_id"] = int(values["owner"]) if values["owner"] else None
    if "cost" in values:
        made["cost"] = Decimal(values["cost"]) if values["cost"] else None
    if "note" in values:
        made["internal"] = with_note(internal, values["note"] or "")
    return made


def _move(action: Action, values: Values, actor: Actor) -> None:
    """A file may say any state, as whoever kept it saw it: not step by step through the table."""
    changed: dict[str, Any] = {
        name: (getattr(action, name), values[name] or "")
        for name in ("state", "state_why")
        if name in values and getattr(action, name) != (values[name] or "")
    }
    if "state" in changed and not changed["state"][1]:
        changed["state"] = (action.state, ActionState.PROPOSED)
    for name, (_, now) in changed.items():
        setattr(action, name, now)
    if changed:
        action.save(update_fields=list(changed))
        history.write(action, actor, changed)


def _follow_lists(action: Action, values: Values) -> None:
    """Measures and milestones by their words: those that stay keep their figures and days."""
    if "successes" in values:
        _follow(Success, action, values["successes"] or [])
    if "milestones" in values:
        _follow(Milestone, action, values["milestones"] or [])


def _follow(model: Any, action: Action, wanted: Sequence[str]) -> None:
    kept = model._default_manager.filter(action=action)
    there = set(kept.values_list("title", flat=True))
    if gone := there - set(wanted):
        kept.filter(title__in=gone).delete()
    model._default_manager.bulk_create(
        [model(action=action, title=title) for title in wanted if title not in there]
    )


def _remember(plan: Plan, key: str, action: Action, values: Values) -> None:
    said = {
        name: values[source] or ""
        for name, source in (("ref", "file_code"), ("title", "file_title"))
        if source in values
    }
    if said:
        BroughtRow.objects.update_or_create(
            plan=plan, action=action, defaults=said, create_defaults={"key": key, **said}
        )


def _is_used(action: Action) -> bool:
    """Whether somebody has done with it what would go with it."""
    return (
        action.notes.exists()
        or action.evidence.exists()
        or action.contributors.exists()
        or action.carryings.exists()
        or action.successes.filter(observations__isnull=False).exists()
        or action.milestones.filter(done_on__isnull=False).exists()
    )


PLAN_FILE = importers.register(PlanImporter())
