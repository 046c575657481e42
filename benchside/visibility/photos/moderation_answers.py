"""The page a sender answers a question on: opened by the link in the mail, without an account."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from benchside.core.open_forms import OpenForm
from benchside.visibility.enums import PhotoState
from benchside.visibility.photos import moderation
from benchside.visibility.photos.moderation_links import holder_of, photo_of


class AnswerForm(OpenForm):
    purpose = "photo-answer"

    words = forms.CharField(
        label="Your answer",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For grown-ups. Please do not write a child’s name.",
        error_messages={"required": "Write your answer, then send it."},
    )


@never_cache
@csrf_exempt  # a cookie would tell visitors apart: core.open_forms checks token and Origin
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """404 for a link that is none of ours."""
    photo = photo_of(token)
    if photo is None:
        raise Http404
    request.shown_as = "/wall/"  # type: ignore[attr-defined]  # the address itself is a secret
    form = AnswerForm(request, request.POST if request.method == "POST" else None)
    is_open = photo.state == PhotoState.ASKED
    if is_open and request.method == "POST" and form.is_valid() and not form.is_from_a_robot:
        moderation.answer(actor=holder_of(photo), photo=photo, words=form.cleaned_data["words"])
        is_open = False
    context = {"photo": photo, "form": form, "is_open": is_open, "sent": photo.answer}
    response = render(request, "visibility/photos/answer.html", context, status=_status(form))
    response["Referrer-Policy"] = "no-referrer"
    return response


def _status(form: AnswerForm) -> int:
    return 422 if form.is_bound and form.errors else 200
