"""Sending photographs in: by a code on a phone, or from one's own space; then following them.

One address takes both a whole form and, from the page's script, one picture at a time (it asks for
JSON). Either way a picture that cannot be used says so beside it, and the others are kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.core.actions import VISITOR, Actor, Refused
from benchside.core.open_forms import OpenForm, is_too_often
from benchside.visibility.enums import InPicture
from benchside.visibility.models import Photo
from benchside.visibility.photos import doors, own_files, sending, sending_forms, sending_links
from benchside.visibility.photos.doors import Door, NoDoor
from benchside.visibility.photos.following import followed
from benchside.visibility.photos.sending_forms import AGREED, CodeForm, RowForm, SenderForm

TAKING = ("GET", "HEAD", "POST")
HOUR = timedelta(hours=1)
MOST_PICTURES = 600  # an hour from one place: a school is one address, with a hall of phones
MOST_WRONG_CODES = 40
# The script asks again by itself; who waits for a whole page is given longer, and threads for it.
SCRIPT_PATIENCE = 0.5
OFTEN = "Very many pictures came from your network. Wait an hour, then send this one again."
AGAIN = "This page was open for long. Your words are still here: send them again."

View = Callable[..., HttpResponseBase]


def open_page(view: View) -> View:
    """For everybody, without a cookie; kept by nobody, and its address told to no other site.

    A cookie would tell visitors apart: core.open_forms looks at a token and the Origin instead.
    """

    @csrf_exempt
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.shown_as = reverse("visibility:photos_code")  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return opened


# --- the code -----------------------------------------------------------------------------------
@open_page
@require_safe
def type_code(request: HttpRequest) -> HttpResponse:
    """Type the code. A good one leads to the form."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "visibility/photos/code.html", {"form": form}, status=status)
    try:
        door = doors.find(form.cleaned_data["code"])
    except NoDoor as refused:
        return _no_door(request, refused, form)
    return redirect("visibility:photos_send", door.code)


def _no_door(request: HttpRequest, refused: NoDoor, form: CodeForm) -> HttpResponse:
    status = 404
    if is_too_often(request, what="photo-code", limit=MOST_WRONG_CODES, within=HOUR):
        refused, status = NoDoor("Many codes were tried from here.", "Wait an hour."), 429
    form.is_valid()
    form.add_error("code", str(refused))
    return render(request, "visibility/photos/code.html", {"form": form}, status=status)


@open_page
@require_http_methods(TAKING)
def send(request: HttpRequest, code: str) -> HttpResponse:
    """The form of one code."""
    try:
        door = doors.find(code)
    except NoDoor as refused:
        if _wants_json(request):
            return _json_refusal(refused, 409)
        return _no_door(request, refused, CodeForm({"code": code}))
    return Visit(request, door, VISITOR, "visibility/photos/send.html").answer()


# --- the form -----------------------------------------------------------------------------------
@dataclass
class Visit:
    """One page of the form: who sends, by which door, and what becomes of what they send."""

    request: HttpRequest
    door: Door
    actor: Actor
    template: str
    shown_name: str = ""

    def answer(self) -> HttpResponse:
        if self.request.method != "POST":
            return self._page(self._fresh_form(), sending_forms.empty_rows())
        return self._take()

    def _fresh_form(self) -> SenderForm:
        name = self.shown_name or self.door.school
        return SenderForm(self.request, initial={"display_name": name[:80]})

    def _take(self) -> HttpResponse:
        form = SenderForm(self.request, self.request.POST)
        rows = sending_forms.rows_of(self.request.POST, self.request.FILES)
        visit = sending_links.read_visit(self.request.POST.get("visit", ""))
        if visit is None:
            form.add_error(None, AGAIN)
        if not rows:
            form.add_error(None, "Choose at least one picture.")
        if form.is_from_a_robot:
            return redirect("visibility:photos_code")
        rows_are_good = [row.is_valid() for row in rows]
        kept: list[Photo] = []
        status = 422
        if form.is_valid() and visit is not None:
            for row, is_good in zip(rows, rows_are_good, strict=True):
                if is_good:
                    status = self._take_row(form, row, visit, kept) or status
        return self._told(form, rows, visit, kept, status)

    def _take_row(self, form: SenderForm, row: RowForm, visit: UUID, kept: list[Photo]) -> int:
        """Keep one picture, or say beside it why not; then the status of the answer."""
        if is_too_often(self.request, what="photo-send", limit=MOST_PICTURES, within=HOUR):
            row.add_error("file", OFTEN)
            return 429
        try:
            kept.append(
                sending.send_photo(
                    actor=self.actor,
                    door=self.door,
                    sent=_sent(form, row, visit),
                    patience=SCRIPT_PATIENCE if _wants_json(self.request) else sending.PATIENCE,
                )
            )
        except ValidationError as refused:  # what core.media says of it
            row.add_error("file", refused)
        except sending.Busy as refused:
            row.add_error("file", str(refused))
            return 503
        except Refused as refused:
            row.add_error("file", str(refused))
        return 0

    def _told(
        self, form: SenderForm, rows: list[RowForm], visit: UUID | None, kept: list[Photo],
        status: int,
    ) -> HttpResponse:  # fmt: skip
        wrong = [row for row in rows if row.errors]
        if visit is not None and kept and not wrong:
            url = sending_links.follow_url(visit)
            done = JsonResponse({"follow": url, "photo": kept[0].key.hex})
            return done if _wants_json(self.request) else redirect(url)
        if _wants_json(self.request):
            return _json_errors(form, rows, status)
        left = wrong if kept else rows
        shown = [*left, *sending_forms.beside(rows)]
        return self._page(form, shown, visit=visit, kept=kept, status=status)

    def _page(
        self, form: SenderForm, rows: list[RowForm], *, visit: UUID | None = None,
        kept: list[Photo] | None = None, status: int = 200,
    ) -> HttpResponse:  # fmt: skip
        """`visit` stays the same when a form comes back, so that nothing is sent twice."""
        mark = self.request.POST.get("visit", "") if visit else sending_links.new_visit()
        context = {
            "form": form, "rows": rows, "row": RowForm(prefix="pROW"), "door": self.door,
            "visit": mark, "kept": kept or [], "most": sending_forms.MOST_ROWS,
            "follow": sending_links.follow_url(visit) if visit and kept else "",
        }  # fmt: skip
        return render(self.request, self.template, context, status=status)


def _sent(form: SenderForm, row: RowForm, visit: UUID) -> sending.Sent:
    said, about = form.cleaned_data, row.cleaned_data
    return sending.Sent(
        sending=visit, file=about["file"], in_picture=InPicture(about["in_picture"]),
        caption=about["caption"], adults=about["adults"], display_name=said["display_name"],
        role=said["role"], reply_to=said["reply_to"], signed_as=said["signed_as"], words=AGREED,
    )  # fmt: skip


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _json_errors(form: SenderForm, rows: list[RowForm], status: int) -> HttpResponse:
    """Errors by the name of their field; "" for the whole form."""
    told = {("" if name == "__all__" else name): each for name, each in form.errors.items()}
    for row in rows:
        told |= {row.add_prefix(name): each for name, each in row.errors.items()}
    response = JsonResponse({"errors": told}, status=status)
    if status in {429, 503}:
        response["Retry-After"] = "2" if status == 503 else "3600"
    return response


def _json_refusal(refused: Refused, status: int) -> HttpResponse:
    return JsonResponse({"errors": {"": [str(refused)]}}, status=status)


# --- following what was sent --------------------------------------------------------------------
class TakeBackForm(OpenForm):
    purpose = "photo-take-back"


def _sent_photo(token: str, key: UUID) -> Photo:
    photos = sending_links.sent_with(token)
    photo = photos.filter(key=key).first() if photos is not None else None
    if photo is None:
        raise Http404
    return photo


@open_page
@require_safe
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """What was sent in one visit, and what became of it. 404 for a link that is none of ours."""
    return _sent_page(request, token, TakeBackForm(request))


def _sent_page(
    request: HttpRequest, token: str, form: TakeBackForm, status: int = 200
) -> HttpResponse:
    photos = sending_links.sent_with(token)
    if photos is None:
        raise Http404
    rows = followed(
        photos,
        lambda photo: reverse("visibility:photos_sent_picture", args=[token, photo.key]),
        lambda photo: reverse("visibility:photos_take_back", args=[token, photo.key]),
    )
    context = {"rows": rows, "form": form}
    return render(request, "visibility/photos/sent.html", context, status=status)


@open_page
@require_safe
def sent_picture(request: HttpRequest, token: str, key: UUID) -> HttpResponseBase:
    return own_files.handed_out(request, _sent_photo(token, key))


@open_page
@require_POST
def take_back(request: HttpRequest, token: str, key: UUID) -> HttpResponse:
    """Withdraw one picture by the link."""
    form = TakeBackForm(request, request.POST)
    photo = _sent_photo(token, key)
    if not form.is_valid():
        return _sent_page(request, token, form, 422)
    sending.withdraw_photo(actor=sending_links.holder_of(photo), photo=photo)
    return redirect("visibility:photos_sent", token)
