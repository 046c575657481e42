"""A story's own page for its person: how far it is, what is asked, the words to agree to, the way
back. And the page of a parent."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import Actor, Refused
from benchside.visibility.enums import LinkFor, StoryState
from benchside.visibility.models import Story
from benchside.visibility.stories import actions, gate, links, shown
from benchside.visibility.stories.states import STORY
from benchside.visibility.stories.tell import consent_forms, forms
from benchside.visibility.stories.tell.door import by_link
from benchside.visibility.stories.tell.pages import FORM_PAGE, small_picture, yes_of

PLACES = (
    (StoryState.SENT, "We read it"),
    (StoryState.TO_AGREE, "You read it once more"),
    (StoryState.AGREED, "A second person reads it"),
    (StoryState.PUBLISHED, "Everybody can read it"),
)


@by_link()
@require_safe
def story_page(request: HttpRequest, story: Story, token: str) -> HttpResponse:
    if story.state == StoryState.DRAFT:
        undone = gate.lacks_to_send(story)
        return redirect("visibility:tell_step", token, undone[0].step if undone else "send")
    links.keep_alive(story)
    return _own(request, story, token)


@by_link()
@require_http_methods(["POST"])
def do(request: HttpRequest, story: Story, token: str, verb: str) -> HttpResponse:
    """Agree, ask for a change, answer, or write to the parent again."""
    verbs: dict[str, Callable[[HttpRequest, Story, Actor], Any]] = {
        "agree": _agree,
        "change": _change,
        "answer": _answer,
        "parent": _parent_again,
    }
    if verb not in verbs:
        raise Http404
    try:
        form = verbs[verb](request, story, links.holder_of(story))
    except Refused as refused:
        story.refresh_from_db()
        return _own(request, story, token, refused=refused, status=409)
    if form is not None:
        return _own(request, story, token, status=422, **{f"{verb}_form": form})
    return redirect("visibility:tell_story", token)


def _agree(request: HttpRequest, story: Story, actor: Actor) -> None:
    actions.agree_words(actor=actor, story=story, words=request.POST.get("words", ""))


def _change(request: HttpRequest, story: Story, actor: Actor) -> forms.WordsForm | None:
    form = forms.WordsForm(request.POST)
    if not form.is_valid():
        return form
    actions.ask_for_change(actor=actor, story=story, text=form.cleaned_data["text"])
    return None


def _answer(request: HttpRequest, story: Story, actor: Actor) -> forms.WordsForm | None:
    form = forms.WordsForm(request.POST)
    if not form.is_valid():
        return form
    actions.answer_question(actor=actor, story=story, text=form.cleaned_data["text"])
    return None


def _parent_again(
    request: HttpRequest, story: Story, actor: Actor
) -> forms.ParentAddressForm | None:
    form = forms.ParentAddressForm(request.POST)
    if not form.is_valid():
        return form
    actions.send_parent_again(
        actor=actor, story=story, parent_email=form.cleaned_data["parent_email"]
    )
    return None


@by_link()
@FORM_PAGE
def withdraw(request: HttpRequest, story: Story, token: str) -> HttpResponse:
    """Ask once, then it is gone."""
    return _withdrawn(request, story, token, LinkFor.PERSON)


# --- a parent or carer ----------------------------------------------------------------------------
@by_link(LinkFor.PARENT)
@FORM_PAGE
def parent(request: HttpRequest, story: Story, token: str) -> HttpResponse:
    """All of it, and a yes to sign."""
    has_pictures = story.pictures.exists() or story.film_or_none is not None
    form = consent_forms.ParentForm(request.POST or None, has_pictures=has_pictures)
    if request.method == "POST" and form.is_valid():
        actor = links.holder_of(story, LinkFor.PARENT)
        actions.sign_as_parent(actor=actor, story=story, yes=yes_of(form))
        return redirect("visibility:story_parent", token)
    context = {**_shown(story), "story": story, "token": token, "form": form}
    status = 422 if form.errors else 200
    return render(request, "visibility/tell/parent.html", context, status=status)


@by_link(LinkFor.PARENT)
@FORM_PAGE
def parent_withdraws(request: HttpRequest, story: Story, token: str) -> HttpResponse:
    return _withdrawn(request, story, token, LinkFor.PARENT)


@by_link(LinkFor.PARENT)
@require_safe
def parent_picture(request: HttpRequest, story: Story, token: str, pk: int) -> HttpResponse:
    return small_picture(story, pk)


# --- what they share ------------------------------------------------------------------------------
def _own(
    request: HttpRequest, story: Story, token: str, status: int = 200, **more: Any
) -> HttpResponse:
    """verbs  what the person may do now; places  (words, is past, is here) of the way it goes."""
    keys = [state for state, _ in PLACES]
    here = StoryState.SENT if story.state == StoryState.ASKED else story.state
    at = keys.index(StoryState(here)) if here in keys else -1
    context = {
        **_shown(story),
        "story": story,
        "token": token,
        "verbs": STORY.verbs(links.holder_of(story), story),
        "places": [(words, n < at, n == at) for n, (_, words) in enumerate(PLACES)],
        "messages_kept": list(story.messages.all()),
        "answer_form": forms.WordsForm(),
        "change_form": forms.WordsForm(),
        "parent_form": forms.ParentAddressForm(initial={"parent_email": story.parent_email}),
        "kept": "send" if request.GET.get("kept") == "send" else "",
        "draft_key": f"{story.key.hex[:12]}-reply",
        **more,
    }
    return render(request, "visibility/tell/own.html", context, status=status)


def _shown(story: Story) -> dict[str, Any]:
    """page      the newest words, None before it was sent
    changes   of (place, pieces) where they differ from what was sent
    words     the digest of what is shown, which a yes is given to"""
    page = shown.words_now(story)
    return {
        "page": page,
        "answers": shown.answers_of(page) if page else [],
        "steps": shown.steps_of(page) if page else [],
        "changes": shown.changes(story, page) if page else [],
        "words": shown.digest(story, page) if page else "",
        "pictures": story.pictures.select_related("picture"),
        "film": story.film_or_none,
    }


def _withdrawn(request: HttpRequest, story: Story, token: str, purpose: LinkFor) -> HttpResponse:
    if request.method != "POST":
        context = {"story": story, "token": token, "is_parent": purpose == LinkFor.PARENT}
        return render(request, "visibility/tell/withdraw.html", context)
    actions.withdraw_story(actor=links.holder_of(story, purpose), story=story)
    return render(request, "visibility/tell/withdrawn.html", {"draft": story.key.hex[:12]})
