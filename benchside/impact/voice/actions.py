"""Say something of a plan, and answer it."""

from django.db import transaction
from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.core.states import move
from benchside.impact.enums import ActionState, Area, Origin, PlanState
from benchside.impact.models import Action, Opinion, Plan, Suggestion
from benchside.impact.plans.actions import propose_action
from benchside.impact.voice import mails, rules
from benchside.impact.voice.enums import Feeling, SuggestionState
from benchside.impact.voice.states import SUGGESTION
from benchside.people.models import Technician

MOST_WAITING = 10  # suggestions of one person that nobody has answered yet


def suggest_action(
    *,
    actor: Actor,
    plan: Plan,
    title: str,
    why: str = "",
    area: str = "",
    may_name: bool = False,
) -> Suggestion:
    """Ask for an action in an agreed plan of the place one works at.

    The same words twice give the one there is. Raises Denied; Refused for no words, a plan that is
    not agreed or is over, and for too many that wait.
    """
    title = " ".join(title.split())
    with acting("suggestion.make", actor=actor, subject=plan, may=rules.can_say) as act:
        _refuse_unless_agreed(plan)
        if not title:
            raise Refused("A suggestion needs words.", "Say in one sentence what should be done.")
        if len(title) > 200 or len(why) > 2000:
            raise Refused("This is too long.", "At most 200 characters, and 2,000 for the why.")
        if area and area not in Area.values:
            raise Refused("This is none of the five areas.", "Choose one of them, or none.")
        me = _locked(actor)
        waiting = Suggestion.objects.filter(
            plan=plan, technician=me, state=SuggestionState.WAITING
        ).order_by("pk")
        if again := next((one for one in waiting if one.title == title), None):
            act.about(again)
            act.note(again=True)
            return again
        if len(waiting) >= MOST_WAITING:
            raise Refused(
                f"{MOST_WAITING} suggestions of yours wait for an answer already.",
                "Take one back, or wait until one is answered.",
            )
        made = Suggestion.objects.create(
            plan=plan, technician=me, title=title, why=why.strip(), area=area, may_name=may_name
        )
        act.about(made)
        act.note(plan=plan.pk)
    return made


def take_back(*, actor: Actor, suggestion: Suggestion) -> None:
    """Take one's own suggestion back while nobody has answered it. Denied, NoSuchMove,
    Overtaken."""
    move(table=SUGGESTION, subject=suggestion, verb="withdraw", actor=actor)


def say_opinion(
    *, actor: Actor, action: Action, feeling: str, words: str = "", may_name: bool = False
) -> None:
    """Say what one thinks of an action; saying it again changes it.

    Raises Denied; Refused for no feeling, words too long, and an action that is not agreed.
    """
    with acting("opinion.say", actor=actor, subject=action, may=rules.can_say) as act:
        _refuse_unless_agreed(action.plan)
        if action.state == ActionState.PROPOSED:
            raise Refused("This action is not agreed yet.", "Come back once it is.")
        if feeling not in Feeling.values:
            raise Refused("Nothing is said yet.", "Choose one of the two.")
        if len(words) > 500:
            raise Refused("This is too long.", "At most 500 characters.")
        said = {"feeling": feeling, "words": words.strip(), "may_name": may_name}
        Opinion.objects.update_or_create(
            action=action, technician=_locked(actor), defaults=said | {"said_at": timezone.now()}
        )
        act.note(plan=action.plan_id)


def unsay_opinion(*, actor: Actor, action: Action) -> None:
    """Have said nothing of an action."""
    with acting("opinion.unsay", actor=actor, subject=action, may=rules.can_say):
        Opinion.objects.filter(action=action, technician=_locked(actor)).delete()


def take_over(*, actor: Actor, suggestion: Suggestion, title: str, areas: list[str]) -> Action:
    """Put a suggestion into the plan, as a proposed action that says where it came from.

    Afterwards: a mail to whoever made it. Raises Refused for no words or no area; Denied,
    NoSuchMove, Overtaken; then nothing has changed.
    """
    with transaction.atomic():
        _hold(suggestion)
        SUGGESTION.row(suggestion.state, "take")
        action = propose_action(
            actor=actor,
            plan=suggestion.plan,
            title=title,
            areas=areas,
            origin=Origin.VOICE,
            origin_ref=str(suggestion.key),
        )
        _answer(actor, suggestion, "take", action=action)
    return action


def join(*, actor: Actor, suggestion: Suggestion, action: Action, answer: str = "") -> None:
    """Say which action of the plan does it already, or with it. Afterwards: a mail."""
    if action.plan_id != suggestion.plan_id:
        raise Refused("This action is in another plan.", "Choose one of this plan.")
    with transaction.atomic():
        _hold(suggestion)
        _answer(actor, suggestion, "join", action=action, answer=answer)


def decline(*, actor: Actor, suggestion: Suggestion, answer: str) -> None:
    """Say why not now. Afterwards: a mail. Raises NeedsMore for no reason."""
    with transaction.atomic():
        _hold(suggestion)
        _answer(actor, suggestion, "decline", answer=answer)


def _answer(
    actor: Actor,
    suggestion: Suggestion,
    verb: str,
    *,
    action: Action | None = None,
    answer: str = "",
) -> None:
    if len(answer) > 2000:
        raise Refused("The answer is too long.", "At most 2,000 characters.")
    suggestion.action, suggestion.answer = action, answer.strip()
    columns = {"action": action, "answer": suggestion.answer}
    move(table=SUGGESTION, subject=suggestion, verb=verb, actor=actor, columns=columns)
    mails.answered(suggestion)


def _hold(suggestion: Suggestion) -> None:
    """As it is now, and nobody else's until this is committed."""
    held = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    suggestion.state = held.state


def _locked(actor: Actor) -> Technician:
    """The actor's own record, held, so that one person's words are taken one after another."""
    assert actor.account is not None  # asked by can_say
    return Technician.objects.select_for_update().get(account=actor.account.pk)


def _refuse_unless_agreed(plan: Plan) -> None:
    if plan.state != PlanState.AGREED:
        raise Refused("This plan takes no words now.", "Look whether there is a newer one.")
