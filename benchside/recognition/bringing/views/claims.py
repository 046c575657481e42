"""Letters by which people of a list come to their own entries: one, or all of a list."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from benchside.core.actions import Actor, Refused
from benchside.people.queries import open_claim
from benchside.recognition.bringing import claiming
from benchside.recognition.bringing.forms import LetterForm
from benchside.recognition.bringing.letters import STANDS, with_letters
from benchside.recognition.bringing.views import KeeperRequest, keepers_only
from benchside.recognition.models import BroughtList, Entry


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def letter(request: KeeperRequest, number: str) -> HttpResponse:
    """Write to whoever one entry is about, or take the letter back."""
    found = with_letters(Entry.objects.filter(register=request.register))
    entry = get_object_or_404(
        found.select_related("award__technician", "register"), award__number=number
    )
    holder = entry.award.technician
    if holder is None or holder.erased_at is not None:
        raise Http404
    is_back = request.POST.get("do") == "back"
    given = None if is_back else request.POST or None
    form = LetterForm(given, initial={"email": holder.work_email})
    if request.method == "POST" and (_took_back if is_back else _wrote)(request, entry, form):
        return redirect("recognition:entry_letter", request.register.slug, number)
    context = {
        "register": request.register,
        "entry": entry,
        "stands": STANDS[entry.stands],
        "waiting": open_claim(holder),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "recognition/bringing/letter.html", context, status=status)


def _wrote(request: KeeperRequest, entry: Entry, form: LetterForm) -> bool:
    """Whether it could be sent; if not, the form says why."""
    if not form.is_valid():
        return False
    email = form.cleaned_data["email"]
    try:
        claiming.invite_holder(
            actor=Actor.of(request.user), sender=request.user, entry=entry, email=email
        )
    except Refused as refused:
        form.add_error("email", str(refused))
        return False
    messages.success(request, f"The letter to {email} is on its way.")
    return True


def _took_back(request: KeeperRequest, entry: Entry, _form: LetterForm) -> bool:
    try:
        claiming.take_letter_back(actor=Actor.of(request.user), entry=entry)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The letter is taken back. Its link works no longer.")
    return True


@require_POST
@keepers_only
def invite(request: KeeperRequest, pk: int) -> HttpResponse:
    """Write to everybody of a list; leads to the progress."""
    one = get_object_or_404(BroughtList.objects.filter(register=request.register), pk=pk)
    here = reverse("recognition:bring_list", args=[request.register.slug, pk])
    try:
        return redirect(claiming.invite_list(actor=Actor.of(request.user), one=one, then=here))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(here)
