"""A public plan as JSON: the same for the file and for the API, where its fields are documented."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from ninja import Schema
from pydantic import Field

from benchside.impact.published.shown import ShownAction, ShownPlan


class NamedOut(Schema):
    key: str
    title: str


class MilestoneOut(Schema):
    title: str
    due_on: date | None
    done_on: date | None


class MeasureOut(Schema):
    """How the organisation will know that it worked."""

    title: str
    baseline: str = Field(description="A number with its unit, or empty")
    baseline_on: date | None
    target: str = Field(description="A number with its unit, or empty")
    target_on: date | None
    denominator: str = Field(description="Out of whom or what")
    source: str


class NoteOut(Schema):
    """What was said about how it goes. Who wrote it is not told."""

    text: str
    delivery: str
    written_at: datetime


class EvidenceOut(Schema):
    title: str
    url: str


class ActionOut(Schema):
    code: str = Field(description="Its name for ever, from plan to plan, such as V-012")
    url: str
    title: str
    areas: list[NamedOut]
    objective: str
    rationale: str
    text: str
    themes: list[NamedOut]
    other_charters: list[NamedOut] = Field(description="What else it counts for")
    owner_post: str = Field(description="The post that answers for it, never a name")
    starts_on: date | None
    due_on: date | None
    state: str = Field(description="agreed, in-progress, complete, embedded, revised or stopped")
    delivery: str = Field(description="blue, green, amber, red, or empty where nobody has said")
    origin: str = Field(description="Where it came from, in words")
    came_from: str = Field(description="What it carries on from an earlier public plan, in words")
    milestones: list[MilestoneOut]
    measures: list[MeasureOut]
    notes: list[NoteOut]
    evidence: list[EvidenceOut]


class PlanInList(Schema):
    key: str
    url: str
    json_url: str
    title: str
    organisation: str
    organisation_slug: str
    charter: str = Field(description="Slug of the charter it was made under, or empty")
    stage: int | None
    starts_on: date
    ends_on: date
    state: str = Field(description="agreed, or closed once it is over")
    published_on: date
    actions: int
    done: int = Field(description="Actions that are complete or embedded")


class PlanPage(Schema):
    items: list[PlanInList]
    total: int = Field(description="How many plans fit, on all pages")
    limit: int
    offset: int
    next: str | None = Field(description="Address of the next page")


class PlanOut(Schema):
    """A whole plan. Costs, people's names and what is noted inside are not in it."""

    key: str
    url: str
    title: str
    organisation: str
    organisation_slug: str
    charter: str
    stage: int | None
    starts_on: date
    ends_on: date
    agreed_on: date | None
    published_on: date
    state: str
    actions: list[ActionOut]


def whole(plan: ShownPlan, actions: Sequence[ShownAction]) -> PlanOut:
    return PlanOut(
        key=plan.key,
        url=f"{settings.BASE_URL}{plan.url}",
        title=plan.title,
        organisation=plan.organisation,
        organisation_slug=plan.organisation_slug,
        charter=plan.charter_slug,
        stage=plan.stage,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        agreed_on=plan.agreed_on,
        published_on=plan.published_on,
        state=plan.state,
        actions=[_action(one) for one in actions],
    )


def _named(pairs: Sequence[tuple[str, str]]) -> list[NamedOut]:
    return [NamedOut(key=key, title=title) for key, title in pairs]


def _action(one: ShownAction) -> ActionOut:
    return ActionOut(
        code=one.code,
        url=f"{settings.BASE_URL}{one.url}",
        title=one.title,
        areas=_named(one.areas),
        objective=one.objective,
        rationale=one.rationale,
        text=one.text,
        themes=_named(one.themes),
        other_charters=_named(one.other_charters),
        owner_post=one.owner_post,
        starts_on=one.starts_on,
        due_on=one.due_on,
        state=one.state,
        delivery=one.delivery,
        origin=one.origin,
        came_from=one.came_from,
        milestones=[
            MilestoneOut(title=each.title, due_on=each.due_on, done_on=each.done_on)
            for each in one.milestones
        ],
        measures=[
            MeasureOut(
                title=each.title,
                baseline=each.baseline,
                baseline_on=each.baseline_on,
                target=each.target,
                target_on=each.target_on,
                denominator=each.denominator,
                source=each.source,
            )
            for each in one.measures
        ],
        notes=[
            NoteOut(text=each.text, delivery=each.delivery, written_at=each.written_at)
            for each in one.notes
        ],
        evidence=[EvidenceOut(title=each.title, url=each.url) for each in one.evidence],
    )
