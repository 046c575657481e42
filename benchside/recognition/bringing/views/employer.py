"""Registrations in an organisation's workspace, and asking one's employer to pay."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.accounts.models import User
from benchside.assessment.awarding import queries as awarding
from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.organisations import roles
from benchside.organisations.models import Organisation
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.views.tables import sorting, words_of
from benchside.people.models import Technician
from benchside.people.queries import technician_of
from benchside.recognition.bringing import registered, supporting
from benchside.recognition.bringing.forms import PaysForm
from benchside.recognition.models import Entry, Fee, FeeSupport, Register

A_PAGE = 50
NEWEST = 5  # of what was answered; all of it has a page of its own
COLUMNS = [("name", "Name"), ("register", "Register"), ("number", "Number"), ("ends", "Until")]


@require_safe
@members_only(roles.SEE_STAFF)
def registrations(request: MemberRequest) -> HttpResponse:
    return _page(request)


def _page(request: MemberRequest, *, wrong: PaysForm | None = None, about: int = 0) -> HttpResponse:
    here = request.seat.organisation
    asked = _asked(request)
    found = registered.named(here, **asked)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    waiting = list(registered.waiting(here))
    context = {
        "page": page,
        "rows": [(one, awarding.shown_state_of(one.award), _end_of(one)) for one in page],
        "columns": sorting(request, COLUMNS, asked["sort"]),
        "asked": asked,
        "is_narrowed": bool(asked["words"] or asked["register"] or asked["due"]),
        "kept": request.GET.urlencode(),
        "registers": list(Register.objects.all()),
        "counted": registered.counted(here),
        "due": registered.ends_soon(registered.named(here)).count(),
        "waiting": [
            (one, registered.holder_of(one.fee), registered.register_of(one.fee),
             wrong if wrong and one.pk == about else PaysForm(auto_id=f"pays-{one.pk}-%s"))
            for one in waiting
        ],
        "answered": [
            (one, registered.holder_of(one.fee)) for one in registered.answered(here)[:NEWEST]
        ],
        "may_pay": request.seat.may(roles.KEEP_STAFF),
        "form": wrong,
    }  # fmt: skip
    status = 422 if wrong else 200
    return render(request, "recognition/bringing/registrations.html", context, status=status)


def _asked(request: MemberRequest) -> dict[str, Any]:
    sort, register = request.GET.get("sort", "name"), request.GET.get("register", "")
    return {
        "words": words_of(request),
        "register": register if register in _slugs() else "",
        "due": request.GET.get("due") == "yes",
        "sort": sort if sort.removeprefix("-") in registered.SORTS else "name",
    }


def _slugs() -> set[str]:
    return set(Register.objects.values_list("slug", flat=True))


def _end_of(one: Entry) -> str:
    """What stands beside one that has to be renewed: a period that is over does not end soon."""
    end, today = one.award.period_end, timezone.localdate()
    if end is None or not awarding.state_of(one.award).stands:
        return ""
    if end < today:
        return "Over, to renew"
    return "Ends soon" if (end - today).days <= registered.SOON else ""


@require_safe
@members_only(roles.SEE_STAFF)
def registrations_csv(request: MemberRequest) -> HttpResponse:
    header = ("Name", "Register", "Letters", "Number", "State", "Until")
    rows = (
        (one.name, one.register.name,
         one.register.letters if awarding.shown_state_of(one.award).stands else "",
         one.award.number, awarding.shown_state_of(one.award).title, one.award.period_end or "")
        for one in registered.named(request.seat.organisation, **_asked(request))
    )  # fmt: skip
    return csv_response("registrations.csv", header, rows)


@require_safe
@members_only(roles.SEE_STAFF)
def answered(request: MemberRequest) -> HttpResponse:
    """All fees it said yes or no to, the newest first."""
    found = registered.answered(request.seat.organisation)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, registered.holder_of(one.fee), registered.register_of(one.fee)) for one in page]
    context = {"page": page, "rows": rows}
    return render(request, "recognition/bringing/answered.html", context)


@require_safe
@members_only(roles.SEE_STAFF)
def answered_csv(request: MemberRequest) -> HttpResponse:
    header = ("Answered", "Name", "Register", "Fee", "Amount", "You pay", "Your reference", "State")
    rows = (
        (timezone.localdate(one.answered_at), registered.holder_of(one.fee) or "",
         registered.register_of(one.fee) or "", one.fee.get_kind_display(), one.fee.amount,
         "yes" if one.is_paid_by_them else "no", one.fee.reference if one.is_paid_by_them else "",
         one.fee.get_state_display())
        for one in registered.answered(request.seat.organisation)
    )  # fmt: skip
    return csv_response("fees.csv", header, rows)


@require_POST
@members_only(roles.KEEP_STAFF)
def pays(request: MemberRequest, support: int) -> HttpResponse:
    """Say of one fee whether they pay it."""
    here = FeeSupport.objects.filter(organisation=request.seat.organisation)
    one = get_object_or_404(here, pk=support)
    form = PaysForm(request.POST, auto_id=f"pays-{one.pk}-%s")
    yes = request.POST.get("say") == "yes"
    if yes and not form.is_valid():
        return _page(request, wrong=form, about=one.pk)
    reference = form.cleaned_data["reference"] if yes else ""
    try:
        supporting.answer_support(
            actor=Actor.of(request.user), support=one, pays=yes, reference=reference
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        said = "You pay this fee: the invoice goes to you." if yes else "You do not pay this fee."
        messages.success(request, said)
    return redirect("recognition:registrations", request.seat.organisation.slug)


# --- one's own fees -------------------------------------------------------------------------------
def _own(request: HttpRequest) -> Technician:
    assert isinstance(request.user, User)
    found = technician_of(request.user)
    if found is None:
        raise Http404
    return found


@login_required
@never_cache
@require_safe
def my_fees(request: HttpRequest) -> HttpResponse:
    """What one owes to registers, and whom one may ask to pay it."""
    me = _own(request)
    fees = [
        (one, registered.register_of(one), one.asks.all(), _can_ask(one))
        for one in registered.fees_of(me)
    ]
    context = {"fees": fees, "employers": list(registered.employers_of(me))}
    return render(request, "recognition/bringing/my_fees.html", context)


def _can_ask(fee: Fee) -> bool:
    is_owed = fee.state in registered.UNSETTLED
    return is_owed and not any(one.is_open for one in fee.asks.all())


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_employer(request: HttpRequest, pk: int) -> HttpResponse:
    """Opened as a page, as after signing in again, it leads to the fee."""
    fee = get_object_or_404(registered.fees_of(_own(request)), pk=pk)
    if request.method != "POST":
        return redirect("recognition:my_fees")
    number = request.POST.get("organisation", "")
    chosen = Organisation.objects.filter(pk=int(number) if number.isdecimal() else 0).first()
    if chosen is None:
        messages.error(request, "Nobody was asked: choose where you work.")
        return redirect("recognition:my_fees")
    try:
        supporting.ask_employer(
            actor=Actor.of(request.user),
            fee=fee,
            organisation=chosen,
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{chosen.name} is asked to pay. You see here what they say.")
    return redirect("recognition:my_fees")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what nobody answered. Opened as a page, it leads to the fee."""
    fee = get_object_or_404(registered.fees_of(_own(request)), pk=pk)
    if request.method == "POST":
        try:
            supporting.take_back(actor=Actor.of(request.user), fee=fee)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "It is taken back. You can ask where you work.")
    return redirect("recognition:my_fees")
