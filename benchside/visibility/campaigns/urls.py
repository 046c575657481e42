"""Addresses of campaigns and their days."""

from django.urls import URLPattern, path

from benchside.visibility.campaigns.views import inside, joining, mine, public

DAY = "campaigns/<slug:slug>/<int:year>"
MINE = f"{DAY}/mine/<str:token>"
urlpatterns: list[URLPattern] = [
    path("campaigns/", public.campaigns, name="campaigns"),
    path("campaigns/<slug:slug>/", public.campaign, name="campaign"),
    path("campaigns/<slug:slug>/partners/", public.for_partners, name="campaign_partners"),
    path(f"{DAY}/", public.day, name="campaign_day"),
    path(f"{DAY}/what-to-do/", public.what_to_do, name="campaign_what_to_do"),
    path(f"{DAY}/schools/", public.schools, name="campaign_schools"),
    path(f"{DAY}/kit/<slug:piece>.pdf", public.kit, name="campaign_kit"),
    path(f"{DAY}/join/", joining.find, name="campaign_find"),
    path(f"{DAY}/join/school/", joining.join, name="campaign_join"),
    path(f"{DAY}/join/sent/", joining.joined, name="campaign_joined"),
    path(f"{DAY}/join/again/", joining.send_again, name="campaign_send_again"),
    path(f"{MINE}/", mine.mine, name="pledge_mine"),
    path(f"{MINE}/confirm/", mine.confirm, name="pledge_confirm"),
    path(f"{MINE}/keep/", mine.keep, name="pledge_keep"),
    path(f"{MINE}/stop/", mine.stop, name="pledge_stop"),
    path(f"{MINE}/leave/", mine.leave, name="pledge_leave"),
    path(f"{MINE}/certificate.pdf", mine.certificate, name="pledge_certificate"),
    path(f"{MINE}/letter.pdf", mine.letter, name="pledge_letter"),
    path(f"{MINE}/kit/<slug:piece>.pdf", mine.kit, name="pledge_kit"),
    path(
        "org/<slug:organisation>/visibility/campaigns/",
        inside.campaigns,
        name="campaigns_inside",
    ),
]
