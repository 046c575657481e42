"""Addresses of the wall and of the desk where photographs are checked."""

from django.urls import URLPattern, path

from benchside.visibility.photos import moderation_answers as answers

urlpatterns: list[URLPattern] = [
    path("wall/answer/<str:token>/", answers.answer, name="photo_answer"),
]
