"""Addresses of this part."""

from django.urls import URLPattern, path

from benchside.recognition.bringing.views import claims, employer, lists

BRING = "registry/<slug:register>/bring"
ORG = "org/<slug:organisation>/recognition/registrations"
urlpatterns: list[URLPattern] = [
    path(f"{BRING}/", lists.lists, name="bring"),
    path(f"{BRING}/template.xlsx", lists.template_xlsx, name="bring_template"),
    path(f"{BRING}/<int:pk>/", lists.brought_list, name="bring_list"),
    path(f"{BRING}/<int:pk>/columns/", lists.which_columns, name="bring_columns"),
    path(f"{BRING}/<int:pk>/entries.csv", lists.list_csv, name="bring_csv"),
    path(f"{BRING}/<int:pk>/wrong-rows.xlsx", lists.wrong_rows, name="bring_wrong_rows"),
    path(f"{BRING}/<int:pk>/apply/", lists.apply, name="bring_apply"),
    path(f"{BRING}/<int:pk>/leave/", lists.leave, name="bring_leave"),
    path(f"{BRING}/<int:pk>/undo/", lists.undo, name="bring_undo"),
    path(f"{BRING}/<int:pk>/invite/", claims.invite, name="bring_invite"),
    path(
        "registry/<slug:register>/entries/<str:number>/letter/", claims.letter, name="entry_letter"
    ),
    path(f"{ORG}/", employer.registrations, name="registrations"),
    path(f"{ORG}/registrations.csv", employer.registrations_csv, name="registrations_csv"),
    path(f"{ORG}/fees/", employer.answered, name="registrations_answered"),
    path(f"{ORG}/fees/fees.csv", employer.answered_csv, name="registrations_answered_csv"),
    path(f"{ORG}/fees/<int:support>/", employer.pays, name="registrations_pays"),
    path("my/fees/", employer.my_fees, name="my_fees"),
    path("my/fees/<int:pk>/ask/", employer.ask_employer, name="ask_employer"),
    path("my/fees/<int:pk>/take-back/", employer.take_back, name="take_back_ask"),
]
