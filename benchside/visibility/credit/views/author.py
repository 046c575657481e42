"""The lead author's page: whose part in what, and whether it is so. No account, no cookie.

The link is a secret that works once. Opening it changes nothing, so that a mail program that looks
at links answers for nobody.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import Refused
from benchside.visibility.credit import asking, queries
from benchside.visibility.credit.forms import ConfirmForm, DisputeForm
from benchside.visibility.models import CreditLetter

View = Callable[[HttpRequest, CreditLetter, str], HttpResponse]


def holding_link(view: View) -> Callable[..., HttpResponse]:
    """Give the view the open letter of the link; to anybody else it is gone.

    The address is named to nobody and counted nowhere, and a form sent from such a page says no
    Origin; who holds the link may answer, and nobody else can.
    """

    @never_cache
    @wraps(view)
    def found(request: HttpRequest, token: str) -> HttpResponse:
        request.shown_as = reverse("visibility:credit")  # type: ignore[attr-defined]
        letter = queries.letter_of(token)
        response = view(request, letter, token) if letter else _gone(request)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return csrf_exempt(found)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "visibility/credit/gone.html", status=410)


@holding_link
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, letter: CreditLetter, token: str) -> HttpResponse:
    """What is asked, and two forms: it is so, or it is not."""
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    confirm = ConfirmForm(
        request.POST if verb == "confirm" else None, initial={"name": letter.author_name}
    )
    dispute = DisputeForm(request.POST if verb == "dispute" else None)
    holder = asking.holder_of(letter)
    try:
        if verb == "confirm" and confirm.is_valid():
            name = confirm.cleaned_data["name"]
            asking.confirm_contribution(actor=holder, letter=letter, name=name)
            return redirect(f"{reverse('visibility:credit_thanks')}?said=yes")
        if verb == "dispute" and dispute.is_valid():
            reason = dispute.cleaned_data["reason"]
            asking.dispute_contribution(actor=holder, letter=letter, reason=reason)
            return redirect(f"{reverse('visibility:credit_thanks')}?said=no")
    except Refused:
        return _gone(request)
    contribution = queries.for_author(letter)
    context = {
        "letter": letter,
        "contribution": contribution,
        "output": contribution.output,
        "technician": contribution.technician.name or "A technician",
        "confirm": confirm,
        "dispute": dispute,
    }
    is_bad = confirm.errors or dispute.errors
    page = "visibility/credit/answer.html"
    return render(request, page, context, status=422 if is_bad else 200)


@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    context = {"is_confirmed": request.GET.get("said") == "yes"}
    return render(request, "visibility/credit/thanks.html", context)
