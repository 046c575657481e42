"""A workspace's equipment: the list, one item, adding, changing, retiring."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.organisations import queries as organisation_queries
from benchside.organisations import roles
from benchside.organisations.actions import equipment as actions
from benchside.organisations.enums import ThingKind
from benchside.organisations.equipment import files, queries, rules, table
from benchside.organisations.equipment.forms import ItemForm, PhotoForm, RunnerForm
from benchside.organisations.equipment.queries import SORTS, Wanted
from benchside.organisations.models import Equipment
from benchside.organisations.queries import Seat
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.views.tables import sorting, words_of

A_PAGE = 50
COLUMNS = [
    ("name", "Name"), ("number", "Number"), ("unit", "Unit"), ("kit", "Kit"),
    ("runners", "Run by"),
]  # fmt: skip


@require_safe
@members_only()
def equipment(request: MemberRequest) -> HttpResponse:
    organisation, wanted = request.seat.organisation, wanted_of(request)
    page = Paginator(queries.items(organisation, wanted), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "wanted": wanted,
        "columns": sorting(request, COLUMNS, wanted.sort),
        "lines": organisation_queries.unit_lines(organisation),
        "kinds": ThingKind.choices,
        "kit": queries.kit_in_use(organisation.equipment.all()),
        "kept": request.GET.urlencode(),
        "may_add": may_keep_any(request.seat),
        "may_bring_in": request.seat.may(roles.KEEP_EQUIPMENT),
        "is_empty": not page.paginator.count and not request.GET,
    }
    return render(request, "organisations/equipment/list.html", context)


@require_safe
@members_only()
def equipment_csv(request: MemberRequest) -> HttpResponse:
    """The list as chosen, all its pages, as it can be brought in again."""
    organisation = request.seat.organisation
    found = queries.items(organisation, wanted_of(request))
    units = queries.unit_labels(organisation)
    header = [*files.HEADER, *table.HERE_ONLY]
    rows = (
        [cells.get(column, "") for column in header]
        for cells in (files.cells_of(one, units) for one in found)
    )
    return csv_response(f"{organisation.slug}-equipment.csv", header, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def add(request: MemberRequest) -> HttpResponse:
    seat = request.seat
    if not may_keep_any(seat):
        raise PermissionDenied
    form = ItemForm(request.POST or None, organisation=seat.organisation, units=_only(seat))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_item(
                actor=Actor.of(request.user),
                organisation=seat.organisation,
                values=form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{made.name} is added, as {made.internal_id}.")
            return redirect("organisations:equipment_item", seat.organisation.slug, made.pk)
    return _form_page(request, form, None)


@require_safe
@members_only()
def item(request: MemberRequest, pk: int) -> HttpResponse:
    return item_page(request, item_of(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    seat, one = request.seat, keepable(request, pk)
    form = ItemForm(
        request.POST or None,
        organisation=seat.organisation,
        units=_only(seat),
        item=one,
        initial=_as_typed(one),
    )
    if request.method == "POST" and form.is_valid():
        try:
            values = form.cleaned_data
            values["internal_id"] = values["internal_id"] or one.internal_id
            actions.change_item(actor=Actor.of(request.user), item=one, values=values)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Kept.")
            return redirect("organisations:equipment_item", seat.organisation.slug, pk)
    return _form_page(request, form, one)


@require_POST
@members_only()
def retire(request: MemberRequest, pk: int) -> HttpResponse:
    return _moved(request, pk, actions.retire, "is retired. Who ran it stays on record.")


@require_POST
@members_only()
def bring_back(request: MemberRequest, pk: int) -> HttpResponse:
    return _moved(request, pk, actions.bring_back, "is in use again.")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def photo(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose a photograph, or take it down."""
    one, actor = keepable(request, pk), Actor.of(request.user)
    slug = request.seat.organisation.slug
    if request.POST.get("verb") == "take-down":
        actions.take_photo_down(actor=actor, item=one)
        messages.success(request, "The photograph is gone.")
        return redirect("organisations:equipment_item", slug, pk)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        actions.set_photo(actor=actor, item=one, **form.cleaned_data)
        messages.success(request, "The photograph is here.")
        return redirect("organisations:equipment_item", slug, pk)
    context = {"item": one, "form": form}
    status = 422 if form.errors else 200
    return render(request, "organisations/equipment/photo.html", context, status=status)


# --- shared with the pages beside this ---------------------------------------------------------
def item_of(request: MemberRequest, pk: int) -> Equipment:
    """Of this organisation, whatever its state. Raises Http404."""
    mine = request.seat.organisation.equipment.select_related(
        "organisation", "unit", "kit", "part_of", "contact", "photo"
    )
    return get_object_or_404(mine, pk=pk)


def keepable(request: MemberRequest, pk: int) -> Equipment:
    """One the member may change. Raises Http404, PermissionDenied."""
    one = item_of(request, pk)
    if not rules.can_keep(Actor.of(request.user), one):
        raise PermissionDenied
    return one


def item_page(
    request: MemberRequest, one: Equipment, runner_form: RunnerForm | None = None
) -> HttpResponse:
    organisation = request.seat.organisation
    may_keep = rules.can_keep(Actor.of(request.user), one)
    context = {
        "item": one,
        "runners": queries.runners(one),
        "parts": one.parts.live() if one.kind == ThingKind.FACILITY else [],
        "may_keep": may_keep,
        "form": runner_form or (RunnerForm(organisation=organisation) if may_keep else None),
    }
    status = 422 if runner_form else 200
    return render(request, "organisations/equipment/item.html", context, status=status)


def may_keep_any(seat: Seat) -> bool:
    return seat.may(roles.KEEP_EQUIPMENT) or bool(rules.units_kept(seat))


def wanted_of(request: MemberRequest) -> Wanted:
    asked = request.GET
    sort, unit = asked.get("sort", "name"), asked.get("unit", "")
    return Wanted(
        sort=sort if sort.removeprefix("-") in SORTS else "name",
        words=words_of(request),
        unit=int(unit) if unit.isascii() and unit.isdecimal() and len(unit) < 10 else None,
        kind=asked.get("kind", ""),
        kit=asked.get("kit", "")[:80].replace("\0", ""),
        public=asked.get("public", ""),
        nobody=asked.get("nobody") == "yes",
        retired=asked.get("retired") == "yes",
    )


def _only(seat: Seat) -> set[int] | None:
    """The units a champion is limited to; None for whoever keeps all."""
    return None if seat.may(roles.KEEP_EQUIPMENT) else rules.units_kept(seat)


def _moved(request: MemberRequest, pk: int, verb: Any, said: str) -> HttpResponse:
    one = keepable(request, pk)
    try:
        verb(actor=Actor.of(request.user), item=one)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{one.name} {said}")
    return redirect("organisations:equipment_item", request.seat.organisation.slug, pk)


def _as_typed(one: Equipment) -> dict[str, Any]:
    said = {name: getattr(one, name) for name in ItemForm.base_fields}
    return said | {"kit": one.kit.slug if one.kit else None}


def _form_page(request: MemberRequest, form: ItemForm, one: Equipment | None) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, "item": one}
    return render(request, "organisations/equipment/edit.html", context, status=status)
