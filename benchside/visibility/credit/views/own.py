"""`/my/contributions/`: what somebody had a part in, and who says so."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.core.open_forms import is_too_often
from benchside.people.views import OwnRequest, own_record
from benchside.visibility.credit import actions, asking, forms, lookup, queries, wording
from benchside.visibility.credit.enums import ContributionState, OutputKind, StandsAs
from benchside.visibility.credit.lookup import Why
from benchside.visibility.credit.parts import OutputWords
from benchside.visibility.models import Contribution, Output

TAKING = ("GET", "HEAD", "POST")
A_PAGE = 50
MOST_LOOK_UPS = 40
WITHIN = timedelta(hours=1)
HEADER = (
    "title", "kind", "year", "venue", "doi", "source", "credit_roles", "named_as", "note", "kit",
    "equipment", "state", "confirmed_by", "confirmed_on",
)  # fmt: skip
SAID = {
    "withdraw": "It is taken down, everywhere.",
    "state_again": "It is back, as you stated it.",
    "call_back": "The link works no longer, and the address is deleted.",
    "ask_again": "The letter is on its way once more.",
}
NOT_FOUND = {
    Why.OFF: "This site asks no register of DOIs. Type the title yourself: the DOI is kept.",
    Why.UNKNOWN: "Neither Crossref nor DataCite knows this DOI. Is it right? Then type the rest.",
    Why.NO_ANSWER: "The register gave no answer just now. Type the title yourself, or try again.",
}


@require_safe
@own_record
def mine(request: OwnRequest) -> HttpResponse:
    found = queries.of(request.profile.technician)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return _render(request, "mine", {"page": page})


@require_safe
@own_record
def mine_csv(request: OwnRequest) -> HttpResponse:
    rows = (_row(one) for one in queries.of(request.profile.technician))
    return csv_response("my-contributions.csv", HEADER, rows)


# --- adding one -----------------------------------------------------------------------------------
@require_http_methods(TAKING)
@own_record
def add(request: OwnRequest) -> HttpResponse:
    """First the DOI, or that there is none; then one's own part, and whom to ask."""
    if request.method == "POST":
        return _add(request)
    if "doi" not in request.GET:
        if "hand" in request.GET:
            return _part_page(request, forms.OutputForm(), _part_form(request), forms.AskForm())
        return _render(request, "find", {"form": forms.Find()})
    form = forms.Find(request.GET)
    if not form.is_valid():
        return _render(request, "find", {"form": form}, 422)
    return _found(request, form.cleaned_data["doi"])


def _found(request: OwnRequest, doi: str) -> HttpResponse:
    """What is known of a DOI: here, or at a registry; else a form to type it in."""
    known = Output.objects.filter(doi=doi).first()
    if known is not None and (mine := _mine_of(request, known)):
        messages.info(request, "You have this one in your list already. Here it is.")
        return redirect("visibility:contribution", mine.pk)
    if known is not None and not (known.is_typed and lookup.is_on()):
        held = {"words": forms.words_of(known), "sealed": forms.sealed_words(known)}
        return _part_page(request, None, _part_form(request), forms.AskForm(), more=held)
    if is_too_often(request, what="doi", limit=MOST_LOOK_UPS, within=WITHIN):
        told = "You have looked up many DOIs. Type the title yourself, or go on in an hour."
        return _by_hand(request, doi, told)
    record = lookup.look_up(doi)
    if isinstance(record, Why):
        return _by_hand(request, doi, NOT_FOUND[record])
    sealed = forms.sealed(record, doi)
    is_author = bool(request.profile.orcid) and request.profile.orcid in record.orcids
    first: dict[str, Any] = {"stands_as": StandsAs.AUTHOR} if is_author else {}
    held = {"words": forms.opened(sealed), "sealed": sealed, "is_author": is_author}
    ask = forms.AskForm(initial={"author_name": record.lead})
    return _part_page(request, None, _part_form(request, initial=first), ask, more=held)


def _by_hand(request: OwnRequest, doi: str, told: str) -> HttpResponse:
    output = forms.OutputForm(initial={"doi": doi, "kind": OutputKind.ARTICLE})
    return _part_page(request, output, _part_form(request), forms.AskForm(), more={"told": told})


def _mine_of(request: OwnRequest, output: Output) -> Contribution | None:
    held = output.contributions.exclude(state=ContributionState.WITHDRAWN)
    return held.filter(technician=request.profile.technician_id).first()


def _add(request: OwnRequest) -> HttpResponse:
    sealed = request.POST.get("record", "")
    words = forms.opened(sealed) if sealed else None
    output = forms.OutputForm(request.POST) if words is None else None
    part = _part_form(request, request.POST)
    ask = forms.AskForm(request.POST, empty_permitted=True, use_required_attribute=False)
    wants = bool(request.POST.get("author_email", "").strip())
    if _are_valid(output, part, ask if wants else None):
        try:
            made = _state(request, words or _typed(output), part)
        except actions.HaveIt as have:
            messages.info(request, str(have))
            return redirect("visibility:contribution", have.contribution_id)
        except Refused as refused:
            part.add_error(None, str(refused))
        else:
            _ask(request, made, ask if wants else None)
            return redirect("visibility:contribution", made.pk)
    ask = ask if wants else forms.AskForm(initial=request.POST.dict())
    held = {"words": words, "sealed": sealed} if words else {}
    return _part_page(request, output, part, ask, 422, more=held)


def _are_valid(*found: Form | None) -> bool:
    """Each is asked, so that all that is wrong is said at once."""
    return not [form for form in found if form and not form.is_valid()]


def _typed(output: forms.OutputForm | None) -> OutputWords:
    assert output is not None
    return output.output_words


def _state(request: OwnRequest, words: OutputWords, part: forms.PartForm) -> Contribution:
    return actions.state_contribution(
        actor=Actor.of(request.user),
        technician=request.profile.technician,
        output=words,
        part=part.part,
    )


def _ask(request: OwnRequest, made: Contribution, ask: forms.AskForm | None) -> None:
    if ask is None:
        messages.success(request, "It is in your list. Next, ask the lead author to confirm it.")
        return
    try:
        asking.ask_author(actor=Actor.of(request.user), contribution=made, **ask.cleaned_data)
    except Refused as refused:
        messages.error(request, f"It is in your list, but nobody was asked. {refused}")
    else:
        messages.success(request, "It is in your list, and the lead author is asked.")


# --- one of them ----------------------------------------------------------------------------------
@require_safe
@own_record
def one(request: OwnRequest, pk: int) -> HttpResponse:
    return _one_page(request, _mine(request, pk), forms.AskForm())


@require_http_methods(TAKING)
@own_record
def edit(request: OwnRequest, pk: int) -> HttpResponse:
    """A registry's words, and those another relies on, stay; the part is one's own to change."""
    contribution = _mine(request, pk)
    if contribution.state == ContributionState.WITHDRAWN:
        messages.error(request, "This one is withdrawn. State it again first.")
        return redirect("visibility:contribution", pk)
    known = contribution.output
    is_own = known.is_typed and not known.contributions.exclude(pk=pk).exists()
    sent = request.POST if request.method == "POST" else None
    output = forms.OutputForm(sent, initial=forms.OutputForm.initial_of(known)) if is_own else None
    part = _part_form(request, sent, contribution)
    if sent is not None and _are_valid(output, part):
        try:
            actions.change_contribution(
                actor=Actor.of(request.user),
                contribution=contribution,
                part=part.part,
                output=output.output_words if output else None,
            )
        except Refused as refused:
            part.add_error(None, str(refused))
        else:
            messages.success(request, "It is kept.")
            return redirect("visibility:contribution", pk)
    held = {"contribution": contribution, "words": None if is_own else forms.words_of(known)}
    is_bad = any(form.errors for form in (output, part) if form)
    return _part_page(request, output, part, None, 422 if is_bad else 200, more=held)


@require_POST
@own_record
def ask(request: OwnRequest, pk: int) -> HttpResponse:
    contribution, form = _mine(request, pk), forms.AskForm(request.POST)
    if form.is_valid():
        try:
            asking.ask_author(
                actor=Actor.of(request.user), contribution=contribution, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The lead author is asked. We tell you what they answer.")
            return redirect("visibility:contribution", pk)
    return _one_page(request, _mine(request, pk), form, 422)


VERBS = {
    "withdraw": actions.withdraw_contribution,
    "state_again": actions.state_again,
    "call_back": asking.call_back,
    "ask_again": asking.ask_again,
}


@require_POST
@own_record
def do(request: OwnRequest, pk: int) -> HttpResponse:
    """One of VERBS, which need nothing but the word."""
    contribution, verb = _mine(request, pk), request.POST.get("verb", "")
    if verb not in VERBS:
        raise Http404
    try:
        VERBS[verb](actor=Actor.of(request.user), contribution=contribution)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, SAID[verb])
    return redirect("visibility:contribution", pk)


# --- what they share ------------------------------------------------------------------------------
def _mine(request: OwnRequest, pk: int) -> Contribution:
    """Somebody else's is not there."""
    found: Contribution = get_object_or_404(queries.of(request.profile.technician), pk=pk)
    found.technician = request.profile.technician
    return found


def _part_form(
    request: OwnRequest, sent: Any = None, contribution: Contribution | None = None, **options: Any
) -> forms.PartForm:
    me = request.profile.technician
    if contribution is not None:
        options["initial"] = forms.PartForm.initial_of(contribution)
    options.setdefault("initial", {"stands_as": StandsAs.ACKNOWLEDGED})
    return forms.PartForm(
        sent,
        kit=queries.kit_to_choose(me, contribution),
        equipment=queries.equipment_to_choose(me, contribution),
        **options,
    )


def _part_page(
    request: OwnRequest,
    output: forms.OutputForm | None,
    part: forms.PartForm,
    ask: forms.AskForm | None,
    status: int = 200,
    more: Mapping[str, Any] = MappingProxyType({}),
) -> HttpResponse:
    """`words` of an output that is not to be typed, `sealed` as the form carries them, `told` why
    nothing was found."""
    kinds = dict(OutputKind.choices)
    words = more.get("words")
    context = {
        "output_form": output,
        "part_form": part,
        "ask_form": ask,
        "all_forms": [form for form in (output, part, ask) if form],
        "kind": kinds.get(words.kind, "") if words else "",
        **more,
    }
    return _render(request, "part", context, status)


def _one_page(
    request: OwnRequest, contribution: Contribution, form: forms.AskForm, status: int = 200
) -> HttpResponse:
    roles, who = contribution.credit_roles, queries.thanked(contribution)
    context = {
        "contribution": contribution,
        "output": contribution.output,
        "letter": getattr(contribution, "letter", None),
        "form": form,
        "verbs": actions.verbs_of(Actor.of(request.user), contribution),
        "thanks": wording.thanks(who, roles),
        "statement": wording.statement(who.name, roles),
        "by_role": [(role, wording.thanks_for_one(who, role)) for role in roles],
        "is_seen": contribution.is_seen and request.profile.is_shown,
        "shown_to": request.profile.get_contributions_to_display(),
        "audiences_url": reverse("people:audiences"),
    }
    return _render(request, "one", context, status)


def _render(
    request: OwnRequest, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    whole = {**context, "here": "contributions", "profile": request.profile}
    return render(request, f"visibility/credit/{name}.html", whole, status=status)


def _row(one: Contribution) -> list[object]:
    output = one.output
    return [
        output.title,
        output.get_kind_display(),
        output.year,
        output.venue,
        output.doi,
        output.get_source_display(),
        "; ".join(role.name for role in one.credit_roles),
        one.get_stands_as_display(),
        one.note,
        "; ".join(term.name for term in one.kit.all()),
        "; ".join(item.name for item in one.equipment.all()),
        one.get_state_display(),
        one.confirmed_by,
        one.confirmed_at.date().isoformat() if one.confirmed_at and one.is_confirmed else "",
    ]
