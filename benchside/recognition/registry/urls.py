"""Addresses of a registrar's desk, of a person's own entry, and of what anybody may say."""

from django.urls import URLPattern, path

from benchside.recognition.registry.views import conduct, desk, entries, mine

DESK = "registry/<slug:register>"
ENTRY = f"{DESK}/entries/<str:number>"
MINE = "my/registrations/<str:number>"
urlpatterns: list[URLPattern] = [
    path("registry/", desk.desks, name="registry_desks"),
    path(f"{DESK}/", desk.desk, name="registry_desk"),
    path(f"{DESK}/desk.csv", desk.desk_csv, name="registry_desk_csv"),
    path(f"{DESK}/queues/<slug:queue>/", desk.queue, name="registry_queue"),
    path(f"{DESK}/queues/<slug:queue>.csv", desk.queue_csv, name="registry_queue_csv"),
    path(f"{DESK}/assessors/", desk.assessors, name="registry_assessors"),
    path(f"{DESK}/assessors.csv", desk.assessors_csv, name="registry_assessors_csv"),
    path(f"{DESK}/outcomes/", desk.outcomes, name="registry_outcomes"),
    path(f"{DESK}/outcomes.csv", desk.outcomes_csv, name="registry_outcomes_csv"),
    path(f"{DESK}/entries/", entries.entries, name="desk_entries"),
    path(f"{DESK}/entries.csv", entries.entries_csv, name="desk_entries_csv"),
    path(f"{DESK}/renew/", entries.renew_many, name="desk_renew"),
    path(f"{ENTRY}/", entries.entry, name="desk_entry"),
    path(f"{ENTRY}/proposals/<int:pk>/", entries.proposal, name="desk_proposal"),
    path(f"{ENTRY}/requests/<int:pk>/", entries.answer, name="desk_request"),
    path(f"{ENTRY}/fees/", entries.fee, name="desk_entry_fee"),
    path(f"{ENTRY}/affairs/", entries.affairs, name="desk_affairs"),
    path(f"{DESK}/conduct/", conduct.cases, name="desk_cases"),
    path(f"{DESK}/conduct.csv", conduct.cases_csv, name="desk_cases_csv"),
    path(f"{DESK}/conduct/<int:pk>/", conduct.case, name="desk_case"),
    path("registers/concern/sent/", conduct.sent, name="concern_sent"),
    path("registers/<slug:register>/<str:number>/concern/", conduct.concern, name="concern"),
    path(f"{MINE}/renew/", mine.renew, name="renew_entry"),
    path(f"{MINE}/life/", mine.life_of, name="my_life"),
    path(f"{MINE}/conduct/<int:pk>/", mine.case, name="my_case"),
    path(f"{MINE}/equality/", mine.equality, name="equality"),
]
