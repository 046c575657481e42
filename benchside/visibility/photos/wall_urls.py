"""Addresses of the wall, and of the answer to a moderator's question."""

from django.urls import URLPattern, path

from benchside.visibility.photos import moderation_answers as answers
from benchside.visibility.photos import wall_views as wall

urlpatterns: list[URLPattern] = [
    path("wall/", wall.wall, name="wall"),
    path("wall.atom", wall.atom, name="wall_atom"),
    path("wall/schools/", wall.by_school, name="wall_schools"),
    path("wall/screen/", wall.screen, name="wall_screen"),
    path("wall/embed/", wall.embed, name="wall_embed"),
    path("wall/answer/<str:token>/", answers.answer, name="photo_answer"),
    path("wall/<uuid:key>/", wall.photo, name="wall_photo"),
]
