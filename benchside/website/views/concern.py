"""Report a concern: an anonymous form that works without JavaScript and sets no cookie."""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import VISITOR
from benchside.core.open_forms import is_too_often
from benchside.website import actions
from benchside.website.forms import ConcernForm, own_path
from benchside.website.models.concerns import KEEP_CONCERN, LETTERS, new_reference

# A whole class may sit behind one address.
MOST = 20
WITHIN = timedelta(hours=1)


@never_cache
@csrf_exempt  # a cookie would tell visitors apart: core.open_forms checks token and Origin
@require_http_methods(["GET", "HEAD", "POST"])
def concern(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        about = own_path(request.GET.get("about", ""))
        kind = request.GET.get("kind", "")  # one that is no kind chooses nothing
        return _page(request, ConcernForm(request, initial={"about": about, "kind": kind}))
    form = ConcernForm(request, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    if is_too_often(request, what="concern", limit=MOST, within=WITHIN):
        form.add_error(None, "We have had many messages from your network. Try in an hour.")
        return _page(request, form, status=429)
    return redirect(_thanks_url(request, form))


def _thanks_url(request: HttpRequest, form: ConcernForm) -> str:
    """Where to go next. A robot is thanked as well, and nothing is kept of what it sent."""
    if form.is_from_a_robot:
        reference, has_address = new_reference(), False
    else:
        cleaned = form.cleaned_data
        made = actions.report_concern(
            actor=VISITOR,
            kind=cleaned["kind"],
            about=cleaned["about"],
            message=cleaned["message"],
            reply_to=cleaned["reply_to"],
        )
        reference, has_address = made.reference, bool(made.reply_to)
    asked = urlencode({"number": reference, "reply": "yes" if has_address else "no"})
    return f"{reverse('website:concern_thanks')}?{asked}"


@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    number = request.GET.get("number", "")
    is_number = len(number) == 9 and set(number.replace("-", "", 1)) <= set(LETTERS)
    context = {
        "number": number if is_number else "",
        "has_address": request.GET.get("reply") == "yes",
        "contact": settings.SAFEGUARDING_CONTACT,
        "days_kept": KEEP_CONCERN.days,
    }
    return render(request, "website/concern_thanks.html", context)


def _page(request: HttpRequest, form: ConcernForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "contact": settings.SAFEGUARDING_CONTACT,
        "email": settings.SAFEGUARDING_EMAIL,
    }
    return render(request, "website/concern.html", context, status=status)
