"""Campaigns and partners in the desk's menu, for the campaign team."""

from django.http import HttpRequest
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from benchside.core.actions import Actor
from benchside.visibility.campaigns.rules import can_run
from benchside.visibility.campaigns.views.desk import campaigns, partners, schools


@hooks.register("register_admin_urls")
def campaign_urls() -> list[URLPattern]:
    one, day = "campaigns/<int:pk>", "campaigns/days/<int:pk>"
    return [
        path("campaigns/", campaigns.Campaigns.as_view(), name="desk_campaigns"),
        path("campaigns/new/", campaigns.NewCampaign.as_view(), name="desk_campaign_new"),
        path(f"{one}/", campaigns.OneCampaign.as_view(), name="desk_campaign"),
        path(f"{one}/new-day/", campaigns.NewDay.as_view(), name="desk_campaign_day_new"),
        path(f"{day}/", campaigns.OneDay.as_view(), name="desk_campaign_day"),
        path(f"{day}/figures.csv", campaigns.DayFigures.as_view(), name="desk_campaign_figures"),
        path(f"{day}/schools/", schools.Schools.as_view(), name="desk_campaign_schools"),
        path(f"{day}/schools.csv", schools.SchoolsCsv.as_view(), name="desk_campaign_schools_csv"),
        path(
            "campaigns/schools/<int:pk>/",
            schools.OneSchool.as_view(),
            name="desk_campaign_school",
        ),
        path("partners/", partners.Partners.as_view(), name="desk_partners"),
        path("partners.csv", partners.PartnersCsv.as_view(), name="desk_partners_csv"),
        path("partners/new/", partners.NewPartner.as_view(), name="desk_partner_new"),
        path("partners/<int:pk>/", partners.OnePartner.as_view(), name="desk_partner"),
    ]


class TeamItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_run(Actor.of(request.user))


@hooks.register("register_admin_menu_item")
def campaigns_menu_item() -> MenuItem:
    return TeamItem("Campaigns", reverse("desk_campaigns"), icon_name="calendar-alt", order=165)


@hooks.register("register_admin_menu_item")
def partners_menu_item() -> MenuItem:
    return TeamItem("Partners", reverse("desk_partners"), icon_name="group", order=166)
