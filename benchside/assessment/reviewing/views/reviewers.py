"""Who reviews, what they are trained on; interests and partnerships that keep people away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.accounts.views import SignedInRequest
from benchside.assessment import actions, rules
from benchside.assessment.models import Reviewer
from benchside.assessment.reviewing import forms, queries
from benchside.assessment.reviewing.views import (
    View,
    chosen,
    page,
    paged,
    signed_in,
    sort_of,
)
from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.organisations.models import Organisation
from benchside.organisations.views.tables import sorting, words_of

COLUMNS = [("name", "Name"), ("load", "Reads now"), ("trained", "Trained"),
           ("refresh", "Refresh by")]  # fmt: skip
SHOWN = [("stale", "Training to be refreshed"), ("left", "Not asked any more")]


def for_officers(view: View) -> View:
    """For somebody who assigns reviews for any standard; 404 for everybody else."""

    def found(request: SignedInRequest, *args: Any, **blanks: Any) -> HttpResponse:
        if not rules.is_officer(Actor.of(request.user)):
            raise Http404
        return view(request, *args, **blanks)

    return signed_in(found)


@for_officers
@require_safe
def reviewers(request: SignedInRequest) -> HttpResponse:
    found = _found(request)
    context: dict[str, Any] = {
        "page": paged(request, found),
        "today": timezone.localdate(),
        "columns": sorting(request, COLUMNS, sort_of(request, queries.REVIEWER_SORTS, "name")),
        "standards": queries.titles_of(_keys(request)),
        "titles": dict(queries.titles_of(_keys(request))),
        "standard": request.GET.get("standard", ""),
        "words": words_of(request),
        "choices": SHOWN,
        "shown": chosen(request, "show", dict(SHOWN)),
        "kept": request.GET.urlencode(),
    }
    context["rows"] = [
        (one, [context["titles"][key] for key in one.standards if key in context["titles"]])
        for one in context["page"]
    ]
    context["is_empty"] = not found and not request.GET
    return page(request, "reviewers", context)


@for_officers
@require_safe
def reviewers_csv(request: SignedInRequest) -> HttpResponse:
    keys = _keys(request)
    rows = (
        (one.user.get_full_name(), one.user.email, " ".join(sorted(keys & set(one.standards))),
         one.trained_on or "", one.refresh_by or "", getattr(one, "load", 0),
         getattr(one, "done", 0), one.most, "yes" if one.is_active else "no")
        for one in _found(request)
    )  # fmt: skip
    header = ("Name", "E-mail", "Trained on", "Trained", "Refresh by", "Reads now", "Has read",
              "At most", "May be asked")  # fmt: skip
    return csv_response("reviewers.csv", header, rows)


def _keys(request: SignedInRequest) -> set[str]:
    return queries.run_by(request.user)


def _found(request: SignedInRequest) -> list[Reviewer]:
    return queries.reviewers(
        request.user,
        sort=sort_of(request, queries.REVIEWER_SORTS, "name"),
        standard=chosen(request, "standard", _keys(request)),
        words=words_of(request),
        shown=chosen(request, "show", dict(SHOWN)),
    )


@for_officers
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    """By the address they sign in with."""
    standards = queries.titles_of(rules.standards_of(Actor.of(request.user)))
    form = forms.ReviewerForm(request.POST or None, standards=standards, new=True)
    if request.method == "POST" and form.is_valid():
        if not form.cleaned_data["standards"]:
            form.add_error("standards", "Tick what they are trained on.")
        elif _kept(request, form, form.cleaned_data.pop("user")):
            return redirect("assessment:reviewers")
    context = {"form": form, "heading": "Add a reviewer", "back": "reviewers"}
    return page(request, "one_form", context, status=422 if form.errors else 200)


@for_officers
@require_http_methods(["GET", "HEAD", "POST"])
def reviewer(request: SignedInRequest, pk: int) -> HttpResponse:
    one = queries.reviewer_of(request.user, pk)
    if one is None:
        raise Http404
    standards = queries.titles_of(rules.standards_of(Actor.of(request.user)))
    names = ("trained_on", "refresh_by", "most", "is_active", "standards")
    form = forms.ReviewerForm(
        request.POST or None,
        standards=standards,
        initial={name: getattr(one, name) for name in names},
    )
    if request.method == "POST" and form.is_valid() and _kept(request, form, one.user):
        return redirect("assessment:reviewers")
    context = {"form": form, "heading": one.user.get_full_name(), "back": "reviewers"}
    return page(request, "one_form", context, status=422 if form.errors else 200)


def _kept(request: SignedInRequest, form: forms.ReviewerForm, user: Any) -> bool:
    said = {key: value for key, value in form.cleaned_data.items() if key != "user"}
    try:
        actions.keep_reviewer(actor=Actor.of(request.user), user=user, **said)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, f"Kept: {user.get_full_name()}.")
    return True


# --- interests -----------------------------------------------------------------------------------
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def interests(request: SignedInRequest) -> HttpResponse:
    """One's own, declared for good: nothing of that organisation is given to them."""
    form = forms.InterestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.declare_interest(actor=Actor.of(request.user), **form.cleaned_data)
        messages.success(request, "Thank you. You are asked about nothing they send in.")
        return redirect("assessment:interests")
    context = {
        "form": form,
        "found": paged(request, queries.interests_of(request.user)),
        "names": _names(),
    }
    return page(request, "interests", context, status=422 if form.errors else 200)


def _names() -> list[str]:
    """Names to choose from while one types; the first few hundred."""
    return list(Organisation.objects.open().order_by("name").values_list("name", flat=True)[:300])


@signed_in
@require_POST
def end_interest(request: SignedInRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(queries.interests_of(request.user), pk=pk)
    return _then(
        request, "interests", "It is over.",
        lambda: actions.end_interest(actor=Actor.of(request.user), interest=one),
    )  # fmt: skip


def _then(request: HttpRequest, where: str, said: str, do: Any) -> HttpResponse:
    try:
        do()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect(f"assessment:{where}")


# --- partnerships --------------------------------------------------------------------------------
@for_officers
@require_http_methods(["GET", "HEAD", "POST"])
def partnerships(request: SignedInRequest) -> HttpResponse:
    form = forms.PartnershipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.declare_partnership(actor=Actor.of(request.user), **form.cleaned_data)
        except Refused as refused:
            form.add_error("other", str(refused))
        else:
            messages.success(request, "Kept. Neither reviews the other.")
            return redirect("assessment:partnerships")
    words = words_of(request)
    context = {
        "form": form,
        "found": paged(request, queries.partnerships(words)),
        "words": words,
        "names": _names(),
    }
    return page(request, "partnerships", context, status=422 if form.errors else 200)


@for_officers
@require_safe
def partnerships_csv(request: SignedInRequest) -> HttpResponse:
    rows = (
        (each.one.name, each.other.name, timezone.localdate(each.declared_at))
        for each in queries.partnerships(words_of(request))
    )
    return csv_response("partners.csv", ("One", "Other", "Declared"), rows)


@for_officers
@require_POST
def end_partnership(request: SignedInRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(queries.partnerships(), pk=pk)
    return _then(
        request, "partnerships", "It is over.",
        lambda: actions.end_partnership(actor=Actor.of(request.user), partnership=one),
    )  # fmt: skip
