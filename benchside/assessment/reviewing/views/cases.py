"""What was sent in under the standards somebody runs: found, sorted, chosen for dealing."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchside.accounts.views import SignedInRequest
from benchside.assessment import rules
from benchside.assessment.enums import SubmissionState
from benchside.assessment.reviewing import queries
from benchside.assessment.reviewing.naming import name_of
from benchside.assessment.reviewing.queries import Wanted
from benchside.assessment.reviewing.views import chosen, for_those_who_run, page, paged, sort_of
from benchside.core.actions import Actor
from benchside.core.exports import csv_response
from benchside.organisations.views.tables import sorting, words_of

COLUMNS = [("holder", "Whose"), ("standard", "Standard"), ("round", "Round"), ("state", "State"),
           ("sent", "Sent in"), ("due", "Next due")]  # fmt: skip
NEVER = (SubmissionState.DRAFT,)


@for_those_who_run
@require_safe
def cases(request: SignedInRequest) -> HttpResponse:
    wanted = wanted_of(request)
    found = paged(request, queries.cases(request.user, wanted))
    may_deal = rules.is_officer(Actor.of(request.user))
    context: dict[str, Any] = {
        "page": found,
        "rows": [(one, name_of(one)) for one in found],
        "columns": sorting(request, COLUMNS, wanted.sort),
        "wanted": wanted,
        "states": [one for one in SubmissionState.choices if one[0] not in NEVER],
        "waits": [(key, words) for key, (words, _) in queries.WAITS.items()],
        "rounds": queries.rounds_of(request.user),
        "standards": queries.titles_of(queries.run_by(request.user)),
        "may_deal": may_deal,
        "asked": any((wanted.state, wanted.waits, wanted.round, wanted.words, wanted.standard)),
        "kept": request.GET.urlencode(),
    }
    return page(request, "cases", context)


@for_those_who_run
@require_safe
def cases_csv(request: SignedInRequest) -> HttpResponse:
    rows = (
        (name_of(one), one.version.title, one.version.version, one.level, one.round,
         one.get_state_display(), _day(one.submitted_at), getattr(one, "first_due", None) or "",
         _day(one.released_at), _day(one.closed_at))
        for one in queries.cases(request.user, wanted_of(request))
    )  # fmt: skip
    header = ("Whose", "Standard", "Version", "Level", "Round", "State", "Sent in", "Next due",
              "Feedback released", "Closed")  # fmt: skip
    return csv_response("sent-in.csv", header, rows)


def _day(moment: Any) -> Any:
    return timezone.localdate(moment) if moment else ""


def wanted_of(request: SignedInRequest) -> Wanted:
    """What the address asks for; what makes no sense in it is left out."""
    return Wanted(
        sort=sort_of(request, queries.CASE_SORTS, "-sent"),
        standard=chosen(request, "standard", queries.run_by(request.user)),
        state=chosen(request, "state", set(SubmissionState.values)),
        waits=chosen(request, "waits", queries.WAITS),
        round=request.GET.get("round", "").replace("\0", "")[:40],
        words=words_of(request),
    )
