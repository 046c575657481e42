"""Routes and the kinds of way in of each nation at the desk; a route is closed and opened here."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views import View
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput

from benchside.careers import actions
from benchside.careers.desk.terms import TermViewSet, form_of
from benchside.careers.models import NationWay, Route
from benchside.careers.rules import can_change_routes
from benchside.careers.states import ROUTE
from benchside.core.actions import Actor, Refused


class RouteViewSet(TermViewSet):
    model = Route
    icon = "list-ul"
    menu_label = "Routes"
    list_display: ClassVar[list[Any]] = [
        "title",
        Column("kind_name", label="Kind", sort_key="kind"),
        Column("level", label="Level", sort_key="level"),
        Column("get_status_display", label="State", sort_key="status"),
        Column("opens", label="Roles that name it", sort_key="opens"),
        Column("nation", label="Nation", accessor="get_nation_display", sort_key="nation"),
        Column("as_of", label="True on", sort_key="as_of"),
    ]
    list_filter: ClassVar[list[str]] = ["kind", "status", "nation", "level", "source"]
    search_fields: ClassVar[list[str]] = ["title", "reference", "slug"]
    ordering: Any = ("title",)
    list_per_page = 50
    edit_handler = form_of(
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("nation")]),
        FieldRowPanel([FieldPanel("level"), FieldPanel("months"), FieldPanel("reference")]),
        FieldPanel("entry"),
        FieldPanel("job_titles", widget=AdminAutoHeightTextInput),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("source"), FieldPanel("as_of")]),
                FieldPanel("url"),
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
            ],
            heading="Where it is said, and when it can be begun",
            help_text="To close a route or open it again, choose that in the list of routes.",
        ),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("topic")]),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Route]:
        return Route.objects.annotate(opens=Count("uses"))


class NationWayViewSet(TermViewSet):
    model = NationWay
    icon = "site"
    menu_label = "Ways in by nation"
    list_display: ClassVar[list[Any]] = ["name", "nation", "starts", "url", "checked_on"]
    list_filter: ClassVar[list[str]] = ["nation"]
    search_fields: ClassVar[list[str]] = ["name", "sentence"]
    ordering: Any = ("order",)
    edit_handler = form_of(
        FieldRowPanel([FieldPanel("nation"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("name"), FieldPanel("starts")]),
        FieldPanel("sentence"),
        FieldPanel("entry"),
        FieldPanel("after"),
        FieldRowPanel([FieldPanel("url"), FieldPanel("checked_on")]),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("order")]),
    )


class StandingForm(forms.Form):
    last_start = forms.DateField(
        label="The last day to start it, if you know it",
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )


class RouteStanding(WagtailAdminTemplateMixin, View):
    """Close a route, or open it. 404 for whoever may not."""

    template_name = "careers/desk/standing.html"
    header_icon = "list-ul"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.actor = Actor.of(request.user)
        if not can_change_routes(self.actor):
            raise Http404
        self.route = get_object_or_404(Route.objects.select_related("source"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.route)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        routes = {"url": routes_url(), "label": "Routes"}
        return [*self.breadcrumbs_items, routes, {"url": "", "label": str(self.route)}]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(StandingForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = StandingForm(request.POST)
        verb = request.POST.get("verb")
        if verb not in {row.verb for row in ROUTE.rows}:
            raise Http404
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            self._do(verb, form.cleaned_data["last_start"])
        except Refused as refused:
            messages.error(request, f"{refused.message} {refused.remedy}".strip())
        else:
            said = "closed" if verb == "retire" else "open"
            messages.success(request, f"{self.route} is {said}. Its roles and pages say so now.")
        return redirect(routes_url())

    def _do(self, verb: str, last_start: date | None) -> None:
        if verb == "retire":
            actions.retire_route(actor=self.actor, route=self.route, last_start=last_start)
        else:
            actions.open_route(actor=self.actor, route=self.route)

    def _page(self, form: StandingForm, status: int = 200) -> HttpResponse:
        context = {
            "route": self.route,
            "form": form,
            "roles": list(self.route.roles.filter(live=True)),
            "verbs": ROUTE.verbs(self.actor, self.route),
        }
        return self.render_to_response(self.get_context_data(**context), status=status)


def routes_url() -> str:
    return reverse(Route.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]


def urls() -> list[URLPattern]:
    standing = RouteStanding.as_view()
    return [path("catalogue/routes/<int:pk>/standing/", standing, name="desk_route_standing")]
