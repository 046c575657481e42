"""Anybody may say that an award is not deserved: no account, no cookie."""

from datetime import timedelta

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from benchside.assessment.actions import challenge_award
from benchside.assessment.awarding import offers, queries
from benchside.assessment.awarding.forms import ChallengeForm
from benchside.assessment.models import Award, StandardVersion
from benchside.core.actions import VISITOR, Refused
from benchside.core.open_forms import is_too_often

MOST = 10
WITHIN = timedelta(hours=1)


@never_cache
@csrf_exempt  # a cookie would tell visitors apart: core.open_forms checks token and Origin
@require_http_methods(["GET", "HEAD", "POST"])
def challenge(request: HttpRequest, number: str) -> HttpResponse:
    award = get_object_or_404(_known(), number=number)
    if _name(award) is None:
        raise Http404
    if request.method != "POST":
        return _page(request, award, ChallengeForm(request))
    form = ChallengeForm(request, request.POST)
    if not form.is_valid():
        return _page(request, award, form, status=422)
    if is_too_often(request, what="award-challenge", limit=MOST, within=WITHIN):
        form.add_error(None, "We have had many messages from your network. Try in an hour.")
        return _page(request, award, form, status=429)
    if not form.is_from_a_robot:
        try:
            challenge_award(
                actor=VISITOR,
                award=award,
                text=form.cleaned_data["text"],
                reply_to=form.cleaned_data["reply_to"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
            return _page(request, award, form, status=422)
    return redirect("assessment:challenge_sent")


def _known() -> QuerySet[Award]:
    keys = StandardVersion.objects.values_list("key", flat=True).distinct()
    return queries.public_awards(list(keys))


def _name(award: Award) -> str | None:
    """What everybody may call the holder; None for an award that nobody outside may know of."""
    home = offers.home_of(award.version.key)
    if home is None or home.public_name is None:
        return queries.holder_of(award)
    return home.public_name(award)


def _page(
    request: HttpRequest, award: Award, form: ChallengeForm, status: int = 200
) -> HttpResponse:
    home = offers.home_of(award.version.key)
    context = {
        "form": form,
        "award": award,
        "holder": _name(award),
        "title": queries.rules_of(award).title,
        "back": home.url(award) if home else "/",
    }
    return render(request, "assessment/awarding/challenge.html", context, status=status)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "assessment/awarding/challenge_sent.html")
