"""`/my/photos/`: photographs of somebody who is signed in."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.accounts.views import SignedInRequest
from benchside.core.actions import Actor
from benchside.visibility.enums import PhotoState
from benchside.visibility.models import Photo
from benchside.visibility.photos import own_files, sending
from benchside.visibility.photos.doors import OWN
from benchside.visibility.photos.following import followed
from benchside.visibility.photos.sending_views import TAKING, Visit


def photos_of(person_id: UUID) -> QuerySet[Photo]:
    """What somebody sent, withdrawn ones left out, newest first."""
    photos = Photo.objects.filter(person_id=person_id).exclude(state=PhotoState.WITHDRAWN)
    return photos.select_related("picture", "role")


def _own(request: SignedInRequest, key: UUID) -> Photo:
    photo = photos_of(request.user.person_id).filter(key=key).first()
    if photo is None:
        raise Http404
    return photo


@login_required
@never_cache
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    rows = followed(
        photos_of(request.user.person_id),
        lambda photo: reverse("visibility:my_photo", args=[photo.key]),
        lambda photo: reverse("visibility:my_photo_back", args=[photo.key]),
    )
    return render(request, "visibility/photos/mine.html", {"rows": rows})


@login_required
@never_cache
@require_http_methods(TAKING)
def send(request: SignedInRequest) -> HttpResponse:
    actor = Actor.of(request.user)
    visit = Visit(request, OWN, actor, "visibility/photos/send_mine.html", request.user.name)
    return visit.answer()


@login_required
@never_cache
@require_safe
def picture(request: SignedInRequest, key: UUID) -> HttpResponseBase:
    return own_files.handed_out(request, _own(request, key))


@login_required
@never_cache
@require_POST
def take_back(request: SignedInRequest, key: UUID) -> HttpResponse:
    sending.withdraw_photo(actor=Actor.of(request.user), photo=_own(request, key))
    messages.success(request, "The picture is gone, everywhere and for good.")
    return redirect("visibility:my_photos")
