"""One question a page: its words are saved while they are typed, and nothing typed is lost.

One form holds all of the page, so that whatever button is pressed, the words go with it.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from benchside.assessment import figures
from benchside.assessment.actions.writing import Saved, save_statement
from benchside.assessment.advice import Advice
from benchside.assessment.advising import advice_on
from benchside.assessment.models import Figure, Statement
from benchside.assessment.words import count_words
from benchside.assessment.writing import kept, queries
from benchside.assessment.writing.forms import Answer
from benchside.assessment.writing.queries import Place
from benchside.assessment.writing.to_show import ToShow, to_show
from benchside.assessment.writing.views import WriterRequest, shown, writers_only
from benchside.assessment.writing.views.beside import VERBS, Beside, cited
from benchside.core.actions import Actor, Denied, Refused

NOT_YOURS = Refused(
    "This is not yours to write any more: your words were not saved.",
    "They are below. Copy them, and ask whoever leads this.",
)
UNREADABLE = Refused(
    "Something in this text cannot be kept: it was not saved.",
    "It may hold a character that is none. Take out what you pasted last, then save again.",
)
UNSENT = "Your comment is not sent yet. Send it, or empty the box."


@require_http_methods(["GET", "HEAD", "POST"])
@writers_only
def question(request: WriterRequest, criterion: str) -> HttpResponse:
    place = request.writer.place(criterion)
    if request.method == "POST":
        return _answered(request, place)
    if typed := kept.take_back(request):
        back = "You had been signed out. What you typed is back, and not saved yet."
        values = {key: typed[key] for key in ("text", "choice", "based_on")}
        return _page(request, place, typed=values, back=back)
    return _page(request, place)


def _answered(request: WriterRequest, place: Place) -> HttpResponse:
    """Keep the words first; then do what the button says."""
    verb, _, which = request.POST.get("do", "stay").partition(":")
    saved = None
    if "text" in request.POST or "choice" in request.POST:
        try:
            saved = _save(request, place, put=which if verb == "put" else "")
        except (Refused, Denied) as problem:
            return _not_saved(request, place, problem)
    if request.htmx:
        return _saved_part(request, place, saved)
    if verb in VERBS:
        beside = Beside(request, place)
        if not beside.done(verb, which):
            return _page(request, place, beside=beside, saved=saved, status=422)
        return redirect(f"{_address(request, place)}#{VERBS[verb]}")
    if saved and saved.clashes:
        return _page(request, place, saved=saved)
    if request.POST.get("comment", "").strip():
        beside = Beside(request, place, problem=UNSENT)
        return _page(request, place, beside=beside, saved=saved, status=422)
    if saved and saved.merged:
        who = "You had saved this in another window" if saved.is_own else "Somebody else had saved"
        messages.info(request, f"{who} meanwhile. Both are kept together.")
    return redirect(_onward(request, place, verb))


def _save(request: WriterRequest, place: Place, *, put: str) -> Saved:
    writer, key = request.writer, place.criterion.key
    if not writer.writes(key):
        raise NOT_YOURS
    form = Answer(request.POST)
    if not form.is_valid():
        raise UNREADABLE
    text = form.cleaned_data["text"]
    if put.isdigit():
        figure = writer.submission.figures.filter(criterion=key, pk=int(put[:18])).first()
        sentence = figures.in_words(figure) if figure else ""
        text = f"{text.rstrip()} {sentence}".strip() if sentence else text
    return save_statement(
        actor=Actor.of(request.user),
        submission=writer.submission,
        criterion=key,
        text=text,
        choice=form.cleaned_data["choice"],
        based_on=form.cleaned_data["based_on"],
    )


def _not_saved(request: WriterRequest, place: Place, problem: Exception) -> HttpResponse:
    """Say why; the words stay on the page."""
    refused = problem if isinstance(problem, Refused) else NOT_YOURS
    status = {id(NOT_YOURS): 403, id(UNREADABLE): 422}.get(id(refused), 409)
    typed = {key: request.POST.get(key, "") for key in ("text", "choice", "based_on")}
    if request.htmx:
        context = {"problem": refused, "based_on": typed["based_on"], "place": place}
        part = render_to_string("assessment/writing/parts/saved.html", context)
        return HttpResponse(part, status=409 if status == 403 else status)
    return _page(request, place, typed=typed, problem=refused, status=status)


def _saved_part(request: WriterRequest, place: Place, saved: Saved | None) -> HttpResponse:
    """The strip below the text alone, for a save while somebody types."""
    if saved is None:
        return HttpResponse(status=204)
    submission = request.writer.submission
    context = {
        "place": place,
        "submission": submission,
        "advice": _advice(request, place, saved.text),
        "saved": saved,
        "now": timezone.now(),
        "based_on": saved.number,
        **_count(place, saved.text),
    }
    return render(request, "assessment/writing/parts/saved.html", context)


def _count(place: Place, text: str) -> dict[str, int]:
    words, limit = count_words(text), place.criterion.words
    return {"count": words, "limit": limit, "over": max(0, words - limit) if limit else 0}


def _page(
    request: WriterRequest,
    place: Place,
    *,
    typed: dict[str, str] | None = None,
    saved: Saved | None = None,
    beside: Beside | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    writer, key = request.writer, place.criterion.key
    statement = writer.submission.statements.filter(criterion=key).first() or Statement()
    now = {"text": statement.text, "choice": statement.choice, "based_on": str(statement.number)}
    values = typed or now
    before, after = writer.beside(place)
    context = shown(
        writer,
        place=place,
        total=len(writer.places),
        before=before,
        after=after,
        statement=statement,
        saved=saved,
        saved_by=queries.names([statement.changed_by]).get(str(statement.changed_by), ""),
        typed=typed,
        text=values["text"],
        choice=values["choice"],
        based_on=values["based_on"],
        may_write=writer.may_write(key),
        figures=_figures(request, place, beside),
        measures=place.criterion.measures,
        beside=beside,
        login_url=f"{reverse('account_login')}?{urlencode({'next': request.path})}",
        said_words=count_words(statement.text),
        now=timezone.now() if saved else None,
        is_today=statement.changed_at
        and timezone.localdate(statement.changed_at) == timezone.localdate(),
        **_count(place, values["text"]),
        **_showing(request, place),
        **more,
    )
    if context["may_write"]:
        context["advice"] = _advice(request, place, values["text"])
    if writer.talks:
        context["talk"] = queries.talk(writer.submission, key)
        context["readers"] = [
            one
            for one in queries.readers(writer.submission, writer.parts)
            if one.pk != writer.user.pk
        ]
    return render(request, "assessment/writing/question.html", context, status=status)


def _advice(request: WriterRequest, place: Place, text: str) -> list[Advice]:
    """The hints on this answer, as it is on the screen."""
    key = place.criterion.key
    found = advice_on(request.writer.submission, {key: text})
    return [one for one in found if one.key == key]


def _showing(request: WriterRequest, place: Place) -> dict[str, list[ToShow]]:
    found = to_show(request.writer.submission)
    return {
        "shows": [one for one in found if one.criterion.key in place.criterion.shows],
        "shown_nowhere": [one for one in found if not one.is_shown],
    }


def _figures(request: WriterRequest, place: Place, beside: Beside | None) -> list[dict[str, Any]]:
    found: list[Figure] = list(
        request.writer.submission.figures.filter(criterion=place.criterion.key)
    )
    return [cited(one, beside) for one in found]


def _address(request: WriterRequest, place: Place) -> str:
    return reverse("assessment:question", args=[request.writer.submission.key, place.criterion.key])


def _onward(request: WriterRequest, place: Place, verb: str) -> str:
    before, after = request.writer.beside(place)
    target = {"next": after, "back": before}.get(verb)
    if target:
        return _address(request, target)
    if verb in {"next", "back"}:
        return reverse("assessment:form", args=[request.writer.submission.key])
    return _address(request, place)
