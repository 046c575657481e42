"""Addresses of sending photographs in, and of following them."""

from django.urls import URLPattern, path

from benchside.visibility.photos import my_views as mine
from benchside.visibility.photos import sending_views as views

urlpatterns: list[URLPattern] = [
    path("wall/send/", views.type_code, name="photos_code"),
    path("wall/send/<slug:code>/", views.send, name="photos_send"),
    path("wall/sent/<str:token>/", views.sent, name="photos_sent"),
    path("wall/sent/<str:token>/<uuid:key>/", views.sent_picture, name="photos_sent_picture"),
    path("wall/sent/<str:token>/<uuid:key>/back/", views.take_back, name="photos_take_back"),
    path("my/photos/", mine.mine, name="my_photos"),
    path("my/photos/send/", mine.send, name="my_photos_send"),
    path("my/photos/<uuid:key>/", mine.picture, name="my_photo"),
    path("my/photos/<uuid:key>/back/", mine.take_back, name="my_photo_back"),
]
