"""The register everybody sees: items their organisations chose to show, and who can run them."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from benchside.core.exports import csv_response
from benchside.core.registries import panels_at
from benchside.organisations.enums import ThingKind
from benchside.organisations.equipment import files, jsonld, queries
from benchside.organisations.equipment.queries import Asked
from benchside.organisations.models import Equipment, Organisation
from benchside.organisations.views.tables import words_of

A_PAGE = 24
PLACE = "organisations.equipment"  # of the panels other rooms show beside an item


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The list, searched and filtered by its address alone. What is unknown finds nothing."""
    asked = asked_of(request)
    found = queries.register(asked)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    kit = list(queries.kit_in_use(Equipment.objects.public()))
    context = {
        "asked": asked,
        "is_filtered": asked != Asked(),
        "page": page,
        "organisations": queries.organisations_shown(),
        "kit": kit,
        "kit_chosen": next((term for term in kit if term.slug == asked.kit), None),
        "places": queries.places_shown(),
        "kept": request.GET.urlencode(),
    }
    return render(request, "organisations/equipment/register.html", context)


@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item. Whatever is not public, or not any more, is not there."""
    shown = Equipment.objects.public().select_related(
        "organisation", "unit", "kit", "part_of", "photo"
    )
    one = get_object_or_404(shown, pk=pk)
    facility = one.part_of
    url = f"{settings.BASE_URL}{one.get_absolute_url()}"
    context = {
        "item": one,
        "runners": queries.public_runners([one]).get(one.pk, []),
        "person": queries.public_contacts([one]).get(one.pk),
        "facility": facility if facility and facility.is_public and facility.is_live else None,
        "parts": one.parts.public() if one.kind == ThingKind.FACILITY else [],
        "jsonld": jsonld.script_of(one, url),
        "panels": panels_at(PLACE, str(one.pk)),
        "place": ", ".join(filter(None, [one.building, one.site, one.organisation.town])),
    }
    return render(request, "organisations/equipment/public_item.html", context)


@require_safe
def register_csv(request: HttpRequest) -> HttpResponse:
    """All items the same address would list, in Uniquip's columns, with whose they are behind."""
    return _csv("equipment.csv", queries.register(asked_of(request)))


@require_safe
def organisation_csv(request: HttpRequest, organisation: str) -> HttpResponse:
    """One organisation's, at an address that stays: to be harvested."""
    if not Organisation.objects.open().filter(slug=organisation).exists():
        raise Http404
    return _csv(f"{organisation}-equipment.csv", queries.register(Asked(organisation=organisation)))


def _csv(filename: str, found: Any) -> HttpResponse:
    listed = list(found)
    _hide_private_facilities(listed)
    rows = zip(files.rows_of(listed, people=queries.public_contacts(listed)), listed, strict=True)
    header = [*files.HEADER, "Organisation"]
    return csv_response(filename, header, ([*row, one.organisation.name] for row, one in rows))


def _hide_private_facilities(listed: list[Equipment]) -> None:
    """An item's facility is named only where it is public itself."""
    for one in listed:
        if one.part_of and not (one.part_of.is_public and one.part_of.is_live):
            one.part_of = None


def asked_of(request: HttpRequest) -> Asked:
    def said(name: str) -> str:
        return request.GET.get(name, "")[:80].replace("\0", "").strip()

    return Asked(
        words=words_of(request), organisation=said("at"), kit=said("kit"), place=said("place")
    )
