"""Every photograph in whatever state: a table, sorted, narrowed, a page at a time, and as CSV."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchside.core.exports import csv_response
from benchside.organisations.views.tables import sorting, words_of
from benchside.visibility.enums import PhotoState, RefusedFor
from benchside.visibility.models import Campaign, Photo
from benchside.visibility.photos.moderation_access import moderators_only
from benchside.visibility.photos.moderation_facts import school_of

A_PAGE = 50
SORTS = {
    "received": "received_at",
    "school": "school",
    "caption": "caption",
    "state": "state",
    "approved": "approved_at",
}
COLUMNS = (
    ("caption", "Caption"),
    ("school", "School"),
    ("state", "State"),
    ("received", "Received"),
    ("approved", "Approved"),
)
# No address and no answer: a file leaves the desk, and what was told us does not.
HEADER = (
    "Key", "State", "Caption", "From", "School", "Campaign", "Job", "Year", "Received",
    "Approved", "Refused", "Refused for", "A child may be seen", "Reports",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for."""

    words: str = ""
    state: str = ""
    reason: str = ""
    campaign: str = ""
    child: bool = False
    sort: str = "-received"


@moderators_only
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    wanted = _wanted(request)
    page = Paginator(found(wanted), A_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "wanted": wanted,
        "page": page,
        "columns": sorting(request, COLUMNS, wanted.sort),
        "states": PhotoState.choices,
        "reasons": RefusedFor.choices,
        "campaigns": Campaign.objects.order_by("name"),
        "kept": kept.urlencode(),
        "is_narrowed": wanted != Wanted(sort=wanted.sort),
        "here": "list",
    }
    return render(request, "visibility/photos/list.html", context)


@moderators_only
@require_safe
def listing_csv(request: HttpRequest) -> HttpResponse:
    return csv_response("photographs.csv", HEADER, _rows(found(_wanted(request))))


def found(wanted: Wanted) -> QuerySet[Photo]:
    photos = Photo.objects.select_related("campaign", "role", "pledge", "organisation", "picture")
    if wanted.words:
        photos = photos.filter(
            Q(caption__icontains=wanted.words)
            | Q(school__icontains=wanted.words)
            | Q(pledge__school__icontains=wanted.words)
            | Q(display_name__icontains=wanted.words)
        )
    if wanted.state:
        photos = photos.filter(state=wanted.state)
    if wanted.reason:
        photos = photos.filter(refused_for=wanted.reason)
    if wanted.campaign:
        photos = photos.filter(campaign__slug=wanted.campaign)
    if wanted.child:
        photos = photos.filter(child_may_be_seen=True)
    column = SORTS[wanted.sort.lstrip("-")]
    turn = "-" if wanted.sort.startswith("-") else ""
    return photos.order_by(f"{turn}{column}", f"{turn}pk")


def _wanted(request: HttpRequest) -> Wanted:
    """A value that is none of ours narrows nothing."""
    given = request.GET
    sort = given.get("sort", "")
    state, reason = given.get("state", ""), given.get("reason", "")
    return Wanted(
        words=words_of(request),
        state=state if state in PhotoState.values else "",
        reason=reason if reason in RefusedFor.values else "",
        campaign=given.get("campaign", "")[:60].replace("\0", ""),
        child=given.get("child") == "yes",
        sort=sort if sort.removeprefix("-") in SORTS else "-received",
    )


def _rows(photos: QuerySet[Photo]) -> Iterator[list[Any]]:
    for one in photos.iterator(chunk_size=500):
        yield [
            one.key, one.get_state_display(), one.caption, one.display_name, school_of(one),
            one.campaign.name if one.campaign else "", one.role.title if one.role else "",
            one.year, _moment(one.received_at), _moment(one.approved_at),
            _moment(one.refused_at), one.get_refused_for_display(),
            "yes" if one.child_may_be_seen else "no", one.reports,
        ]  # fmt: skip


def _moment(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
