"""The twelve sectors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from benchside.careers.live import RoleCard, live_catalogue
from benchside.careers.lookup import tidied
from benchside.careers.models import Sector
from benchside.careers.sheet import SECTOR_PLACE
from benchside.core.registries import panels_at


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`live`: its `sectors` are all with roles, each with `role_count`."""
    live = live_catalogue()
    return render(request, "careers/sectors.html", {"live": live})


@require_safe
def sector(request: HttpRequest, slug: str) -> HttpResponse:
    """`sector`, its `cards`, and `panels`: what other rooms show of it."""
    live = live_catalogue()
    found = next((one for one in live.sectors if one.slug == slug), None)
    if found is None and (meant := tidied(slug)) != slug:
        return redirect(get_object_or_404(Sector, slug=meant), permanent=True)
    found = found or get_object_or_404(Sector, slug=slug)
    cards = [RoleCard(role) for role in live.roles_in(found)]
    panels = panels_at(SECTOR_PLACE, found.slug)
    context = {"sector": found, "cards": cards, "panels": panels}
    return render(request, "careers/sector.html", context)
