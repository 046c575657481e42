"""`/my/`: what a technician says of themselves, to whom each part is shown, what others see."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.accounts.models import User
from benchside.accounts.views import SignedInRequest
from benchside.core.actions import Actor, Refused
from benchside.core.ways_back import back_to
from benchside.people import actions, forms, queries
from benchside.people.actions.profiles import LINES, TERMS
from benchside.people.enums import Audience
from benchside.people.fields import FIELDS
from benchside.people.models import Profile
from benchside.people.showing import shown

TAKING = ("GET", "HEAD", "POST")
LINE_FORMS = {"qualifications": forms.QualificationLine, "languages": forms.LanguageLine}
TERM_WORDS = {
    "skills": ("Your skills", "Tick what you could show somebody how to do."),
    "kit": ("Kit you run", "Tick what you could run, or help somebody with."),
}


class OwnRequest(SignedInRequest):
    """What a page of one's own record gets."""

    user: User
    profile: Profile


def own_record(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The gate: sign-in, then to where a record begins for whoever has none."""

    @login_required
    @never_cache
    @wraps(view)
    def checked(request: OwnRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        technician = queries.technician_of(request.user)
        if technician is None or not hasattr(technician, "profile"):
            return redirect("people:begin")
        request.profile = technician.profile
        request.profile.technician = technician
        return view(request, *args, **kwargs)

    return checked


# --- where a record begins ------------------------------------------------------------------------
@login_required
@never_cache
@require_http_methods(TAKING)
def begin(request: SignedInRequest) -> HttpResponse:
    """Claim a record an employer has of one's proven address, or begin one of one's own."""
    technician = queries.technician_of(request.user)
    offered = queries.offered_to(request.user)
    if technician is not None and hasattr(technician, "profile") and not offered.exists():
        return redirect("people:profile")
    if request.method == "POST":
        return _begin(request)
    context = {"offered": offered, "has_record": technician is not None}
    return render(request, "people/begin.html", context)


def _begin(request: SignedInRequest) -> HttpResponse:
    actor, user = Actor.of(request.user), request.user
    try:
        if asked := request.POST.get("record", ""):
            if not asked.isascii() or not asked.isdecimal():
                raise Http404
            found = get_object_or_404(queries.offered_to(user), pk=int(asked))
            actions.claim_by_address(actor=actor, user=user, technician=found)
            messages.success(request, "It is yours. Nothing more of it is shown than before.")
        else:
            actions.begin_record(actor=actor, user=user)
            messages.success(request, "Your record is made. Nobody sees it until you say so.")
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("people:begin")
    return redirect(back_to(request, reverse("people:profile")))


# --- the profile ----------------------------------------------------------------------------------
@require_http_methods(TAKING)
@own_record
def profile(request: OwnRequest) -> HttpResponse:
    one = request.profile
    form = forms.Words(
        request.POST or None, instance=_fresh(one), initial={"name": one.technician.name}
    )
    if request.method == "POST" and form.is_valid():
        actions.change_profile(actor=Actor.of(request.user), profile=one, values=form.cleaned_data)
        messages.success(request, "It is kept.")
        return redirect("people:profile")
    status = 422 if form.errors else 200
    return _sheet(request, "words", form, status)


@require_http_methods(TAKING)
@own_record
def photo(request: OwnRequest) -> HttpResponse:
    form = forms.Photo(request.POST or None, request.FILES or None)
    actor = Actor.of(request.user)
    if request.method == "POST" and "remove" in request.POST:
        actions.take_photo_down(actor=actor, profile=request.profile)
        messages.success(request, "The photograph is deleted, everywhere and for good.")
        return redirect("people:photo")
    if request.method == "POST" and form.is_valid():
        actions.set_photo(
            actor=actor,
            profile=request.profile,
            file=form.cleaned_data["file"],
            description=form.cleaned_data["description"],
            words=forms.CONSENT,
        )
        messages.success(request, "The photograph is kept. Choose who may see it.")
        return redirect("people:audiences")
    return _sheet(request, "photo", form, 422 if form.errors else 200)


@require_http_methods(TAKING)
@own_record
def terms(request: OwnRequest, kind: str) -> HttpResponse:
    line, vocabulary = TERMS[kind]
    held = set(line.objects.filter(profile=request.profile).values_list("term__slug", flat=True))
    if request.method == "POST":
        held = set(request.POST.getlist("term"))
        try:
            actions.choose_terms(
                actor=Actor.of(request.user), profile=request.profile, kind=kind, slugs=list(held)
            )
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "They are kept.")
            return redirect(f"people:{kind}")
    title, lead = TERM_WORDS[kind]
    context = {
        "terms": vocabulary.objects.order_by("name"),
        "held": held,
        "title": title,
        "lead": lead,
        "here": kind,
        "profile": request.profile,
    }
    return render(request, "people/terms.html", context)


@require_http_methods(TAKING)
@own_record
def lines(request: OwnRequest, kind: str) -> HttpResponse:
    """Qualifications or languages: those there are, one more, one fewer."""
    actor = Actor.of(request.user)
    if request.method == "POST" and (gone := request.POST.get("remove", "")):
        if gone.isascii() and gone.isdecimal():
            actions.remove_line(actor=actor, profile=request.profile, kind=kind, pk=int(gone))
        return redirect(f"people:{kind}")
    form = LINE_FORMS[kind](request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_line(
                actor=actor, profile=request.profile, kind=kind, values=form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is added.")
            return redirect(f"people:{kind}")
    return _sheet(request, kind, form, 422 if form.errors else 200)


def _sheet(request: OwnRequest, here: str, form: Any, status: int) -> HttpResponse:
    held = getattr(request.profile, here).all() if here in LINES else None
    context = {"form": form, "here": here, "profile": request.profile, "held": held}
    return render(request, f"people/{here}.html", context, status=status)


def _fresh(one: Profile) -> Profile:
    """The form writes into what it is given; what is shown beside it stays as it is kept."""
    return Profile.objects.select_related("technician").get(pk=one.pk)


# --- who sees what --------------------------------------------------------------------------------
@require_http_methods(TAKING)
@own_record
def audiences(request: OwnRequest) -> HttpResponse:
    one = request.profile
    if request.method == "POST":
        said = {key.key: request.POST.get(key.key, "") for key in FIELDS}
        chosen = {
            key: Audience(int(value))
            for key, value in said.items()
            if value in {str(level.value) for level in Audience}
        }
        actions.choose_audiences(actor=Actor.of(request.user), profile=one, audiences=chosen)
        messages.success(request, "It is kept, and holds from now on.")
        return redirect("people:audiences")
    rows = [(field, getattr(one, f"{field.key}_to")) for field in FIELDS]
    context = {"rows": rows, "levels": Audience.choices, "here": "audiences", "profile": one}
    return render(request, "people/audiences.html", context)


@require_POST
@own_record
def switch(request: OwnRequest) -> HttpResponse:
    """Show me, or hide me."""
    is_shown = request.POST.get("show") == "yes"
    actions.show_or_hide(actor=Actor.of(request.user), profile=request.profile, is_shown=is_shown)
    said = "You are shown, as you have chosen." if is_shown else "You are hidden from everybody."
    messages.success(request, said)
    return redirect("people:audiences")


@require_safe
@own_record
def preview(request: OwnRequest) -> HttpResponse:
    asked = request.GET.get("as", "everyone")
    level = {"organisation": Audience.ORGANISATION, "nobody": Audience.NOBODY}.get(
        asked, Audience.EVERYONE
    )
    one = queries.with_lines(Profile.objects.all()).get(pk=request.profile.pk)
    context = {
        "person": shown(one, level),
        "level": level,
        "levels": Audience.choices,
        "here": "preview",
        "profile": one,
    }
    return render(request, "people/preview.html", context)
