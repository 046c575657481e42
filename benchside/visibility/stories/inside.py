"""An organisation's workspace: the stories of its people, and asking one of them to tell theirs."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import Actor
from benchside.core.exports import csv_response
from benchside.organisations.roles import TELL_STORIES
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.views.tables import sorting, words_of
from benchside.visibility.enums import StoryState
from benchside.visibility.stories import actions, queries
from benchside.visibility.stories.inside_forms import AskForm
from benchside.visibility.stories.queries import SORTS, Wanted

A_PAGE = 50
COLUMNS = [("name", "Shown as"), ("role", "Job"), ("state", "State"), ("sent", "Sent")]
HEADER = ["Shown as", "Job", "State", "Begun", "Sent", "Published", "Address"]


@require_safe
@members_only(TELL_STORIES)
def stories(request: MemberRequest) -> HttpResponse:
    wanted = _wanted(request)
    found = queries.of_organisation(request.seat.organisation, wanted)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "wanted": wanted,
        "columns": sorting(request, COLUMNS, wanted.sort),
        "states": StoryState.choices,
        "kept": request.GET.urlencode(),
        "is_empty": not page.paginator.count and not request.GET,
    }
    return render(request, "visibility/inside_stories/list.html", context)


@require_safe
@members_only(TELL_STORIES)
def stories_csv(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    rows = (
        [
            one.shown_as, one.job, one.get_state_display(), one.created_at.date(),
            one.sent_at.date() if one.sent_at else "",
            one.published_at.date() if one.published_at else "",
            one.get_absolute_url() if one.state == StoryState.PUBLISHED else "",
        ]
        for one in queries.of_organisation(organisation, _wanted(request))
    )  # fmt: skip
    return csv_response(f"{organisation.slug}-stories.csv", HEADER, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(TELL_STORIES)
def begin(request: MemberRequest) -> HttpResponse:
    """Make a start; the person gets the link, and everything else is theirs."""
    organisation = request.seat.organisation
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.begin_for(
            actor=Actor.of(request.user), organisation=organisation, values=form.cleaned_data
        )
        messages.success(request, "A letter with the link is on its way to them.")
        return redirect("visibility:inside_stories", organisation.slug)
    status = 422 if form.errors else 200
    return render(request, "visibility/inside_stories/new.html", {"form": form}, status=status)


def _wanted(request: MemberRequest) -> Wanted:
    sort = request.GET.get("sort", "sent")
    return Wanted(
        sort=sort if sort.removeprefix("-") in SORTS else "sent",
        words=words_of(request),
        state=request.GET.get("state", ""),
    )
