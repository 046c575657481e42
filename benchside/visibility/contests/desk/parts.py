"""Categories, age groups, criteria and prizes of a competition: add, change, take away."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages

from benchside.core.actions import Refused
from benchside.visibility.contests import actions
from benchside.visibility.contests.actions.competitions import PARTS
from benchside.visibility.contests.desk import CompetitionPage
from benchside.visibility.contests.desk.forms import (
    AgeGroupForm,
    CategoryForm,
    CriterionForm,
    PrizeForm,
)

TITLES = {
    "category": "Categories",
    "age_group": "Age groups",
    "criterion": "What judges look for",
    "prize": "Prizes",
}
ONE = {"category": "Category", "age_group": "Age group", "criterion": "Criterion", "prize": "Prize"}
FORMS: dict[str, type[forms.ModelForm]] = {
    "category": CategoryForm,
    "age_group": AgeGroupForm,
    "criterion": CriterionForm,
    "prize": PrizeForm,
}


class Part(CompetitionPage):
    """One part, or a new one."""

    template_name = "visibility/desk/form.html"

    def get_page_title(self) -> str:
        return ONE[self.kind] if self.part else f"New {ONE[self.kind].lower()}"

    def get(self, request: HttpRequest, kind: str, pk: int | None = None) -> HttpResponse:
        self._find(kind, pk)
        return self._page(self._form())

    def post(self, request: HttpRequest, kind: str, pk: int | None = None) -> HttpResponse:
        self._find(kind, pk)
        if request.POST.get("verb") == "remove" and self.part:
            return self._remove()
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form)
        try:
            actions.keep_part(
                actor=self.actor,
                competition=self.competition,
                kind=kind,
                values=form.cleaned_data,
                part=self.part,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
            return self._page(form)
        messages.success(request, "Kept.")
        return redirect("desk_competition", self.competition.slug)

    def _remove(self) -> HttpResponse:
        try:
            actions.remove_part(
                actor=self.actor, competition=self.competition, kind=self.kind, part=self.part
            )
        except Refused as refused:
            messages.error(self.request, str(refused))
        else:
            messages.success(self.request, "It is taken away.")
        return redirect("desk_competition", self.competition.slug)

    def _find(self, kind: str, pk: int | None) -> None:
        if kind not in PARTS:
            raise Http404
        self.kind = kind
        mine = PARTS[kind]._default_manager.filter(competition=self.competition)
        self.part = get_object_or_404(mine, pk=pk) if pk else None

    def _form(self, data: Any = None) -> forms.ModelForm:
        more: dict[str, Any] = {"competition": self.competition} if self.kind == "prize" else {}
        # Bound to a copy: the action writes, and only what it allows.
        copy = (
            PARTS[self.kind]._default_manager.filter(pk=self.part.pk).first() if self.part else None
        )
        instance = copy or PARTS[self.kind](competition=self.competition)
        return FORMS[self.kind](data, instance=instance, **more)

    def _page(self, form: forms.ModelForm) -> HttpResponse:
        return self.form_page(form, submit="Keep it", may_remove=self.part is not None)
