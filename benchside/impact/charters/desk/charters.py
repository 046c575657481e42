"""The charters there are, their words, and their rules by validity."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin import messages

from benchside.core.actions import Refused
from benchside.impact.charters import actions, queries
from benchside.impact.charters.deadlines import read
from benchside.impact.charters.desk import CharterPage, OfficersPage
from benchside.impact.charters.desk.forms import CharterForm, RulesForm, filled, said
from benchside.impact.models import Charter


class Charters(OfficersPage):
    page_title = "Charters"
    template_name = "impact/charters/desk/charters.html"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": "Charters"}]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(page=self.paged(queries.charters().order_by("name")))


class New(OfficersPage):
    page_title = "New charter"
    template_name = "impact/charters/desk/form.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(form=CharterForm(), submit="Make the charter")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CharterForm(request.POST)
        if form.is_valid():
            try:
                made = actions.create_charter(actor=self.actor, values=form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "Made. Look at its rules, then add its first cohort.")
                return redirect("desk_charter_rules", made.slug)
        return self.page(status=422, form=form, submit="Make the charter")


class Details(CharterPage):
    page_title = "Details"
    sheet = "desk_charter_details"
    template_name = "impact/charters/desk/form.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.form_page(CharterForm(instance=self.charter), submit="Keep it")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CharterForm(request.POST, instance=Charter.objects.get(pk=self.charter.pk))
        if not form.is_valid():
            return self.form_page(form, submit="Keep it")
        actions.keep_charter(actor=self.actor, charter=self.charter, values=form.cleaned_data)
        messages.success(request, "Kept.")
        return redirect("desk_charter_details", self.charter.slug)


class RulesPage(CharterPage):
    """All sets by the day each holds from, and a form that first shows what a new one would do."""

    page_title = "Rules"
    sheet = "desk_charter_rules"
    template_name = "impact/charters/desk/rules.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        book = queries.rulebook(self.charter)
        return self._shown(RulesForm(initial=filled(book.on(timezone.localdate()))))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = RulesForm(request.POST)
        if not form.is_valid():
            return self._shown(form, status=422)
        day = form.cleaned_data["valid_from"]
        if request.POST.get("verb") != "apply":
            effects = queries.effects_of(self.charter, day, form.rules)
            return self._shown(form, effects=effects, is_preview=True)
        moved = actions.set_rules(
            actor=self.actor, charter=self.charter, valid_from=day, new=form.rules
        )
        messages.success(request, f"These rules hold from {day:%d/%m/%Y}. Stages moved: {moved}.")
        return redirect("desk_charter_rules", self.charter.slug)

    def _shown(self, form: forms.Form, status: int = 200, **more: Any) -> HttpResponse:
        sets = [
            (one.valid_from, rules, ", ".join(said(each) for each in rules.windows))
            for one in self.charter.rules.all()
            for rules in [read(one.content)]
        ]
        return self.page(status=status, form=form, sets=sets, **more)
