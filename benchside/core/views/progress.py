"""How far a piece of long work has come, for whoever asked for it."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from benchside.core.models import TaskProgress

SECONDS = 2


@require_safe
@never_cache
@login_required
def progress(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """The page, or only the moving part of it for htmx.

    Without JavaScript the Refresh header turns the page; with it, htmx asks for the part.
    404 for everybody but the owner.
    """
    watched = get_object_or_404(TaskProgress.objects.select_related("result"), pk=pk)
    if watched.owner is None or watched.owner != getattr(request.user, "person_id", None):
        raise Http404
    part = bool(request.headers.get("HX-Request"))
    template = "core/progress_part.html" if part else "core/progress.html"
    return render(request, template, {"progress": watched, "seconds": SECONDS})
