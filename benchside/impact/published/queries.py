"""What everyone may see of plans: every public page, file, feed and program begins here."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from benchside.impact.enums import ActionState, PlanState, SignatoryState
from benchside.impact.models import Action, ActionEvidence, Charter, Plan, ProgressNote
from benchside.organisations.enums import OrganisationState

PUBLIC_STATES = (PlanState.AGREED, PlanState.CLOSED)
BESIDE = ("organisation", "cycle__signatory__charter", "cycle__submission")
GONE = (SignatoryState.DECLINED, SignatoryState.LEFT)
# All that is ever read of an action for everyone. What is not named here stays in the workspace,
# because it never leaves the database: internal words, costs, people, reasons.
COLUMNS = (
    "plan", "code", "areas", "title", "objective", "rationale", "text", "themes", "other_charters",
    "owner_post", "starts_on", "due_on", "state", "delivery", "origin", "before", "carried",
    "position", "changed_at", "completed_at",
)  # fmt: skip


def public(plans: QuerySet[Plan] | None = None) -> QuerySet[Plan]:
    """Plans of open organisations that their leads made public; `overtaken` by a later public one
    of the same signatory."""
    found = Plan.objects.all() if plans is None else plans
    later = _public(Plan.objects.filter(cycle__signatory=OuterRef("cycle__signatory"))).filter(
        cycle__stage__gt=OuterRef("cycle__stage")
    )
    return _public(found).annotate(overtaken=Exists(later)).select_related(*BESIDE)


def _public(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    return plans.filter(
        published_at__isnull=False,
        state__in=PUBLIC_STATES,
        organisation__state=OrganisationState.APPROVED,
    )


def public_of(charter: Charter) -> QuerySet[Plan]:
    """Of every signatory, also earlier stages; bare, to count by."""
    return _public(Plan.objects.filter(cycle__signatory__charter=charter)).order_by()


def by_key(key: UUID) -> Plan | None:
    return public().filter(key=key).first()


def newest_of(charter: str, organisation: str) -> Plan | None:
    """The public plan of a signatory's latest stage."""
    found = public().filter(
        cycle__signatory__charter__slug=charter, organisation__slug=organisation
    )
    return found.exclude(cycle__signatory__state__in=GONE).order_by("-cycle__stage", "-pk").first()


def url_of(plan: Plan) -> str:
    """Where a plan of `public()` is read: at the signatory's while it is the newest."""
    if plan.cycle and not plan.overtaken and plan.cycle.signatory.state not in GONE:  # type: ignore[attr-defined]
        signatory = plan.cycle.signatory
        return reverse("impact:charter_plan", args=[signatory.charter.slug, plan.organisation.slug])
    return own_url(plan)


def own_url(plan: Plan) -> str:
    """The address that is this plan's for ever."""
    return reverse("impact:public_plan", args=[plan.key])


def as_if_public(plan: Plan) -> Plan:
    """For a look before it is: a copy as `public()` would give it. Nothing is saved."""
    copy = Plan.objects.select_related(*BESIDE).get(pk=plan.pk)
    copy.published_at = copy.published_at or timezone.now()
    copy.overtaken = bool(  # type: ignore[attr-defined]
        copy.cycle
        and _public(Plan.objects.filter(cycle__signatory=copy.cycle.signatory_id))
        .filter(cycle__stage__gt=copy.cycle.stage)
        .exists()
    )
    return copy


def actions_of(plan: Plan) -> QuerySet[Action]:
    """What the organisation has agreed to do, in the plan's own order: not what is proposed."""
    return shown_actions().filter(plan=plan).order_by("position", "code")


def shown_actions() -> QuerySet[Action]:
    return Action.objects.exclude(state=ActionState.PROPOSED).only(*COLUMNS)


def with_all(actions: QuerySet[Action]) -> QuerySet[Action]:
    """With what hangs on them and is public, in a fixed number of queries."""
    notes = ProgressNote.objects.filter(is_public=True).defer("written_by")
    evidence = ActionEvidence.objects.filter(is_public=True).defer("added_by")
    return actions.prefetch_related(
        "milestones", "successes", Prefetch("notes", notes), Prefetch("evidence", evidence)
    )


def earlier_of(plan: Plan) -> list[Plan]:
    """Public plans of the line this one continues, the nearest first."""
    line: list[int] = []
    at = plan.before_id
    while at is not None and len(line) < 12:
        line.append(at)
        at = Plan.objects.filter(pk=at).values_list("before_id", flat=True).first()
    by_pk = {one.pk: one for one in public(Plan.objects.filter(pk__in=line))} if line else {}
    return [by_pk[pk] for pk in line if pk in by_pk]


def later_of(plan: Plan) -> Plan | None:
    return public(Plan.objects.filter(before=plan)).first()


def before_in_public(actions: Iterable[Action]) -> dict[int, Plan]:
    """By the key of an action of an earlier plan, that plan, where everyone may read it."""
    wanted = {one.before_id for one in actions if one.before_id}
    if not wanted:
        return {}
    homes = dict(Action.objects.filter(pk__in=wanted).values_list("pk", "plan_id"))
    plans = {one.pk: one for one in public(Plan.objects.filter(pk__in=set(homes.values())))}
    return {pk: plans[home] for pk, home in homes.items() if home in plans}


# --- lists ----------------------------------------------------------------------------------------
SORTS = {
    "organisation": ("organisation__name", "-starts_on", "pk"),
    "title": ("title", "pk"),
    "ends": ("ends_on", "organisation__name", "pk"),
    "actions": ("action_count", "organisation__name", "pk"),
    "done": ("done_count", "organisation__name", "pk"),
}


def listed(
    *, words: str = "", charter: str = "", kind: str = "", sort: str = "organisation"
) -> QuerySet[Plan]:
    """Public plans that fit, each with how many actions it has and how many are done."""
    agreed = ~Q(actions__state=ActionState.PROPOSED)
    done = Q(actions__state__in=(ActionState.COMPLETE, ActionState.EMBEDDED))
    found = public().annotate(
        action_count=Count("actions", filter=agreed), done_count=Count("actions", filter=done)
    )
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(organisation__name__icontains=word))
    if charter:
        found = found.filter(cycle__signatory__charter__slug=charter)
    if kind:
        found = found.filter(organisation__kind=kind)
    found = found.order_by(*SORTS.get(sort.removeprefix("-"), SORTS["organisation"]))
    return found.reverse() if sort.startswith("-") else found
