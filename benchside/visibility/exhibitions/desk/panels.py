"""Panels at the desk: hang one, change its words, print, take down; labels for the wall."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages

from benchside.core.actions import Refused
from benchside.core.exports import csv_response
from benchside.visibility.exhibitions import actions, prints, queries
from benchside.visibility.exhibitions.desk import ExhibitionPage
from benchside.visibility.exhibitions.desk.forms import HangForm, PanelForm
from benchside.visibility.exhibitions.permitted import may_hang
from benchside.visibility.models import Panel

LABELS = ("Panel", "Heading", "Does", "At", "What it shows", "Leads to")


class Panels(ExhibitionPage):
    """All panels, and the form for the next one."""

    page_title = "Panels"
    template_name = "visibility/exhibitions/desk/panels.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(HangForm(exhibition=self.exhibition))

    def post(self, request: HttpRequest) -> HttpResponse:
        verb = request.POST.get("verb", "")
        if verb in ("take_down", "is_down"):
            return self._down(verb)
        form = HangForm(request.POST, exhibition=self.exhibition)
        if form.is_valid():
            said = form.cleaned_data
            try:
                made = actions.hang(
                    actor=self.actor,
                    exhibition=self.exhibition,
                    source=said["story"] or said["photo"],
                    heading=said["heading"],
                    words=said["words"],
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, f"Panel {made.number} is made. Print it below.")
                return redirect("desk_panels", self.exhibition.slug)
        return self._page(form)

    def _down(self, verb: str) -> HttpResponse:
        number = self.request.POST.get("panel", "")
        panel = get_object_or_404(
            self.exhibition.panels.select_related("exhibition"),
            pk=int(number) if number.isascii() and number.isdecimal() else 0,
        )
        try:
            getattr(actions, verb)(actor=self.actor, panel=panel)
        except Refused as refused:
            messages.error(self.request, str(refused))
        else:
            said = "must come down" if verb == "take_down" else "is down, and forgotten"
            messages.success(self.request, f"Panel {panel.number} {said}.")
        return redirect("desk_panels", self.exhibition.slug)

    def _page(self, form: HangForm) -> HttpResponse:
        rows = [
            (panel, allowed, prints.warning(panel) if allowed else "")
            for panel, allowed in queries.panels(self.exhibition)
        ]
        return self.form_page(
            form,
            exhibition=self.exhibition,
            rows=rows,
            may_print=any(allowed for _, allowed, _ in rows),
        )


class OnePanel(ExhibitionPage):
    """The words on one panel."""

    template_name = "visibility/desk/form.html"

    def get_page_title(self) -> str:
        return f"Panel {self.panel.number}"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.panel = get_object_or_404(self.exhibition.panels, pk=pk)
        return self.form_page(PanelForm(instance=self.panel), submit="Keep it")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.panel = get_object_or_404(self.exhibition.panels.select_related("exhibition"), pk=pk)
        form = PanelForm(request.POST, instance=Panel.objects.get(pk=pk))
        if form.is_valid():
            try:
                actions.change_panel(actor=self.actor, panel=self.panel, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "Kept.")
                return redirect("desk_panels", self.exhibition.slug)
        return self.form_page(form, submit="Keep it")


class Print(ExhibitionPage):
    """One panel, or all that may hang, as sheets of A1. What may not hang is not printed."""

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        if pk is None:
            found = queries.panels_shown(self.exhibition)
        else:
            one = get_object_or_404(
                self.exhibition.panels.select_related(
                    "exhibition", "story__photo", "story__role", "photo__picture", "photo__role"
                ),
                pk=pk,
            )
            found = [one] if may_hang(one) else []
        if not found:
            raise Http404
        with_bleed = request.GET.get("bleed") == "yes"
        return prints.response(self.exhibition, found, with_bleed=with_bleed)


class Labels(ExhibitionPage):
    """The list of labels: for those who hang them, and for a handout in large print."""

    page_title = "Labels"
    template_name = "visibility/exhibitions/desk/labels.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(exhibition=self.exhibition, rows=_labels(self))


class LabelsCsv(ExhibitionPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        return csv_response(f"{self.exhibition.slug}-labels.csv", LABELS, _labels(self))


def _labels(page: ExhibitionPage) -> list[list[object]]:
    return [
        [one.number, sheet.heading, sheet.role, sheet.place, sheet.alt, sheet.link]
        for one in queries.panels_shown(page.exhibition)
        for sheet in [prints.sheet_of(one)]
    ]
