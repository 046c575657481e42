"""Everything under /accounts/: our own pages, then the sign-in library's."""

from django.urls import URLPattern, URLResolver, include, path

from benchside.accounts.views import invitations, own

own_pages: list[URLPattern | URLResolver] = [
    path("", own.overview, name="overview"),
    path("name/", own.name, name="name"),
    # Before the library's own list, which shows addresses and cannot end a single session.
    path("sessions/", own.devices, name="devices"),
    path("sessions/<int:pk>/end/", own.end_device, name="end_device"),
    path("sessions/end-others/", own.end_other_devices, name="end_other_devices"),
    path("data/", own.data, name="data"),
    path("data/export/", own.export, name="export"),
    path("data/erase/", own.erase, name="erase"),
    path("erased/", own.erased, name="erased"),
    path("second-factor/", own.need_second_factor, name="second_factor"),
    path("demonstration/", own.demonstration_only, name="demonstration_only"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/<int:pk>/resend/", invitations.resend, name="resend_invitation"),
    path("invitations/<int:pk>/revoke/", invitations.revoke, name="revoke_invitation"),
    path("join/<str:token>/", invitations.join, name="join"),
    path("join/<str:token>/decline/", invitations.decline, name="decline_invitation"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own_pages, "accounts"))),
    path("", include("allauth.urls")),
]
