"""Registers at the desk: which there are, a file brought in or edited, bodies' licences."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from wagtail.admin import messages

from benchside.assessment.awarding.views.standards import lines_of
from benchside.core.actions import Actor, Refused
from benchside.core.desk_pages import DeskPage
from benchside.core.faults import Fault
from benchside.recognition.enums import LicenceScope
from benchside.recognition.models import Licence, Register
from benchside.recognition.registers import actions, loading, queries, reader, rules
from benchside.recognition.registers.forms import EndForm, FileForm, LicenceForm
from benchside.recognition.registers.reader import BrokenRegister
from benchside.recognition.registers.shapes import RegisterFile


class SettersPage(DeskPage):
    """A page for those who set registers up; 404 for everybody else."""

    may = rules.can_set_up
    header_icon = "list-ul"
    crumb = ("desk_registers", "Registers")


class Registers(SettersPage):
    """All registers, and the files of the program that say something else."""

    page_title = "Registers"
    template_name = "recognition/desk/registers.html"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": "Registers"}]

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = [
            (one, queries.version_of(one), queries.bodies_of(one)) for one in Register.objects.all()
        ]
        waiting: list[loading.Shipped] = []
        broken: tuple[Fault, ...] = ()
        try:
            quiet = (loading.Waits.SAME, loading.Waits.STANDARD)
            waiting = [one for one in loading.compared() if one.waits not in quiet]
        except BrokenRegister as fault:
            broken = tuple(fault.faults)
        return self.page(rows=rows, waiting=waiting, broken=broken)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take a file of the program."""
        wanted = request.POST.get("take", "")
        for one in loading.compared():
            if one.file.key != wanted:
                continue
            try:
                made = actions.load_register(actor=self.actor, file=one.file)
            except BrokenRegister as broken:
                messages.error(request, str(broken.faults[0]))
                return redirect("desk_registers")
            messages.success(request, "It is taken, and holds from now on.")
            return redirect("desk_register", made.pk)
        messages.error(request, "That file is not there any more.")
        return redirect("desk_registers")


class EditRegister(SettersPage):
    """The text of a file: brought in, or a register's, to look at and take. What was typed stays,
    whatever is wrong with it."""

    template_name = "recognition/desk/edit_register.html"
    register: Register | None = None

    def get_page_title(self) -> str:
        return f"Edit {self.register}" if self.register else "Bring in a register"

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        self._find(pk)
        return self._page(reader.write(self.register.rules) if self.register else "")

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        self._find(pk)
        text, problem = self._text()
        if problem:
            return self._page(text, faults=[problem], status=422)
        try:
            file = reader.parse("The text", text.encode())
        except BrokenRegister as broken:
            return self._page(text, faults=list(broken.faults), status=422)
        if faults := [*self._another(file), *loading.faults_of(file)]:
            return self._page(text, faults=faults, status=422)
        if request.POST.get("do") != "take":
            return self._page(text, looked=file)
        made = actions.load_register(actor=self.actor, file=file)
        messages.success(request, "It is taken, and holds from now on.")
        return redirect("desk_register", made.pk)

    def _another(self, file: RegisterFile) -> list[Fault]:
        """Whoever edits one register does not change another by its key."""
        if self.register is None or file.key == self.register.slug:
            return []
        remedy = f"must stay {self.register.slug}: bring in another register as a new one"
        return [Fault("The text", "key", file.key, remedy)]

    def _find(self, pk: int | None) -> None:
        self.register = get_object_or_404(Register, pk=pk) if pk else None

    def _text(self) -> tuple[str, Fault | None]:
        """What was brought in as a file, else what stands in the box."""
        typed = self.request.POST.get("text", "").replace("\r\n", "\n")
        file = self.request.FILES.get("file")
        if file is None:
            return typed, None
        if file.size is None or file.size > reader.BIGGEST:
            return typed, Fault("The file", "", "", "is larger than 256 KB: is this the file?")
        try:
            return file.read().decode("utf-8-sig").replace("\r\n", "\n"), None
        except UnicodeDecodeError:
            return typed, Fault("The file", "", "", "is not text: bring in a TOML file in UTF-8")

    def _page(
        self,
        text: str,
        *,
        faults: list[Fault] | None = None,
        looked: RegisterFile | None = None,
        status: int = 200,
    ) -> HttpResponse:
        held = Register.objects.filter(slug=looked.key).first() if looked else None
        changes = reader.difference(held.rules if held else None, looked) if looked else []
        return self.page(
            status=status,
            form=FileForm(initial={"text": text}),
            register=self.register,
            faults=faults or [],
            looked=looked,
            held=held,
            lines=list(lines_of(changes)),
        )


class OneRegister(SettersPage):
    """One register: what its file says, its bodies, whether it takes applications."""

    template_name = "recognition/desk/register.html"
    register: Register

    def get_page_title(self) -> str:
        return self.register.name

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.register = get_object_or_404(Register, pk=pk)
        return self._page()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.register = get_object_or_404(Register, pk=pk)
        what, _, key = request.POST.get("do", "").partition(":")
        if what in {"open", "close"}:
            actions.open_or_close(actor=self.actor, register=self.register, is_open=what == "open")
            messages.success(request, "It is kept.")
            return redirect("desk_register", pk)
        if what == "give":
            return self._give(request)
        if what == "end" and key.isascii() and key.isdecimal():
            return self._end(request, int(key))
        messages.error(request, "Nothing was done: press one of the buttons.")
        return redirect("desk_register", pk)

    def _give(self, request: HttpRequest) -> HttpResponse:
        form = LicenceForm(request.POST)
        if form.is_valid():
            said = form.cleaned_data | {"scope": LicenceScope(form.cleaned_data["scope"])}
            try:
                actions.give_licence(actor=self.actor, register=self.register, **said)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "The licence is given.")
                return redirect("desk_register", self.register.pk)
        return self._page(give=form, status=422)

    def _end(self, request: HttpRequest, key: int) -> HttpResponse:
        licence = get_object_or_404(Licence, pk=key, register=self.register)
        form = EndForm(request.POST)
        if form.is_valid():
            try:
                actions.end_licence(actor=self.actor, licence=licence, **form.cleaned_data)
            except Refused as refused:
                messages.error(request, str(refused))
            else:
                messages.success(request, "It ends on that day.")
        else:
            messages.error(request, "Give the last day of the licence.")
        return redirect("desk_register", self.register.pk)

    def _page(self, *, give: LicenceForm | None = None, status: int = 200) -> HttpResponse:
        today = timezone.localdate()
        licences = Licence.objects.filter(register=self.register).select_related("body")
        rows: list[tuple[Licence, bool]] = [
            (one, one.ends_on is None or one.ends_on >= today) for one in licences
        ]
        context: dict[str, Any] = {
            "register": self.register,
            "rules": self.register.rules,
            "version": queries.version_of(self.register),
            "unfit": loading.unfit(self.register),
            "licences": rows,
            "give": give or LicenceForm(),
            "today": today,
        }
        return self.page(status=status, **context)


def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a register."""
    if not rules.can_set_up(Actor.of(request.user)):
        raise Http404
    register = get_object_or_404(Register, pk=pk)
    text = reader.write(register.rules)
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{register.slug}.toml"'
    response["Cache-Control"] = "private, no-store"
    return response
