"""At the desk: who asks for an organisation, and the real lists. To others, there is nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.admin import messages

from benchside.core.actions import Refused
from benchside.core.desk_pages import DeskPage
from benchside.core.imports import BadFile, importers, preview
from benchside.core.models import ImportRun
from benchside.core.tasks import enqueue_watched
from benchside.organisations import actions, queries, rules, tasks
from benchside.organisations.forms import Decline, ListFile
from benchside.organisations.imports import IMPORTERS
from benchside.organisations.live_places import RUNS_OF
from benchside.organisations.models import KnownPlace, Organisation
from benchside.organisations.states import ORGANISATIONS

SHOWN = 100  # changes of a run, of each kind
RUNS = 20


class OrganisationsPage(DeskPage):
    crumb = ("desk_organisations", "Organisations")


class Organisations(OrganisationsPage):
    may = rules.can_decide
    page_title = "Organisations"
    template_name = "organisations/desk/organisations.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(
            waiting=queries.applications(),
            leadless=queries.without_a_lead(),
            open=Organisation.objects.open().count(),
        )


class Decide(OrganisationsPage):
    """One organisation: what was asked, what the lists say, yes or no."""

    may = rules.can_decide
    template_name = "organisations/desk/organisation.html"

    def get_page_title(self) -> str:
        return self.organisation.name

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        self.organisation = get_object_or_404(Organisation, slug=slug)
        return self._page(Decline())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        self.organisation = get_object_or_404(Organisation, slug=slug)
        verb = request.POST.get("verb", "")
        form = Decline(request.POST if verb == "decline" else None)
        if verb == "decline" and not form.is_valid():
            return self._page(form, status=422)
        try:
            said = self._do(verb, form)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, said)
        return redirect("desk_organisation", slug)

    def _do(self, verb: str, form: Decline) -> str:
        actor, one = self.actor, self.organisation
        if verb == "approve":
            actions.approve(actor=actor, organisation=one)
            return f"{one.name} is open. Its lead is told by e-mail."
        if verb == "decline":
            actions.decline(actor=actor, organisation=one, answer=form.cleaned_data["answer"])
            return "Declined. The applicant is told by e-mail."
        if verb == "close":
            actions.close(actor=actor, organisation=one)
            return f"{one.name} is closed."
        raise Refused("Nothing was done: press one of the buttons.")

    def _page(self, form: Decline, status: int = 200) -> HttpResponse:
        one = self.organisation
        return self.page(
            status=status,
            organisation=one,
            applicant=queries.applicant_of(one),
            listed=queries.listed(one),
            same=queries.open_with_number(one.urn, one.ukprn, one.ror),
            verbs=ORGANISATIONS.verbs(self.actor, one),
            form=form,
            history=queries.history(queries.events_of(one), one),
        )


class Lists(OrganisationsPage):
    """The real lists: how long each is, bring in a newer file, what was brought in."""

    may = rules.can_import_places
    page_title = "Lists of places"
    header_icon = "list-ul"
    template_name = "organisations/desk/lists.html"
    choices = [(key.value, one.title) for key, one in IMPORTERS.items()]  # noqa: RUF012

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(ListFile(lists=self.choices))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ListFile(request.POST, request.FILES, lists=self.choices)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                run = preview(
                    actor=self.actor,
                    importer=importers[RUNS_OF + form.cleaned_data["source"]],
                    data=file.read(),
                    filename=file.name,
                )
            except BadFile as bad:
                form.add_error("file", str(bad))
            else:
                return redirect("desk_list_run", run.pk)
        return self._page(form, status=422)

    def _page(self, form: ListFile, status: int = 200) -> HttpResponse:
        runs = ImportRun.objects.filter(importer__startswith=RUNS_OF).defer(
            "difference", "problems"
        )
        known = KnownPlace.objects.all()
        return self.page(
            status=status,
            form=form,
            runs=[(run, importers[run.importer].title) for run in runs[:RUNS]],
            lists=[
                (
                    title,
                    known.filter(source=key).count(),
                    known.filter(source=key, is_open=True).count(),
                )
                for key, title in self.choices
            ],
        )


class Run(OrganisationsPage):
    """One file: what it would change; apply, undo or leave it."""

    may = rules.can_import_places
    header_icon = "list-ul"
    crumb = ("desk_lists", "Lists of places")
    template_name = "organisations/desk/run.html"

    def get_page_title(self) -> str:
        return self.run.filename

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.run = self._run(pk)
        kinds = ("added", "changed", "removed")
        return self.page(
            run=self.run,
            title=importers[self.run.importer].title,
            changes=[one for kind in kinds for one in self.run.changes(kind)[:SHOWN]],
            shown=SHOWN,
            problems=self.run.problems[:SHOWN],
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.run = self._run(pk)
        verb = request.POST.get("verb", "")
        if verb not in tasks.VERBS:
            messages.error(request, "Nothing was done: press one of the buttons.")
            return redirect("desk_list_run", pk)
        watched = enqueue_watched(
            tasks.decide_on_places,
            pk,
            verb,
            request.user.pk,
            title=f"{tasks.VERBS[verb]}: {self.run.filename}"[:120],
            owner=self.actor.person_id,
            then=reverse("desk_list_run", args=[pk]),
        )
        return redirect(watched)

    def _run(self, pk: int) -> ImportRun:
        return get_object_or_404(ImportRun, pk=pk, importer__startswith=RUNS_OF)
