"""Who assigns, ratifies and keeps awards for which standard; for keepers of standards."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.accounts.views import SignedInRequest
from benchside.assessment import actions, rules
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import StandardVersion
from benchside.assessment.reviewing import forms, queries
from benchside.assessment.reviewing.views import View, chosen, page, paged, signed_in, sort_of
from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.organisations.views.tables import sorting, words_of

COLUMNS = [("name", "Who"), ("standard", "Standard"), ("kind", "Duty"), ("since", "Since")]
SORTS = dict(COLUMNS)


def for_keepers(view: View) -> View:
    """For whoever may give duties; 404 for everybody else."""

    def found(request: SignedInRequest, *args: Any, **blanks: Any) -> HttpResponse:
        if not rules.can_give_duties(Actor.of(request.user)):
            raise Http404
        return view(request, *args, **blanks)

    return signed_in(found)


@for_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def duties(request: SignedInRequest) -> HttpResponse:
    standards = _standards()
    form = forms.DutyForm(request.POST or None, standards=standards)
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "kind": DutyKind(form.cleaned_data["kind"])}
        try:
            actions.give_duty(actor=Actor.of(request.user), **said)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{said['user'].get_full_name()} has this duty now.")
            return redirect("assessment:duties")
    titles = dict(standards)
    found = paged(request, _found(request))
    context = {
        "form": form,
        "page": found,
        "rows": [(one, titles.get(one.standard, one.standard)) for one in found],
        "columns": sorting(request, COLUMNS, sort_of(request, SORTS, "standard")),
        "standards": standards,
        "standard": chosen(request, "standard", titles),
        "words": words_of(request),
        "kept": request.GET.urlencode(),
    }
    return page(request, "duties", context, status=422 if form.errors else 200)


@for_keepers
@require_safe
def duties_csv(request: SignedInRequest) -> HttpResponse:
    rows = (
        (one.user.get_full_name(), one.user.email, one.standard, one.get_kind_display(),
         timezone.localdate(one.given_at))
        for one in _found(request)
    )  # fmt: skip
    return csv_response("duties.csv", ("Who", "E-mail", "Standard", "Duty", "Since"), rows)


def _found(request: SignedInRequest) -> Any:
    return queries.duties(
        standard=chosen(request, "standard", dict(_standards())),
        words=words_of(request),
        sort=sort_of(request, SORTS, "standard"),
    )


def _standards() -> list[tuple[str, str]]:
    keys = set(StandardVersion.objects.order_by().values_list("key", flat=True))
    return queries.titles_of(keys)


@for_keepers
@require_POST
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    duty = get_object_or_404(queries.duties(), pk=pk)
    try:
        actions.end_duty(actor=Actor.of(request.user), duty=duty)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{duty.user.get_full_name()} no longer has this duty.")
    return redirect("assessment:duties")
