"""The tree of units: see it, add, rename, move, close. Links and forms, no script."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from benchside.core.actions import Actor, Refused
from benchside.organisations import actions, queries, roles, tree
from benchside.organisations.forms import NO_UNIT, MoveUnit, NewUnit, RenameUnit
from benchside.organisations.models import Unit
from benchside.organisations.queries import UnitLine
from benchside.organisations.views import MemberRequest, members_only


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def units(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    lines = queries.unit_lines(organisation)
    form = NewUnit(
        request.POST or None, lines=lines, initial={"above": request.GET.get("under", NO_UNIT)}
    )
    if request.method == "POST" and form.is_valid():
        above = _unit(request, form.cleaned_data["above"])
        try:
            made = actions.add_unit(
                actor=Actor.of(request.user),
                organisation=organisation,
                name=form.cleaned_data["name"],
                above=above,
            )
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, f"{made.name} is added.")
            return redirect("organisations:units", organisation.slug)
    context = {"lines": lines, "form": form, "may_shape": request.seat.may(roles.SHAPE_UNITS)}
    status = 422 if form.errors else 200
    return render(request, "organisations/units.html", context, status=status)


@require_http_methods(["GET", "HEAD"])
@members_only(roles.SHAPE_UNITS)
def unit(request: MemberRequest, pk: int) -> HttpResponse:
    return _page(request, _open_unit(request, pk))


@require_POST
@members_only(roles.SHAPE_UNITS)
def rename(request: MemberRequest, pk: int) -> HttpResponse:
    one = _open_unit(request, pk)
    form = RenameUnit(request.POST)
    if form.is_valid():
        try:
            actions.rename_unit(
                actor=Actor.of(request.user), unit=one, name=form.cleaned_data["name"]
            )
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, f"It is called {one.name} now.")
            return redirect("organisations:unit", request.seat.organisation.slug, pk)
    return _page(request, _open_unit(request, pk), rename_form=form)


@require_POST
@members_only(roles.SHAPE_UNITS)
def move(request: MemberRequest, pk: int) -> HttpResponse:
    one = _open_unit(request, pk)
    form = MoveUnit(request.POST, lines=queries.unit_lines(request.seat.organisation))
    if form.is_valid():
        above = _unit(request, form.cleaned_data["above"])
        try:
            actions.move_unit(actor=Actor.of(request.user), unit=one, above=above)
        except Refused as refused:
            form.add_error("above", str(refused))
        else:
            messages.success(request, f"{one.name} is moved, with all that is part of it.")
            return redirect("organisations:unit", request.seat.organisation.slug, pk)
    return _page(request, _open_unit(request, pk), move_form=form)


@require_POST
@members_only(roles.SHAPE_UNITS)
def close(request: MemberRequest, pk: int) -> HttpResponse:
    one = _open_unit(request, pk)
    slug = request.seat.organisation.slug
    try:
        actions.close_unit(actor=Actor.of(request.user), unit=one)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("organisations:unit", slug, pk)
    messages.success(request, f"{one.name} is closed. Its history stays.")
    return redirect("organisations:units", slug)


def _page(
    request: MemberRequest,
    one: Unit,
    *,
    rename_form: RenameUnit | None = None,
    move_form: MoveUnit | None = None,
) -> HttpResponse:
    organisation = request.seat.organisation
    lines = queries.unit_lines(organisation)
    nodes = queries.nodes_of(organisation)
    context = {
        "unit": one,
        "way": tree.way_down(one.pk, nodes)[:-1],
        "under": [line for line in lines if line.id in _right_under(one.pk, nodes)],
        "hangs": queries.what_hangs_on(one),
        "rename_form": rename_form or RenameUnit(initial={"name": one.name}),
        "move_form": move_form
        or MoveUnit(
            lines=_elsewhere(one.pk, lines, nodes), initial={"above": one.above_id or NO_UNIT}
        ),
    }
    status = 422 if rename_form or move_form else 200
    return render(request, "organisations/unit.html", context, status=status)


def _right_under(pk: int, nodes: list[tree.Node]) -> set[int]:
    return {node.id for node in nodes if node.above == pk}


def _elsewhere(pk: int, lines: list[UnitLine], nodes: list[tree.Node]) -> list[UnitLine]:
    """Where a unit may be moved to: anywhere but under itself."""
    below = tree.with_all_below(pk, nodes)
    return [line for line in lines if line.id not in below]


def _open_unit(request: MemberRequest, pk: int) -> Unit:
    found = Unit.objects.open().filter(organisation=request.seat.organisation)
    return get_object_or_404(found, pk=pk)


def _unit(request: MemberRequest, pk: int | None) -> Unit | None:
    return None if pk is None else _open_unit(request, pk)
