"""The page of one activity is one form: its words, and what shows it.

Whichever of its buttons is pressed, all that was typed or chosen is kept, each piece by itself;
what is refused stands there again. So a photograph that is not taken in costs nobody a sentence.
"""

from copy import copy
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from benchside.core.actions import Refused
from benchside.people.cpd import actions, forms
from benchside.people.cpd.views import LogRequest, status_of
from benchside.people.models import CpdActivity

PIECES = {
    "photo_form": forms.ShowPhoto,
    "file_form": forms.ShowFile,
    "link_form": forms.ShowLink,
}
IDS = {"photo_form": "photo_%s", "file_form": "file_%s", "link_form": "link_%s"}
REFUSED_AT = {"photo_form": "file", "file_form": "file", "link_form": "url"}
KEPT = {
    "form": "What you wrote is kept.",
    "photo_form": "The photograph is kept. Nobody sees it but you.",
    "file_form": "The file is kept. Nobody sees it but you.",
    "link_form": "The link is kept.",
}


def keep(
    request: LogRequest, mine: CpdActivity, *, asked: str = "", **beside: Any
) -> HttpResponseBase:
    """Write down all that was sent; `asked` is the form whose button was pressed, empty for none of
    them: then what has changed. `beside` are further forms, shown again where something is refused.
    """
    sent = _sent(request, mine, asked)
    for name, form in sent.items():
        if form.is_valid():
            _write(request, mine, name, form)
    if any(form.errors for form in sent.values()):
        # A piece that is kept begins anew: the next press must not ask for its file again.
        still = {name: form for name, form in sent.items() if name == "form" or form.errors}
        return show(request, mine, **still, **beside)
    return redirect(mine)


def refusal(request: LogRequest, mine: CpdActivity, **beside: Any) -> HttpResponseBase | None:
    """Keep what was typed before something else is done with the activity; what to answer where
    that is refused."""
    kept = keep(request, mine, **beside)
    return None if kept.status_code == HTTPStatus.FOUND else kept


def show(request: LogRequest, mine: CpdActivity, **given: Any) -> HttpResponse:
    """The whole page; `given` are the forms that were sent, among the others as they begin."""
    wrong = next((form for form in given.values() if form.errors), None)
    context = {
        "here": "log",
        "activity": mine,
        "evidence": mine.evidence.all(),
        "form": forms.Whole(instance=copy(mine)),
        **{name: kind(auto_id=IDS[name], **_prefix(name)) for name, kind in PIECES.items()},
        "again_form": forms.Again(auto_id="again_%s"),
        "wrong": wrong,
        **given,
    }
    return render(request, "people/cpd/one.html", context, status=status_of(wrong))


def _sent(request: LogRequest, mine: CpdActivity, asked: str) -> dict[str, Any]:
    """The forms that hold something, and the one that was asked for whatever it holds."""
    sent: dict[str, Any] = {}
    words = forms.Whole(request.POST, instance=copy(mine))
    if asked == "form" or ("title" in request.POST and words.has_changed()):
        sent["form"] = words
    for name, kind in PIECES.items():
        piece = kind(request.POST, request.FILES, auto_id=IDS[name], **_prefix(name))
        if name == asked or piece.has_changed():
            sent[name] = piece
    return sent


def _prefix(name: str) -> dict[str, Any]:
    """Photograph and file stand in the same form, so one of them has names of its own."""
    return {"prefix": "photo"} if name == "photo_form" else {}


def _write(request: LogRequest, mine: CpdActivity, name: str, form: Any) -> None:
    said = form.cleaned_data
    whose: dict[str, Any] = {"actor": request.actor, "activity": mine}
    try:
        if name == "form":
            actions.change_activity(**whose, values=said)
        elif name == "link_form":
            actions.add_link(**whose, url=said["url"], title=said["link_title"])
        else:
            file, title = said["file"], said["file_title"]
            actions.add_file(**whose, name=file.name, data=file.read(), title=title)
    except Refused as refused:
        form.add_error(REFUSED_AT.get(name), str(refused))
    else:
        messages.success(request, KEPT[name])
