"""Addresses under which the world reads stories."""

from django.urls import path

from benchside.visibility.stories.reading import pictures, views

urlpatterns = [
    path("stories/", views.stories, name="stories"),
    path("stories.atom", views.stories_feed, name="stories_feed"),
    path("stories/embed/", views.stories_embed, name="stories_embed"),
    path("stories/<slug:slug>/", views.story, name="story"),
    path("stories/<slug:slug>/embed/", views.story_embed, name="story_embed"),
    path("stories/<slug:slug>/film/", views.film, name="story_film"),
    path("stories/<slug:slug>/card.png", pictures.card, name="story_card"),
    path("stories/<slug:slug>/square.png", pictures.square, name="story_square"),
    path("oembed", views.oembed_answer, name="oembed"),
]
