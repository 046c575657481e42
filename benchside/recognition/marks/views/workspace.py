"""Marks in a school's workspace: what it holds, what is under way, what is to be put right."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.assessment.awarding import queries as awarding
from benchside.assessment.models import Award, StandardVersion
from benchside.assessment.standards import AwardState
from benchside.core.actions import Actor, Refused
from benchside.organisations import roles
from benchside.organisations.models import Organisation
from benchside.organisations.views import MemberRequest, members_only
from benchside.recognition.marks import actions, papers, queries, rules
from benchside.recognition.marks.forms import BeginForm, OrderForm
from benchside.recognition.marks.queries import Failed
from benchside.recognition.models import Application, Mark


@dataclass(frozen=True, slots=True)
class Sheet:
    """How one school stands with one mark."""

    mark: Mark
    version: StandardVersion | None
    award: Award | None
    state: AwardState | None
    level: str
    application: Application | None
    failed: Failed | None
    past: list[Application]

    @property
    def stands(self) -> bool:
        return self.state is not None and self.state.stands


def _sheet(mark: Mark, here: Organisation) -> Sheet:
    award = queries.award_of(mark, here)
    application = queries.open_application(mark, here)
    mine = queries.applications_of(here).filter(mark=mark)
    return Sheet(
        mark=mark,
        version=queries.version_of(mark),
        award=award,
        state=awarding.state_of(award) if award else None,
        level=awarding.level_of(award) if award else "",
        application=application,
        failed=None if application else queries.last_failed(mark, here),
        past=[one for one in mine if one != application],
    )


@require_safe
@members_only()
def inside(request: MemberRequest) -> HttpResponse:
    return _page(request)


def _page(request: MemberRequest, *, form: OrderForm | None = None, pk: int = 0) -> HttpResponse:
    here, actor = request.seat.organisation, Actor.of(request.user)
    held = queries.applications_of(here).values_list("mark", flat=True)
    found = (Mark.objects.open_to(here) | Mark.objects.filter(pk__in=held)).distinct()
    sheets = [_sheet(mark, here) for mark in found]
    context: dict[str, Any] = {
        "sheets": [(one, _order_form(one, form, pk), _snippet(one)) for one in sheets],
        "form": form,
        "may_apply": rules.can_apply(actor, here),
        "is_technician": rules.has_role(actor, here) and rules.is_technician_there(actor, here),
    }
    status = 422 if form is not None else 200
    return render(request, "recognition/marks/inside.html", context, status=status)


def _order_form(sheet: Sheet, tried: OrderForm | None, pk: int) -> OrderForm | None:
    one = sheet.application
    if one is None or one.is_free:
        return None
    if tried is not None and one.pk == pk:
        return tried
    return OrderForm(initial={"number": one.order_number})


def _snippet(sheet: Sheet) -> str:
    """HTML to paste into the school's own page."""
    if sheet.award is None or not sheet.stands:
        return ""
    where = [sheet.mark.slug, sheet.award.number]
    picture = f"{settings.BASE_URL}{reverse('recognition:banner', args=where)}"
    said = ", ".join(part for part in (sheet.mark.name, sheet.level) if part)
    return (
        f'<a href="{papers.public_address(sheet.mark, sheet.award)}">'
        f'<img src="{picture}" alt="{said}" width="360" height="120"></a>'
    )


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.APPLY_FOR_MARKS)
def begin(request: MemberRequest, mark: str) -> HttpResponse:
    here, actor = request.seat.organisation, Actor.of(request.user)
    found = get_object_or_404(Mark.objects.open_to(here), slug=mark)
    version = queries.version_of(found)
    levels = version.standard.levels if version else ()
    form = BeginForm(request.POST or None, levels=levels)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = actions.begin_application(
                    actor=actor, mark=found, organisation=here, level=form.chosen
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                return redirect("assessment:form", made.submission.key)
    context = {
        "mark": found,
        "standard": version.standard if version else None,
        "counts": [(one, len(version.standard.asked_at(one.key))) for one in levels]
        if version
        else [],
        "form": form,
        "failed": queries.last_failed(found, here),
        "is_technician": rules.is_technician_there(actor, here),
    }
    return render(request, "recognition/marks/begin.html", context, status=status)


@require_POST
@members_only(roles.APPLY_FOR_MARKS)
def order(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.applications_of(request.seat.organisation), pk=pk)
    form = OrderForm(request.POST)
    if form.is_valid():
        try:
            actions.give_order_number(
                actor=Actor.of(request.user),
                application=found,
                number=form.cleaned_data["number"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The order number is kept. Thank you.")
            return redirect("recognition:inside_marks", request.seat.organisation.slug)
    return _page(request, form=form, pk=pk)


@require_safe
@members_only()
def certificate(request: MemberRequest, number: str) -> HttpResponse:
    """For its holder, while it holds the mark."""
    award = queries.standing_award(request.seat.organisation, number)
    if award is None:
        raise Http404
    mark = get_object_or_404(Mark, standard=award.version.key)
    response = HttpResponse(papers.certificate(mark, award), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="certificate-{award.number}.pdf"'
    return response
