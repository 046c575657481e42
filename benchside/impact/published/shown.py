"""A plan as everyone sees it: the one shape that page, frame, file, feed and program are made of.

Plain values, copied one by one from what `queries` lets out. A field that is not here is nowhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from benchside.assessment.enums import SubmissionState
from benchside.core.disclosure import WORKFORCE, protect_count
from benchside.core.registries import evidence_kinds, measures
from benchside.impact.enums import ActionState, Area, Carried, Delivery, Origin
from benchside.impact.models import Action, ActionEvidence, Plan, Success
from benchside.impact.published import queries
from benchside.impact.published.words import charter_titles, theme_title

Named = tuple[str, str]  # key and title
DONE = (ActionState.COMPLETE, ActionState.EMBEDDED)
LETTERS = {Delivery.BLUE: "b", Delivery.GREEN: "g", Delivery.AMBER: "a", Delivery.RED: "r"}
REVIEWED = {
    SubmissionState.REVIEWED, SubmissionState.RECOMMENDED, SubmissionState.APPROVED,
}  # fmt: skip
SENT = {SubmissionState.SUBMITTED, SubmissionState.IN_REVIEW, SubmissionState.MORE_ASKED}
CODES = {
    Area.VISIBILITY: "vis", Area.RECOGNITION: "rec", Area.CAREERS: "car",
    Area.SUSTAINABILITY: "sus", Area.IMPACT: "imp",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownMilestone:
    title: str
    due_on: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """How one will know. `baseline` and `target` are text: a number with its unit, or empty."""

    title: str
    baseline: str
    baseline_on: date | None
    target: str
    target_on: date | None
    denominator: str
    source: str


@dataclass(frozen=True, slots=True)
class ShownNote:
    text: str
    delivery: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownAction:
    code: str
    title: str
    url: str
    areas: tuple[Named, ...]
    objective: str
    rationale: str
    text: str
    themes: tuple[Named, ...]
    other_charters: tuple[Named, ...]
    owner_post: str
    starts_on: date | None
    due_on: date | None
    state: str
    delivery: str
    origin: str
    came_from: str  # in words, from an earlier plan that is public; else empty
    came_from_url: str
    changed_at: datetime
    milestones: tuple[ShownMilestone, ...] = ()
    measures: tuple[ShownMeasure, ...] = ()
    notes: tuple[ShownNote, ...] = ()
    evidence: tuple[ShownEvidence, ...] = ()

    @property
    def state_word(self) -> str:
        return str(ActionState(self.state).label)

    @property
    def area_code(self) -> str:
        """The colour of its first area."""
        return CODES.get(Area(self.areas[0][0]), "none") if self.areas else "none"

    @property
    def status(self) -> Named | None:
        """Letter and word of how it goes; what is done needs no other word."""
        if self.delivery in LETTERS:
            return LETTERS[Delivery(self.delivery)], str(Delivery(self.delivery).label)
        return ("b", str(Delivery.BLUE.label)) if self.state in DONE else None

    @property
    def status_word(self) -> str:
        return self.status[1] if self.status else str(Delivery.UNKNOWN.label)


@dataclass(frozen=True, slots=True)
class ShownPlan:
    key: str
    title: str
    url: str
    organisation: str
    organisation_slug: str
    charter: str
    charter_slug: str
    stage: int | None
    starts_on: date
    ends_on: date
    agreed_on: date | None
    published_on: date
    checked_by: str
    state: str
    contact_name: str
    contact_email: str
    actions: tuple[ShownAction, ...] = field(default=())

    @property
    def done(self) -> int:
        return sum(one.state in DONE for one in self.actions)

    @property
    def standing(self) -> int:
        """How many actions still stand: what was stopped is neither done nor to be done."""
        return sum(one.state != ActionState.STOPPED for one in self.actions)

    @property
    def done_words(self) -> str:
        total = self.standing
        return f"{self.done} of {total} action{'' if total == 1 else 's'} done"


def plan_of(plan: Plan, actions: Sequence[ShownAction] = ()) -> ShownPlan:
    """`plan` comes from `queries.public()`. The contact is the one the charter asks for."""
    signatory = plan.cycle.signatory if plan.cycle else None
    assert plan.published_at is not None
    return ShownPlan(
        key=str(plan.key),
        title=plan.title,
        url=queries.url_of(plan),
        organisation=plan.organisation.name,
        organisation_slug=plan.organisation.slug,
        charter=signatory.charter.name if signatory else "",
        charter_slug=signatory.charter.slug if signatory else "",
        stage=plan.cycle.stage if plan.cycle else None,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        agreed_on=timezone.localdate(plan.agreed_at) if plan.agreed_at else None,
        published_on=timezone.localdate(plan.published_at),
        checked_by=_checked_by(plan),
        state=plan.state,
        contact_name=signatory.contact_name if signatory else "",
        contact_email=signatory.contact_email if signatory else "",
        actions=tuple(actions),
    )


def _checked_by(plan: Plan) -> str:
    """Who looked at it before it came here, as far as its records say."""
    submission = plan.cycle.submission if plan.cycle else None
    if submission is not None and submission.state in REVIEWED:
        return "Reviewers of the charter"
    if submission is not None and submission.state in SENT:
        return "Those who signed for the organisation"
    return "The organisation itself"


def actions_of(plan: Plan, base: str, *, whole: bool = False) -> list[ShownAction]:
    """All agreed actions of a plan; `whole` with milestones, measures, notes and evidence.

    `base` is the address of the plan, under which each action has its own.
    """
    found = queries.actions_of(plan)
    return show(queries.with_all(found) if whole else found, base, whole=whole)


def show(found: Iterable[Action], base: str, *, whole: bool) -> list[ShownAction]:
    listed = list(found)
    before = queries.before_in_public(listed)
    charters = charter_titles()
    return [_action(one, base, before, charters, _more(one) if whole else {}) for one in listed]


def inside(found: Iterable[Action], *, whole: bool = False) -> list[ShownAction]:
    """The same shape for those who work there, of plans that need not be public. Notes and
    evidence are left to the workspace, so of a whole one only milestones and measures are read."""
    charters = charter_titles()
    return [_action(one, "", {}, charters, _steps(one) if whole else {}) for one in found]


def _action(
    one: Action,
    base: str,
    before: Mapping[int, Plan],
    charters: Mapping[str, str],
    more: Mapping[str, tuple[Any, ...]],
) -> ShownAction:
    earlier = before.get(one.before_id) if one.before_id else None
    return ShownAction(
        code=one.code,
        title=one.title,
        url=f"{base}{one.code}/",
        areas=tuple((key, str(Area(key).label)) for key in one.areas if key in Area.values),
        objective=one.objective,
        rationale=one.rationale,
        text=one.text,
        themes=tuple((str(key), theme_title(str(key))) for key in one.themes),
        other_charters=tuple((str(k), charters.get(str(k), str(k))) for k in one.other_charters),
        owner_post=one.owner_post,
        starts_on=one.starts_on,
        due_on=one.due_on,
        state=one.state,
        delivery=one.delivery,
        origin=str(Origin(one.origin).label),
        came_from=_lineage(one, earlier) if earlier else "",
        came_from_url=f"{queries.own_url(earlier)}{one.code}/" if earlier else "",
        changed_at=one.changed_at,
        **more,
    )


def _lineage(one: Action, earlier: Plan) -> str:
    how = str(Carried(one.carried).label) if one.carried else "Carried on"
    return f"{how} from “{earlier.title}”"


def _more(one: Action) -> dict[str, tuple[Any, ...]]:
    return _steps(one) | {
        "notes": tuple(
            ShownNote(each.text, each.delivery, each.written_at) for each in one.notes.all()
        ),
        "evidence": tuple(
            shown for each in one.evidence.all() if (shown := _evidence(each)) is not None
        ),
    }


def _steps(one: Action) -> dict[str, tuple[Any, ...]]:
    return {
        "milestones": tuple(
            ShownMilestone(each.title, each.due_on, each.done_on) for each in one.milestones.all()
        ),
        "measures": tuple(_measure(each) for each in one.successes.all()),
    }


def _measure(one: Success) -> ShownMeasure:
    """A target is a promise and goes out as it is; a baseline counted by Benchside from people's
    records only as other such counts do."""
    return ShownMeasure(
        title=one.title,
        baseline=_baseline(one),
        baseline_on=one.baseline_on,
        target=_figure(one.target, one.unit),
        target_on=one.target_on,
        denominator=one.denominator,
        source=one.source,
    )


def _baseline(one: Success) -> str:
    measure = measures[one.measure] if one.measure and one.measure in measures else None
    if one.baseline is None or measure is None or not measure.policy:
        return _figure(one.baseline, one.unit)
    if "%" in (one.unit or measure.unit) or one.baseline < 0:
        return ""  # a share without its whole cannot be made safe
    cell = protect_count(float(one.baseline), policy=WORKFORCE, closed=True)
    return "" if cell.value is None else f"about {cell.value:g} {one.unit}".strip()


def _figure(value: Decimal | None, unit: str) -> str:
    if value is None:
        return ""
    said = f"{value.normalize():f}"
    return f"{said}{unit}" if unit == "%" else f"{said} {unit}".strip()


def _evidence(one: ActionEvidence) -> ShownEvidence | None:
    """A link as it stands; a record kept here only if its own room shows it to everyone."""
    if one.url:
        is_page = one.url.lower().startswith(("https://", "http://"))
        return ShownEvidence(one.title, one.url if is_page else "")
    if one.record_kind not in evidence_kinds:
        return None
    described = evidence_kinds[one.record_kind].describe(one.record_id, None)
    if not described:
        return None
    return ShownEvidence(one.title, str(described.get("url", "")))
