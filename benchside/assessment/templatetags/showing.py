"""Tags of evidence, for pages of other parts."""

from typing import Any

from django import template
from django.template.context import Context

from benchside.assessment.embargo import state_told
from benchside.assessment.models import Submission
from benchside.assessment.showing import queries
from benchside.assessment.standards import Criterion
from benchside.assessment.writing_rules import can_read_draft
from benchside.core.actions import Actor
from benchside.core.safe_files import ACCEPTED

register = template.Library()


@register.filter
def told(submission: Submission) -> str:
    """Where it is, as those it is about may read it."""
    return str(state_told(submission).label)


@register.simple_tag(takes_context=True)
def evidence_beside(
    context: Context, submission: Submission, criterion: Criterion | str
) -> dict[str, Any]:
    """What the part beside a question needs: pieces, how they serve it, and what may be done."""
    standard = submission.version.standard
    one = standard.criterion(criterion) if isinstance(criterion, str) else criterion
    request = context["request"]
    found = queries.evidence_of(submission, queries.Wanted(criterion=one.key))
    pieces = [
        (piece, next((each.how for each in piece.serves.all() if each.criterion == one.key), ""))
        for piece in found
    ]
    kinds = one.evidence.kinds or ("file", "link", "record")
    offers = queries.offers_for(submission, request.user) if "record" in kinds else []
    return {
        "criterion": one,
        "words": standard.words,
        "pieces": pieces,
        "misses": max(one.evidence.at_least - len(pieces), 0),
        "is_wanted": bool(pieces) or one.evidence.at_least > 0 or bool(one.evidence.kinds),
        "kinds": kinds,
        "has_records": bool(offers),
        "accepted": ACCEPTED,
        "may_add": submission.is_open and can_read_draft(Actor.of(request.user), submission),
    }
