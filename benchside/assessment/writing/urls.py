"""Addresses of this part; joined in the room's urls.py.

The words after a submission's key that are no question stand in `standards.reader.RESERVED`.
"""

from django.urls import URLPattern, path

from benchside.assessment.writing.views import mine, overview, people, question, versions

FORM = "forms/<uuid:key>"
urlpatterns: list[URLPattern] = [
    path("forms/", mine.forms, name="forms"),
    path("forms/forms.csv", mine.forms_csv, name="forms_csv"),
    path(f"{FORM}/", overview.form, name="form"),
    path(f"{FORM}/people/", people.people, name="people"),
    path(f"{FORM}/people/<int:pk>/remove/", people.remove, name="remove_contributor"),
    path(f"{FORM}/withdraw/", overview.withdraw, name="withdraw"),
    path(f"{FORM}/<slug:criterion>/", question.question, name="question"),
    path(f"{FORM}/<slug:criterion>/versions/", versions.versions, name="versions"),
]
