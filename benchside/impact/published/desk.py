"""At the desk: the report of a year on all public plans of a charter."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from benchside.core.desk_pages import DeskPage
from benchside.impact.models import AnalysisReport, Charter
from benchside.impact.published import reports, rules


class ReportForm(forms.ModelForm):
    class Meta:
        model = AnalysisReport
        fields: ClassVar = ["year", "title", "intro", "closing"]
        help_texts: ClassVar = {
            "title": "Such as: Nine years in.",
            "intro": "Plain words. An empty line begins a new paragraph.",
        }

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not 2000 <= year <= timezone.localdate().year + 1:
            raise forms.ValidationError("Give the year of the report, such as 2026.")
        return year

    def validate_unique(self) -> None:
        """A year that has a report already is written over: that is what writing it again is."""


class Report(DeskPage):
    """Words of a report; its figures are those of the day it is published."""

    may = rules.can_report
    header_icon = "doc-full"
    page_title = "Report on all plans"
    template_name = "impact/desk/report.html"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = {"url": reverse("desk_charter", args=[self.kwargs["charter"]]), "label": "Charter"}
        return [*self.breadcrumbs_items, here, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, charter: str) -> HttpResponse:
        found = get_object_or_404(Charter, slug=charter)
        return self._page(found, self._form(found))

    def post(self, request: HttpRequest, charter: str) -> HttpResponse:
        found = get_object_or_404(Charter, slug=charter)
        verb = request.POST.get("verb", "")
        if verb == "write":
            form = ReportForm(request.POST)
            if not form.is_valid():
                return self._page(found, form, status=422)
            said = form.cleaned_data
            reports.write_report(actor=self.actor, charter=found, year=said["year"], words=said)
            messages.success(request, f"Kept: {said['title']}.")
            return redirect(f"{request.path}?year={said['year']}")
        if (report := self._asked(found, request.POST.get("year", ""))) is None:
            messages.error(request, "Nothing was done: press one of the buttons.")
        elif verb == "publish":
            reports.publish_report(actor=self.actor, report=report)
            messages.success(request, "Everyone can read it, with the figures of today.")
        elif verb == "take_down":
            reports.take_down_report(actor=self.actor, report=report)
            messages.success(request, "It is taken down. Its words are kept.")
        return redirect(request.path)

    def _form(self, charter: Charter) -> ReportForm:
        report = self._asked(charter, self.request.GET.get("year", ""))
        if report is not None:
            return ReportForm(instance=report)
        return ReportForm(initial={"year": timezone.localdate().year})

    def _asked(self, charter: Charter, year: str) -> AnalysisReport | None:
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            return None
        return AnalysisReport.objects.filter(charter=charter, year=int(year)).first()

    def _page(self, charter: Charter, form: Any, status: int = 200) -> HttpResponse:
        listed = AnalysisReport.objects.filter(charter=charter).defer("figures")
        return self.page(status=status, charter=charter, form=form, reports=listed)
