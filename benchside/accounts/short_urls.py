"""The address short enough to type from a sheet of paper: /claim/."""

from django.urls import URLPattern, URLResolver, path

from benchside.accounts.views import invitations

app_name = "claim"
urlpatterns: list[URLPattern | URLResolver] = [path("", invitations.type_code, name="type_code")]
