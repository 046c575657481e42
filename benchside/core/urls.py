"""Addresses of the mechanism: files, the outbox of development, progress of long work."""

from django.urls import URLPattern, URLResolver, path

from benchside.core.views import films, media, outbox, progress

app_name = "core"
urlpatterns: list[URLPattern | URLResolver] = [
    path("media/films/<uuid:key>.mp4", films.public_film, name="public_film"),
    path("media/films/<uuid:key>.vtt", films.public_captions, name="public_captions"),
    path("files/films/<uuid:key>.mp4", films.private_film, name="private_film"),
    path("files/films/<uuid:key>.vtt", films.private_captions, name="private_captions"),
    path("media/<path:name>", media.public, name="public_media"),
    path("files/<path:name>", media.private, name="private_media"),
    path("progress/<uuid:pk>/", progress.progress, name="progress"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<slug:name>/", outbox.message, name="outbox_message"),
    path("outbox/<slug:name>/html/", outbox.html, name="outbox_html"),
]
