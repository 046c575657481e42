"""Signed statements: given to whoever asks, and checked for whoever was given one."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import VISITOR
from benchside.core.open_forms import is_too_often
from benchside.recognition.entries import keyring, queries, statements
from benchside.recognition.entries.forms import StatementCheckForm, StatementForm
from benchside.recognition.entries.statements import Checked
from benchside.recognition.entries.views.public import public_sheet
from benchside.recognition.models import Register, Statement, StatementKey

MOST = 60
WITHIN = timedelta(hours=1)
TAKING = ["GET", "HEAD", "POST"]


@never_cache
@csrf_exempt  # a cookie would tell visitors apart: core.open_forms checks token and Origin
@require_http_methods(TAKING)
def statement(request: HttpRequest, register: str, number: str) -> HttpResponse:
    """The button, and behind it the PDF."""
    here = get_object_or_404(Register, slug=register)
    sheet = public_sheet(here, number)
    form = StatementForm(request, request.POST if request.method == "POST" else None)
    context = {"form": form, "register": here, "entry": sheet.entry}
    template, status = "recognition/entries/statement.html", 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not form.is_from_a_robot:
            if not is_too_often(request, what="register-statement", limit=MOST, within=WITHIN):
                return _given(here, number)
            form.add_error(None, "Many were asked for from your network. Try again in an hour.")
            status = 429
    return render(request, template, context, status=status)


def _given(register: Register, number: str) -> HttpResponse:
    entry = queries.entry_by_number(register, number)
    assert entry is not None
    _, pdf = statements.give(actor=VISITOR, entry=entry, sheet=public_sheet(register, number))
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"statement-{number}-{timezone.localdate()}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@csrf_exempt  # as above
@require_http_methods(TAKING)
def check_any(request: HttpRequest) -> HttpResponse:
    return _check(request, None)


@never_cache
@csrf_exempt  # as above
@require_http_methods(TAKING)
def check_one(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where the code on a statement leads: when it was given, and how the entry stands today."""
    return _check(request, get_object_or_404(Statement.objects.select_related("entry"), key=key))


def _check(request: HttpRequest, given: Statement | None) -> HttpResponse:
    checked: Checked | None = None
    status = 200
    form = StatementCheckForm(request, request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not form.is_valid() or form.is_from_a_robot:
            status = 422
        elif is_too_often(request, what="register-statement-check", limit=MOST, within=WITHIN):
            form.add_error(None, "There were many checks from your network. Try in an hour.")
            status = 429
        else:
            checked = statements.check(form.cleaned_data["file"])
    context = {
        "form": form,
        "given": given,
        "checked": checked,
        "is_another": bool(
            given and checked and checked.statement and checked.statement.key != given.key
        ),
        "now": _today(checked.statement if checked else given),
        "has_given": bool((checked and checked.statement) or given),
        "as_of": timezone.now(),
        "key": checked.key if checked and checked.key else keyring.current(),
    }
    return render(request, "recognition/entries/check_statement.html", context, status=status)


def _today(one: Statement | None) -> object:
    """How the entry stands now; nothing for one that nobody may see."""
    if one is None:
        return None
    return queries.by_id([one.entry_id]).get(one.entry_id)


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The public key that signs today, for those who check without us."""
    return _pem(keyring.current())


@require_safe
def key_of(request: HttpRequest, fragment: str) -> HttpResponse:
    """A public key by its name, as a statement names it: also of one that signs no more."""
    found = get_object_or_404(StatementKey, fragment=fragment)
    if found.compromised_at is not None:
        words = "This key was given up: somebody else may have it. Check on our page instead.\n"
        return HttpResponse(words, status=410, content_type="text/plain; charset=utf-8")
    return _pem(found)


def _pem(found: StatementKey) -> HttpResponse:
    response = HttpResponse(keyring.public_pem(found), content_type="application/x-pem-file")
    response["Content-Disposition"] = f'attachment; filename="{found.fragment}.pem"'
    return response
