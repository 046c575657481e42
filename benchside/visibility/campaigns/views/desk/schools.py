"""Schools that join in, at the desk: the list of a day, its spreadsheet, one school."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages

from benchside.core.actions import Refused
from benchside.core.exports import csv_response
from benchside.organisations.enums import Region
from benchside.organisations.views.tables import sorting, words_of
from benchside.visibility.campaigns import actions, links, queries
from benchside.visibility.campaigns.forms import FollowUpForm
from benchside.visibility.campaigns.queries import Wanted
from benchside.visibility.campaigns.states import PLEDGES
from benchside.visibility.campaigns.views.desk.campaigns import NOTHING, TeamPage, day_of
from benchside.visibility.enums import Phase, PledgeState
from benchside.visibility.models import Pledge

A_PAGE = 50
COLUMNS = [
    ("school", "School"), ("town", "Town"), ("region", "Part of the UK"), ("state", "State"),
    ("technicians", "Technicians"), ("made", "Asked"),
]  # fmt: skip
HEADER = (
    "School", "Town", "Postcode", "Part of the UK", "Kind of school", "URN", "State",
    "Technicians", "Shown", "Contact", "E-mail", "Asked", "Confirmed", "Followed up", "Note",
)  # fmt: skip


def wanted_of(request: HttpRequest) -> Wanted:
    asked = request.GET
    sort = asked.get("sort", "-made")
    return Wanted(
        words=words_of(request),
        state=_one_of(asked.get("state", ""), PledgeState),
        region=_one_of(asked.get("region", ""), Region),
        phase=_one_of(asked.get("phase", ""), Phase),
        untouched=asked.get("untouched") == "yes",
        sort=sort if sort.removeprefix("-") in queries.SORTS else "-made",
    )


def _one_of(value: str, choices: Any) -> str:
    return value if value in choices.values else ""


class Schools(TeamPage):
    template_name = "visibility/campaigns/desk/schools.html"

    def get_page_title(self) -> str:
        return f"Schools: {self.day}"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.day, wanted = day_of(pk), wanted_of(request)
        asked = request.GET.copy()
        asked.pop("page", None)
        found = Paginator(queries.pledges(self.day, wanted), A_PAGE)
        return self.page(
            day=self.day,
            found=found.get_page(request.GET.get("page")),
            wanted=wanted,
            columns=sorting(request, COLUMNS, wanted.sort),
            states=PledgeState.choices,
            regions=Region.choices,
            phases=Phase.choices,
            kept=request.GET.urlencode(),
            asked=f"{asked.urlencode()}&" if asked else "",
        )


class SchoolsCsv(TeamPage):
    """The list as chosen, all its pages."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        day = day_of(pk)
        found = queries.pledges(day, wanted_of(request)).select_related("place")
        name = f"{day.campaign.slug}-{day.year}-schools.csv"
        return csv_response(name, HEADER, map(_row, found))


def _row(one: Pledge) -> tuple[object, ...]:
    return (
        one.school,
        one.town,
        one.postcode,
        one.get_region_display(),
        one.get_phase_display(),
        one.place.code if one.place else "",
        one.get_state_display(),
        one.technicians,
        "yes" if one.is_shown else "no",
        one.contact_name,
        one.contact_email,
        one.made_at.date().isoformat(),
        one.confirmed_at.date().isoformat() if one.confirmed_at else "",
        one.followed_up_at.date().isoformat() if one.followed_up_at else "",
        one.note,
    )


class OneSchool(TeamPage):
    """One school: what it said, a note, the link again, and taking it out."""

    template_name = "visibility/campaigns/desk/school.html"

    def get_page_title(self) -> str:
        return self.pledge.school

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.pledge = self._pledge(pk)
        return self._page(FollowUpForm(initial={"note": self.pledge.note}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.pledge = self._pledge(pk)
        verb = request.POST.get("verb", "")
        form = FollowUpForm(request.POST if verb == "follow-up" else None)
        if verb == "follow-up" and not form.is_valid():
            return self._page(form, status=422)
        try:
            said = self._do(verb, form)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, said)
        return redirect("desk_campaign_school", pk)

    def _pledge(self, pk: int) -> Pledge:
        found = Pledge.objects.select_related("day__campaign", "organisation", "place")
        return get_object_or_404(found, pk=pk)

    def _do(self, verb: str, form: FollowUpForm) -> str:
        who: dict[str, Any] = {"actor": self.actor, "pledge": self.pledge}
        if verb == "follow-up":
            actions.follow_up(**who, **form.cleaned_data)
            return "Kept. The link is on its way." if form.cleaned_data["write"] else "Kept."
        if verb == "confirm":
            actions.confirm_pledge(**who)
            return f"{self.pledge.school} is in."
        if verb == "leave":
            actions.leave(**who)
            return "Taken out. Whom to write to is forgotten."
        raise Refused(NOTHING)

    def _page(self, form: FollowUpForm, status: int = 200) -> HttpResponse:
        one = self.pledge
        return self.page(
            status=status,
            pledge=one,
            form=form,
            verbs=PLEDGES.verbs(self.actor, one),
            letters=one.letters.order_by("sent_at"),
            pictures=queries.pictures_of(one),
            own_page="" if one.state == PledgeState.LEFT else links.address_of(one),
        )
