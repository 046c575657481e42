"""Pages of the catalogue."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from benchside.careers.models import Role, Sector


def careers(request: HttpRequest) -> HttpResponse:
    return redirect("careers:roles")


def roles(request: HttpRequest) -> HttpResponse:
    return render(request, "careers/roles.html", {"roles": Role.objects.select_related("sector")})


def role(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "careers/role.html", {"role": get_object_or_404(Role, slug=slug)})


def sector(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "careers/sector.html", {"sector": get_object_or_404(Sector, slug=slug)})
