"""What technicians of the made-up university say of its plan."""

from datetime import timedelta

from django.utils import timezone

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.core.actions import Actor
from benchside.impact.enums import ActionState, Area, PlanState
from benchside.impact.models import Action, Plan, Suggestion
from benchside.impact.voice import actions
from benchside.organisations.models import Employment

SPEAKERS = 12
# What, why, area, with a name; then how it was answered, and with what.
SAID = (
    (
        "Let two technicians choose what the stores keep",
        "We order what we need one by one, and pay for the post each time.",
        Area.IMPACT, False, "take", "",
    ),
    (
        "Put our names on the doors of the labs we look after",
        "Students look for us in the wrong building.",
        Area.VISIBILITY, True, "join", "The pages for technicians will be on the door signs too.",
    ),
    (
        "Pay for steel-toed boots that fit women",
        "The supplier has none below size 39.",
        Area.SUSTAINABILITY, False, "decline",
        "You are right, and it cannot wait for a plan: the safety office has ordered them. "
        "Ask at the stores.",
    ),
    (
        "An hour a week that nobody may book",
        "Learning a new instrument happens after six now.",
        Area.CAREERS, False, "", "",
    ),
    (
        "A swap day: work a day in somebody else’s workshop",
        "I have been here nine years and have never seen the glass workshop.",
        Area.CAREERS, True, "", "",
    ),
    (
        "Tell us before a course is moved to another term",
        "",
        "", False, "", "",
    ),
)  # fmt: skip
WORDS = (
    "This is the one I would keep if there were only one.",
    "Good, but tell the managers too.",
    "It worked in my last place.",
    "",
    "Please do it before the summer.",
    "I hear of it for the first time here.",
    "",
)


def create() -> None:
    plan = (
        Plan.objects.filter(organisation__name="Made-Up University", state=PlanState.AGREED)
        .order_by("-starts_on")
        .first()
    )
    lead = User.objects.filter(email=f"lead{DEMONSTRATION_DOMAIN}").first()
    if plan is None or lead is None or plan.suggestions.exists():
        return
    speakers = _speakers(plan)
    if speakers:
        _suggest(plan, Actor.of(lead), speakers)
        _think(plan, speakers)


def _speakers(plan: Plan) -> list[User]:
    found = (
        Employment.objects.current()
        .filter(organisation=plan.organisation, technician__account__is_active=True)
        .select_related("technician__account")
        .order_by("pk")
    )
    return [one.technician.account for one in found[:SPEAKERS]]


def _agreed(plan: Plan) -> list[Action]:
    open_states = (ActionState.AGREED, ActionState.IN_PROGRESS)
    return list(plan.actions.filter(state__in=open_states).select_related("plan")[:8])


def _suggest(plan: Plan, lead: Actor, speakers: list[User]) -> None:
    agreed = _agreed(plan)
    for place, (title, why, area, named, verb, words) in enumerate(SAID):
        who = Actor.of(speakers[place % len(speakers)])
        made = actions.suggest_action(
            actor=who, plan=plan, title=title, why=why, area=area, may_name=named
        )
        if verb == "take":
            actions.take_over(actor=lead, suggestion=made, title=title, areas=[area])
        elif verb == "join" and agreed:
            actions.join(actor=lead, suggestion=made, action=agreed[0], answer=words)
        elif verb == "decline":
            actions.decline(actor=lead, suggestion=made, answer=words)
        day = timezone.now() - timedelta(days=9 * (len(SAID) - place))
        Suggestion.objects.filter(pk=made.pk).update(made_at=day)


def _think(plan: Plan, speakers: list[User]) -> None:
    """Many on the first actions, few on the next: too few to be told."""
    for place, action in enumerate(_agreed(plan)):
        for turn, user in enumerate(speakers[: max(SPEAKERS - 3 * place, 1)]):
            actions.say_opinion(
                actor=Actor.of(user),
                action=action,
                feeling="not-mine" if (turn + place) % 6 == 5 else "matters",
                words=WORDS[(turn + place) % len(WORDS)],
                may_name=(turn + place) % 7 == 0,
            )
