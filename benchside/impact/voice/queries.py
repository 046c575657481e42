"""What can be asked of technicians' words, starting from what the asker may see.

Who said something is told to nobody but themselves, unless they said that it may be. Opinions are
counted from FEW on, to the nearest five, and words without a name come in lots of five: nobody can
tell whose came last.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from benchside.accounts.models import User
from benchside.core.disclosure import WORKFORCE, Cell, protect_list
from benchside.impact.enums import ActionState, PlanState
from benchside.impact.models import Action, Opinion, Plan, Suggestion
from benchside.impact.voice.enums import Feeling, SuggestionState
from benchside.organisations.enums import OrganisationState
from benchside.organisations.models import Employment, Membership, Organisation

FEW = 5
ANONYMOUS = "A technician"
ANSWERS = (SuggestionState.TAKEN, SuggestionState.ALREADY, SuggestionState.DECLINED)
SAID = (SuggestionState.WAITING, *ANSWERS)  # not what was taken back


# --- a technician's own ---------------------------------------------------------------------------
def plans_for(user: User) -> QuerySet[Plan]:
    """Agreed plans of where somebody works as a technician or has a role, the newest first."""
    works = Employment.objects.current().filter(technician__account=user).values("organisation")
    member = Membership.objects.live().filter(user=user).values("organisation")
    return (
        Plan.objects.filter(
            Q(organisation__in=works) | Q(organisation__in=member),
            state=PlanState.AGREED,
            organisation__state=OrganisationState.APPROVED,
        )
        .select_related("organisation")
        .order_by("organisation__name", "-starts_on", "-pk")
    )


def works_at(user: User, organisation_id: int) -> bool:
    return (
        Employment.objects.current()
        .filter(technician__account=user, organisation=organisation_id)
        .exists()
    )


def actions_of(plan: Plan) -> QuerySet[Action]:
    """What was agreed, for whoever works there: without what is noted inside, or what it costs."""
    return (
        plan.actions.exclude(state=ActionState.PROPOSED)
        .select_related("owner", "plan")
        .defer("internal", "cost")
        .order_by("position", "code")
    )


def own_suggestions(user: User) -> QuerySet[Suggestion]:
    found = Suggestion.objects.filter(technician__account=user)
    return found.select_related("plan__organisation", "action", "technician")


def own_opinions(user: User, plan: Plan) -> dict[int, Opinion]:
    """What somebody thinks, by the key of the action."""
    found = Opinion.objects.filter(technician__account=user, action__plan=plan)
    return {one.action_id: one for one in found}


# --- the lead's -----------------------------------------------------------------------------------
SORTS = {
    "made": ("made_at", "pk"),
    "title": ("title", "pk"),
    "area": ("area", "-made_at", "pk"),
    "state": ("rank", "-made_at", "pk"),
}


def suggestions_of(
    organisation: Organisation,
    *,
    state: str = "",
    area: str = "",
    words: str = "",
    sort: str = "state",
) -> QuerySet[Suggestion]:
    """All of an organisation but those taken back; what waits first."""
    rank = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(SAID)),
        default=Value(len(SAID)),
        output_field=IntegerField(),
    )
    found = (
        Suggestion.objects.filter(plan__organisation=organisation, state__in=SAID)
        .annotate(rank=rank)
        .select_related("plan__organisation", "technician", "action")
    )
    if state:
        found = found.filter(state=state)
    if area:
        found = found.filter(area=area)
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(why__icontains=word))
    found = found.order_by(*SORTS.get(sort.removeprefix("-"), SORTS["state"]))
    return found.reverse() if sort.startswith("-") else found


def who_made(suggestion: Suggestion) -> str:
    """A name only where its owner said so."""
    maker = suggestion.technician
    return str(maker) if maker and suggestion.may_name else ANONYMOUS


@dataclass(frozen=True, slots=True)
class Tally:
    """How many suggestions were made of a plan, answered, and taken into it."""

    made: int = 0
    answered: int = 0
    taken: int = 0

    @property
    def waiting(self) -> int:
        return self.made - self.answered

    @property
    def words(self) -> str:
        one = "suggestion" if self.made == 1 else "suggestions"
        return (
            f"{self.made} {one} of technicians, {self.answered} answered, {self.taken} in the plan"
        )


def tally(suggestions: QuerySet[Suggestion]) -> Tally:
    counts = suggestions.order_by().aggregate(
        made=Count("pk", filter=Q(state__in=SAID)),
        answered=Count("pk", filter=Q(state__in=ANSWERS)),
        taken=Count("pk", filter=Q(state=SuggestionState.TAKEN)),
    )
    return Tally(**counts)


@dataclass(frozen=True, slots=True)
class Heard:
    """What technicians think of one action, as far as the lead may know."""

    action: Action
    matters: Cell | None  # None while too few have said anything
    not_mine: Cell | None
    words: tuple[tuple[str, str, str], ...]  # feeling, words, who


def heard(plan: Plan) -> list[Heard]:
    """Every agreed action, in the plan's order, in a fixed number of queries."""
    by_action: dict[int, list[Opinion]] = {}
    found = Opinion.objects.filter(action__plan=plan).select_related("technician")
    for one in found.order_by("pk"):
        by_action.setdefault(one.action_id, []).append(one)
    actions = actions_of(plan).select_related(None).only("pk", "code", "title", "plan")
    return [_heard(action, by_action.get(action.pk, [])) for action in actions]


def _heard(action: Action, opinions: Sequence[Opinion]) -> Heard:
    if len(opinions) < FEW:
        return Heard(action, None, None, _words([one for one in opinions if one.may_name]))
    counts = Counter(one.feeling for one in opinions)
    shown = protect_list(
        {feeling: counts[feeling] for feeling in Feeling.values}, policy=WORKFORCE, closed=True
    )
    named = [one for one in opinions if one.may_name]
    unnamed = [one for one in opinions if not one.may_name]
    lots = unnamed[: len(unnamed) // FEW * FEW]  # the rest waits for others
    cells = shown.cells
    return Heard(action, cells[Feeling.MATTERS], cells[Feeling.NOT_MINE], _words([*named, *lots]))


def _words(opinions: Sequence[Opinion]) -> tuple[tuple[str, str, str], ...]:
    """Those who said something in words: by the words, which tells nobody's turn. Without a name
    also without what they chose: so many words of one kind would be an exact count of it."""
    said = (
        (
            str(Feeling(one.feeling).label) if one.may_name else "",
            one.words,
            str(one.technician) if one.may_name else ANONYMOUS,
        )
        for one in opinions
        if one.words
    )
    return tuple(sorted(said, key=lambda one: (one[2] == ANONYMOUS, one[1].casefold())))
