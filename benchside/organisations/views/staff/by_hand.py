"""One person of the list written by hand: added, changed, gone, back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from benchside.core.actions import Actor, Refused
from benchside.organisations import queries, roles, staff_queries
from benchside.organisations.actions.by_hand import add_person, change_person, mark_back, mark_left
from benchside.organisations.by_hand_forms import Left, OnePerson
from benchside.organisations.forms import NO_UNIT
from benchside.organisations.models import Employment, Post, Unit
from benchside.organisations.views import MemberRequest, members_only

TAKING = ("GET", "HEAD", "POST")
AS_IT_IS = ("title", "grade", "family", "soc2020", "terms", "started_on", "contract_end")


@require_http_methods(TAKING)
@members_only(roles.KEEP_STAFF)
def add(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    form = OnePerson(
        request.POST or None, organisation=organisation, lines=queries.unit_lines(organisation)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = add_person(
                actor=Actor.of(request.user), organisation=organisation, values=_values(form)
            )
        except Refused as refused:
            form.add_error("staff_number", str(refused))
        else:
            messages.success(request, f"{made.technician} is on the list.")
            return redirect("organisations:staff_person", organisation.slug, made.pk)
    status = 422 if form.errors else 200
    return render(request, "organisations/staff/add.html", {"form": form}, status=status)


@require_http_methods(TAKING)
@members_only(roles.KEEP_STAFF)
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """The person and one of their posts: the main one, or the one named by ?post="""
    one = _one(request, pk)
    post = _post(request, one)
    form = OnePerson(
        request.POST or None,
        initial=_initial(one, post),
        organisation=one.organisation,
        lines=queries.unit_lines(one.organisation),
        is_claimed=one.technician.is_claimed,
    )
    if request.method == "POST" and form.is_valid():
        actor = Actor.of(request.user)
        try:
            change_person(actor=actor, employment=one, post=post, values=_values(form))
        except Refused as refused:
            place = "manager" if "themselves" in refused.message else "staff_number"
            form.add_error(place, str(refused))
        else:
            messages.success(request, "It is changed.")
            return redirect("organisations:staff_person", one.organisation.slug, one.pk)
    context = {"form": form, "one": one, "post": post, "left": Left()}
    status = 422 if form.errors else 200
    return render(request, "organisations/staff/edit.html", context, status=status)


@require_POST
@members_only(roles.KEEP_STAFF)
def left(request: MemberRequest, pk: int) -> HttpResponse:
    one = _one(request, pk)
    form = Left(request.POST)
    if form.is_valid():
        try:
            mark_left(
                actor=Actor.of(request.user),
                employment=one,
                left_on=form.cleaned_data["left_on"],
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            form.add_error("left_on", str(refused))
        else:
            messages.success(request, f"{one.technician} has left the list.")
            return redirect("organisations:staff_person", one.organisation.slug, one.pk)
    return render(request, "organisations/staff/left.html", {"left": form, "one": one}, status=422)


@require_POST
@members_only(roles.KEEP_STAFF)
def back(request: MemberRequest, pk: int) -> HttpResponse:
    one = _one(request, pk)
    try:
        mark_back(actor=Actor.of(request.user), employment=one)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{one.technician} is on the list again.")
    return redirect("organisations:staff_person", one.organisation.slug, one.pk)


def _one(request: MemberRequest, pk: int) -> Employment:
    visible = staff_queries.visible_staff(request.seat)
    return get_object_or_404(visible.select_related("technician", "organisation"), pk=pk)


def _post(request: MemberRequest, one: Employment) -> Post | None:
    """Raises Http404 for a post that is not theirs, or not held now."""
    held = one.posts.filter(ended_on=None).select_related("manager__technician")
    asked = request.GET.get("post", "")
    if not asked:
        return held.order_by("-is_main", "pk").first()
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 10
    return get_object_or_404(held, pk=int(asked) if is_number else 0)


def _initial(one: Employment, post: Post | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": one.technician.name,
        "work_email": one.technician.work_email,
        "staff_number": one.staff_number,
    }
    if post is None:
        return told
    told |= {name: getattr(post, name) for name in AS_IT_IS}
    manager = post.manager
    return told | {
        "unit": post.unit_id or NO_UNIT,
        "fte": "" if post.fte is None else f"{post.fte.normalize():f}",
        "manager": (manager.staff_number or manager.technician.work_email) if manager else "",
    }


def _values(form: OnePerson) -> dict[str, Any]:
    said = dict(form.cleaned_data)
    units = Unit.objects.open().filter(organisation=form.organisation)
    return said | {"unit": units.filter(pk=said["unit"]).first() if said["unit"] else None}
