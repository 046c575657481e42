"""Anyone drops a file, types a number or an address, and gets a plain answer. Nothing is kept."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from benchside.assessment.models import Award
from benchside.core import outgoing
from benchside.core.open_forms import is_too_often
from benchside.recognition.credentials import carriers, checking, queries, wording
from benchside.recognition.credentials.forms import VerifyForm, own_key

TEMPLATE = "recognition/credentials/verify.html"
MOST, WITHIN = 120, timedelta(minutes=10)
MOST_OUTSIDE = 20


@csrf_exempt  # the form token and the Origin check of VerifyForm stand in for a cookie
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The form; with `?q=`, the answer for a number or an address of ours, to be passed on."""
    if request.method == "POST":
        return _never_kept(_posted(request))
    typed = request.GET.get("q", "").replace("\0", "")[:500].strip()
    if not typed:
        return render(request, TEMPLATE, {"form": VerifyForm(request)})
    form = VerifyForm(request, initial={"typed": typed})
    return _never_kept(_answered(request, form, _ours(typed)))


def _never_kept(response: HttpResponse) -> HttpResponse:
    """An answer is of this moment, and about somebody."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _posted(request: HttpRequest) -> HttpResponse:
    form = VerifyForm(request, request.POST, request.FILES)
    if form.is_from_a_robot or not form.is_valid():
        return render(request, TEMPLATE, {"form": form}, status=422)
    if is_too_often(request, what="verify", limit=MOST, within=WITHIN):
        form.add_error(None, "That were many in a short time. Wait ten minutes, then go on.")
        return render(request, TEMPLATE, {"form": form}, status=429)
    file, typed = form.cleaned_data["file"], form.cleaned_data["typed"].strip()
    if file is not None:
        return _answered(request, form, _of_file(file.read(), file.name or ""))
    return _answered(request, form, _ours(typed) or _theirs(request, typed))


def _answered(request: HttpRequest, form: VerifyForm, found: dict[str, Any] | None) -> HttpResponse:
    context = {"form": form, "asked": True, **(found or {"nothing": True})}
    return render(request, TEMPLATE, context)


def _of_file(data: bytes, name: str) -> dict[str, Any]:
    try:
        document = carriers.document_in(data)
    except carriers.Unreadable as problem:
        return {"unreadable": str(problem), "file": name[:80]}
    return {"told": wording.told(checking.check(document)), "file": name[:80]}


def _ours(typed: str) -> dict[str, Any] | None:
    """A number, or an address of this site; None where it is neither, or nobody's business."""
    key = own_key(typed)
    if key is not None:
        credential = queries.public_credential(key)
        if credential is None:
            return None
        document = carriers.parsed(credential.document)
        return {"told": wording.told(checking.check(document)), "credential": credential}
    award = _award(typed)
    return {"record": wording.on_record(award)} if award else None


def _award(typed: str) -> Award | None:
    """By its number, typed or as the last step of an address of ours."""
    parts = urlsplit(typed)
    if parts.netloc and parts.netloc.lower() != urlsplit(settings.BASE_URL).netloc.lower():
        return None
    last = parts.path.rstrip("/").rpartition("/")[2]
    return queries.public_award(last) if last else None


def _theirs(request: HttpRequest, typed: str) -> dict[str, Any] | None:
    """A credential at somebody else's address, asked for only when somebody presses a button."""
    parts = urlsplit(typed)
    if parts.scheme not in {"http", "https"} or not parts.netloc or checking.is_ours(typed):
        return None
    if is_too_often(request, what="verify-outside", limit=MOST_OUTSIDE, within=WITHIN):
        return {"unreadable": "That were many addresses in a short time. Wait ten minutes."}
    try:
        document = checking.fetched(typed)
    except outgoing.OutgoingFailed as problem:
        return {
            "unreadable": f"We could not ask that address. {problem} "
            "Save the badge as a file, and bring the file."
        }
    except carriers.Unreadable as problem:
        return {"unreadable": str(problem)}
    return {"told": wording.told(checking.check(document))}
