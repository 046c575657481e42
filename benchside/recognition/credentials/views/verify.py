"""Anyone drops a file, types a number or an address, and gets a plain answer. Nothing is kept."""

from datetime import timedelta
from typing import Any
from urllib.parse import SplitResult, urlsplit

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
        return render(request, TEMPLATE, {"form": VerifyForm(request), "letter": "A"})
    form = VerifyForm(request, initial={"typed": typed})
    return _never_kept(_answered(request, form, _ours(typed) or _nothing(typed)))


def _never_kept(response: HttpResponse) -> HttpResponse:
    """An answer is of this moment, and about somebody."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _posted(request: HttpRequest) -> HttpResponse:
    form = VerifyForm(request, request.POST, request.FILES)
    if form.is_from_a_robot or not form.is_valid():
        return render(request, TEMPLATE, {"form": form, "letter": "A"}, status=422)
    if is_too_often(request, what="verify", limit=MOST, within=WITHIN):
        form.add_error(None, "That were many in a short time. Wait ten minutes, then go on.")
        return render(request, TEMPLATE, {"form": form, "letter": "A"}, status=429)
    file, typed = form.cleaned_data["file"], form.cleaned_data["typed"].strip()
    if file is not None:
        found = _of_file(file.read(), file.name or "")
        return _answered(request, form, {**found, "not_looked_at": typed})
    return _answered(request, form, _ours(typed) or _theirs(request, typed) or _nothing(typed))


def _answered(request: HttpRequest, form: VerifyForm, found: dict[str, Any]) -> HttpResponse:
    if form.is_bound:  # a new one for what comes next, with what was typed still in it
        form = VerifyForm(request, initial={"typed": form.cleaned_data["typed"]})
    context = {"form": form, "asked": True, "letter": "B", **found}
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
    match _numbered(typed):
        case []:
            return None
        case [award]:
            return {"record": wording.on_record(award)}
    return {"several": typed}


def _numbered(typed: str) -> list[Award]:
    """By their number, typed or as the last step of an address of ours."""
    parts = _parts(typed)
    if parts.netloc and not _is_here(parts):
        return []
    return queries.numbered(parts.path.rstrip("/").rpartition("/")[2] or typed)


def _nothing(typed: str) -> dict[str, Any]:
    """What it was that nothing is found for: the same whether there is no such thing, or one that
    nobody may see."""
    parts = _parts(typed)
    if parts.netloc and not _is_here(parts):
        return {"nothing": "elsewhere"}  # asked there once the button is pressed, not by a link
    if parts.netloc or own_key(typed):
        return {"nothing": "address"}
    return {"nothing": "number" if queries.may_be_number(typed) else "name", "typed": typed}


def _is_here(parts: SplitResult) -> bool:
    return parts.netloc.lower() == urlsplit(settings.BASE_URL).netloc.lower()


def _parts(typed: str) -> SplitResult:
    """Empty ones for what is no address, such as a bracket that is not closed."""
    try:
        return urlsplit(typed)
    except ValueError:
        return urlsplit("")


def _theirs(request: HttpRequest, typed: str) -> dict[str, Any] | None:
    """A credential at somebody else's address, asked for only when somebody presses a button."""
    parts = _parts(typed)
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
