"""The link of a reminder: it opens one action to one person, for a month, and is kept nowhere."""

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.urls import reverse

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.impact.enums import PlanState
from benchside.impact.models import Action
from benchside.impact.plans import queries, rules

LASTS = timedelta(days=30)
_SIGNER = TimestampSigner(salt="impact.plan_note", sep=".")


def token_of(action: Action, user: User) -> str:
    return _SIGNER.sign(f"{action.pk}-{user.pk}")


def address_of(action: Action, user: User) -> str:
    return f"{settings.BASE_URL}{reverse('impact:plan_note', args=[token_of(action, user)])}"


def opened(token: str) -> tuple[Action, User] | None:
    """The action and whose link it is, while the link lasts, the plan is open, and they still do
    the action as members; else None."""
    try:
        action_pk, user_pk = _SIGNER.unsign(token, max_age=LASTS).split("-")
    except (BadSignature, SignatureExpired, ValueError):
        return None
    user = User.objects.filter(pk=int(user_pk), is_active=True).first()
    if user is None:
        return None
    found = queries.actions_for(user).exclude(plan__state=PlanState.CLOSED)
    action = found.filter(pk=int(action_pk)).first()
    return (action, user) if action else None


def holder_of(action: Action, user: User) -> Actor:
    """Whoever came by the link: may say how this action goes, and nothing else."""
    return Actor.holding_link(scope=f"{rules.LINK}:{action.pk}", person_id=user.person_id)
