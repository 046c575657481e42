"""Addresses of credit: one's own, everybody's, the lead author's, an organisation's."""

from django.urls import URLPattern, path

from benchside.visibility.credit.views import author, inside, own, public

MINE = "my/contributions"
INSIDE = "org/<slug:organisation>/visibility/contributions"
urlpatterns: list[URLPattern] = [
    path(f"{MINE}/", own.mine, name="contributions"),
    path(f"{MINE}.csv", own.mine_csv, name="contributions_csv"),
    path(f"{MINE}/add/", own.add, name="contribution_add"),
    path(f"{MINE}/<int:pk>/", own.one, name="contribution"),
    path(f"{MINE}/<int:pk>/edit/", own.edit, name="contribution_edit"),
    path(f"{MINE}/<int:pk>/ask/", own.ask, name="contribution_ask"),
    path(f"{MINE}/<int:pk>/do/", own.do, name="contribution_do"),
    path("technicians/credit/", public.credit, name="credit"),
    path("technicians/credit/answer/<str:token>/", author.answer, name="credit_answer"),
    path("technicians/credit/thanks/", author.thanks, name="credit_thanks"),
    path(f"{INSIDE}/", inside.contributions, name="inside_contributions"),
    path(f"{INSIDE}.csv", inside.contributions_csv, name="inside_contributions_csv"),
]
