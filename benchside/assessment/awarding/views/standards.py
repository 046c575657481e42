"""Standards at the desk: which there are, a file brought in or edited, a version put to use."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from wagtail.admin import messages

from benchside.assessment import rules
from benchside.assessment.actions import load_standard, publish_standard, retire_standard
from benchside.assessment.awarding import loading, queries
from benchside.assessment.awarding.forms import StandardForm
from benchside.assessment.models import StandardVersion
from benchside.assessment.standards import (
    BrokenStandard,
    Change,
    Standard,
    difference,
    parse,
    write,
)
from benchside.assessment.standards.reader import BIGGEST
from benchside.assessment.states import VERSIONS
from benchside.core.actions import Actor, Refused
from benchside.core.desk_pages import DeskPage
from benchside.core.faults import Fault

LONGEST = 400
NOTHING = "(nothing)"


class KeepersPage(DeskPage):
    """A page for keepers of standards; 404 for everybody else."""

    may = rules.can_keep_standards
    header_icon = "doc-full"
    crumb = ("desk_standards", "Standards")


class Line(NamedTuple):
    """One change as it is shown."""

    kind: str
    place: str
    before: str
    after: str


def lines_of(changes: list[Change]) -> Iterator[Line]:
    for one in changes:
        yield Line(one.kind, one.place, _shown(one.before), _shown(one.after))


def _shown(value: Any) -> str:
    if value is None or value in ("", (), {}):
        return NOTHING
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


class Standards(KeepersPage):
    """All versions, and the files of the program that say something else."""

    page_title = "Standards"
    template_name = "assessment/desk/standards.html"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": "Standards"}]

    def get(self, request: HttpRequest) -> HttpResponse:
        versions = list(StandardVersion.objects.all())
        in_force = {one.key: queries.version_in_force(one.key) for one in versions}
        rows = [
            (one, in_force[one.key] == one, queries.open_submissions(one).count())
            for one in versions
        ]
        waiting: list[loading.Shipped] = []
        broken: tuple[Fault, ...] = ()
        try:
            quiet = (loading.Waits.SAME, loading.Waits.CLASH)
            waiting = [one for one in loading.compared() if one.waits not in quiet]
        except BrokenStandard as fault:
            broken = tuple(fault.faults)
        return self.page(rows=rows, waiting=waiting, broken=broken, today=timezone.localdate())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take a file of the program."""
        wanted = request.POST.get("take", "")
        for one in loading.compared():
            if f"{one.standard.key} {one.standard.version}" != wanted:
                continue
            try:
                version = load_standard(actor=self.actor, standard=one.standard)
            except Refused as refused:
                messages.error(request, str(refused))
                return redirect("desk_standards")
            messages.success(request, "It is kept as a draft. Read it, then publish it.")
            return redirect("desk_standard", version.pk)
        messages.error(request, "That file is not there any more.")
        return redirect("desk_standards")


class EditStandard(KeepersPage):
    """The text of a file: brought in, or a version's, to look at and keep as a draft. What was
    typed stays, whatever is wrong with it."""

    template_name = "assessment/desk/edit_standard.html"
    version: StandardVersion | None = None

    def get_page_title(self) -> str:
        return f"Edit {self.version}" if self.version else "Bring in a standard"

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        self._find(pk)
        text = write(self.version.standard) if self.version else ""
        return self._page(text)

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        self._find(pk)
        text, problem = self._text()
        if problem:
            return self._page(text, faults=[problem], status=422)
        try:
            standard = parse("The text", text.encode())
        except BrokenStandard as broken:
            return self._page(text, faults=list(broken.faults), status=422)
        if request.POST.get("do") != "keep":
            return self._page(text, looked=standard)
        return self._keep(standard, text)

    def _keep(self, standard: Standard, text: str) -> HttpResponse:
        try:
            version = load_standard(actor=self.actor, standard=standard)
        except Refused as refused:
            fault = Fault("The text", "version", standard.version, str(refused))
            return self._page(text, faults=[fault], status=422)
        messages.success(self.request, "It is kept as a draft. Publish it when it is right.")
        return redirect("desk_standard", version.pk)

    def _find(self, pk: int | None) -> None:
        self.version = get_object_or_404(StandardVersion, pk=pk) if pk else None

    def _text(self) -> tuple[str, Fault | None]:
        """What was brought in as a file, else what stands in the box."""
        typed = self.request.POST.get("text", "").replace("\r\n", "\n")
        file = self.request.FILES.get("file")
        if file is None:
            return typed, None
        if file.size is None or file.size > BIGGEST:
            return typed, Fault("The file", "", "", "is larger than 512 KB: is this the file?")
        try:
            return file.read().decode("utf-8-sig").replace("\r\n", "\n"), None
        except UnicodeDecodeError:
            return typed, Fault("The file", "", "", "is not text: bring in a TOML file in UTF-8")

    def _page(
        self,
        text: str,
        *,
        faults: list[Fault] | None = None,
        looked: Standard | None = None,
        status: int = 200,
    ) -> HttpResponse:
        before = queries.version_in_force(looked.key) if looked else None
        changes = difference(before.standard if before else None, looked) if looked else []
        return self.page(
            status=status,
            form=StandardForm(initial={"text": text}),
            version=self.version,
            faults=faults or [],
            looked=looked,
            before=before,
            lines=list(lines_of(changes)),
        )


class OneStandard(KeepersPage):
    """One version: what it asks, what it changes, who is under it, and putting it to use."""

    template_name = "assessment/desk/standard.html"

    def get_page_title(self) -> str:
        return str(self.version)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.version = get_object_or_404(StandardVersion, pk=pk)
        others = StandardVersion.objects.filter(key=self.version.key).exclude(pk=self.version.pk)
        before = queries.version_in_force(self.version.key)
        if before == self.version:
            before = others.filter(valid_from__lte=self.version.valid_from).first()
        standard = self.version.standard
        changes = difference(before.standard, standard) if before else []
        return self.page(
            version=self.version,
            standard=standard,
            routes=[
                (one, standard.seats_on(one.key), standard.supporters_on(one.key))
                for one in standard.routes
            ],
            before=before,
            lines=list(lines_of(changes)),
            others=others,
            in_force=queries.version_in_force(self.version.key),
            under=queries.open_submissions(self.version).count(),
            verbs=VERSIONS.verbs(self.actor, self.version),
            today=timezone.localdate(),
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = get_object_or_404(StandardVersion, pk=pk)
        doing = {"publish": publish_standard, "retire": retire_standard}
        act = doing.get(request.POST.get("verb", ""))
        if act is None:
            messages.error(request, "Nothing was done: press one of the buttons.")
            return redirect("desk_standard", pk)
        try:
            act(actor=self.actor, version=version)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{version}: {version.get_state_display().lower()}.")
        return redirect("desk_standard", pk)


def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a version."""
    if not rules.can_keep_standards(Actor.of(request.user)):
        raise Http404
    version = get_object_or_404(StandardVersion, pk=pk)
    response = HttpResponse(write(version.standard), content_type="application/toml; charset=utf-8")
    name = f"{version.key}-{version.version}.toml"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
