"""Addresses under /org/: finding and asking for an organisation, and its own affairs."""

from django.urls import URLPattern, URLResolver, include, path

from benchside.organisations import staff_urls
from benchside.organisations.equipment import urls as equipment_urls
from benchside.organisations.views import affairs, joining, measures, own_words, people, units

app_name = "organisations"
HERE = "<slug:organisation>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("new/", joining.find, name="find"),
    path("new/check/", joining.check, name="check"),
    path(f"{HERE}/people/", people.people, name="people"),
    path(f"{HERE}/people.csv", people.people_csv, name="people_csv"),
    path(f"{HERE}/people/<int:pk>/end/", people.end, name="end_membership"),
    path(f"{HERE}/count-me-in/", own_words.count_me_in, name="count_me_in"),
    path(f"{HERE}/count-me-in/withdraw/", own_words.withdraw, name="withdraw_request"),
    path(f"{HERE}/staff/", include(staff_urls.urlpatterns)),
    path(f"{HERE}/visibility/equipment/", include(equipment_urls.urlpatterns)),
    path(f"{HERE}/units/", units.units, name="units"),
    path(f"{HERE}/units/<int:pk>/", units.unit, name="unit"),
    path(f"{HERE}/units/<int:pk>/rename/", units.rename, name="rename_unit"),
    path(f"{HERE}/units/<int:pk>/move/", units.move, name="move_unit"),
    path(f"{HERE}/units/<int:pk>/close/", units.close, name="close_unit"),
    path(f"{HERE}/invitations/", affairs.invitations, name="invitations"),
    path(f"{HERE}/invitations/<int:pk>/resend/", affairs.resend, name="resend_invitation"),
    path(f"{HERE}/invitations/<int:pk>/revoke/", affairs.revoke, name="revoke_invitation"),
    path(f"{HERE}/hand-over/", affairs.hand_over, name="hand_over"),
    path(f"{HERE}/details/", affairs.details, name="details"),
    path(f"{HERE}/audit/", affairs.audit, name="audit"),
    path(f"{HERE}/impact/measures/", measures.measures, name="measures"),
    path(f"{HERE}/impact/measures.csv", measures.measures_csv, name="measures_csv"),
    path(f"{HERE}/impact/measures/exact/", measures.exact, name="exact_measures"),
]
