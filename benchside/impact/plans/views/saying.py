"""How an action goes, said by the link of a reminder: no sign-in, one press.

Mail programs open links by themselves, so opening one says nothing: only a press does. The address
is the secret; it is kept nowhere, and names itself to nobody.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from benchside.core.actions import Refused
from benchside.impact.plans import actions, links
from benchside.impact.plans.listing import DELIVERIES
from benchside.impact.plans.marks import marks

MOST = 2000


@csrf_exempt  # the address is the secret
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, token: str) -> HttpResponse:
    request.shown_as = reverse("impact:my_actions")  # type: ignore[attr-defined]
    response = _answer(request, token)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    opened = links.opened(token)
    if opened is None:
        return render(request, "impact/plans/link_over.html", status=410)
    action, user = opened
    text = request.POST.get("text", "").replace("\0", "")[:MOST]
    problem, is_said = "", False
    if request.method == "POST":
        try:
            actions.write_note(
                actor=links.holder_of(action, user), action=action, text=text,
                delivery=request.POST.get("delivery", ""),
            )  # fmt: skip
            is_said = True
        except Refused as refused:
            problem = str(refused)
    drawn = marks()
    context = {
        "action": action,
        "choices": [(key, word, drawn[key]) for key, word in DELIVERIES.items()],
        "text": "" if is_said else text,
        "problem": problem,
        "is_said": is_said,
        "mark": drawn[action.delivery],
    }
    return render(request, "impact/plans/say.html", context, status=422 if problem else 200)
