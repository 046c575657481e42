"""What can be asked about charters, starting from what the asker may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Lower
from django.utils import timezone

from benchside.assessment.enums import CommentKind
from benchside.assessment.models import Feedback, SignOff
from benchside.impact.charters import progress
from benchside.impact.charters.deadlines import Due, Rulebook, Rules, read, rescheduled
from benchside.impact.charters.files import FIRST_RULES
from benchside.impact.enums import Part, SignatoryState
from benchside.impact.models import Charter, Cycle, CycleReminder, Plan, Signatory
from benchside.organisations.enums import OrganisationState
from benchside.organisations.models import Organisation

_SIGNED = Prefetch(
    "submission__sign_offs",
    queryset=SignOff.objects.filter(lapsed_at__isnull=True),
    to_attr="standing",
)
_TO_ANSWER = Count(
    "submission__feedback",
    filter=Q(
        submission__feedback__kind=CommentKind.RECOMMEND,
        submission__feedback__released_at__isnull=False,
        submission__feedback__response="",
    ),
)


# --- rules ---------------------------------------------------------------------------------------
def rulebook(charter: Charter) -> Rulebook:
    """All sets of rules of a charter; those every charter begins with where it has none."""
    found = [(one.valid_from, read(one.content)) for one in charter.rules.order_by("valid_from")]
    return Rulebook(tuple(found) or ((date(2000, 1, 1), FIRST_RULES),))


@dataclass(frozen=True, slots=True)
class Effect:
    """What new rules would do to one open stage."""

    cycle: Cycle
    before: Due
    after: Due


def effects_of(charter: Charter, valid_from: date, new: Rules) -> list[Effect]:
    """Every open stage that a set of rules would move, by organisation."""
    book = rulebook(charter).with_set(valid_from, new)
    found: list[Effect] = []
    signatories = announced(charter).filter(part=Part.SIGNATORY)
    cycles = Prefetch("cycles", queryset=Cycle.objects.select_related("submission"))
    for signatory in signatories.select_related("organisation", "award").prefetch_related(cycles):
        held = {one.stage: one for one in signatory.cycles.all()}
        for one in held.values():
            one.signatory = signatory
        before = [_due(one) for one in held.values()]
        day = signatory.announced_on or timezone.localdate()
        for was, now in zip(before, rescheduled(book, day, before), strict=True):
            if was != now:
                found.append(Effect(held[now.stage], was, now))
    return found


def _due(one: Cycle) -> Due:
    return Due(
        stage=one.stage,
        plan_months=one.plan_months,
        first_due_on=one.first_due_on,
        due_on=one.due_on,
        is_extended=one.extended_at is not None,
        is_overridden=one.overridden_at is not None,
        is_done=one.closed_at is not None
        or (one.submission is not None and one.submission.state in progress.SENT),
    )


# --- for everybody -------------------------------------------------------------------------------
def charters() -> QuerySet[Charter]:
    """All, each with how many signatories and supporters are announced."""
    is_there = Q(signatories__state=SignatoryState.ANNOUNCED)
    return Charter.objects.annotate(
        signers=Count("signatories", filter=is_there & Q(signatories__part=Part.SIGNATORY)),
        supporters=Count("signatories", filter=is_there & Q(signatories__part=Part.SUPPORTER)),
    )


def announced(charter: Charter) -> QuerySet[Signatory]:
    return Signatory.objects.filter(charter=charter, state=SignatoryState.ANNOUNCED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a reader asked the public list for. `sort` is a key of PUBLIC_SORTS, "-" reverses."""

    words: str = ""
    cohort: str = ""
    nation: str = ""
    kind: str = ""
    stage: str = ""
    part: str = ""
    sort: str = "name"


PUBLIC_SORTS: dict[str, tuple[Any, ...]] = {
    "name": (Lower("organisation__name"), "pk"),
    "since": ("announced_on", Lower("organisation__name"), "pk"),
    "stage": (F("now_stage").asc(nulls_first=True), Lower("organisation__name"), "pk"),
    "due": (F("now_due").asc(nulls_last=True), Lower("organisation__name"), "pk"),
}


def public_signatories(charter: Charter, chosen: Chosen | None = None) -> QuerySet[Signatory]:
    """Signatories and supporters that are announced, of open organisations, as chosen."""
    chosen = chosen or Chosen()
    found = with_stage(announced(charter)).filter(organisation__state=OrganisationState.APPROVED)
    for word in chosen.words.split():
        found = found.filter(
            Q(organisation__name__icontains=word) | Q(organisation__town__icontains=word)
        )
    given = {
        "cohort": chosen.cohort if chosen.cohort.isdecimal() else "",
        "organisation__nation": chosen.nation,
        "organisation__kind": chosen.kind,
        "now_stage": chosen.stage if chosen.stage.isdecimal() else "",
        "part": chosen.part,
    }
    found = found.filter(**{name: value for name, value in given.items() if value})
    found = found.select_related("organisation", "cohort", "award__version", "charter")
    found = found.order_by(*PUBLIC_SORTS.get(chosen.sort.removeprefix("-"), PUBLIC_SORTS["name"]))
    return found.reverse() if chosen.sort.startswith("-") else found


def with_stage(found: QuerySet[Signatory]) -> Any:
    """Each with the stage it is at and its day, and whether its newest public plan is there."""
    open_ones = Cycle.objects.filter(signatory=OuterRef("pk"), closed_at__isnull=True)
    waiting = open_ones.exclude(submission__state__in=progress.SENT).order_by("stage")
    plans = Plan.objects.filter(cycle__signatory=OuterRef("pk"), published_at__isnull=False)
    return found.annotate(
        now_stage=Subquery(waiting.values("stage")[:1]),
        now_due=Subquery(waiting.values("due_on")[:1]),
        plan_since=Subquery(plans.order_by("-published_at").values("published_at")[:1]),
    )


def public_signatory(charter: Charter, slug: str) -> Signatory | None:
    """The one of an organisation, also one that has left: the newest, if it was ever announced."""
    shown = (SignatoryState.ANNOUNCED, SignatoryState.LEFT)
    found = with_stage(
        Signatory.objects.filter(charter=charter, organisation__slug=slug, state__in=shown)
    )
    one: Signatory | None = (
        found.select_related("organisation", "cohort", "award__version", "charter")
        .order_by("-announced_on", "-pk")
        .first()
    )
    return one


def standing(signatory: Signatory) -> tuple[str, str]:
    """Title and meaning of the state its status is in, as the standard's file has them."""
    award = signatory.award
    rules = award.version.standard.award if award else None
    if award is None or rules is None:
        return signatory.get_part_display(), ""
    state = next(one for one in rules.states if one.key == award.state)
    return state.title, state.meaning


# --- stages --------------------------------------------------------------------------------------
def with_facts(found: QuerySet[Cycle]) -> Any:
    """Stages with all that says how far each has come, in three queries."""
    return (
        found.annotate(to_answer=_TO_ANSWER)
        .select_related("submission", "plan", "signatory__organisation", "signatory__charter")
        .prefetch_related(_SIGNED)
    )


def stages_of(signatory: Signatory) -> list[Any]:
    return list(with_facts(Cycle.objects.filter(signatory=signatory)).order_by("stage"))


def facts(cycle: Any) -> progress.Facts:
    """Of a stage that came from `with_facts`."""
    submission = cycle.submission
    plan = plan_of(cycle)
    return progress.Facts(
        state=submission.state if submission and submission.state not in progress.GONE else "",
        signed=frozenset(one.step for one in submission.standing) if submission else frozenset(),
        is_released=bool(submission and submission.released_at),
        to_answer=cycle.to_answer,
        is_public=bool(plan and plan.published_at),
        is_closed=cycle.closed_at is not None,
    )


def plan_of(cycle: Cycle) -> Plan | None:
    return cycle.plan if hasattr(cycle, "plan") else None


def phase(cycle: Any, today: date) -> str:
    return progress.phase(facts(cycle), cycle.due_on, today)


def current(stages: Sequence[Any]) -> Any | None:
    """The stage in hand: the first that is not done; once its plan is public and all feedback
    answered, the one after it."""
    waiting = [one for one in stages if one.closed_at is None]
    if not waiting:
        return None
    if len(waiting) > 1 and all(step.is_done for step in progress.steps(facts(waiting[0]))):
        return waiting[1]
    return waiting[0]


def extensions_had(signatory: Signatory) -> int:
    """In all, by the institution, also under an earlier signature that it gave up."""
    return Cycle.objects.filter(
        signatory__charter=signatory.charter_id,
        signatory__organisation=signatory.organisation_id,
        extended_at__isnull=False,
    ).count()


def open_cycles() -> QuerySet[Cycle]:
    """Stages of signatories for which nothing is sent in yet."""
    return Cycle.objects.filter(
        signatory__state=SignatoryState.ANNOUNCED, closed_at__isnull=True
    ).exclude(submission__state__in=progress.SENT)


def late_cycles(today: date) -> QuerySet[Cycle]:
    return open_cycles().filter(due_on__lt=today)


def is_late(signatory: Signatory, today: date) -> bool:
    return late_cycles(today).filter(signatory=signatory).exists()


def feedback_of(cycle: Cycle) -> QuerySet[Feedback]:
    """What was released of it: commendations first, then recommendations, in their order."""
    return Feedback.objects.filter(
        submission=cycle.submission_id, released_at__isnull=False
    ).order_by("kind", "pk")


# --- for members ---------------------------------------------------------------------------------
def signatories_of(organisation: Organisation) -> QuerySet[Signatory]:
    """All it ever began, the newest first."""
    return (
        Signatory.objects.filter(organisation=organisation)
        .select_related("charter", "cohort", "award__version", "organisation", "lead")
        .order_by("-began_at", "-pk")
    )


def signatory_of(organisation: Organisation, slug: str) -> Signatory | None:
    return signatories_of(organisation).filter(charter__slug=slug).first()


def charters_to_sign(organisation: Organisation) -> list[Charter]:
    """Open charters this organisation has not begun with."""
    begun = Signatory.objects.filter(organisation=organisation).exclude(
        state__in=(SignatoryState.DECLINED, SignatoryState.TAKEN_BACK, SignatoryState.LEFT)
    )
    return list(Charter.objects.filter(is_open=True).exclude(pk__in=begun.values("charter")))


def plans_to_add_to(organisation: Organisation) -> Iterable[Plan]:
    """Plans a recommendation may become an action of, the newest first."""
    return Plan.objects.filter(organisation=organisation).exclude(state="closed")


# --- for officers --------------------------------------------------------------------------------
def cohorts_of(charter: Charter) -> Any:
    """Cohorts, the newest first, each with how many are announced and how many wait."""
    return charter.cohorts.annotate(
        announced=Count("signatory", filter=Q(signatory__state=SignatoryState.ANNOUNCED)),
        waiting=Count("signatory", filter=Q(signatory__state=SignatoryState.ACCEPTED)),
    ).order_by("-announced_on", "-pk")


def reminders_of(signatory: Signatory) -> QuerySet[CycleReminder]:
    """What was sent to its leads, the newest first."""
    found = CycleReminder.objects.filter(cycle__signatory=signatory, people__gt=0)
    return found.select_related("cycle").order_by("-sent_at", "-pk")[:30]
