"""One photograph large, everything known beside it, and what may be done with it.

Every button is a form that works without script; the script sends the same forms, swaps the
sheet in place and has the next picture ready.
"""

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.core.actions import Actor, Denied, Refused
from benchside.visibility.enums import PhotoState, RefusedFor
from benchside.visibility.models import Photo
from benchside.visibility.photos import moderation
from benchside.visibility.photos.moderation_access import moderators_only
from benchside.visibility.photos.moderation_facts import counts, facts_of, school_of
from benchside.visibility.photos.moderation_forms import CutForm, QuestionForm, WordsForm
from benchside.visibility.photos.moderation_queue import Among, for_me, hold, let_go, take_turn
from benchside.visibility.photos.moderation_squares import ACROSS, DOWN, BadPart, parts
from benchside.visibility.photos.moderation_undo import last_of, undo
from benchside.visibility.photos.moderation_words import REASONS, TOLD
from benchside.visibility.photos.states import PHOTO, TO_LOOK_AT

TOOLS = ("cover", "cut")
KEYS = (
    ("A", "approve"), ("R", "refuse, then 1 to 9"), ("Q", "ask the sender"),
    ("B", "blur a face"), ("C", "cut"), ("K", "a child may be seen"),
    ("S", "skip"), ("U", "undo the last"), ("→", "next"), ("←", "back"),
    ("Esc", "leave"), ("?", "these keys"),
)  # fmt: skip
SIZES = {"": "max-1600x1600|format-webp", "small": "max-320x320|format-webp"}


# --- the desk -------------------------------------------------------------------------------------
@moderators_only
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, and the button to begin."""
    actor = Actor.of(request.user)
    found = counts()
    states = [
        {"value": state.value, "label": state.label, "count": found[state]} for state in PhotoState
    ]
    context = {"states": states, "mine": _mine(actor).count(), "here": "desk"}
    return render(request, "visibility/photos/desk.html", context)


@moderators_only
@require_safe
def turn(request: HttpRequest) -> HttpResponse:
    """To the next photograph for this moderator, held for them; to the desk when there is none."""
    among = among_of(request)
    found = take_turn(_person(request), among, count=1)
    if not found:
        return redirect("visibility:moderation")
    return redirect(_address(found[0], among))


@moderators_only
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    let_go(_person(request))
    return redirect("visibility:moderation")


@moderators_only
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Undo what this moderator did last, and show it."""
    try:
        photo = undo(actor=Actor.of(request.user))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(_onward(among_of(request)))
    hold(_person(request), photo.pk)
    messages.success(request, "Taken back. Look at it anew.")
    return redirect(_address(photo, among_of(request)))


# --- one photograph -------------------------------------------------------------------------------
@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    photo = get_object_or_404(
        Photo.objects.select_related(
            "picture", "original", "campaign", "pledge", "organisation", "role"
        ),
        key=key,
    )
    if request.method == "POST":
        return _decide(request, photo)
    hold(_person(request), photo.pk)
    return _page(request, photo)


@moderators_only
@require_POST
def keep(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Still looking: the script says so now and then."""
    hold(_person(request), get_object_or_404(Photo, key=key).pk)
    return HttpResponse(status=204)


@moderators_only
@require_safe
def picture(request: HttpRequest, key: uuid.UUID, size: str = "") -> HttpResponse:
    """The picture as it is now, private or not; drawn on the first look."""
    photo = get_object_or_404(Photo.objects.select_related("picture"), key=key)
    if photo.picture is None:
        raise Http404
    rendition = photo.picture.get_rendition(SIZES[size])
    with rendition.file.open("rb") as file:
        response = HttpResponse(file.read(), content_type="image/webp")
    response["Cache-Control"] = "private, no-store"
    return response


def _page(request: HttpRequest, photo: Photo, status: int = 200, **bound: Any) -> HttpResponse:
    actor, among = Actor.of(request.user), among_of(request)
    tool = request.GET.get("tool", "")
    can_change = photo.state in TO_LOOK_AT and photo.picture is not None
    following = take_turn(_person(request), among)
    context = {
        "photo": photo,
        "facts": facts_of(photo),
        "school": school_of(photo),
        "keys": KEYS,
        "verbs": PHOTO.verbs(actor, photo),
        "reasons": [(number, reason, TOLD[reason]) for number, reason in enumerate(REASONS, 1)],
        "tool": tool if tool in TOOLS and can_change else "",
        "can_change": can_change,
        "squares": [(a, d) for d in range(DOWN) for a in range(ACROSS)],
        "words_form": WordsForm.of(photo),
        "question_form": QuestionForm(),
        "cut_form": CutForm(),
        "last": last_of(_person(request)),
        "next": next((one for one in following if one.pk != photo.pk), None),
        "waiting": _mine(actor, among).count(),
        "among": among,
        "kept": kept_of(among),
        "here": "look",
        **bound,
    }
    return render(request, "visibility/photos/look.html", context, status=status)


def _mine(actor: Actor, among: Among | None = None) -> Any:
    assert actor.person_id is not None  # a moderator has an account
    return for_me(actor.person_id, among or Among())


# --- decisions ------------------------------------------------------------------------------------
def _decide(request: HttpRequest, photo: Photo) -> HttpResponse:
    """Do what the form says. What was typed is kept when it cannot be done."""
    if request.POST.get("seen", "") != str(photo.picture_id):
        messages.error(request, "The picture was changed meanwhile. Look at it again.")
        return redirect(_address(photo, among_of(request)))
    verb = request.POST.get("verb", "")
    if verb not in DECIDES:
        raise Http404
    try:
        return DECIDES[verb](request, photo, Actor.of(request.user))
    except Refused as refused:
        messages.error(request, str(refused))
    except Denied:
        messages.error(request, "This one needs a second person. Go on with the next.")
    if verb in {"approve", "describe"}:
        photo.refresh_from_db()
        return _page(request, photo, 422, words_form=WordsForm(request.POST))
    return redirect(_address(photo, among_of(request)))


def _approve(request: HttpRequest, photo: Photo, actor: Actor) -> HttpResponse:
    """The words beside it are mended with the same press."""
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, photo, 422, words_form=form)
    if form.differs_from(photo):
        moderation.describe(actor=actor, photo=photo, words=form.words)
    moderation.approve(actor=actor, photo=photo)
    is_first = photo.state == PhotoState.ONCE_APPROVED
    return _done(
        request, "Your yes is kept; a second person looks too." if is_first else "Approved."
    )


def _describe(request: HttpRequest, photo: Photo, actor: Actor) -> HttpResponse:
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, photo, 422, words_form=form)
    moderation.describe(actor=actor, photo=photo, words=form.words)
    return _again(request, photo, "The words are kept.")


def _refuse(request: HttpRequest, photo: Photo, actor: Actor) -> HttpResponse:
    reason = request.POST.get("reason", "")
    if reason not in RefusedFor.values:
        raise Refused("Nothing was refused.", "Choose a reason from the list.")
    moderation.refuse(actor=actor, photo=photo, reason=RefusedFor(reason))
    return _done(request, f"Refused: {RefusedFor(reason).label.lower()}.")


def _ask(request: HttpRequest, photo: Photo, actor: Actor) -> HttpResponse:
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _page(request, photo, 422, question_form=form)
    moderation.ask(actor=actor, photo=photo, question=form.cleaned_data["question"])
    return _done(request, "Asked. It comes back with the answer.")


def _skip(request: HttpRequest, photo: Photo, actor: Actor) -> HttpResponse:
    moderation.skip(actor=actor, photo=photo)
    return _done(request, "Skipped. It comes again at the end.")


def _child(request: HttpRequest, photo: Photo, actor: Actor) -> HttpResponse:
    moderation.raise_child(actor=actor, photo=photo)
    return _again(request, photo, "Two people have to say yes to this one now.")


def _hide(request: HttpRequest, photo: Photo, actor: Actor) -> HttpResponse:
    moderation.hide(actor=actor, photo=photo)
    return _again(request, photo, "It is off the wall. Look at it again.")


def _look_again(request: HttpRequest, photo: Photo, actor: Actor) -> HttpResponse:
    moderation.look_again(actor=actor, photo=photo)
    return _again(request, photo, "It is back in the queue.")


def _cover(request: HttpRequest, photo: Photo, actor: Actor) -> HttpResponse:
    try:
        covered = parts(request.POST.getlist("square"), request.POST.getlist("box"))
    except BadPart as error:
        raise Refused("We could not read what to cover.", "Mark it again.") from error
    if not covered:
        raise Refused("Nothing was covered.", "Draw a box over it, or tick squares.")
    moderation.retouch(actor=actor, photo=photo, covered=covered)
    return _again(request, photo, "Covered for good. Check that nobody can be recognised.")


def _cut(request: HttpRequest, photo: Photo, actor: Actor) -> HttpResponse:
    form = CutForm(request.POST)
    if not form.is_valid():
        return _page(request, photo, 422, cut_form=form, tool="cut")
    moderation.retouch(actor=actor, photo=photo, kept=form.kept)
    return _again(request, photo, "Cut.")


def _restore(request: HttpRequest, photo: Photo, actor: Actor) -> HttpResponse:
    moderation.restore(actor=actor, photo=photo)
    return _again(request, photo, "It is as it was sent in.")


Decision = Callable[[HttpRequest, Photo, Actor], HttpResponse]
DECIDES: dict[str, Decision] = {
    "approve": _approve,
    "describe": _describe,
    "refuse": _refuse,
    "ask": _ask,
    "skip": _skip,
    "child": _child,
    "hide": _hide,
    "look-again": _look_again,
    "cover": _cover,
    "cut": _cut,
    "restore": _restore,
}


# --- addresses ------------------------------------------------------------------------------------
def among_of(request: HttpRequest) -> Among:
    given = request.GET
    return Among(school=given.get("school", "")[:200], campaign=given.get("campaign", "")[:60])


def kept_of(among: Among) -> str:
    said = {name: value for name in ("school", "campaign") if (value := getattr(among, name))}
    return f"?{urlencode(said)}" if said else ""


def _address(photo: Photo, among: Among) -> str:
    return reverse("visibility:moderation_look", args=[photo.key]) + kept_of(among)


def _onward(among: Among) -> str:
    return reverse("visibility:moderation_turn") + kept_of(among)


def _done(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(_onward(among_of(request)))


def _again(request: HttpRequest, photo: Photo, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(_address(photo, among_of(request)))


def _person(request: HttpRequest) -> uuid.UUID:
    return request.user.person_id  # type: ignore[union-attr]
