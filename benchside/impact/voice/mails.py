"""The letter to a technician whose suggestion was answered."""

from django.conf import settings
from django.urls import reverse

from benchside.core import mail
from benchside.impact.models import Suggestion


def answered(suggestion: Suggestion) -> None:
    """To whoever made it, while their account is open. The lead never learns the address."""
    maker = suggestion.technician
    account = maker.account if maker else None
    if account is None or not account.is_active:
        return
    action = suggestion.action
    context = {
        "name": account.get_short_name(),
        "organisation": suggestion.plan.organisation.name,
        "suggestion": suggestion.title,
        "state": suggestion.state,
        "answer": suggestion.answer,
        "code": action.code if action else "",
        "action": action.title if action else "",
        "link": f"{settings.BASE_URL}{reverse('impact:my_plan')}",
    }
    mail.send("impact/suggestion_answered", account.email, context)
