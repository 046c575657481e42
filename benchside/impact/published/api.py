"""Public plans for programs: what their pages show, and nothing else."""

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import Field

from benchside.core.public_api import PROBLEMS
from benchside.impact.models import Plan
from benchside.impact.published import queries, schemas, shown
from benchside.impact.published.schemas import PlanInList, PlanOut, PlanPage

MOST = 100
router = Router(tags=["Action plans"])


class PlanQuery(Schema):
    """Different parameters narrow the list."""

    q: str = Field("", max_length=80, description="Words of the title or the organisation's name")
    charter: str = Field("", max_length=40, description="Slug of a charter")
    kind: str = Field("", max_length=40, description="Kind of organisation, such as university")
    limit: int = Field(20, ge=1, le=MOST, description=f"Plans a page, at most {MOST}")
    offset: int = Field(0, ge=0, le=1_000_000, description="How many to pass over")


@router.get(
    "/plans", response={200: PlanPage, **PROBLEMS}, summary="Public action plans, a page at a time"
)
def list_plans(request: HttpRequest, asked: Query[PlanQuery]) -> PlanPage:
    """By the organisation's name, its newest plan first."""
    words = {"q": asked.q, "charter": asked.charter, "kind": asked.kind}
    clean = {name: value.replace("\0", "") for name, value in words.items()}
    found = queries.listed(words=clean["q"], charter=clean["charter"], kind=clean["kind"])
    total, until = found.count(), asked.offset + asked.limit
    more = {name: value for name, value in clean.items() if value}
    more |= {"limit": str(asked.limit), "offset": str(until)}
    return PlanPage(
        items=[_in_list(plan) for plan in found[asked.offset : until]],
        total=total,
        limit=asked.limit,
        offset=asked.offset,
        next=f"{settings.BASE_URL}/api/v1/plans?{urlencode(more)}" if until < total else None,
    )


@router.get("/plans/{key}", response={200: PlanOut, **PROBLEMS}, summary="One plan, all of it")
def one_plan(request: HttpRequest, key: UUID) -> PlanOut:
    """With its actions, their milestones, measures, public notes and evidence."""
    plan = queries.by_key(key)
    if plan is None:
        raise Http404
    as_shown = shown.plan_of(plan)
    return schemas.whole(as_shown, shown.actions_of(plan, queries.own_url(plan), whole=True))


def _in_list(plan: Plan) -> PlanInList:
    one = shown.plan_of(plan)
    return PlanInList(
        key=one.key,
        url=f"{settings.BASE_URL}{one.url}",
        json_url=f"{settings.BASE_URL}{reverse('impact:public_plan_json', args=[plan.key])}",
        title=one.title,
        organisation=one.organisation,
        organisation_slug=one.organisation_slug,
        charter=one.charter_slug,
        stage=one.stage,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        state=one.state,
        published_on=one.published_on,
        actions=plan.action_count,  # type: ignore[attr-defined]
        done=plan.done_count,  # type: ignore[attr-defined]
    )
