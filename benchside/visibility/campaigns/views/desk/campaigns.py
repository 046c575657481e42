"""Campaigns at the desk: the list, one campaign with its days and partners, one day."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.admin import messages

from benchside.core.actions import Refused
from benchside.core.desk_pages import DeskPage
from benchside.core.exports import csv_response
from benchside.organisations.enums import Region
from benchside.visibility.campaigns import actions, queries, rules
from benchside.visibility.campaigns.actions.thanks import start_thanks
from benchside.visibility.campaigns.forms import CampaignForm, DayForm
from benchside.visibility.campaigns.kit.words import PIECES
from benchside.visibility.campaigns.states import CAMPAIGNS
from benchside.visibility.enums import Phase, PledgeState
from benchside.visibility.models import Campaign, CampaignDay

NOTHING = "Nothing was done: press one of the buttons."


class TeamPage(DeskPage):
    may = rules.can_run
    header_icon = "calendar-alt"
    crumb = ("desk_campaigns", "Campaigns")


def changes(record: Model, form: Any) -> dict[str, Any]:
    """What a form says of a record, beside the record as the database has it."""
    record.refresh_from_db()
    return dict(form.cleaned_data)


class Campaigns(TeamPage):
    page_title = "Campaigns"
    template_name = "visibility/campaigns/desk/campaigns.html"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        found = list(queries.all_campaigns())
        days = [day for one in found for day in one.days.all()]
        counts = queries.pledge_counts(days)
        rows = [(one, [(day, counts.get(day.pk, {})) for day in one.days.all()]) for one in found]
        return self.page(rows=rows, confirmed=PledgeState.CONFIRMED, made=PledgeState.MADE)


class NewCampaign(TeamPage):
    page_title = "New campaign"
    template_name = "visibility/campaigns/desk/form.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(form=CampaignForm(), button="Begin it, as a draft")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CampaignForm(request.POST)
        if form.is_valid():
            try:
                made = actions.add_campaign(actor=self.actor, values=form.cleaned_data)
            except Refused as refused:
                form.add_error("slug", str(refused))
            else:
                messages.success(request, f"{made.name} is here, as a draft. Give it a day.")
                return redirect("desk_campaign", made.pk)
        return self.page(form=form, button="Begin it, as a draft", status=422)


class OneCampaign(TeamPage):
    template_name = "visibility/campaigns/desk/campaign.html"

    def get_page_title(self) -> str:
        return self.campaign.name

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.campaign = self._campaign(pk)
        return self._page(CampaignForm(instance=self.campaign))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.campaign = self._campaign(pk)
        verb = request.POST.get("verb", "")
        form = CampaignForm(request.POST if verb == "change" else None, instance=self.campaign)
        if verb == "change" and not form.is_valid():
            self.campaign = self._campaign(pk)
            return self._page(form, status=422)
        try:
            said = self._do(verb, form)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, said)
        return redirect("desk_campaign", pk)

    def _campaign(self, pk: int) -> Campaign:
        return get_object_or_404(Campaign, pk=pk)

    def _do(self, verb: str, form: CampaignForm) -> str:
        who: dict[str, Any] = {"actor": self.actor, "campaign": self.campaign}
        if verb == "change":
            actions.change_campaign(**who, values=changes(self.campaign, form))
            return "Kept."
        if verb == "open":
            actions.open_campaign(**who)
            return f"{self.campaign.name} is before the public."
        if verb == "close":
            actions.close_campaign(**who)
            return f"{self.campaign.name} is over. Its pages stay."
        if verb == "reopen":
            actions.reopen_campaign(**who)
            return f"{self.campaign.name} is open again."
        raise Refused(NOTHING)

    def _page(self, form: CampaignForm, status: int = 200) -> HttpResponse:
        days = list(self.campaign.days.all())
        counts = queries.pledge_counts(days)
        return self.page(
            status=status,
            campaign=self.campaign,
            form=form,
            verbs=CAMPAIGNS.verbs(self.actor, self.campaign),
            days=[(day, counts.get(day.pk, {}).get(PledgeState.CONFIRMED, 0)) for day in days],
            parts=self.campaign.partnerships.select_related("partner"),
        )


class NewDay(TeamPage):
    template_name = "visibility/campaigns/desk/form.html"

    def get_page_title(self) -> str:
        return f"New day of {self.campaign.name}"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.campaign = get_object_or_404(Campaign, pk=pk)
        return self.page(form=DayForm(), button="Add the day")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.campaign = get_object_or_404(Campaign, pk=pk)
        form = DayForm(request.POST)
        if form.is_valid():
            try:
                made = actions.add_day(
                    actor=self.actor, campaign=self.campaign, values=form.cleaned_data
                )
            except Refused as refused:
                form.add_error("day", str(refused))
            else:
                messages.success(request, "The day is here.")
                return redirect("desk_campaign_day", made.pk)
        return self.page(form=form, button="Add the day", status=422)


class OneDay(TeamPage):
    """One day: its dates, how it stands, thanks afterwards."""

    template_name = "visibility/campaigns/desk/day.html"

    def get_page_title(self) -> str:
        return str(self.day)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.day = day_of(pk)
        return self._page(DayForm(instance=self.day))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.day = day_of(pk)
        verb = request.POST.get("verb", "")
        form = DayForm(request.POST if verb == "change" else None, instance=self.day)
        if verb == "change" and not form.is_valid():
            self.day = day_of(pk)
            return self._page(form, status=422)
        try:
            if verb == "thank":
                then = reverse("desk_campaign_day", args=[pk])
                return redirect(start_thanks(actor=self.actor, day=self.day, then=then))
            if verb != "change":
                raise Refused(NOTHING)
            self.day.refresh_from_db()
            actions.change_day(actor=self.actor, day=self.day, values=form.cleaned_data)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Kept.")
        return redirect("desk_campaign_day", pk)

    def _page(self, form: DayForm, status: int = 200) -> HttpResponse:
        taken = queries.kit_taken(self.day)
        return self.page(
            status=status,
            day=self.day,
            form=form,
            counts=queries.pledge_counts([self.day]).get(self.day.pk, {}),
            figures=queries.figures_of(self.day),
            returning=queries.returning(self.day),
            tables=tables_of(self.day),
            kit=[(one.title, taken.get(one.key, 0)) for one in PIECES.values()],
        )


def day_of(pk: int) -> CampaignDay:
    return get_object_or_404(CampaignDay.objects.select_related("campaign"), pk=pk)


def tables_of(day: CampaignDay) -> list[tuple[str, list[tuple[str, int]]]]:
    """Confirmed schools by region and by phase, most first, each with its unknown last."""
    found = []
    for title, field, words in (
        ("Part of the UK", "region", Region),
        ("Kind of school", "phase", Phase),
    ):
        counts = queries.counted_by(day, field)
        unknown = counts.pop("", 0)
        rows = [(str(words(key).label), count) for key, count in counts.items()]
        rows.sort(key=lambda row: (-row[1], row[0]))
        found.append((title, [*rows, ("Not known", unknown)] if unknown else rows))
    return found


class DayFigures(TeamPage):
    """The figures of a day as a spreadsheet."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        day = day_of(pk)
        figures = queries.figures_of(day)
        rows = [
            ("Schools joined", "all", figures.schools),
            ("Schools joined", "in on an earlier day", queries.returning(day)),
            ("Pictures on the wall", "all", figures.pictures),
            *((title, label, count) for title, lines in tables_of(day) for label, count in lines),
            *(
                ("Kit taken", PIECES[piece].title if piece in PIECES else piece, count)
                for piece, count in sorted(queries.kit_taken(day).items())
            ),
        ]
        name = f"{day.campaign.slug}-{day.year}-figures.csv"
        return csv_response(name, ("Figure", "Of", "Number"), rows)
