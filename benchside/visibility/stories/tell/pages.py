"""The steps of the form: begun by anybody, gone on with by whoever holds the link."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from benchside.core.actions import VISITOR, Refused
from benchside.core.open_forms import is_too_often
from benchside.visibility.enums import StoryState
from benchside.visibility.models import Story
from benchside.visibility.stories import actions, gate, links, shown
from benchside.visibility.stories.actions.consenting import Yes
from benchside.visibility.stories.tell import consent_forms, forms
from benchside.visibility.stories.tell.door import by_link
from benchside.visibility.stories.tell.fields import StepForm
from benchside.visibility.stories.tell.steps import BY_KEY, after, marks

MOST_BEGUN = 20  # of one address within the time: a workplace is one address
MOST_LINKS = 5
WITHIN = timedelta(hours=1)
FORM_PAGE = require_http_methods(["GET", "HEAD", "POST"])
Keep = Callable[[Story, Any, Any], None]


# --- begun ----------------------------------------------------------------------------------------
@never_cache
@csrf_exempt  # a cookie would tell visitors apart: core.open_forms checks token and Origin
@FORM_PAGE
def begin(request: HttpRequest) -> HttpResponse:
    """What it is about, and the first step. After it whoever began has a link of their own."""
    if request.method != "POST":
        return _begin_page(request, forms.BeginForm(request))
    form = forms.BeginForm(request, request.POST)
    if not form.is_valid():
        return _begin_page(request, form, status=422)
    if form.is_from_a_robot:
        return redirect("visibility:tell")
    if is_too_often(request, what="tell-a-story", limit=MOST_BEGUN, within=WITHIN):
        form.add_error(None, "Many stories were begun from your network. Try again in an hour.")
        return _begin_page(request, form, status=429)
    _, token = actions.begin_story(actor=VISITOR, values=form.cleaned_data)
    return redirect(f"{reverse('visibility:tell_step', args=[token, 'job'])}?kept=who")


def _begin_page(request: HttpRequest, form: forms.BeginForm, status: int = 200) -> HttpResponse:
    return render(request, "visibility/tell/begin.html", {"form": form}, status=status)


@never_cache
@csrf_exempt
@FORM_PAGE
def link_again(request: HttpRequest) -> HttpResponse:
    """A new link by e-mail; the answer is the same whether there is a story or not."""
    form = forms.LinkForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if is_too_often(request, what="story-link", limit=MOST_LINKS, within=WITHIN):
            form.add_error(None, "Many links were asked for from your network. Try in an hour.")
            return render(request, "visibility/tell/link.html", {"form": form}, status=429)
        if not form.is_from_a_robot:
            actions.send_link_again(actor=VISITOR, email=form.cleaned_data["email"])
        return render(request, "visibility/tell/link_sent.html")
    status = 422 if form.errors else 200
    return render(request, "visibility/tell/link.html", {"form": form}, status=status)


# --- gone on with ---------------------------------------------------------------------------------
@by_link()
@FORM_PAGE
def step(request: HttpRequest, story: Story, token: str, key: str) -> HttpResponse:
    """One step: kept when it is sent, then the next. Once the story is sent in, its own page."""
    if key not in BY_KEY:
        raise Http404
    if story.state != StoryState.DRAFT:
        return redirect("visibility:tell_story", token)
    return PAGES[key](request, story, token)


def _plain(form_class: type[StepForm], key: str) -> Callable[..., HttpResponse]:
    """A step that is one form of text."""

    def page(request: HttpRequest, story: Story, token: str) -> HttpResponse:
        if request.method != "POST":
            return _page(request, story, token, key, form_class(initial=form_class.first(story)))
        form = form_class(request.POST)
        if not form.is_valid():
            return _page(request, story, token, key, form)
        actions.save_step(actor=links.holder_of(story), story=story, values=form.cleaned_data)
        return _on(token, key)

    return page


def _pictures(request: HttpRequest, story: Story, token: str) -> HttpResponse:
    """Pictures are taken in one by one, so that a weak connection loses one at most."""
    verb = request.POST.get("verb", "")
    if request.method != "POST":
        return _page(request, story, token, "pictures", forms.PictureForm())
    if verb == "on":
        return _on(token, "pictures")
    actor, here = links.holder_of(story), _here(token, "pictures")
    if verb in {"remove", "first"}:
        action = actions.remove_picture if verb == "remove" else actions.put_first
        action(actor=actor, story=story, pk=_number(request.POST.get("picture", "")))
        return here
    form = forms.PictureForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.add_picture(actor=actor, story=story, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return here
    return _page(request, story, token, "pictures", form)


def _film(request: HttpRequest, story: Story, token: str) -> HttpResponse:
    verb = request.POST.get("verb", "")
    if request.method != "POST":
        return _page(request, story, token, "film", forms.FilmForm())
    if verb == "on":
        return _on(token, "film")
    actor = links.holder_of(story)
    if verb == "remove":
        actions.remove_film(actor=actor, story=story)
        return _here(token, "film")
    form = forms.FilmForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _take_film(actor, story, form.cleaned_data)
        except ValidationError as refused:
            form.add_error("file", refused)
        else:
            return _here(token, "film")
    return _page(request, story, token, "film", form)


def _take_film(actor: Any, story: Story, said: dict[str, Any]) -> None:
    if said["link"]:
        actions.link_film(
            actor=actor, story=story, link=said["link"], transcript=said["transcript"]
        )
        return
    names = ("file", "description", "captions", "transcript")
    actions.add_film(actor=actor, story=story, **{name: said[name] for name in names})


def _consent(request: HttpRequest, story: Story, token: str) -> HttpResponse:
    has_pictures = story.pictures.exists() or story.film_or_none is not None
    if request.method != "POST":
        first = consent_forms.ConsentForm.first(story)
        form = consent_forms.ConsentForm(initial=first, has_pictures=has_pictures)
        return _page(request, story, token, "consent", form)
    form = consent_forms.ConsentForm(request.POST, has_pictures=has_pictures)
    if not form.is_valid():
        return _page(request, story, token, "consent", form)
    actions.sign_consent(actor=links.holder_of(story), story=story, yes=yes_of(form))
    return _on(token, "consent")


def yes_of(form: consent_forms.ConsentForm) -> Yes:
    uses = {name: form.cleaned_data[name] for name, _ in form.USES}
    return Yes(
        signed_as=form.cleaned_data["signed_as"], words=form.words(), until=form.ends_on(), **uses
    )


def _send(request: HttpRequest, story: Story, token: str) -> HttpResponse:
    if request.method != "POST":
        return _page(request, story, token, "send", StepForm())
    try:
        actions.send_story(actor=links.holder_of(story), story=story)
    except Refused:  # the list on the page says what is missing, step by step
        story.refresh_from_db()
        return _page(request, story, token, "send", StepForm(), status=422)
    return redirect(f"{reverse('visibility:tell_story', args=[token])}?kept=send")


PAGES: dict[str, Callable[..., HttpResponse]] = {
    "who": _plain(forms.WhoForm, "who"),
    "job": _plain(forms.JobForm, "job"),
    "answers": _plain(forms.AnswersForm, "answers"),
    "route": _plain(forms.RouteForm, "route"),
    "pictures": _pictures,
    "film": _film,
    "consent": _consent,
    "send": _send,
}


# --- pictures, for whoever holds the link ---------------------------------------------------------
@by_link()
@require_http_methods(["GET", "HEAD"])
def picture(request: HttpRequest, story: Story, token: str, pk: int) -> HttpResponse:
    """A small rendition of a picture that nobody else may see yet."""
    return small_picture(story, pk)


def small_picture(story: Story, pk: int) -> HttpResponse:
    found = story.pictures.select_related("picture").filter(pk=pk).first()
    if found is None:
        raise Http404
    rendition = found.picture.get_rendition("max-640x640")
    with rendition.file.open("rb") as file:
        response = HttpResponse(file.read(), content_type="image/jpeg")
    kinds = {".png": "image/png", ".webp": "image/webp"}
    ending = rendition.file.name[rendition.file.name.rfind(".") :]
    response["Content-Type"] = kinds.get(ending, "image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    return response


# --- what they share ------------------------------------------------------------------------------
def _page(
    request: HttpRequest, story: Story, token: str, key: str, form: Any, status: int = 0
) -> HttpResponse:
    """`kept` names the step that was just kept, for the script that holds what is typed."""
    context = {
        "story": story,
        "token": token,
        "step": BY_KEY[key],
        "marks": marks(story, key),
        "form": form,
        "kept": request.GET.get("kept", "") if request.GET.get("kept", "") in BY_KEY else "",
        "lacks": gate.lacks_to_send(story) if key == "send" else [],
        "pictures": story.pictures.select_related("picture"),
        "film": story.film_or_none,
        "told": shown.told_answers(story) if key in {"send", "consent"} else [],
        "draft_key": f"{story.key.hex[:12]}-{key}",
    }
    status = status or (422 if form.errors else 200)
    return render(request, f"visibility/tell/{key}.html", context, status=status)


def _on(token: str, key: str) -> HttpResponse:
    return redirect(f"{reverse('visibility:tell_step', args=[token, after(key)])}?kept={key}")


def _here(token: str, key: str) -> HttpResponse:
    """Back to the same step, whose last words are kept."""
    return redirect(f"{reverse('visibility:tell_step', args=[token, key])}?kept={key}")


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 15 else 0
