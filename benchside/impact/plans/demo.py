"""The plan of the made-up university: some dozens of actions in all states, a year under way."""

import tomllib
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils import timezone

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.core.actions import Actor
from benchside.core.registries import measures
from benchside.impact.models import Action, Cycle, Plan, ProgressNote
from benchside.impact.plans import actions
from benchside.organisations.models import Membership, Organisation

Made = dict[str, Any]  # one action of the file
FILE = Path(__file__).with_name("demo_actions.toml")
PATHS = {
    "proposed": (),
    "agreed": ("agree",),
    "in-progress": ("agree", "start"),
    "revised": ("agree", "start", "revise"),
    "stopped": ("agree", "stop"),
    "complete": ("agree", "start", "complete"),
    "embedded": ("agree", "start", "complete", "embed"),
}
KEY = UUID("34343434-3434-4343-8434-343434343434")
UNDER_WAY = 14  # months since the plan began


def create() -> None:
    university = Organisation.objects.filter(name="Made-Up University").first()
    lead = User.objects.filter(email=f"lead{DEMONSTRATION_DOMAIN}").first()
    if university is None or lead is None or Plan.objects.filter(organisation=university).exists():
        return
    actor = Actor.of(lead)
    first = _months(timezone.localdate().replace(day=1), -UNDER_WAY)
    cycle = _cycle(university)
    length = cycle.plan_months if cycle else 36
    plan = actions.begin_plan(
        actor=actor,
        organisation=university,
        title=f"Plan for technicians {first.year} to {_months(first, length - 1).year}",
        starts_on=first,
        ends_on=_months(first, length),
        cycle=cycle,
    )
    # The same in every demonstration, so that its address can be written down.
    Plan.objects.filter(pk=plan.pk).update(key=KEY)
    plan.refresh_from_db()
    people = _people(university)
    made = [
        (_add(actor, plan, one, people), one) for one in tomllib.loads(FILE.read_text())["action"]
    ]
    actions.agree_plan(
        actor=actor, plan=plan, leave=[a.code for a, one in made if one["state"] == "proposed"]
    )
    for action, one in made:
        action.refresh_from_db()
        _go_on(actor, plan, action, one)


def _cycle(university: Organisation) -> Cycle | None:
    """The latest stage of its charter that has no plan."""
    found = Cycle.objects.filter(signatory__organisation=university, plan__isnull=True)
    return found.order_by("-stage").first()


def _people(university: Organisation) -> dict[str, User]:
    live = Membership.objects.live().filter(organisation=university).select_related("user")
    return {one.user.email.removesuffix(DEMONSTRATION_DOMAIN): one.user for one in live}


def _months(day: date, count: int) -> date:
    place = day.year * 12 + day.month - 1 + count
    return date(place // 12, place % 12 + 1, 1)


def _add(actor: Actor, plan: Plan, one: Made, people: dict[str, User]) -> Action:
    action = actions.propose_action(
        actor=actor,
        plan=plan,
        title=one["title"],
        areas=one["areas"],
        origin=one.get("origin", "lead"),
    )
    owner, objective = people.get(one.get("owner", "")), one.get("objective", "")
    changes: dict[str, Any] = {
        "owner": owner,
        "owner_post": one.get("post") or _post(owner),
        "contributors": [people[name] for name in one.get("helps", ()) if name in people],
        "objective": objective,
        "rationale": one["why"],
        "text": f"{one['title']}. {objective}".strip(),
        "internal": one.get("internal", ""),
        "themes": one["themes"],
        "starts_on": _months(plan.starts_on, one.get("start", 0)),
        "due_on": _months(plan.starts_on, one["due"]),
        "cost": Decimal(one["cost"]) if "cost" in one else None,
        "other_charters": [one["also"]] if "also" in one else [],
    }
    actions.change_action(actor=actor, action=action, changes=changes)
    for words, month, _ in one.get("steps", ()):
        actions.add_milestone(
            actor=actor, action=action, title=words, due_on=_months(plan.starts_on, month)
        )
    if "measure" in one:
        _measure(actor, plan, action, one)
    return action


def _post(user: User | None) -> str:
    """The office behind a made-up name: "Lena Made-Up (lead, university)"."""
    if user is None or "(" not in user.name:
        return ""
    office = user.name.split("(")[1].split(",")[0].strip()
    return {
        "lead": "Head of technical services",
        "deputy lead": "Deputy head of technical services",
        "manager": "Workshop manager",
        "unit champion": "Technician champion",
        "editor": "Communications officer",
        "HR steward": "HR business partner",
        "steering group": "Chair of the steering group",
    }.get(office, office.capitalize())


def _measure(actor: Actor, plan: Plan, action: Action, one: Made) -> None:
    said = one["measure"]
    values: dict[str, Any] = {
        "title": said["title"],
        "unit": said["unit"],
        "denominator": said["denominator"],
        "source": "Counted by technical services",
        "baseline": Decimal(str(said["baseline"])),
        "baseline_on": plan.starts_on,
        "target": Decimal(str(said["target"])),
        "target_on": action.due_on,
        "measure": said["kept"] if said["kept"] in measures else "",
    }
    success = actions.add_success(actor=actor, action=action, values=values)
    for month, value in one.get("seen", ()):
        actions.observe(
            actor=actor,
            success=success,
            value=Decimal(str(value)),
            observed_on=_months(plan.starts_on, month),
        )


def _go_on(actor: Actor, plan: Plan, action: Action, one: Made) -> None:
    """On to the state it is in, with what was said on the way."""
    steps = one.get("steps", ())
    for step, (_, month, reached) in zip(action.milestones.order_by("pk"), steps, strict=True):
        if reached:
            actions.finish_milestone(
                actor=actor, milestone=step, done_on=_months(plan.starts_on, month)
            )
    because, note = one.get("because", ""), one.get("note", "")
    for verb in PATHS[one["state"]]:
        if verb != "agree" or action.state == "proposed":
            actions.move_action(actor=actor, action=action, verb=verb, why=because)
    says = one.get("says", "")
    if says and says != "blue":
        words = because or "Going as planned."
        actions.write_note(actor=actor, action=action, text=words, delivery=says)
    if note and note != because:
        actions.write_note(actor=actor, action=action, text=note, is_public=True)
    if "shows" in one:
        title, url = one["shows"]
        actions.add_evidence(actor=actor, action=action, title=title, url=url, is_public=True)
    if one["state"] in {"complete", "embedded"}:
        _as_of(action, _months(plan.starts_on, min(one["due"], UNDER_WAY - 1)))


def _as_of(action: Action, day: date) -> None:
    """When it was done, and said: not today, all at once."""
    moment = timezone.make_aware(datetime.combine(day, time(10)))
    columns = {"completed_at": moment, "delivery_at": moment}
    if action.embedded_at:
        columns["embedded_at"] = moment
    Action.objects.filter(pk=action.pk).update(**columns)
    ProgressNote.objects.filter(action=action).update(written_at=moment)
